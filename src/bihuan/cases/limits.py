"""When the matter of a case is due by its main clock, whatever else is due before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.family import COLUMNS, member_of
from bihuan.core.time.clock import due


def main_due(case_ids: Collection[int], at: datetime | int) -> dict[int, datetime]:
    """The end of the main clock's run by case, in one query; a case whose main clock never ran is left out."""
    if not case_ids:
        return {}
    cal, now, found = lines.calendar(), to_instant(at), dict[int, datetime]()
    for row in wall.ask(
        f"select {COLUMNS} from cases_case c where c.id = any(%s)", [list(case_ids)], wall.ALL
    ):
        member = member_of(row, cal)
        run = member.case.run(member.line.main_clock)
        if run is not None:
            found[member.id] = to_datetime(due(run, cal, now).at)
    return found
