"""Tables of businesses for the register read: every row taken, or every reason why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.core.codes import BadCode, read_uscc
from bihuan.core.codes.organisations import Read, read_organisations
from bihuan.core.say import Say
from bihuan.inspections.library import kinds

COLUMNS = {
    "code": ("统一社会信用代码", "code"),
    "kinds": ("对象类别", "kinds"),
    "head": ("总部", "head"),
    "closing": ("注销在途", "closing"),
    "valid_until": ("名录有效至", "valid_until"),
    "source": ("来源", "source"),
}
NEEDED = ("code", "kinds", "source")
YES = {"是": True, "yes": True, "": False, "否": False, "no": False}


def read_file(name: str, body: bytes) -> Read:
    """The rows of a CSV file or workbook; Unreadable where it is no table or lacks a column."""
    return read_organisations(name, body, COLUMNS, NEEDED, _taken)


def _taken(said: dict[str, str]) -> dict[str, Any] | Say:
    """The row as it is kept, or why not."""
    try:
        said["head"] = read_uscc(said["head"]).value if said["head"] else ""
    except BadCode as bad:
        return bad.say
    given = sorted(set(said["kinds"].replace("、", " ").split()))
    unknown = [one for one in given if one not in kinds() or one == "any"]
    if unknown:
        return Say(f"没有“{unknown[0]}”这类对象", f"There is no kind {unknown[0]!r}")
    if said["closing"] not in YES:
        return Say("“注销在途”只能写是或者否", "'closing' is yes or no")
    if said["head"] == said["code"]:
        return Say("总部不能是自己", "A head office is another organisation")
    try:
        until = date.fromisoformat(said["valid_until"]) if said["valid_until"] else None
    except ValueError:
        return Say("“名录有效至”要写成 2026-03-02", "'valid_until' must be a date such as 2026-03-02")
    return {
        "kinds": given, "head": said["head"], "closing": YES[said["closing"]], "valid_until": until, "source": said["source"][:128],
    }  # fmt: skip
