"""What a unit takes in at the desk: the lines that name it, and licences of its own items or, at the general window, of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from bihuan.core.line.parts import Line, Matter
from bihuan.items.queries import catalogue
from bihuan.lines import in_force
from bihuan.lines.intake import taken_in_by
from bihuan.people import queries as people

LICENCES = "permits"
WINDOW = "window"  # the post that may receive applications for licences
PENALTIES = "enforcement"
ENFORCER = "enforcer"  # the post that notes suspected offences


def lines_for(unit: str, day: int) -> dict[str, Line]:
    """code → line of what this unit may enter on a Day."""
    found = dict(taken_in_by(unit, day))
    if LICENCES not in found and LICENCES in in_force(day) and _items(unit):
        found[LICENCES] = in_force(day)[LICENCES]
    if PENALTIES in in_force(day) and _powers(unit):
        found[PENALTIES] = in_force(day)[PENALTIES]
    return found


def takes_in(unit: str, posts: Collection[str], day: int) -> bool:
    """Whether somebody with these posts enters cases for this unit: of lines that name it, or licences at a window."""
    own = {LICENCES: WINDOW in posts, PENALTIES: ENFORCER in posts and bool(_powers(unit))}
    return bool(taken_in_by(unit, day)) or any(may and code in in_force(day) for code, may in own.items())


def matters_for(code: str, unit: str, day: int, rows: Iterable[Matter]) -> list[Matter]:
    """The matters of a line that this unit may enter: of licences its own, all at the general window; of penalties those
    that the duty list gives it the power for."""
    if code == PENALTIES:
        powers = _powers(unit)
        return [row for row in rows if row.columns["duty"] in powers]
    if code != LICENCES or code in dict(taken_in_by(unit, day)):
        return list(rows)
    own = _items(unit)
    return [row for row in rows if row.code in own]


def known_of(code: str, matter: str, unit: str) -> dict[str, Any]:
    """What the desk need not be asked: a licence goes to the unit of its item, as from the hall, a suspected offence to
    the unit of whoever notes it."""
    if code == PENALTIES:
        return {"unit": unit}
    item = catalogue().items.get(matter) if code == LICENCES else None
    return {"agency": item.unit} if item is not None else {}


def _items(unit: str) -> frozenset[str]:
    return frozenset(code for code, item in catalogue().items.items() if item.unit == unit and item.line == LICENCES)  # fmt: skip


def _powers(unit: str) -> frozenset[str]:
    """What the duty list lets a unit penalise."""
    rows = people.known(people.change()).duties.rows
    return frozenset(
        row.matter for row in rows if (row.line, row.unit, row.role) == (PENALTIES, unit, "lead")
    )
