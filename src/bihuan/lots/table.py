"""A list of who registered, as an office sends it: every row taken, or every reason why not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bihuan.cases.shapes import BadInput
from bihuan.core.lots import Entry
from bihuan.core.say import Say
from bihuan.core.table import Unreadable, rows_of, under_heading

COLUMNS = {
    "number": ("编号", "number"),
    "same": ("同一人先登记的编号", "same"),
    "twin": ("同签的编号", "twin"),
    "group": ("优先安排", "group"),
    "sibling": ("兄姐在读", "sibling"),
    "used": ("住址用过", "used"),
    "unfit": ("不符合条件", "unfit"),
}
NUMBER = re.compile(r"[!-~]{1,22}")
YES_NO = {"yes": True, "no": False, "": False, "是": True, "否": False}
MOST = 50  # faults of one table that are told at once


def read_table(name: str, body: bytes, groups: Collection[str]) -> list[Entry]:
    """The rows of a CSV file or workbook; BadInput names every line and reason, and nothing is taken then.

    Only the number is needed. `same` names the number under which the same person or household registered before, so
    that no name or identity number is needed here; `group` is one of the round's own `groups`.
    """
    try:
        rows = list(under_heading(rows_of(name or "table.csv", body), COLUMNS, [("number",)]))
    except Unreadable as none:
        raise BadInput([("table", none.say)]) from None
    faults: list[Say] = [] if rows else [Say("表里没有人", "The table has no rows")]
    before = {cells.get("number", "").upper(): cells.get("same", "").upper() for _, cells in rows}
    found = []
    for line, cells in rows:
        said = {key: cells.get(key, "") for key in COLUMNS}
        for key in ("number", "same", "twin"):
            said[key] = said[key].upper()  # as they are looked up
        why = _why_not(said, before, groups)
        if why is not None:
            faults.append(Say(f"第 {line} 行：{why}", f"Line {line}: {why.en}"))
            continue
        sibling, used, unfit = (YES_NO[said[key].lower()] for key in ("sibling", "used", "unfit"))
        same = _first(said["number"], before)
        found.append(Entry(said["number"], same, said["twin"], said["group"], sibling, False, used, unfit))
    if faults:
        raise BadInput([("table", one) for one in faults[:MOST]])
    return found


def _first(number: str, before: Mapping[str, str]) -> str:
    """The number under which somebody registered first; "" where the table goes round in a circle."""
    seen = set()
    while before[number]:
        if number in seen or before[number] not in before:
            return ""
        seen.add(number)
        number = before[number]
    return number


def _why_not(said: Mapping[str, str], before: Mapping[str, str], groups: Collection[str]) -> Say | None:
    """What is wrong with a row."""
    if not NUMBER.fullmatch(said["number"]):
        return Say("编号要 1 到 22 个可见 ASCII 字符", "a number has 1 to 22 visible ASCII characters")
    if not _first(said["number"], before):
        return Say(
            f"“{COLUMNS['same'][0]}”不在表里，或者绕回了自己",
            "'same' is no other number of the table, or leads back to this one",
        )
    if said["twin"] == said["number"]:
        return Say(f"“{COLUMNS['twin'][0]}”是自己", "'twin' is the number itself")
    if said["group"] and said["group"] not in groups:
        return Say(
            f"规则里没有“{said['group'][:40]}”这种优先安排", f"the rule has no group {said['group'][:40]!r}"
        )
    bad = next((key for key in ("sibling", "used", "unfit") if said[key].lower() not in YES_NO), None)
    return Say(f"“{COLUMNS[bad][0]}”只能是“是”“否”或者空", f"{bad} is yes, no or empty") if bad else None
