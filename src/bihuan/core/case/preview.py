"""What new law does to running cases, before anything is written."""

from __future__ import annotations

from bihuan.core.case.parts import Case, Event
from bihuan.core.case.steps import step_under
from bihuan.core.line.parts import Line
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Due, due


def preview(
    case: Case, new: Line, at: int, cal: Calendar
) -> tuple[Case, dict[str, tuple[Due | None, Due | None]]]:
    """The case under the new text and, by clock, old and new due; nothing is stored."""
    event = Event("amend", at, "clock", "", {"version": new.version_text})
    after = step_under(new, case, event, cal)
    amend = new.amend
    was = {name: kept.was for name, kept in amend.clocks.items()} if amend is not None else {}
    table: dict[str, tuple[Due | None, Due | None]] = {}
    for name, run in after.runs.items():
        old = case.runs.get(was.get(name, name))
        table[name] = (due(old, cal, at) if old else None, due(run, cal, at))
    for name, run in case.runs.items():
        if name not in was.values():
            table[name] = (due(run, cal, at), None)
    return after, table
