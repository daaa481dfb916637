"""The certificate that an issuing event brings into being, worked out from the events of its case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_date
from bihuan.cases.family import COLUMNS, Member, member_of
from bihuan.cases.fsck import BATCH
from bihuan.cases.models import Contact
from bihuan.core.case.fold import Event
from bihuan.core.difference import Difference
from bihuan.core.line.folder import Line
from bihuan.core.mask import mask_name
from bihuan.core.say import Say
from bihuan.items import queries as items
from bihuan.lines.papers import Making, ends, making
from bihuan.papers import queries as papers
from bihuan.papers.actions import Granted
from bihuan.papers.models import Paper
from bihuan.papers.signs import sign_of

PERSON = "person"


def issuing(member: Member) -> Iterator[tuple[int, Event, Making]]:
    """Every event of a case that issues a certificate, with its number in the case."""
    made = making(member.case.line)
    if made is not None:
        for seq, event in enumerate(member.events, 1):
            if event.name in made.issued_on:
                yield seq, event, made


def granted(member: Member, seq: int, made: Making, unit_name: Say) -> Granted:
    """What the certificate of an issuing event says, without the name of its holder."""
    event = member.events[seq - 1]
    said = _said(member, seq)

    def value(thing: str) -> str:
        return str(said.get(made.field.get(thing, ""), "") or "").strip()

    since = decided_on(member, seq, made)
    own = f"{sign_of(event.unit, str(unit_name), since)}证〔{since.year}〕{serial(member.number)}号"
    kind = value("kind") or PERSON
    return Granted(
        number=value("number")[:64] or own, holder="", holder_kind=kind,
        uscc="" if kind == PERSON else value("uscc"), scope=value("scope"), place=value("place")[:200], since=since,
        until=date.fromisoformat(value("until")[:10]) if value("until") else None, replaces=value("replaces")[:64],
    )  # fmt: skip


def with_holder(member: Member, found: Granted, unit: str) -> Granted:
    """The same with its holder, a person's name masked, and the certificates it takes the place of; asks the database
    behind the wall."""
    contact = Contact.objects.filter(case=member.id).first()
    name = contact.name if contact else ""
    holder = mask_name(name) if found.holder_kind == PERSON else name
    numbers = {found.number, found.replaces} - {""}
    earlier = [
        pk for pk, case in papers.earlier(unit, numbers, found.uscc)
        if case != member.id and (found.uscc or _same_person(contact, case))
    ]  # fmt: skip
    return replace(found, holder=holder[:200], replaced=earlier)


def kind_of(line: Line, matter: str, day: int) -> Say:
    """What the certificate is called: the result the catalogue names for the item, else the matter."""
    item = items.catalogue().items.get(matter)
    if item is not None and item.result:
        return item.result[0]
    row = line.matter(matter, day)
    return Say(row.name, row.name_en)


def serial(number: str) -> str:
    """The running number of a case without its zeros."""
    return number.rpartition("-")[2].lstrip("0") or "0"


def decided_on(member: Member, seq: int, made: Making) -> date:
    """The day of the decision that an issuing event carries out; its own day where there was none."""
    events = member.events[:seq]
    last = next((e for e in reversed(events) if e.name in made.decided_on), events[-1])
    return to_date(last.effective // 86400)


def _said(member: Member, seq: int) -> dict[str, Any]:
    """The latest word of each field up to an event."""
    found: dict[str, Any] = {}
    for event in member.events[:seq]:
        found |= event.data
    return found


def _same_person(contact: Contact | None, case: int) -> bool:
    """Whether a case has the same name and identity number: a certificate of another person is never replaced."""
    other = Contact.objects.filter(case=case).first()
    if contact is None or other is None or not contact.data.get("identity"):
        return False
    return (contact.name, contact.data["identity"]) == (other.name, other.data.get("identity"))


def cases_with_certificates() -> Iterator[Member]:
    """Every case of a line that makes certificates, in order of ids."""
    codes = [
        code for code, texts in lines.all_lines().items() if any(making(line) for line in texts.values())
    ]
    last = 0
    sql = f"select {COLUMNS} from cases_case c where c.line = any(%s) and c.id > %s order by c.id limit %s"
    while rows := wall.ask(sql, [codes, last, BATCH], wall.SYSTEM):
        last = rows[-1][0]
        yield from (member_of(row, lines.calendar()) for row in rows)


def check_certificates() -> Iterator[Difference]:
    """Every certificate that is missing or is not what the events of its case say."""
    for member in cases_with_certificates():
        stored = {paper.seq: paper for paper in papers.certificates(member.id)}
        wanted = set()
        for seq, _event, made in issuing(member):
            wanted.add(seq)
            if seq not in stored:
                yield Difference(f"{member.number}: certificate of event {seq}", None, "issued")
            else:
                yield from _compare(member, seq, made, stored[seq])
        for seq in sorted(stored.keys() - wanted):
            yield Difference(f"{member.number}: certificate of event {seq}", stored[seq].number, None)


def _compare(member: Member, seq: int, made: Making, paper: Paper) -> Iterator[Difference]:
    unit = member.events[seq - 1].unit
    right = granted(member, seq, made, Say(paper.unit_name, paper.unit_name_en))
    more = paper.certificate
    pairs: list[tuple[str, Any, Any]] = [
        ("unit", paper.unit, unit), ("number", paper.number, right.number), ("date", paper.on, right.since),
        *((name, getattr(more, name), getattr(right, name))
          for name in ("holder_kind", "uscc", "scope", "place", "since", "until", "replaces")),
    ]  # fmt: skip
    ended = ended_by(member)
    if paper.ended_how != "replaced":
        pairs.append(("end", (paper.ended_on, paper.ended_how), ended or (None, "")))
    for name, is_now, should in pairs:
        if is_now != should:
            yield Difference(f"{member.number}: certificate of event {seq}: {name}", is_now, should)


def ended_by(member: Member) -> tuple[date, str] | None:
    """The day and manner in which the events of its case ended its certificate."""
    found = ends(member.case.line)
    for event in member.events:
        if event.name in found and found[event.name].certificate:
            return to_date(event.effective // 86400), found[event.name].how
    return None
