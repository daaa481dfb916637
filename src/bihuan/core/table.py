"""A table that an office sends, as rows of text: CSV in any encoding in use here, .xlsx, .xls or .ods."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from bihuan.core.encodings import Undecodable, decode
from bihuan.core.say import Say

Row = tuple[int, dict[str, str]]
Columns = Mapping[str, Sequence[str]]  # what the headings of each column may be, the printed one first
UNPACKED = 400_000_000  # bytes of what is packed in a workbook
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an .xls begins
DEEP = 12  # rows above the headings at most: title, unit, date


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken: its line in the file, its code as written, every fault with its column."""

    line: int
    code: str
    faults: tuple[tuple[str, Say], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: how many rows and columns it holds, its merged cells as (row, column) of both corners, from 0; its
    rows as text."""

    title: str
    size: tuple[int, int]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    sheet: CalamineSheet

    @property
    def rows(self) -> Iterator[list[str]]:
        try:
            rows = self.sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise _unopened(error) from None
        return ([_cell_text(value) for value in row] for row in rows)


class Unreadable(Exception):
    """The file is no such table; `say` tells why."""

    def __init__(self, say: Say) -> None:
        super().__init__(say)
        self.say = say


def is_workbook(name: str, body: bytes) -> bool:
    """Whether the file is opened as a workbook: by what it holds, or by its ending."""
    return (
        body[:4] == b"PK\x03\x04"
        or body[:8] == OLD_OFFICE
        or name.rsplit(".", 1)[-1].casefold() in ("xlsx", "xls")
    )


def rows_of(name: str, body: bytes) -> Iterator[list[str]]:
    """Each row of the first sheet, or of the CSV, as text."""
    return sheet_rows(body) if is_workbook(name, body) else csv_rows(text_of(body))


def csv_rows(text: str) -> Iterator[list[str]]:
    """Each row of a CSV text."""
    return (list(row) for row in csv.reader(StringIO(text)))


def text_of(body: bytes) -> str:
    """The text of a file in one of the encodings in use here, without its mark."""
    try:
        return decode(body)[0].lstrip("\ufeff")
    except Undecodable:
        raise Unreadable(Say("认不出文件的编码，请存成 UTF-8 的 CSV 或者 .xlsx", "The encoding is not known; save as CSV in UTF-8, or as .xlsx")) from None  # fmt: skip


def heading(cells: Collection[str], columns: Columns) -> dict[str, str]:
    """Which of these headings stands for which column; a heading nobody knows stands for none."""
    known = {alias.casefold(): key for key, aliases in columns.items() for alias in aliases}
    found: dict[str, str] = {}
    for cell in cells:
        key = known.get(cell.strip().casefold())
        if key and key not in found.values():
            found[cell] = key
    return found


def under_heading(
    rows: Iterable[list[str]], columns: Columns, needed: Collection[Collection[str]]
) -> Iterator[Row]:
    """(line, column → text) of every row below the headings that is not empty.

    The first row that names all columns of one of the `needed` sets is the headings; Unreadable where none does.
    """
    names: dict[int, str] = {}
    for line, cells in enumerate(rows, 1):
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


def sheet_rows(body: bytes) -> Iterator[list[str]]:
    """Each row of a workbook's first sheet as text."""
    return next(iter(sheets(body)))[1]


def sheets(body: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """(title, rows as text) of every sheet of a workbook, in its order."""
    return ((sheet.title, sheet.rows) for sheet in open_sheets(body))


def open_sheets(body: bytes, unpacked: int = UNPACKED) -> Iterator[Sheet]:
    """Every sheet of a workbook, in its order; over `unpacked` bytes once unpacked it is not opened."""
    book = _opened(body, unpacked)
    for place, title in enumerate(book.sheet_names):
        try:
            sheet = book.get_sheet_by_index(place)
            last = sheet.end
            yield Sheet(
                title, (last[0] + 1, last[1] + 1) if last else (0, 0), sheet.merged_cell_ranges or (), sheet
            )
        except CalamineError as error:
            raise _unopened(error) from None


def _opened(body: bytes, unpacked: int) -> CalamineWorkbook:
    try:
        if sum(part.file_size for part in ZipFile(BytesIO(body)).infolist()) > unpacked:
            raise Unreadable(
                Say("工作簿解开后太大，请分成几份", "The workbook is too large once unpacked; split it")
            )
    except BadZipFile:
        pass  # an .xls is no archive; whatever it is, the reader below says so
    try:
        return CalamineWorkbook.from_filelike(BytesIO(body))
    except PasswordError:
        raise Unreadable(Say("工作簿加了密码", "The workbook has a password")) from None
    except CalamineError as error:
        raise _unopened(error) from None


def _unopened(error: CalamineError) -> Unreadable:
    return Unreadable(Say(f"打不开这个工作簿：{error}", f"The workbook cannot be opened: {error}"))


def _cell_text(value: Any) -> str:
    """A cell as people see it: whole numbers without their point, days as 2017-03-31, yes and no; 17 digits do not
    survive as a number, and are refused by their length then."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)
