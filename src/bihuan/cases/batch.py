"""Many reports from one table (a hotline's list, another office's): each row becomes a case once, or is named with why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bihuan import lines
from bihuan.cases import intake
from bihuan.cases.actions import open_case
from bihuan.cases.edge import day_of
from bihuan.cases.receive import want_matter, want_place
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.line.parts import Line, Matter
from bihuan.core.say import Say
from bihuan.core.table import Bad, Columns, Unreadable, heading, rows_of, under_heading
from bihuan.lines.catalogue import matters_on
from bihuan.lines.forms import Field, defaults, fields

MOST = 5_000  # rows of one table: a hotline's day, with room
NUMBER = re.compile(r"[\w./-]{1,40}")
OURS: dict[str, tuple[str, ...]] = {
    "number": ("来文编号", "来件编号", "工单编号", "编号", "their number", "number"),
    "matter": ("事项", "小类", "小类代码", "问题类型", "matter"),
    "lon": ("经度", "lon", "longitude"),
    "lat": ("纬度", "lat", "latitude"),
    "datum": ("坐标系", "datum"),
}
TITLES = {key: Say(names[0], names[-1]) for key, names in OURS.items()}
Faults = tuple[tuple[str, Say], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be opened: its line in the file, the sender's number, and what `open_case` takes."""

    line: int
    number: str
    matter: str
    place: Mapping[str, Any] | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """The table read; `unknown` are headings that stand for nothing here."""

    good: Sequence[Entry]
    bad: Sequence[Bad]
    unknown: Sequence[str]


@dataclass(frozen=True, slots=True)
class Done:
    """A row that was opened: our number; `repeated` where the same row had been opened before."""

    line: int
    theirs: str
    number: str
    repeated: bool


def asked(line: Line, day: int) -> list[Field]:
    """The fields that a table may carry: text and choices of the opening form that nobody else fills in."""
    known = defaults(line, line.opens_with, day).keys() | intake.bearers(line)
    return [
        f for f in fields(line, line.opens_with)
        if f.key not in known and f.kind in ("text", "long", "choice", "date", "datetime", "money", "number")
    ]  # fmt: skip


def titles(line: Line, day: int) -> dict[str, Say]:
    """Column → its heading, those of every line first."""
    located = any(field.kind == "place" for field in fields(line, line.opens_with))
    ours = {key: say for key, say in TITLES.items() if _used(key, bool(line.matters), located)}
    return ours | {field.key: field.label for field in asked(line, day)}


def labels(line: Line, day: int) -> dict[str, Say]:
    """What a fault's column is called: the headings, and the point of two of them."""
    place = {field.key: field.label for field in fields(line, line.opens_with) if field.kind == "place"}
    return titles(line, day) | place


def needed(line: Line, day: int) -> list[str]:
    """The columns without which no row can be opened."""
    always = [key for key in titles(line, day) if key in TITLES and key != "datum"]
    return always + [field.key for field in asked(line, day) if field.required]


def read_batch(name: str, body: bytes, code: str, at: datetime) -> Batch:
    """Every row of a table for a line, good or bad; Unreadable where it is no such table."""
    day = day_of(at)
    line = lines.at(code, day)
    columns = {key: OURS.get(key) or (say, say.en, key) for key, say in titles(line, day).items()}
    must = needed(line, day)
    cells = list(rows_of(name, body))
    rows = list(under_heading(cells, columns, [must]))
    if not rows or len(rows) > MOST:
        raise Unreadable(
            Say(f"表里超过 {MOST:,} 行，请分成几份", f"Over {MOST:,} rows: split the table") if rows
            else Say("表里没有一行", "The table holds no row")
        )  # fmt: skip
    good, bad, first = [], [], dict[str, int]()
    for number, row in rows:
        entry, faults = _read(line, day, number, row, first)
        if entry is None:
            bad.append(Bad(number, row.get("number", "")[:40], faults))
        else:
            good.append(entry)
    return Batch(good, bad, _unknown(cells, columns, must))


def open_all(
    batch: Sequence[Entry], code: str, *, by: str, unit: str, at: datetime
) -> tuple[list[Done], list[Bad]]:
    """Open each row, one transaction a row; the sender's number makes a repeated table harmless."""
    done, bad, text = [], [], lines.at(code, day_of(at))
    for entry in batch:
        try:
            reporter, its, data = intake.told_for(text, entry.data, by, unit)
            opened = open_case(
                code, entry.matter, by=reporter, unit=its, at=at, data=data, place=entry.place,
                key=f"batch:{code}:{unit}:{entry.number}",
            )  # fmt: skip
        except BadInput as error:
            bad.append(Bad(entry.line, entry.number, tuple(error.faults)))
        except Refused as refused:
            bad.append(Bad(entry.line, entry.number, tuple(("number", say) for say in refused.reasons)))
        else:
            done.append(Done(entry.line, entry.number, opened.number, opened.repeated))
    return done, bad


def _read(
    line: Line, day: int, number: int, row: Mapping[str, str], first: dict[str, int]
) -> tuple[Entry | None, Faults]:
    """(entry, ()) or (None, every fault): the same checks as opening makes, before anything is written."""
    faults: list[tuple[str, Say]] = []
    theirs = row.get("number", "")
    if not NUMBER.fullmatch(theirs):
        faults.append(("number", Say("要写对方的编号，40 个字以内，字母、数字、- . / _", "Their number is needed: at most 40 letters, digits, - . / _")))  # fmt: skip
    elif theirs in first:
        faults.append(("number", Say(f"第 {first[theirs]} 行已经有这个编号", f"Line {first[theirs]} has this number already")))  # fmt: skip
    else:
        first[theirs] = number
    matter = _matter(line, day, row.get("matter", ""), faults)
    data = {field.key: value for field in asked(line, day) if (value := _said(field, row))}
    place = _place(row)
    for check in (
        lambda: intake.clean(line, line.opens_with, intake.fill(line, line.opens_with, data, day)),
        lambda: matter is not None and want_matter(line, matter, day),
        lambda: want_place(line, line.opens_with, place),
    ):  # fmt: skip
        try:
            check()
        except BadInput as error:
            faults.extend(error.faults)
    if faults or matter is None:
        return None, tuple(faults)
    return Entry(number, theirs, matter, place, data), ()


def _matter(line: Line, day: int, said: str, faults: list[tuple[str, Say]]) -> str | None:
    """The code of a matter given by its code or whole name; what fits several is refused with all of them."""
    if not line.matters or not said:
        return ""
    rows: list[Matter] = [
        row for row in matters_on(line, day)
        if said in (row.code, row.name, row.name_en, row.columns.get("code5"))
    ]  # fmt: skip
    if len(rows) == 1:
        return rows[0].code
    if rows:
        those = "、".join(f"{row.code} {row.name}" for row in rows)
        faults.append(("matter", Say(f"“{said}”有几个：{those}，请写全代码", f"{said!r} fits several: {those}; write the whole code")))  # fmt: skip
        return None
    faults.append(("matter", Say(f"目录里没有“{said[:40]}”，要写代码或者全名", f"The catalogue has no {said[:40]!r}: write the code or the whole name")))  # fmt: skip
    return None


def _place(row: Mapping[str, str]) -> dict[str, str] | None:
    """The point as the table writes it; whether it is one, `want_place` says."""
    given = {key: row[key] for key in ("lon", "lat", "datum") if row.get(key)}
    return given or None


def _said(field: Field, row: Mapping[str, str]) -> str:
    """A choice may be written by its name; other text stays as it is."""
    text = row.get(field.key, "")
    return next((code for code, say in field.options if text in (say, say.en)), text)


def _unknown(rows: Sequence[list[str]], columns: Columns, must: Sequence[str]) -> list[str]:
    """The headings that stand for no column here."""
    found = ((row, heading(row, columns)) for row in rows)
    row, known = next(one for one in found if set(must) <= set(one[1].values()))
    return [cell for cell in row if cell.strip() and cell not in known]


def _used(key: str, matters: bool, located: bool) -> bool:
    return key == "number" or (matters if key == "matter" else located)
