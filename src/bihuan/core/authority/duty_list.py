"""The duty list (权责清单) as data: its rows, where they hold, and under which keys a matter is looked up."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ROLES = ("lead", "assist", "fallback")
WHOLE = "全区"
STREET, COMMUNITY = "街道", "社区"
OWNED = "管养范围"
RULED = "裁定"  # the kind of a row that a ruling has added: it goes before the other rows of its matter
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
CATEGORIES_EN = {
    "01": "municipal utilities",
    "02": "traffic facilities",
    "03": "sanitation facilities",
    "04": "greenery",
    "05": "other components",
    "06": "look of the city",
    "07": "advertising",
    "08": "construction sites",
    "09": "order in the street",
    "10": "other matters",
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


def in_force(d: Duty, day: int) -> bool:
    """Whether the row holds on that day."""
    return d.since <= day and (d.until is None or day < d.until)


def units_of(rows: Iterable[Duty]) -> tuple[str, ...]:
    """The units of these rows, each once, in their order."""
    return tuple(dict.fromkeys(d.unit for d in rows))


def covers(d: Duty, place: Place) -> bool | None:
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
