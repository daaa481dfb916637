"""A table of organisations read: every row taken, or every reason why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.core.codes.organisations import Read, read_organisations
from bihuan.core.say import Say
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


def read_file(name: str, body: bytes) -> Read:
    """The rows of a CSV file or workbook; Unreadable where it is no table or has not the columns."""
    return read_organisations(name, body, COLUMNS, NEEDED, _taken)


def _taken(said: dict[str, str]) -> dict[str, Any] | Say:
    """The row as it is kept, its status in its one form, or why not."""
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
    return Say(f"“{COLUMNS[long][0]}”超过 200 个字", f"{long!r} is longer than 200") if long else said


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
