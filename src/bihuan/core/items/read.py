"""Tables of the catalogue read: every row taken, or every reason why not, across the tables too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bihuan.core.items.basis import citations, name_of
from bihuan.core.items.parts import (
    KINDS,
    NEEDED,
    ORDER,
    ORIGINS,
    TABLES,
    TARGETS,
    YES,
    Item,
    Law,
    Material,
    Period,
    Power,
)  # fmt: skip
from bihuan.core.items.periods import BadLimit, read_period, too_long
from bihuan.core.say import Say
from bihuan.core.table import Row

Said = dict[str, str]  # a row as it is kept: column → text, every column of its table
Entry = Power | Item | Material | Law
Limits = Mapping[str, Mapping[str, Mapping[str, str]]]  # line → matter → column → text
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
LONGEST = 500  # characters of a cell
LISTS = ("special", "result", "life")  # columns of several words, split by ;, with their English beside them


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken: its table and line, its code as written, every fault with its column."""

    table: str
    line: int
    code: str
    faults: tuple[tuple[str, Say], ...]


@dataclass(slots=True)
class Around:
    """What rows may speak of beyond themselves: units by name or code, limits of lines, entries there already."""

    units: Mapping[str, str]
    limits: Limits
    powers: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Read:
    """The good rows by table and key, as they are kept, and the bad ones."""

    good: Mapping[str, Mapping[str, Said]]
    bad: Sequence[Bad]


def key_of(table: str, said: Mapping[str, str]) -> str:
    """The key of a row within its table."""
    if table == "materials":
        return f"{said['item']}/{said['key']}"
    return said["law"] if table == "laws" else said["code"]


def read_tables(tables: Mapping[str, Iterable[Row]], around: Around) -> Read:
    """Every row of the tables given; `around` learns the powers and items among the good ones."""
    good: dict[str, dict[str, Said]] = {}
    bad: list[Bad] = []
    for table in ORDER:
        if table not in tables:
            continue
        rows = good.setdefault(table, {})
        first: dict[str, int] = {}
        for line, cells in tables[table]:
            said = {column: cells.get(column, "") for column in TABLES[table]}
            faults = _shape(table, said)
            if not faults:
                faults = _entry(table, said, around)
            key = key_of(table, said)
            if not faults and key in first:
                faults = [(NEEDED[table][0], Say(f"第 {first[key]} 行已经有了", f"Line {first[key]} has it already"))]  # fmt: skip
            if faults:
                bad.append(Bad(table, line, key[:40], tuple(faults)))
                continue
            rows[key], first[key] = said, line
            if table == "powers":
                around.powers.add(key)
            elif table == "items":
                around.items.add(key)
    return Read(good, bad)


Faults = list[tuple[str, Say]]


def _shape(table: str, said: Said) -> Faults:
    found: Faults = []
    for column in NEEDED[table]:
        if not said[column]:
            name = TABLES[table][column][0]
            found.append((column, Say(f"没有写“{name}”", f"{column!r} is missing")))
    found += [
        (column, Say(f"超过 {LONGEST} 个字", f"Longer than {LONGEST} characters"))
        for column, text in said.items()
        if len(text) > LONGEST
    ]
    for column in {"powers": ("code",), "items": ("code", "power"), "materials": ("key",)}.get(table, ()):
        if said[column] and not CODE.fullmatch(said[column]):
            found.append(
                (column, Say(f"“{said[column][:32]}”不是编码，只用字母、数字、点、横线", f"{said[column][:32]!r} is no code; use letters, digits, dot and dash"))
            )  # fmt: skip
    return found


def _entry(table: str, said: Said, around: Around) -> Faults:
    """What is wrong with a row whose cells are all there; names of units, kinds and so on become codes in `said`."""
    faults: Faults = []
    READERS[table](said, around, faults)
    return faults


def _among(said: Said, column: str, known: Mapping[str, Say], faults: Faults) -> None:
    """A code of `known`, however it was written: code, Chinese or English."""
    text = said[column]
    for code, say in known.items():
        if text.casefold() in (code, say.casefold(), say.en.casefold()):
            said[column] = code
            return
    words, english = "、".join(known.values()), ", ".join(known)
    faults.append(
        (column, Say(f"没有“{text[:20]}”，应当是：{words}", f"no {text[:20]!r}; must be one of: {english}"))
    )


def _unit(said: Said, around: Around, faults: Faults) -> None:
    code = around.units.get(said["unit"])
    if code is None:
        faults.append(("unit", Say(f"没有单位“{said['unit'][:40]}”", f"no unit {said['unit'][:40]!r}")))
    else:
        said["unit"] = code


def _power(said: Said, around: Around, faults: Faults) -> None:
    _among(said, "kind", KINDS, faults)
    _unit(said, around, faults)
    if not citations(said["basis"]):
        faults.append(("basis", Say("没有设定依据：清单之外不得行使", "no legal basis: nothing may be done outside the list")))  # fmt: skip


def _item(said: Said, around: Around, faults: Faults) -> None:
    if said["power"] not in around.powers:
        faults.append(
            ("power", Say(f"权责清单上没有“{said['power']}”", f"{said['power']!r} is not on the list of powers"))
        )  # fmt: skip
    _unit(said, around, faults)
    _among(said, "target", TARGETS, faults)
    _yes(said, "read", faults)
    _whole(said, "visits", faults)
    for column in LISTS:
        if f"{column}_en" in said and len(words(said[column])) != len(words(said[f"{column}_en"])):
            faults.append(
                (f"{column}_en", Say("中英文的项数不一样", "the English has another number of parts"))
            )
    periods = {column: _period(said, column, faults) for column in ("legal", "longer", "promise")}
    if any(period is None for period in periods.values()):
        return
    legal, promise = periods["legal"], periods["promise"]
    assert legal is not None and promise is not None
    why = too_long(promise, legal)
    if why is not None:
        faults.append(("promise", why))
    if said["line"]:
        _in_line(said, around, faults)


def _in_line(said: Said, around: Around, faults: Faults) -> None:
    """An item that a line handles has the limits of that line's matter: one truth, said where it is to be changed."""
    line, code = said["line"], said["code"]
    matters = around.limits.get(line)
    if matters is None:
        faults.append(("line", Say(f"没有条线“{line}”", f"no line {line!r}")))
        return
    if not matters:
        return
    if code not in matters:
        faults.append(
            ("line", Say(f"{line}/matters.csv 没有事项“{code}”", f"{line}/matters.csv has no matter {code!r}"))
        )  # fmt: skip
        return
    row = matters[code]
    for column, name in (("legal", "decide"), ("longer", "longer"), ("promise", "promise")):
        theirs = row.get(name, "")
        if column == "promise" and not said[column]:
            continue  # no promise of its own: the line carries the legal limit
        if name in row and said[column] != theirs:
            faults.append(
                (column, Say(
                    f"办件按 {line}/matters.csv 的“{theirs or '空'}”计时，这里写的是“{said[column] or '空'}”；两处要一样，改时限先改条线",
                    f"cases run on {theirs or 'nothing'!r} of {line}/matters.csv, this says {said[column] or 'nothing'!r}; change the line first",
                ))
            )  # fmt: skip


def _material(said: Said, around: Around, faults: Faults) -> None:
    if said["item"] not in around.items:
        faults.append(("item", Say(f"没有办理项“{said['item'][:32]}”", f"no item {said['item'][:32]!r}")))
    _among(said, "origin", ORIGINS, faults)
    _yes(said, "later", faults)
    _whole(said, "copies", faults)
    if said["origin"] == "government" and said["later"] == "yes":
        faults.append(
            ("later", Say("政府已有的材料不收，谈不上容缺", "what the government has is not asked for, so it cannot follow later"))
        )  # fmt: skip


def _law(said: Said, around: Around, faults: Faults) -> None:
    said["law"] = name_of(said["law"])
    for column in ("version", "lapsed"):
        try:
            _day(said[column])
        except ValueError:
            faults.append(
                (column, Say(f"“{said[column]}”不是日期，写成 2022-03-01", f"{said[column]!r} is no date; write 2022-03-01"))
            )  # fmt: skip
    if said["lapsed"] and not said["source"]:
        faults.append(("source", Say("废止要写明出处", "a repeal needs its source")))


READERS: dict[str, Callable[[Said, Around, Faults], None]] = {
    "powers": _power,
    "items": _item,
    "materials": _material,
    "laws": _law,
}


def _period(said: Said, column: str, faults: Faults) -> Period | None:
    try:
        found = read_period(said[column])
    except BadLimit as bad:
        faults.append((column, bad.reason))
        return None
    said[column] = found.text
    return found


def _yes(said: Said, column: str, faults: Faults) -> None:
    value = YES.get(said[column].casefold())
    if value is None:
        faults.append((column, Say(f"“{said[column][:10]}”要写 是 或 否", f"{said[column][:10]!r}: write yes or no")))  # fmt: skip
    else:
        said[column] = "yes" if value else ""


def _whole(said: Said, column: str, faults: Faults) -> None:
    if said[column] and not re.fullmatch(r"\d{1,2}", said[column]):
        faults.append((column, Say(f"“{said[column][:10]}”不是 0 到 99 的整数", f"{said[column][:10]!r} is no whole number from 0 to 99")))  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def words(text: str) -> tuple[str, ...]:
    """The parts of a cell split by semicolons."""
    return tuple(part.strip() for part in re.split("[;；]", text) if part.strip())


def pairs_of(said: Said, column: str) -> tuple[Say, ...]:
    """The parts of a cell with their English."""
    return tuple(Say(zh, en) for zh, en in zip(words(said[column]), words(said[f"{column}_en"]), strict=True))


def entry_of(table: str, said: Said) -> Entry:
    """The value of a row that was read without fault."""
    if table == "laws":
        return Law(said["law"], _day(said["version"]), _day(said["lapsed"]), said["replaced_by"], said["source"])  # fmt: skip
    name = Say(said["name"], said["name_en"] or said["name"])
    if table == "powers":
        return Power(
            said["code"], name, said["kind"], said["unit"], citations(said["basis"]), said["phone"], said["source"]
        )  # fmt: skip
    if table == "materials":
        copies = int(said["copies"]) if said["copies"] else None
        return Material(said["item"], said["key"], name, said["origin"], copies, said["later"] == "yes", said["proof"])  # fmt: skip
    return Item(
        code=said["code"], power=said["power"], name=name, part=Say(said["part"], said["part_en"] or said["part"]),
        doing=Say(said["doing"], said["doing_en"] or said["doing"]), unit=said["unit"], line=said["line"],
        basis=citations(said["basis"]), read=said["read"] == "yes", legal=read_period(said["legal"]),
        legal_basis=said["legal_basis"], longer=read_period(said["longer"]), promise=read_period(said["promise"]),
        special=pairs_of(said, "special"), target=said["target"],
        fee=Say(said["fee"], said["fee_en"] or said["fee"]), visits=int(said["visits"]) if said["visits"] else None,
        result=pairs_of(said, "result"), life=pairs_of(said, "life"), words=words(said["words"]), source=said["source"],
    )  # fmt: skip
