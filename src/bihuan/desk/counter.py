"""What a unit takes in at the desk: the lines that name it, and licences of its own items or, at the general window, of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from bihuan.core.line.parts import Line, Matter
from bihuan.items.queries import catalogue
from bihuan.lines import in_force
from bihuan.lines.intake import taken_in_by

LICENCES = "permits"
WINDOW = "window"  # the post that may receive applications for licences


def lines_for(unit: str, day: int) -> dict[str, Line]:
    """code → line of what this unit may enter on a Day."""
    found = dict(taken_in_by(unit, day))
    if LICENCES not in found and LICENCES in in_force(day) and _items(unit):
        found[LICENCES] = in_force(day)[LICENCES]
    return found


def takes_in(unit: str, posts: Collection[str], day: int) -> bool:
    """Whether somebody with these posts enters cases for this unit: of lines that name it, or licences at a window."""
    return bool(taken_in_by(unit, day)) or (WINDOW in posts and LICENCES in in_force(day))


def matters_for(code: str, unit: str, day: int, rows: Iterable[Matter]) -> list[Matter]:
    """The matters of a line that this unit may enter: of licences its own, all at the general window."""
    if code != LICENCES or code in dict(taken_in_by(unit, day)):
        return list(rows)
    own = _items(unit)
    return [row for row in rows if row.code in own]


def known_of(code: str, matter: str) -> dict[str, Any]:
    """What the desk need not be asked: a licence goes to the unit of its item, as from the hall."""
    item = catalogue().items.get(matter) if code == LICENCES else None
    return {"agency": item.unit} if item is not None else {}


def _items(unit: str) -> frozenset[str]:
    return frozenset(code for code, item in catalogue().items.items() if item.unit == unit and item.line == LICENCES)  # fmt: skip
