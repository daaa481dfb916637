"""What need not be asked again of somebody who has shown who they are: each answer with its source and its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bihuan.cases import mine
from bihuan.cases.edge import to_instant
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text
from bihuan.lines.forms import Field
from bihuan.residents.queries import Me
from bihuan.subjects.queries import gone

KINDS = frozenset({"text", "choice", "identity", "organisation"})  # what one input holds
KEYS = frozenset(
    {"contact_name", "contact_phone", "applicant_kind", "identity", "uscc"}
)  # who somebody is, not what for
LOOKED = 20  # of their last matters


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer that was held already: `source` names it with its date, `short` is what the case keeps of it."""

    value: str
    source: Say
    short: str


def fill(me: Me, asked: Sequence[Field], at: datetime) -> dict[str, Filled]:
    """The answers to these fields that the resident's own account and earlier matters hold, by key; those of an
    organisation only where the register says nothing that refuses it."""
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
        for key in wanted - found.keys():
            if isinstance(answers.get(key), str) and answers[key]:
                found[key] = Filled(answers[key], source, head.number)
    return {key: one for key, one in found.items() if key in wanted}


def told(filled: Mapping[str, Filled], sent: Mapping[str, str]) -> str:
    """What the case keeps of it: which answers came from where, and which of them were changed by hand."""
    rows = [
        f"{key}：{one.short}" + ("" if sent.get(key, "").strip() == one.value else "，改过")
        for key, one in filled.items()
    ]
    return "；".join(rows)
