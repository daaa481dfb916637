"""New law reaching a running case: what the `amend` event does to its state and clocks."""

from __future__ import annotations

from bihuan.core.case.clocks import finish
from bihuan.core.case.parts import DAY, CaseError, Draft, Event, limit_of
from bihuan.core.line.parts import Line
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Run, deadline


def carry(draft: Draft, line: Line, event: Event, cal: Calendar) -> None:
    """Put a running case under `line`: rename its state, carry its clocks, clear those not carried."""
    amend = line.amend
    if amend is None or amend.was != draft.line.version or line.code != draft.line.code:
        raise CaseError(
            Say(
                f"{line.title} {line.version_text} 的文本不及于 {draft.line.version_text} 的办件",
                f"the text of {line.version_text} does not reach cases of {draft.line.version_text}",
            )
        )
    carried: dict[str, Run] = {}
    for name, kept in amend.clocks.items():
        run = draft.runs.pop(kept.was, None)
        if run is not None:
            carried[name] = _kept(run, name, kept.keep, line, draft, event, cal)
    for name in list(draft.runs):
        finish(draft, name, event.effective, event.at, "cleared")
    draft.runs.update(carried)
    draft.state = amend.states.get(draft.state, draft.state)
    draft.line = line


def _kept(run: Run, name: str, keep: str, line: Line, draft: Draft, event: Event, cal: Calendar) -> Run:
    """The run under its new name, with the old limit, the new one, or whichever is due earlier."""
    old = Run(name, run.limit, run.roll, run.start, run.extension, run.stops, None, "", run.asked)
    clock = line.clocks[name]
    if keep == "old" or clock.limit.kind == "declared":
        return old
    limit = limit_of(line, clock.limit, draft.matter, event.effective // DAY, condition=draft.condition)
    # An extension counts in the unit it was granted in; under a limit in another unit it cannot go on.
    extension = run.extension if limit.unit == run.limit.unit else 0
    new = Run(name, limit, clock.roll, run.start, extension, run.stops, None, "", run.asked)
    if keep == "new":
        return new
    return min(old, new, key=lambda one: deadline(one, cal)[0])
