"""A workbook or a CSV of the catalogue as rows by table: each sheet is known by its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bihuan.core import table as tables
from bihuan.core.items.parts import NEEDED, ORDER, TABLES
from bihuan.core.say import Say
from bihuan.core.table import Row, Unreadable, under_heading


def read_workbook(name: str, body: bytes) -> dict[str, list[Row]]:
    """Rows of each table found in the file, in the order of the file; Unreadable where there is none."""
    sheets: list[tuple[str, Iterable[list[str]]]]
    if tables.is_workbook(name, body):
        sheets = list(tables.sheets(body))
    else:
        sheets = [(name, tables.csv_rows(tables.text_of(body)))]
    found: dict[str, list[Row]] = {}
    for title, rows in sheets:
        every = list(rows)
        table = table_of(every)
        if table is None:
            continue
        if table in found:
            raise Unreadable(Say(f"“{title}”和前面的工作表是同一种表", f"Sheet {title!r} is the same table as an earlier one"))  # fmt: skip
        found[table] = list(table_rows(table, every))
    if not found:
        wanted = "；".join("、".join(TABLES[one][key][0] for key in NEEDED[one]) for one in ORDER)
        raise Unreadable(
            Say(f"没有找到能认的表。每种表至少要有这些列：{wanted}", f"No table was recognised; the columns needed are: {'; '.join(', '.join(NEEDED[one]) for one in ORDER)}")
        )  # fmt: skip
    return found


def table_of(rows: list[list[str]]) -> str | None:
    """Which table these rows are: the one whose needed columns a row names, more specific tables first."""
    for cells in rows[: tables.DEEP]:
        for one in ("materials", "items", "powers", "laws"):
            if set(NEEDED[one]) <= set(tables.heading(cells, TABLES[one]).values()):
                return one
    return None


def table_rows(table: str, rows: Iterable[list[str]]) -> Iterator[Row]:
    """(line, column → text) of one table."""
    return under_heading(rows, TABLES[table], (NEEDED[table],))
