"""Tables for both registers read: every row of businesses or inspectors taken, or every reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bihuan.core.codes import BadCode, read_uscc
from bihuan.core.codes.organisations import Read, read_organisations
from bihuan.core.say import Say
from bihuan.core.table import Columns, rows_of, under_heading
from bihuan.inspections.library import kinds, pools
from bihuan.inspections.shapes import Entry

COLUMNS = {  # headings as printed in Chinese, as exported, as printed in English
    "code": ("统一社会信用代码", "code", "Credit code"),
    "kinds": ("对象类别", "kinds", "Kinds of business"),
    "head": ("总部", "head", "Head office"),
    "closing": ("注销在途", "closing", "Being cancelled"),
    "valid_until": ("名录有效至", "valid_until", "Listed until"),
    "source": ("来源", "source", "Source"),
}
NEEDED = ("code", "kinds", "source")
OF_INSPECTORS = {
    "iid": ("编号", "iid", "Number"),
    "person": ("账号", "account", "Account"),
    "certificate": ("执法证号", "certificate", "Certificate"),
    "pools": ("专业", "pools", "Specialities"),
    "valid_until": ("执法证有效至", "valid_until", "Certificate until"),
    "away_until": ("不在岗至", "away_until", "Away until"),
}
NEEDED_OF_INSPECTORS = ("iid", "person", "certificate", "pools", "valid_until")
YES = {"是": True, "yes": True, "": False, "否": False, "no": False}


def read_businesses(name: str, body: bytes) -> Read:
    """The rows of a CSV file or workbook; Unreadable where it is no table or lacks a column."""
    return read_organisations(name, body, COLUMNS, NEEDED, _business)


def read_inspectors(
    name: str, body: bytes, unit: str, persons: Mapping[str, str]
) -> tuple[list[tuple[int, Entry]], list[tuple[int, str, Say]]]:
    """(good rows with their line, bad ones as (line, number as written, reason)) of a table of one unit's inspectors.

    `persons` is the id of each account that holds the post there; whether a number is free is not asked here.
    """
    good: list[tuple[int, Entry]] = []
    bad: list[tuple[int, str, Say]] = []
    for line, cells in under_heading(rows_of(name, body), OF_INSPECTORS, [NEEDED_OF_INSPECTORS]):
        said = {column: cells.get(column, "").strip() for column in OF_INSPECTORS}
        row = _inspector(said, unit, persons)
        if isinstance(row, Say):
            bad.append((line, said["iid"][:40], row))
        else:
            good.append((line, row))
    return good, bad


def _business(said: dict[str, str]) -> dict[str, Any] | Say:
    """The row as it is kept, or why not."""
    try:
        said["head"] = read_uscc(said["head"]).value if said["head"] else ""
    except BadCode as bad:
        return bad.say
    given, unknown = _listed(said["kinds"], {one: say for one, say in kinds().items() if one != "any"})
    if unknown:
        return Say(f"没有“{unknown}”这类对象", f"There is no kind {unknown!r}")
    if said["closing"] not in YES:
        return Say("“注销在途”只能写是或者否", "'closing' is yes or no")
    if said["head"] == said["code"]:
        return Say("总部不能是自己", "A head office is another organisation")
    try:
        until = _day(said, "valid_until", COLUMNS)
    except ValueError as wrong:
        return wrong.args[0]
    return {
        "kinds": given, "head": said["head"], "closing": YES[said["closing"]], "valid_until": until, "source": said["source"][:128],
    }  # fmt: skip


def _inspector(said: dict[str, str], unit: str, persons: Mapping[str, str]) -> Entry | Say:
    missing = next((column for column in NEEDED_OF_INSPECTORS if not said[column]), None)
    if missing is not None:
        return Say(f"没有写“{OF_INSPECTORS[missing][0]}”", f"{missing!r} is missing")
    if said["person"] not in persons:
        return Say(f"账号“{said['person'][:64]}”今天在本单位没有执法人员岗位", f"The account {said['person'][:64]!r} holds no post as an enforcement officer of this unit today")  # fmt: skip
    given, unknown = _listed(said["pools"], pools())
    if unknown:
        return Say(f"没有“{unknown}”这个专业", f"There is no speciality {unknown!r}")
    try:
        until, away = _day(said, "valid_until", OF_INSPECTORS), _day(said, "away_until", OF_INSPECTORS)
    except ValueError as wrong:
        return wrong.args[0]
    assert until is not None
    return Entry(persons[said["person"]], unit, said["iid"], said["certificate"], tuple(given), until, away)


def _listed(text: str, known: Mapping[str, Say]) -> tuple[list[str], str]:
    """(codes of what is written by code or in words, the first that is neither, "" for none)."""
    words = {str(say): code for code, say in known.items()} | {code: code for code in known}
    given = [one for one in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if one]
    unknown = next((one for one in given if one not in words), "")
    return sorted({words[one] for one in given if one in words}), unknown[:32]


def _day(said: Mapping[str, str], column: str, columns: Columns) -> date | None:
    """The day in a cell, None for an empty one; ValueError with the sentence for anything else."""
    try:
        return date.fromisoformat(said[column]) if said[column] else None
    except ValueError:
        raise ValueError(Say(f"“{columns[column][0]}”要写成 2026-03-02", f"{column!r} must be a date such as 2026-03-02")) from None  # fmt: skip
