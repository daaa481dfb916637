"""The projection of a folded case: the columns lists are sorted and filtered by. Recomputed, never incremented."""

from __future__ import annotations

from typing import NamedTuple

from bihuan.core.case.automatic import automatic
from bihuan.core.case.fold import Case
from bihuan.core.case.parts import is_unit
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import due

STOPPED = 1 << 40  # behind every due of the next thirty thousand years
NO_DUE = 1 << 41


class Projection(NamedTuple):
    """Instants where a moment is meant; None where there is none."""

    state: str
    outcome: str
    final: bool
    parties: dict[str, str]
    holder: str
    units: list[str]
    opened: int
    closed: int | None
    due: int | None
    plain: int | None
    wake: int | None
    rank: int
    stopped: bool
    late: bool
    provisional: bool


def project(case: Case, cal: Calendar, asof: int) -> Projection:
    """What the case row shows at `asof`; it stays true until `wake`, the next moment something changes by itself."""
    clocks = case.line.clocks
    first_due = first_plain = None
    stopped = late = provisional = False
    wakes = [when for when, _, _ in automatic(case, cal) if when > asof]
    for name, run in case.runs.items():
        if clocks[name].window:
            continue
        now = due(run, cal, asof)
        if first_due is None or now.at < first_due:
            first_due, first_plain = now.at, now.plain
        stopped = stopped or now.status == "paused"
        late = late or now.late
        provisional = provisional or now.provisional
        # the last second of a limit or stop is still in it: things change one second later
        wakes += [w + 1 for w in (now.wake, now.at) if w is not None and w >= asof]
    if not late:
        late = any(due(run, cal, asof).late for run in case.history if not clocks[run.clock].window)
    final = case.final
    return Projection(
        state=case.state,
        outcome=case.outcome,
        final=final,
        parties=case.parties,
        holder=case.holder,
        units=units_of(case),
        opened=case.opened or asof,
        closed=case.closed,
        due=first_due,
        plain=first_plain,
        wake=min(wakes) if wakes and not final else None,
        rank=NO_DUE if first_due is None else first_due + STOPPED if stopped else first_due,
        stopped=stopped,
        late=late,
        provisional=provisional,
    )


def units_of(case: Case) -> list[str]:
    """Every unit that is a party or has acted: these may see the case through the wall."""
    found = {value for value in case.parties.values() if is_unit(value)}
    for doers in case.done_by.values():
        found.update(doer.unit for doer in doers if doer.unit)
    return sorted(found)
