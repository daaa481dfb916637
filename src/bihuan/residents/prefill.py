"""What need not be asked again of somebody who has shown who they are: each answer with its source and its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bihuan.cases import mine
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import Head
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text
from bihuan.items import queries as items
from bihuan.lines.forms import Field
from bihuan.papers import queries as papers
from bihuan.residents.queries import Me
from bihuan.subjects.queries import gone, known

KINDS = frozenset({"text", "choice", "identity", "organisation", "certificate", "address"})
# who somebody is and how they are reached, not what they ask for; the last two come from registers alone
KEYS = frozenset(
    {
        "contact_name",
        "contact_phone",
        "applicant_kind",
        "identity",
        "uscc",
        "delivery_way",
        "premises",
        "earlier",
    }
)
FROM_REGISTERS = frozenset({"premises", "earlier"})
NEW = frozenset({"新办", "设立"})  # nothing is held yet
LOOKED = 20  # of their last matters


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer that was held already: `source` names it with its date, `short` is what the case keeps of it."""

    value: str
    source: Say
    short: str


def fill(me: Me, asked: Sequence[Field], at: datetime, item: str = "") -> dict[str, Filled]:
    """The answers to these fields that the resident's own account and earlier matters hold, by key; those of an
    organisation only where the register says nothing that refuses it, and then its name and address as the register has
    them; `item` is what is applied for: a certificate of the same power that is in force goes with it."""
    wanted = {field.key for field in asked if field.key in KEYS and field.kind in KINDS}
    found: dict[str, Filled] = {}
    since = day_text(to_instant(me.since) // 86400)
    if me.phone:
        found["contact_phone"] = Filled(
            me.phone,
            Say(f"你登录用的手机号，{since} 起", f"the number you log in with, since {since}"),
            "账号",
        )
    if me.name:
        found["contact_name"] = Filled(
            me.name, Say(f"你的账号资料，{since} 起", f"your account, since {since}"), "账号"
        )
    for head in mine.heads(me.cases[:LOOKED], at):
        answers = mine.opening_answers(head)
        code = answers.get("uscc")
        if code and gone(str(code)) is not None:
            continue
        on = head.opened_at.date()
        source = Say(f"你 {on} 的申请 {head.number}", f"your application {head.number} of {on}")
        kind = found["applicant_kind"].value if "applicant_kind" in found else answers.get("applicant_kind")
        if code and "uscc" not in found and kind == "organisation":
            found |= _registered(str(code))
        for key in wanted - found.keys() - FROM_REGISTERS:
            if isinstance(answers.get(key), str) and answers[key]:
                found[key] = Filled(answers[key], source, head.number)
        if "earlier" in wanted - found.keys() and (paper := _certificate(head, item, at)) is not None:
            found["earlier"] = paper
    return {key: one for key, one in found.items() if key in wanted}


def _registered(code: str) -> dict[str, Filled]:
    """Name and address of an organisation as the register has them."""
    held = known(code)
    if held is None:
        return {}
    source = Say(f"主体登记（{held.told}）", f"the register ({held.told.en})")
    values = {"contact_name": held.name, "premises": held.address}
    return {key: Filled(value, source, "主体登记") for key, value in values.items() if value}


def _certificate(head: Head, item: str, at: datetime) -> Filled | None:
    """The certificate in force that an own matter of the same power brought; none where something new is applied for."""
    found = items.catalogue().items.get(item)
    earlier = items.catalogue().items.get(head.matter.rpartition(":")[2])
    if found is None or earlier is None or found.power != earlier.power or str(found.doing) in NEW:
        return None
    for paper in papers.of_case(head.id, at.date()):
        if paper.kind == "certificate" and paper.standing.good:
            return Filled(paper.number, Say(f"你 {paper.on} 领的{paper.title}", f"your {paper.title.en} of {paper.on}"), "证照登记")  # fmt: skip
    return None


def told(filled: Mapping[str, Filled], sent: Mapping[str, str]) -> str:
    """What the case keeps of it: which answers came from where, and which of them were changed by hand."""
    rows = [
        f"{key}：{one.short}" + ("" if sent.get(key, "").strip() == one.value else "，改过")
        for key, one in filled.items()
    ]
    return "；".join(rows)
