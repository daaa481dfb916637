"""Which unit must handle this matter here: the duty list (权责清单) asked with a place and a day.

A question walks from the narrow to the wide: the matter itself, for a component the matter of the same code,
then its category. The first step that names a lead decides. Where the place alone cannot tell which of two
leads it is (main road or back lane, whose pipe), both are given as alternates with the reason; nobody is guessed.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bihuan.core.say import Say

ROLES = ("lead", "assist", "fallback")
WHOLE = "全区"
STREET, COMMUNITY = "街道", "社区"
OWNED = "管养范围"
ZONES = ("主次干道和公共广场", "居住区和背街里巷")
AREAS = (
    WHOLE,
    STREET,
    COMMUNITY,
    OWNED,
    *ZONES,
)  # any of them may be narrowed to a division: "街道:120104005"

# GB/T 47678.5-2026: components 01-05 and matters 01-10; a matter's category word ends in 类.
CATEGORIES = {
    "01": "市政公用设施",
    "02": "交通设施",
    "03": "市容环卫设施",
    "04": "园林绿化设施",
    "05": "其他管理部件",
    "06": "市容环境",
    "07": "宣传广告",
    "08": "施工管理",
    "09": "街面秩序",
    "10": "其他事项",
}
_KINDS = ("管理事项", "管理部件")
_EPOCH = datetime.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: this unit has this part in this matter, in this area, on the days [since, until)."""

    unit: str
    kind: str
    line: str
    matter: str
    area: str
    role: str
    since: int
    until: int | None = None
    basis: str = ""
    confidence: str = ""

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"duty of {self.unit}: role {self.role!r} is none of {', '.join(ROLES)}")
        name, _, code = self.area.partition(":")
        if name not in AREAS or (code and len(code) not in (9, 12)):
            raise ValueError(f"duty of {self.unit} for {self.matter}: unknown area {self.area!r}")
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"duty of {self.unit} for {self.matter}: it ends before it begins")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the matter lies. `zone` and `owner` only where somebody has established them."""

    cell: str = ""
    community: str = ""
    street: str = ""
    district: str = ""
    zone: str = ""
    owner: str = ""


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


@dataclass(frozen=True, slots=True)
class Duties:
    """The list with an index by line and matter."""

    rows: tuple[Duty, ...]
    by_matter: Mapping[tuple[str, str], tuple[Duty, ...]] = field(repr=False)

    @classmethod
    def of(cls, duties: Duties | Iterable[Duty]) -> Duties:
        """Indexes the rows; an index is returned as it is."""
        if isinstance(duties, Duties):
            return duties
        rows = tuple(duties)
        found: dict[tuple[str, str], list[Duty]] = defaultdict(list)
        for d in rows:
            found[d.line, plain(d.matter)].append(d)
            if d.role == "fallback" and ":" not in d.matter:
                found[d.line, ""].append(d)  # "未明确的…事项": catches the rest of its line
        return cls(rows, {k: tuple(v) for k, v in found.items()})


def plain(matter: str) -> str:
    """The matter key without the 类 that only category words of matters carry."""
    kind, sep, word = matter.partition(":")
    return f"{kind}:{word.removesuffix('类')}" if sep and not word.isdigit() else matter


def steps(matter: str) -> tuple[str, ...]:
    """The keys to look under, narrow to wide."""
    kind, _, word = matter.partition(":")
    if kind not in _KINDS:
        return (matter, "")
    keys = [plain(matter)]
    if word.isdigit():
        if word[:2] not in CATEGORIES:
            raise ValueError(f"matter {matter!r}: {word[:2]} is no category of GB/T 47678.5")
        if kind == "管理部件":
            keys.append(f"管理事项:{word}")
        keys.append(f"{kind}:{CATEGORIES[word[:2]]}")
    else:
        if plain(matter).partition(":")[2] not in CATEGORIES.values():
            raise ValueError(f"matter {matter!r}: no such category of GB/T 47678.5")
    if kind == "管理部件":
        keys.append(keys[-1].replace("管理部件", "管理事项"))
    return tuple(keys)


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
        [d for d in found.by_matter.get((line, key), ()) if _in_force(d, day)] for key in steps(matter_key)
    ]
    here = [[d for d in level if _covers(d, place) is not False] for level in levels]
    fallback = next((d for level in here for d in level if d.role == "fallback"), None)
    assists = _units(d for level in here for d in level if d.role == "assist")
    leads = next((ds for ds in ([d for d in level if d.role == "lead"] for level in here) if ds), [])
    units = _units(leads)
    call = _Names(names)
    last = fallback.unit if fallback else None
    owner = next((d for d in leads if d.area.startswith(OWNED) and _covers(d, place)), None)
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
        if d.role == "lead" and _in_force(d, day):
            found[d.line, d.matter, d.area, d.kind].append(d)
    call = _Names(names)
    out = []
    for (line, matter, area, _), rows in found.items():
        units = _units(rows)
        if len(units) > 1:
            zh, en = "、".join(str(call(u)) for u in units), ", ".join(call(u).en for u in units)
            out.append(
                Say(
                    f"{line} 的“{matter}”在“{area}”有 {len(units)} 个主办单位：{zh}。",
                    f"{line}, “{matter}”, area “{area}”: {len(units)} leads: {en}.",
                )
            )
    return out


def expand(rows: Iterable[Mapping[str, str]], offices: Mapping[str, str]) -> list[dict[str, str]]:
    """Rows with the unit `@street` written out, one for each office (street code → unit code)."""
    out: list[dict[str, str]] = []
    for row in rows:
        if row["unit"] != "@street":
            out.append(dict(row))
            continue
        out += [
            dict(row) | {"unit": unit, "area": f"{row['area']}:{street}"}
            for street, unit in sorted(offices.items())
        ]
    return out


def read_rows(rows: Iterable[Mapping[str, str]], offices: Mapping[str, str]) -> Duties:
    """The duties of a table with the columns of Duty (dates as 2026-11-24, until may be empty)."""
    return Duties.of(
        Duty(
            r["unit"],
            r["kind"],
            r["line"],
            r["matter"],
            r["area"],
            r["role"],
            _day(r["since"]),
            _day(r["until"]) if r.get("until") else None,
            r.get("basis", ""),
            r.get("confidence", ""),
        )
        for r in expand(rows, offices)
    )


def _day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal() - _EPOCH


class _Names:
    """Titles of units; a unit without one is called by its code."""

    __slots__ = ("_titles",)

    def __init__(self, titles: Mapping[str, Say] | None) -> None:
        self._titles = titles or {}

    def __call__(self, unit: str) -> Say:
        return self._titles.get(unit) or Say(unit, unit)


def _in_force(d: Duty, day: int) -> bool:
    return d.since <= day and (d.until is None or day < d.until)


def _units(rows: Iterable[Duty]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d.unit for d in rows))


def _covers(d: Duty, place: Place) -> bool | None:
    """Whether the row's area holds the place; None where the place alone cannot tell."""
    name, _, code = d.area.partition(":")
    narrow: bool | None = True
    if code:
        own = (
            place.community or place.cell[:12]
            if len(code) == 12
            else (place.street or place.community[:9] or place.cell[:9])
        )
        narrow = own == code if own else None
    if narrow is False or name in (WHOLE, STREET, COMMUNITY):
        return narrow
    known = place.owner if name == OWNED else place.zone
    if not known:
        return None
    fits = d.unit == known if name == OWNED else name == known
    return narrow if fits else False


def _basis(d: Duty) -> Say:
    return Say(f"（依据：{d.basis}）", f" (basis: {d.basis})") if d.basis else Say("", "")


def _area(d: Duty) -> Say:
    name = d.area.partition(":")[0]
    return Say(
        name,
        {
            WHOLE: "whole district",
            STREET: "its street",
            COMMUNITY: "its community",
            OWNED: "what it owns or maintains",
            ZONES[0]: "main roads and squares",
            ZONES[1]: "housing estates and back lanes",
        }[name],
    )


def _lead_reason(d: Duty, place: Place, call: _Names) -> Say:
    zh = f"权责清单：由{call(d.unit)}主办，范围为{_area(d)}{_basis(d)}。"
    en = f"Duty list: {call(d.unit).en} leads; area: {_area(d).en}{_basis(d).en}."
    if _covers(d, place) is None:
        zh += "派出前请核对设施权属或地段。" if d.area.startswith(OWNED) else "请先确认地段。"
        en += (
            " Check whose it is before sending."
            if d.area.startswith(OWNED)
            else " Establish the kind of street first."
        )
    return Say(zh, en)


def _open_reason(rows: list[Duty], call: _Names) -> Say:
    zh = ";".join(f"{call(d.unit)}管{_area(d)}" for d in rows[:4])
    en = "; ".join(f"{call(d.unit).en}: {_area(d).en}" for d in rows[:4])
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
