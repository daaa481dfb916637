"""A table of organisations read: every row taken, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bihuan.core.codes import BadCode, read_uscc
from bihuan.core.say import Say
from bihuan.core.table import Row, rows_of, under_heading
from bihuan.subjects.queries import STATUS

COLUMNS = {
    "code": ("统一社会信用代码", "code"),
    "name": ("名称", "单位名称", "name"),
    "address": ("住所", "address"),
    "status": ("登记状态", "status"),
    "status_on": ("状态日期", "status_on"),
    "abnormal_on": ("列入经营异常名录", "abnormal_on"),
    "dishonest_on": ("列入严重违法失信名单", "dishonest_on"),
    "source": ("来源", "source"),
    "as_of": ("截至", "as_of"),
}
DAYS = ("status_on", "abnormal_on", "dishonest_on", "as_of")
NEEDED = ("code", "name", "status", "source", "as_of")
BY_WORD = {str(say): key for key, say in STATUS.items()} | {key: key for key in STATUS}


@dataclass(frozen=True, slots=True)
class Read:
    """Good rows by code, and the bad ones as (line, code as written, reason)."""

    good: dict[str, dict[str, str]]
    bad: list[tuple[int, str, Say]]


def read_file(name: str, body: bytes) -> Read:
    """The rows of a CSV file or workbook; Unreadable where it is no table or has not the columns."""
    return read(under_heading(rows_of(name, body), COLUMNS, [NEEDED]))


def read(rows: Iterable[Row]) -> Read:
    """Every row checked; a code that comes twice is taken once, the second is a fault."""
    found = Read({}, [])
    for line, cells in rows:
        said = {column: cells.get(column, "").strip() for column in COLUMNS}
        why = _fault(said) or (
            Say(f"代码 {said['code']} 前面已经有了", f"Code {said['code']} comes twice") if said["code"] in found.good else None
        )  # fmt: skip
        if why is not None:
            found.bad.append((line, said["code"][:40], why))
        else:
            found.good[said["code"]] = said
    return found


def _fault(said: dict[str, str]) -> Say | None:
    """Why the row cannot be taken; code and status are put in their one form."""
    for column in NEEDED:
        if not said[column]:
            return Say(f"没有写“{COLUMNS[column][0]}”", f"{column!r} is missing")
    try:
        said["code"] = read_uscc(said["code"]).value
    except BadCode as bad:
        return bad.say
    if said["status"] not in BY_WORD:
        return Say(
            f"登记状态只能是{'、'.join(map(str, STATUS.values()))}", f"status is one of {', '.join(STATUS)}"
        )
    said["status"] = BY_WORD[said["status"]]
    for column in DAYS:
        if said[column] and not _day(said[column]):
            return Say(
                f"“{COLUMNS[column][0]}”要写成 2026-03-02", f"{column!r} must be a date such as 2026-03-02"
            )
    long = next((column for column in ("name", "address") if len(said[column]) > 200), None)
    return Say(f"“{COLUMNS[long][0]}”超过 200 个字", f"{long!r} is longer than 200") if long else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
