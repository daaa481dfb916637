"""Which unit must handle this matter here: the duty list (权责清单) asked with a place and a day.

A question walks from the narrow to the wide: the matter itself, for a component the matter of the same
code, then its category. The first step that names a lead decides. Where the place alone cannot tell which
of two leads it is (main road or back lane, whose pipe), both are alternates, with the reason; nobody is
guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bihuan.core.authority.duty_list import (
    COMMUNITY,
    OWNED,
    RULED,
    STREET,
    WHOLE,
    ZONES,
    Duties,
    Duty,
    Place,
    covers,
    expand,
    in_force,
    read_rows,
    steps,
    units_of,
)
from bihuan.core.say import Say

__all__ = [
    "Answer",
    "Duties",
    "Duty",
    "Place",
    "ambiguous",
    "expand",
    "lacks",
    "lead_reason",
    "read_rows",
    "ruled",
    "steps",
    "who",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who leads, or between whom it is open; who assists; who catches it if nobody else; and why."""

    lead: str | None
    alternates: tuple[str, ...]
    fallback: str | None
    reason: Say
    assists: tuple[str, ...] = ()
    rows: tuple[Duty, ...] = ()

    @property
    def takers(self) -> tuple[str, ...]:
        """The units it may be sent to without a ruling: lead, else alternates, else fallback."""
        if self.lead is not None:
            return (self.lead,)
        return self.alternates or ((self.fallback,) if self.fallback else ())


def who(
    duties: Duties | Iterable[Duty],
    line: str,
    matter_key: str,
    place: Place,
    day: int,
    names: Mapping[str, Say] | None = None,
) -> Answer:
    """The unit that must handle the matter at the place on that day, and why; names: unit code → title."""
    found = Duties.of(duties)
    levels = [
        [d for d in found.by_matter.get((line, key), ()) if in_force(d, day)] for key in steps(matter_key)
    ]
    here = [[d for d in level if covers(d, place) is not False] for level in levels]
    fallback = next((d for level in here for d in level if d.role == "fallback"), None)
    leads = next((ds for ds in ([d for d in level if d.role == "lead"] for level in here) if ds), [])
    leads = ruled(leads, place) or leads
    units = units_of(leads)
    assists = tuple(
        u for u in units_of(d for level in here for d in level if d.role == "assist") if u not in units
    )
    call = _Names(names)
    last = fallback.unit if fallback else None
    owner = next((d for d in leads if d.area.startswith(OWNED) and covers(d, place)), None)
    if owner or len(units) == 1:
        row = owner or leads[0]
        return Answer(row.unit, (), last, _lead_reason(row, place, call), assists, tuple(leads))
    if units:
        return Answer(None, units, last, _open_reason(leads, call), assists, tuple(leads))
    if fallback:
        return Answer(
            None,
            (),
            last,
            Say(
                f"权责清单上这一事项没有主办单位，由{call(fallback.unit)}兜底{_basis(fallback)}。",
                f"The duty list names no lead for this matter; {call(fallback.unit).en} catches it"
                f"{_basis(fallback).en}.",
            ),
            assists,
            (fallback,),
        )
    return Answer(None, (), None, _nobody(levels, line, matter_key), assists)


def ruled(leads: Iterable[Duty], place: Place) -> list[Duty]:
    """The latest row that a ruling added for this place, alone; [] where there was none."""
    found = [d for d in leads if d.kind == RULED and covers(d, place)]
    return [max(enumerate(found), key=lambda one: (one[1].since, one[0]))[1]] if found else []


def lacks(
    duties: Duties | Iterable[Duty],
    unit: str,
    line: str,
    matter_key: str,
    place: Place,
    day: int,
    names: Mapping[str, Say] | None = None,
    matter: Say | None = None,
) -> Say | None:
    """Why this unit cannot be made to handle the matter here, or None where the list gives it the duty."""
    answer = who(duties, line, matter_key, place, day, names)
    if unit in answer.takers:
        return None
    call = _Names(names)
    what = matter or Say(matter_key, matter_key)
    head = Say(f"不能派给{call(unit)}：", f"Cannot be sent to {call(unit).en}: ")
    if not answer.takers:
        return Say(head + str(answer.reason), head.en + answer.reason.en)
    zh = "或".join(str(call(u)) for u in answer.takers)
    en = " or ".join(call(u).en for u in answer.takers)
    if unit in answer.assists:
        return Say(
            f"{head}权责清单上这里的“{what}”由{zh}主办，{call(unit)}只是协办。",
            f"{head.en}on the duty list “{what.en}” is led here by {en}; {call(unit).en} only assists.",
        )
    return Say(
        f"{head}权责清单上这里的“{what}”是{zh}的职权。",
        f"{head.en}on the duty list “{what.en}” is here the duty of {en}.",
    )


def ambiguous(duties: Duties | Iterable[Duty], day: int, names: Mapping[str, Say] | None = None) -> list[Say]:
    """Every matter with two leads for one area on that day: a fault, or more than the place decides."""
    found: dict[tuple[str, str, str, str], list[Duty]] = defaultdict(list)
    for d in Duties.of(duties).rows:
        if d.role == "lead" and in_force(d, day):
            found[d.line, d.matter, d.area, d.kind].append(d)
    call = _Names(names)
    out = []
    for (line, matter, area, _), rows in found.items():
        units = units_of(rows)
        if len(units) > 1:
            zh, en = "、".join(str(call(u)) for u in units), ", ".join(call(u).en for u in units)
            out.append(
                Say(
                    f"{line} 的“{matter}”在“{area}”有 {len(units)} 个主办单位：{zh}。",
                    f"{line}, “{matter}”, area “{area}”: {len(units)} leads: {en}.",
                )
            )
    return out


class _Names:
    """Titles of units; a unit without one is called by its code."""

    __slots__ = ("_titles",)

    def __init__(self, titles: Mapping[str, Say] | None) -> None:
        self._titles = titles or {}

    def __call__(self, unit: str) -> Say:
        return self._titles.get(unit) or Say(unit, unit)


def _basis(d: Duty) -> Say:
    return Say(f"（依据：{d.basis}）", f" (basis: {d.basis})") if d.basis else Say("", "")


def _area(d: Duty) -> Say:
    name = d.area.partition(":")[0]
    return Say(
        {STREET: "本街道", COMMUNITY: "本社区"}.get(name, name),
        {
            WHOLE: "whole district",
            STREET: "its street",
            COMMUNITY: "its community",
            OWNED: "what it owns or maintains",
            ZONES[0]: "main roads and squares",
            ZONES[1]: "housing estates and back lanes",
        }[name],
    )


def lead_reason(d: Duty, place: Place, names: Mapping[str, Say] | None) -> Say:
    """Why the unit of this row leads, and what to make sure of first where the place alone does not tell."""
    return _lead_reason(d, place, _Names(names))


def _lead_reason(d: Duty, place: Place, call: _Names) -> Say:
    zh = f"权责清单：由{call(d.unit)}主办，范围为{_area(d)}{_basis(d)}。"
    en = f"Duty list: {call(d.unit).en} leads; area: {_area(d).en}{_basis(d).en}."
    if covers(d, place) is None:
        zh += "派出前请核对设施权属或地段。" if d.area.startswith(OWNED) else "请先确认地段。"
        en += (
            " Check whose it is before sending."
            if d.area.startswith(OWNED)
            else " Establish the kind of street first."
        )
    return Say(zh, en)


def _open_reason(rows: list[Duty], call: _Names) -> Say:
    zh = "、".join(f"{call(d.unit)}（{_area(d)}）" for d in rows[:4])
    en = ", ".join(f"{call(d.unit).en} ({_area(d).en})" for d in rows[:4])
    if any(":" in d.area for d in rows) and len(rows) > 4:
        return Say(
            "这个地点没有落到街道,不能确定由哪个街道主办。",
            "The place is in no street, so it is open which street office leads.",
        )
    return Say(
        f"只凭地点不能确定主办单位：{zh}。请在其中选定并说明理由。",
        f"The place alone does not tell who leads: {en}. Choose one of them and say why.",
    )


def _nobody(levels: list[list[Duty]], line: str, matter: str) -> Say:
    if any(levels):
        return Say(
            "权责清单上有这一事项，但这个地点没有主办单位，须由指挥中心指定。",
            "The duty list has this matter, but no lead for this place; the command centre must rule.",
        )
    return Say(
        f"当日有效的权责清单上没有“{matter}”({line})，须由指挥中心指定。",
        f"The duty list in force that day does not have “{matter}” ({line}); the command centre must rule.",
    )
