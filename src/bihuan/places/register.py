"""A file of components as rows: CSV in any encoding, .xlsx, or GeoJSON points; what each row says or why it cannot."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from bihuan import lines
from bihuan.core.place.component import COLUMNS, NEEDED, Component, heading, read_row
from bihuan.core.place.grid import Tiling
from bihuan.core.report.forms.encodings import Undecodable, decode
from bihuan.core.say import Say
from bihuan.lines.catalogue import matters_on

Row = tuple[int, dict[str, str]]
UNPACKED = 400_000_000  # bytes of what is packed in a workbook
DEEP = 12  # rows above the headings at most: title, unit, date


class Unreadable(Exception):
    """The file is no table of components; `say` tells why."""

    def __init__(self, say: Say) -> None:
        super().__init__(say)
        self.say = say


def kinds_on(day: int) -> frozenset[str]:
    """The five digits of the kinds of components (管理部件) in force on a Day."""
    rows = matters_on(lines.at("urban_management", day), day)
    return frozenset(row.columns["code5"] for row in rows if row.columns["kind"] == "管理部件")


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken: its line in the file, its code as written, every fault with its column."""

    line: int
    code: str
    faults: tuple[tuple[str, Say], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file read: good rows by code, and the bad ones."""

    good: Mapping[str, Component]
    bad: Sequence[Bad]


def read_file(
    name: str, body: bytes, kinds: frozenset[str], units: Mapping[str, str], tiling: Tiling
) -> Sheet:
    """Every row of the file, good or bad; Unreadable where it is no such table."""
    good: dict[str, Component] = {}
    first: dict[str, int] = {}
    bad = []
    for line, row in rows_of(name, body):
        found, faults = read_row(row, kinds, units, tiling.locate)
        if found is not None and found.code in first:
            faults = [
                (
                    "code",
                    Say(
                        f"第 {first[found.code]} 行已经有这个标识码",
                        f"Line {first[found.code]} has this code already",
                    ),
                )
            ]
        if found is None or faults:
            bad.append(Bad(line, row.get("code", "")[:40], tuple(faults)))
        else:
            good[found.code], first[found.code] = found, line
    if not good and not bad:
        raise Unreadable(Say("表里没有一行部件", "The table holds no component"))
    return Sheet(good, bad)


Names = Mapping[str, tuple[str, ...]]


def rows_of(
    name: str, body: bytes, columns: Names = COLUMNS, needed: Collection[tuple[str, ...]] = (NEEDED,)
) -> Iterator[Row]:
    """(line, column → text) of each row that is not empty; the headings must hold one of the `needed` sets."""
    ending = name.rsplit(".", 1)[-1].casefold()
    if body[:4] == b"PK\x03\x04" or ending in ("xlsx", "xls"):
        return _under_heading(_sheet(body), columns, needed)
    try:
        text = decode(body)[0].lstrip("\ufeff")
    except Undecodable:
        raise Unreadable(Say("认不出文件的编码，请存成 UTF-8 的 CSV 或者 .xlsx", "The encoding is not known; save as CSV in UTF-8, or as .xlsx")) from None  # fmt: skip
    if ending in ("geojson", "json") or text.lstrip()[:1] == "{":
        return _points(text)
    return _under_heading((list(row) for row in csv.reader(StringIO(text))), columns, needed)


def _sheet(body: bytes) -> Iterator[list[str]]:
    try:
        if sum(part.file_size for part in ZipFile(BytesIO(body)).infolist()) > UNPACKED:
            raise Unreadable(
                Say("工作簿解开后太大，请分成几份", "The workbook is too large once unpacked; split it")
            )
    except BadZipFile:
        pass  # an .xls is no archive; whatever it is, the reader below says so
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(body))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError:
        raise Unreadable(Say("工作簿加了密码", "The workbook has a password")) from None
    except CalamineError as error:
        raise Unreadable(
            Say(f"打不开这个工作簿：{error}", f"The workbook cannot be opened: {error}")
        ) from None
    return ([_cell_text(value) for value in row] for row in rows)


def _cell_text(value: Any) -> str:
    """A whole number without its point, as people see it; 17 digits do not survive as a number, and are refused
    by their length then."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _under_heading(
    lines: Iterator[list[str]], columns: Names, needed: Collection[tuple[str, ...]]
) -> Iterator[Row]:
    names: dict[int, str] = {}
    for line, cells in enumerate(lines, 1):
        if not any(cell.strip() for cell in cells):
            continue
        if not names:
            found = heading(cells, columns)
            if any(set(some) <= set(found.values()) for some in needed):
                names = {cells.index(name): key for name, key in found.items()}
            elif line >= DEEP:
                break
            continue
        yield line, {key: cells[at].strip() for at, key in names.items() if at < len(cells)}
    if not names:
        wanted = "，或者".join("、".join(columns[key][0] for key in some) for some in needed)
        raise Unreadable(Say(f"没有找到表头。至少要有这几列：{wanted}", f"No headings found; at least these columns are needed: {wanted}"))  # fmt: skip


def _points(text: str) -> Iterator[Row]:
    try:
        read = json.loads(text)
        features = read["features"]
        made = [(feature["properties"], feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(Say(f"不是 GeoJSON 的 FeatureCollection：{error}", f"No GeoJSON FeatureCollection: {error}")) from None  # fmt: skip
    for number, (said, geometry) in enumerate(made, 1):
        names = heading(list(said))
        row = {key: "" if said[name] is None else str(said[name]) for name, key in names.items()}
        if geometry and geometry.get("type") == "Point":
            row["lon"], row["lat"] = (str(value) for value in geometry["coordinates"][:2])
        yield number, row
