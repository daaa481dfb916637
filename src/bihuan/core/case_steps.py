"""One event folded into a case, in the order: expire, clear, stop, pause, resume, extend, reopen, start."""

from __future__ import annotations

from bihuan.core.calendar import Calendar
from bihuan.core.carry import carry
from bihuan.core.case_parts import (
    DAY,
    Case,
    CaseError,
    Child,
    Doer,
    Draft,
    Event,
    Halt,
    Held,
    Returned,
    UnknownAction,
    limit_of,
)
from bihuan.core.clock import Run, Stop, deadline, read_limit
from bihuan.core.line_parts import SYSTEM_EVENTS, Action, Line, Ops, Pause
from bihuan.core.say import Say


def apply(draft: Draft, event: Event, cal: Calendar, line: Line) -> None:
    """Fold one event into a draft; an action the line does not have raises UnknownAction."""
    name, at, effective = event.name, event.at, event.effective
    action = line.actions.get(name)
    if action is None:
        _system(draft, event, cal, line)
        return
    if draft.opened is None:
        draft.opened = at
    draft.n_events += 1
    draft.last = at
    if action.sets:
        _set_parties(draft, action, event)
    draft.times[name] = (*draft.times.get(name, ()), effective)
    draft.done_by[name] = (*draft.done_by.get(name, ()), Doer(event.by, event.unit, at))
    ops = line.ops[name]
    if ops.moves:
        draft.moved = effective
    if ops.clocks or ops.asks:
        _turn_clocks(draft, ops, event, cal, line)
    if action.opens is not None:
        _open_children(draft, event.data.get(action.opens.each, ()), at)
    if action.releases:
        _release(draft, at, effective)
    if event.by == "children":
        draft.gathered = None
    if action.rebills is not None:
        rebills = action.rebills
        since = draft.done_by.get(rebills.since)
        if since:
            parties = draft.parties
            draft.returns.append(Returned(since[-1].at, at, parties[rebills.source], parties[rebills.target]))
    if action.outcome:
        draft.outcome = _outcome(line, draft, action, effective)
    if action.to:
        _move(draft, line, action, ops, event)
    if action.to or action.sets:
        _hold(draft, line, at)


def step_under(line: Line, case: Case, event: Event, cal: Calendar) -> Case:
    """The case after one more event; for `amend`, `line` is the new text."""
    draft = Draft(case)
    apply(draft, event, cal, line)
    return draft.case()


def _set_parties(draft: Draft, action: Action, event: Event) -> None:
    for party, kind, key in action.sets:
        if kind == "data":
            value = event.data.get(key)
            if not value:
                raise CaseError(
                    Say(f"“{action.title}”没有写 {key}", f"{action.title.en!r} does not say {key}")
                )
            draft.parties[party] = str(value)
        elif kind == "actor":
            draft.parties[party] = event.unit if key == "unit" else event.by
        else:
            draft.parties[party] = draft.parties[key]


def _outcome(line: Line, draft: Draft, action: Action, effective: int) -> str:
    if action.outcome.startswith("matter."):
        return line.matter(draft.matter, effective // DAY).columns[action.outcome[7:]]
    return action.outcome


def _move(draft: Draft, line: Line, action: Action, ops: Ops, event: Event) -> None:
    """Enter the new state; a final one clears every run this event did not start."""
    if line.states[action.to].final:
        started = {clock.name for clock in ops.starts}
        for clock in [name for name in draft.runs if name not in started]:
            finish(draft, clock, event.effective, event.at, "cleared")
        draft.closed = event.at
    elif draft.closed is not None:
        draft.closed = None
        draft.outcome = action.outcome and draft.outcome
    draft.state = action.to


def _hold(draft: Draft, line: Line, at: int) -> None:
    state = line.states[draft.state]
    holder = "" if state.final else draft.parties.get(state.owner, "")
    if not draft.held or draft.held[-1].holder != holder:
        draft.held.append(Held(at, holder))


def _turn_clocks(draft: Draft, ops: Ops, event: Event, cal: Calendar, line: Line) -> None:
    runs, effective, at = draft.runs, event.effective, event.at
    if ops.expires and event.by == "clock":
        for clock in ops.expires:
            run = runs.get(clock.name)
            if run is not None and (end := deadline(run, cal)[0]) < at:
                finish(draft, clock.name, end, at, "expired")
    for name in ops.clears:
        finish(draft, name, effective, at, "cleared")
    for name in ops.stops:
        finish(draft, name, effective, at, "stopped")
    for pause in ops.pauses:
        if pause.clock in runs:
            _pause(draft, pause, event, cal, line)
    for pause in ops.resumes:
        if pause.clock in runs:
            resume(draft, pause.clock, pause.name, effective, at)
    for name in ops.asks:
        if name in runs:
            runs[name] = changed(runs[name], asked=effective)
    for clock in ops.extends:
        run = runs.get(clock.name)
        if run is not None and clock.extend is not None:
            said = event.data.get("limit")
            longer = (
                read_limit(str(said))
                if said
                else limit_of(line, clock.extend.at_most, draft.matter, effective // DAY, event.data)
            )
            if longer.unit != run.limit.unit:
                raise CaseError(
                    Say(
                        f"延长“{longer.text}”与时限“{run.limit.text}”的单位不同",
                        f"the extension {longer.text!r} counts another unit than {run.limit.text!r}",
                    )
                )
            runs[clock.name] = changed(run, extension=run.extension + longer.n)
    for name in ops.reopens:
        if name not in runs:
            _reopen(draft, name, effective)
    for clock in ops.starts:
        finish(draft, clock.name, effective, at, "cleared")
        limit = limit_of(line, clock.limit, draft.matter, effective // DAY, event.data)
        runs[clock.name] = Run(clock.name, limit, clock.roll, effective)


def changed(
    run: Run,
    *,
    extension: int | None = None,
    stops: tuple[Stop, ...] | None = None,
    end: int | None = None,
    how: str = "",
    asked: int | None = None,
) -> Run:
    """The run with some fields replaced; an end not given is no end."""
    return Run(
        run.clock,
        run.limit,
        run.roll,
        run.start,
        run.extension if extension is None else extension,
        run.stops if stops is None else stops,
        end,
        how,
        run.asked if asked is None else asked,
    )


def finish(draft: Draft, clock: str, end: int, at: int, how: str) -> None:
    """End a live run at its lawful moment and keep it in the history; no live run, nothing to do."""
    run = draft.runs.pop(clock, None)
    if run is None:
        return
    draft.history.append(changed(run, stops=_closed(run.stops, "", end), end=end, how=how))
    if clock == draft.line.main_clock:
        _close_halts(draft, "", at)


def _closed(stops: tuple[Stop, ...], pause: str, b: int) -> tuple[Stop, ...]:
    """The stops with every open one (of `pause`, if named) closed at b or its own expiry."""
    if all(stop.b is not None for stop in stops):
        return stops
    return tuple(
        Stop(stop.pause, stop.a, max(stop.a, min(b, stop.expiry)), stop.expiry, stop.by_unit, stop.event)
        if stop.b is None and pause in ("", stop.pause)
        else stop
        for stop in stops
    )


def _pause(draft: Draft, pause: Pause, event: Event, cal: Calendar, line: Line) -> None:
    run, effective = draft.runs[pause.clock], event.effective
    said = event.data.get("limit")
    limit = (
        read_limit(str(said))
        if said
        else limit_of(line, pause.at_most, draft.matter, effective // DAY, event.data)
    )
    # A pause's own expiry is counted like any limit, from the next day, and never rolled.
    expiry = deadline(Run(pause.clock, limit, False, effective), cal)[0]
    stop = Stop(pause.name, effective, None, expiry, event.unit, draft.n_events)
    if pause.clock == draft.line.main_clock and deadline(run, cal)[0] >= effective:
        billed = draft.parties[pause.billed] if pause.billed else event.unit
        draft.halts.append(Halt(event.at, None, expiry, billed, pause.children, pause.name))
    draft.runs[pause.clock] = changed(run, stops=(*run.stops, stop))


def resume(draft: Draft, clock: str, pause: str, effective: int, at: int) -> None:
    """End the open stop of this pause, if there is one."""
    run = draft.runs[clock]
    stops = _closed(run.stops, pause, effective)
    if stops is not run.stops:
        draft.runs[clock] = changed(run, stops=stops)
        if clock == draft.line.main_clock:
            _close_halts(draft, pause, at)


def _close_halts(draft: Draft, pause: str, at: int) -> None:
    for number, halt in enumerate(draft.halts):
        if halt.b is None and pause in ("", halt.pause):
            draft.halts[number] = halt._replace(b=at)


def _reopen(draft: Draft, clock: str, effective: int) -> None:
    """The last ended run lives again; the time between is a closed stop, so it is not counted."""
    for number in range(len(draft.history) - 1, -1, -1):
        run = draft.history[number]
        if run.clock == clock and run.end is not None:
            del draft.history[number]
            gap = Stop("", run.end, max(run.end, effective), effective, "", draft.n_events)
            draft.runs[clock] = changed(run, stops=(*run.stops, gap))
            return


def _open_children(draft: Draft, rows: object, at: int) -> None:
    """Children from rows {id, unit, item}; without an id the unit names the child."""
    if not isinstance(rows, list | tuple):
        raise CaseError(Say("children 应当是一列", "children must be a list"))
    for row in rows:
        key = str(row.get("id") or row["unit"])
        if key in draft.children:
            raise CaseError(Say(f"子件“{key}”已经有了", f"child {key!r} is there already"))
        draft.children[key] = Child(str(row["unit"]), at, item=str(row.get("item", "")))
        draft.gathered = None


def _release(draft: Draft, at: int, effective: int) -> None:
    for key, child in draft.children.items():
        if child.settled is None:
            draft.children[key] = child._replace(settled=at, outcome="released", lawful=effective)
    draft.gathered = None


def _system(draft: Draft, event: Event, cal: Calendar, line: Line) -> None:
    """The core's own events; anything else is unknown."""
    if event.name not in SYSTEM_EVENTS:
        raise UnknownAction(
            Say(f"{line.title}没有操作“{event.name}”", f"{line.title.en} has no action {event.name!r}")
        )
    draft.n_events += 1
    draft.last = event.at
    if event.name == "amend":
        carry(draft, line, event, cal, finish)
        draft.moved = event.effective
        _hold(draft, line, event.at)
    elif event.name == "child_settled":
        _settle_child(draft, event)


def _settle_child(draft: Draft, event: Event) -> None:
    key = str(event.data.get("child"))
    child = draft.children.get(key)
    if child is None:
        raise CaseError(Say(f"没有子件“{key}”", f"there is no child {key!r}"))
    if child.settled is None:
        draft.children[key] = child._replace(
            settled=event.at, outcome=str(event.data.get("outcome", "")), lawful=event.effective
        )
        if all(other.settled is not None for other in draft.children.values()):
            draft.gathered = max(
                other.lawful for other in draft.children.values() if other.lawful is not None
            )
    _open_children(draft, event.data.get("children", ()), event.at)
