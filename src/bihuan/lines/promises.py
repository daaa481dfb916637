"""What a district promises beside the law: never longer than the limit of the same matter (优化营商环境条例§36)."""

from __future__ import annotations

from bihuan.core.items.periods import read_period, too_long
from bihuan.core.line.parts import Fault, Line

COLUMN = "promise"


def check_promises(line: Line) -> list[Fault]:
    """Every matter whose promise is longer than what its main clock gives, or cannot be compared with it."""
    legal = line.clocks[line.main_clock].limit
    if legal.kind != "matter":
        return []
    found = []
    for rows in line.matters.values():
        for row in rows:
            if COLUMN not in row.limits or legal.name not in row.limits:
                continue
            why = too_long(read_period(row.columns[COLUMN]), read_period(row.columns[legal.name]))
            if why is not None:
                found.append(Fault("matters.csv", f"{row.code}.{COLUMN}", why))
    return found
