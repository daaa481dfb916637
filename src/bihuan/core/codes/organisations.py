"""A table whose rows are organisations: every row taken, or every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from bihuan.core.codes.text import BadCode
from bihuan.core.codes.uscc import read_uscc
from bihuan.core.say import Say
from bihuan.core.table import Columns, rows_of, under_heading


@dataclass(frozen=True, slots=True)
class Read:
    """Good rows by code, and the bad ones as (line, code as written, reason)."""

    good: dict[str, dict[str, Any]]
    bad: list[tuple[int, str, Say]]


def read_organisations(
    name: str, body: bytes, columns: Columns, needed: Collection[str], take: Callable[[dict[str, str]], dict[str, Any] | Say]
) -> Read:  # fmt: skip
    """The rows of a CSV file or workbook by their `code`, which is put in its one form.

    `take` gives a row as it is kept, or why it cannot be. A code that comes twice is taken once, the second is a fault.
    Unreadable where the file is no table or has not the `needed` columns.
    """
    found = Read({}, [])
    for line, cells in under_heading(rows_of(name, body), columns, [needed]):
        said = {column: cells.get(column, "").strip() for column in columns}
        row = _row(said, columns, needed, take)
        if not isinstance(row, Say) and said["code"] in found.good:
            row = Say(f"代码 {said['code']} 前面已经有了", f"Code {said['code']} comes twice")
        if isinstance(row, Say):
            found.bad.append((line, said["code"][:40], row))
        else:
            found.good[said["code"]] = row
    return found


def _row(
    said: dict[str, str], columns: Columns, needed: Collection[str], take: Callable[[dict[str, str]], dict[str, Any] | Say]
) -> dict[str, Any] | Say:  # fmt: skip
    missing = next((column for column in needed if not said[column]), None)
    if missing is not None:
        return Say(f"没有写“{columns[missing][0]}”", f"{missing!r} is missing")
    try:
        said["code"] = read_uscc(said["code"]).value
    except BadCode as bad:
        return bad.say
    return take(said)
