"""Undertakings (告知承诺) at the form and on record: what is told and asked, who may not undertake, what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.cases.family import Member
from bihuan.cases.models import Contact
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.lines.forms import Field
from bihuan.lines.undertakings import INSTEAD, Undertaking, undertakings
from bihuan.subjects.queries import no_undertaking

LINE = "permits"
WAY, PROMISED = "way", "undertaking"
SIGNED = "undertaking"
ASKED = frozenset({WAY, SIGNED})  # fields of the opening form that only such matters have
BROKEN = """select c.number, max(e.at) from cases_case c join cases_event e on e.case_id = c.id
    where c.line = %s and c.outcome = 'revoked' and e.name = 'revoke' and {who}
    and exists (select 1 from cases_event u where u.case_id = c.id and u.name = 'undertake')
    and not exists (select 1 from cases_event r where r.case_id = c.id and r.name = 'repair')
    group by c.number order by 2 desc limit 1"""
OF_ORGANISATION = (
    "exists (select 1 from cases_event s where s.case_id = c.id and s.seq = 1 and s.data->>'uscc' = %s)"
)
OF_PERSON = "exists (select 1 from cases_contact p where p.case_id = c.id and p.data->>'identity' = %s)"


def told_of(matter: str, day: int) -> Undertaking | None:
    """What is told of a matter on a Day; None where it may not be handled on an undertaking."""
    return undertakings(lines.at(LINE, day), day).get(matter)


def fields_for(line: Line, asked: Sequence[Field], matter: str, day: int) -> tuple[Field, ...]:
    """The fields of the opening form for a matter: without the choice where there is none; where there is, the papers
    that an undertaking replaces are asked only of whoever goes the ordinary way."""
    it = undertakings(line, day).get(matter)
    if it is None:
        return tuple(field for field in asked if field.key not in ASKED)
    spared = {f"papers.{key}" for key in it.instead}
    return tuple(
        replace(field, when=INSTEAD) if field.key in spared else replace(field, required=True) if field.key == SIGNED else field
        for field in asked
    )  # fmt: skip


def barred(uscc: str, identity: str) -> Say | None:
    """Why whoever applies may not undertake: the register is against it, or an earlier undertaking was untrue and credit is
    not restored."""
    why = no_undertaking(uscc) if uscc else None
    if why is not None:
        return Say(f"{why}；请按一般程序申请", f"{why.en}; apply in the ordinary way")
    who, value = (OF_ORGANISATION, uscc) if uscc else (OF_PERSON, identity)
    if not value:
        return None
    rows = wall.ask(BROKEN.format(who=who), [LINE, value], wall.SYSTEM)
    if not rows:
        return None
    number, at = rows[0]
    return Say(
        f"{at.date()} 因承诺不实被撤销过许可（{number}），信用修复以前不适用告知承诺；请按一般程序申请",
        f"A licence was revoked on {at.date()} because an undertaking was untrue ({number}): until credit is restored apply in the ordinary way",
    )  # fmt: skip


def barred_on(member: Member) -> Say | None:
    """The same of whoever applied on a case."""
    contact = Contact.objects.filter(case=member.id).first()
    identity = str(contact.data.get("identity", "")) if contact else ""
    return barred(str(member.events[0].data.get("uscc", "")), identity)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the undertakings of a matter: granted on one, checked and true, being put right, revoked, not checked yet."""

    granted: int = 0
    kept: int = 0
    rectifying: int = 0
    revoked: int = 0

    @property
    def unchecked(self) -> int:
        return self.granted - self.kept - self.rectifying - self.revoked


COUNTS = """select c.matter, count(*), count(*) filter (where c.state = 'issued'),
    count(*) filter (where c.state = 'rectifying'), count(*) filter (where c.state = 'revoked')
    from cases_case c where c.line = %s
    and exists (select 1 from cases_event u where u.case_id = c.id and u.name = 'undertake') group by c.matter"""


def what_became() -> dict[str, Kept]:
    """By matter, of every licence granted on an undertaking so far."""
    rows = wall.ask(COUNTS, [LINE], wall.SYSTEM)
    return {matter.rpartition(":")[2]: Kept(*counts) for matter, *counts in rows}


def listed(at: datetime) -> list[Undertaking]:
    """Every matter that may be handled on an undertaking, as the catalogue orders them."""
    return list(undertakings(lines.at(LINE, day_of(at)), day_of(at)).values())
