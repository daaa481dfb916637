"""Which unit takes in whose cases: the one that the opening form of a line names by default."""

from __future__ import annotations

from functools import lru_cache

from bihuan.core.line.parts import Line
from bihuan.lines import in_force
from bihuan.lines.forms import defaults, fields


@lru_cache(maxsize=1024)
def taken_in_by(unit: str, day: int) -> tuple[tuple[str, Line], ...]:
    """(code, line) of the lines in force on a Day whose opening form names this unit."""
    found = []
    for code, line in in_force(day).items():
        given = defaults(line, line.opens_with, day)
        if any(given.get(f.key) == unit for f in fields(line, line.opens_with) if f.kind == "unit"):
            found.append((code, line))
    return tuple(found)
