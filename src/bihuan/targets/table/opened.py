"""A sheet that comes back from an office: found by its headings, whatever order, merged cells and blank rows it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.core.table import Unreadable, csv_rows, is_workbook, open_sheets, text_of
from bihuan.core.time.instant import at as read_instant
from bihuan.targets.table.columns import BY_NAME, HEADINGS, plain
from bihuan.targets.table.entries import cell_text
from bihuan.targets.table.figures import narrow

LARGEST = 1_000_000  # bytes of the file
UNPACKED = 60_000_000  # bytes of what is packed in it
MOST_ROWS, MOST_COLUMNS = 2_000, 200
TOP = 30  # rows in which the headings are looked for
EXPORTED = re.compile(r"(?:导出时间|Exported)[：:]\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
FILLED_DOWN = frozenset({"leader", "lead", "responsible", "assisting", "answerable", "category", "result", "evidence", "public", "nodes"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: its number as the spreadsheet shows it, and the cells of the columns that are known."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a sheet says. `exported` is the instant of the export it came from, None where the sheet does not tell."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    exported: int | None
    unknown: tuple[str, ...]  # headings that mean no column
    skipped: int  # rows that are headings of groups, remarks or empty


def open_sheet(body: bytes) -> Opened:
    """Read the table out of a workbook (.xlsx, .xls, .ods) or a CSV; BadInput says why not."""
    for name, rows, merged in _sheets(body):
        top = _headings(rows)
        if top is None:
            continue
        number, places, unknown = top
        grid = _filled_down(rows, merged, number, places)
        across = {first for (first, left), (last, right) in merged if first == last and right - left >= 2}
        lines = [Line(i + 1, _cells(row, places)) for i, row in enumerate(grid) if i > number and any(row)]
        kept = tuple(line for line in lines if not _heading(line, line.number - 1 in across))
        if not kept:
            raise _bad(Say(f"“{name}”里没有任务", f"There is no task in “{name}”"))
        return Opened(
            tuple(places), kept, _exported(rows[:number]), unknown, len(grid) - number - 1 - len(kept)
        )
    raise _bad(
        Say("没有找到表头：要有“督查件”和另外两栏以上，栏名和导出的表一样",
            "No headings found: “Case” and at least two more, named as in the exported table")
    )  # fmt: skip


def _sheets(body: bytes) -> Iterator[tuple[str, list[list[str]], Sequence[Any]]]:
    """Every sheet as text, with its merged cells ((row, column) of both corners)."""
    if not body:
        raise _bad(Say("文件是空的", "The file is empty"))
    if len(body) > LARGEST:
        raise _bad(Say("文件超过 1 MB，不像任务分解表", "Over 1 MB: no table of tasks"))
    try:
        if not is_workbook("", body):
            rows = list(csv_rows(text_of(body)))
            _want_few("CSV", len(rows), max(map(len, rows), default=0))
            yield "CSV", _tidy(rows), ()
            return
        for sheet in open_sheets(body, UNPACKED):
            _want_few(sheet.title, *sheet.size)
            yield sheet.title, _tidy(sheet.rows), sheet.merged
    except Unreadable as error:
        raise _bad(error.say) from error


def _want_few(name: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise _bad(Say(f"“{name}”超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 栏，不像任务分解表",
                       f"“{name}” has over {MOST_ROWS} rows or {MOST_COLUMNS} columns: no table of tasks"))  # fmt: skip


def _tidy(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[cell_text(words) for words in row] for row in rows]


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int], tuple[str, ...]] | None:
    """Where the headings stand: (row, place of each column, headings nobody knows)."""
    for i, row in enumerate(rows[:TOP]):
        named = [(place, HEADINGS.get(plain(words)), words) for place, words in enumerate(row) if words]
        known = [name for _, name, _ in named if name]
        if "number" not in known or len(known) < 3:
            continue
        twice = sorted({name for name in known if known.count(name) > 1})
        if twice:
            title = BY_NAME[twice[0]].title
            raise _bad(Say(f"“{title}”有两栏，留一栏", f"“{title.en}” stands twice: keep one"))
        places = {name: place for place, name, _ in named if name}
        return i, places, tuple(words for _, name, words in named if not name)
    return None


def _filled_down(
    rows: Sequence[Sequence[str]], merged: Sequence[Any], top: int, places: Mapping[str, int]
) -> list[list[str]]:
    """A cell merged over several tasks counts for each of them."""
    grid = [list(row) for row in rows]
    down = {place for name, place in places.items() if name in FILLED_DOWN}
    for (first, left), (last, right) in merged:
        if left == right and left in down and first > top:
            for i in range(first + 1, min(last + 1, len(grid))):
                grid[i][left] = grid[first][left]
    return grid


def _cells(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: row[place] if place < len(row) else "" for name, place in places.items()}


def _heading(line: Line, across: bool) -> bool:
    """The title of a group or a remark: words in one cell of the row's own, and no case."""
    own = [name for name, words in line.cells.items() if words and name not in FILLED_DOWN]
    return len(own) <= 1 and (across or not {"number", "title"} & set(own))


def _exported(above: Sequence[Sequence[str]]) -> int | None:
    for row in above:
        for words in row:
            found = EXPORTED.search(words)
            if found:
                try:
                    return read_instant(found[1])
                except ValueError:
                    return None
    return None


def case_number(words: str) -> str:
    """A case's number as people type it."""
    return narrow(words).upper()


def _bad(say: Say) -> BadInput:
    return BadInput([("file", say)])
