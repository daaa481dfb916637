"""To whom a case may be sent, one by one and each with its reason: lead, alternates, fallback, those who only assist.

Where the report lies on a registered component, its three units are told apart: the one that supervises, the one
that owns and the one that maintains. Whoever maintains it, else owns it, decides which of the rows "what it owns or
maintains" holds; a component that belongs to nobody known falls back to the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bihuan.core.authority.duty import Answer, Place, lead_reason
from bihuan.core.say import Say

UNKNOWN = "?"  # an owner that is known to be unknown: no unit has this code
LEAD, ALTERNATE, FALLBACK, ASSIST = "lead", "alternate", "fallback", "assist"
PARTS = {
    LEAD: Say("主办", "Lead"),
    ALTERNATE: Say("可选", "Possible"),
    FALLBACK: Say("兜底", "Fallback"),
    ASSIST: Say("协办", "Assists"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A registered component of the kind reported, `metres` away; a unit is its code, or the name as registered."""

    code: str
    name: str
    metres: int
    supervisor: str
    owner: str
    maintainer: str

    @property
    def answers(self) -> str:
        """Who answers for it: whoever maintains it, else owns it."""
        return self.maintainer or self.owner or UNKNOWN


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One unit with the part it would have and why; `open` = it may be sent there without a ruling."""

    part: str
    unit: str
    reason: Say
    open: bool

    @property
    def title(self) -> Say:
        return PARTS[self.part]


def owner_at(near: Sequence[Standing]) -> str:
    """Who answers for what lies there, "" where nothing is registered or several answer for what lies side by side."""
    found = {one.answers for one in near}
    return found.pop() if len(found) == 1 else ""


def owned(place: Place, near: Sequence[Standing]) -> Place:
    """The place with its owner as the register has it; what a form established goes before the register."""
    return place if place.owner or not near else replace(place, owner=owner_at(near))


def suggest(
    answer: Answer, place: Place, near: Sequence[Standing], names: Mapping[str, Say]
) -> tuple[Suggestion, ...]:
    """Every unit the answer names, in the order in which one would ask them."""
    stands = standing_says(near, names)
    found = []
    if answer.lead:
        found.append(Suggestion(LEAD, answer.lead, joined(answer.reason, stands), True))
    for unit in answer.alternates:
        row = next(one for one in answer.rows if one.unit == unit)
        found.append(Suggestion(ALTERNATE, unit, joined(lead_reason(row, place, names), stands), True))
    if answer.fallback and answer.fallback not in (answer.lead, *answer.alternates):
        alone = answer.takers == (answer.fallback,)
        why = (
            joined(answer.reason, stands)
            if alone
            else Say("没有主办单位时才由它办。", "Only where nobody leads.")
        )
        found.append(Suggestion(FALLBACK, answer.fallback, why, alone))
    only = Say(
        "权责清单上只是协办，不能单独派给它。",
        "On the duty list it only assists: not to be sent there alone.",
    )
    taken = {one.unit for one in found}
    found += [Suggestion(ASSIST, unit, only, False) for unit in answer.assists if unit not in taken]
    return tuple(found)


def standing_says(near: Sequence[Standing], names: Mapping[str, Say]) -> Say | None:
    """What the register says of the nearest component, and whether another one beside it has other people."""
    if not near:
        return None
    one = near[0]
    said = [
        (Say("主管", "supervised by"), one.supervisor),
        (Say("权属", "owned by"), one.owner),
        (Say("养护", "maintained by"), one.maintainer),
    ]
    unknown = Say("不明", "unknown")
    named = [(word, names.get(unit) or Say(unit, unit) if unit else unknown) for word, unit in said]
    zh = "，".join(f"{word}{unit}" for word, unit in named)
    en = ", ".join(f"{word.en} {unit.en}" for word, unit in named)
    text = Say(
        f"{one.metres} 米处有登记的部件{one.name}（{one.code}）：{zh}。",
        f"{one.metres} m away stands the registered component {one.name} ({one.code}): {en}.",
    )
    if not owner_at(near):
        other = Say("旁边还有同类部件由别的单位管，派出前看清编号。", "Others of its kind beside it are another unit's: read the number before sending.")  # fmt: skip
        return joined(text, other)
    if one.answers == UNKNOWN:
        return joined(text, Say("权属不明，按属地兜底。", "Nobody is known to own it, so the place decides."))
    return text


def joined(first: Say, second: Say | None) -> Say:
    """Two sentences as one."""
    return first if second is None else Say(f"{first}{second}", f"{first.en} {second.en}")
