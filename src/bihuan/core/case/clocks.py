"""What one event does to the clocks, in this order: expire, clear, stop, pause, resume, extend, reopen, start."""

from __future__ import annotations

from bihuan.core.case.parts import DAY, CaseError, Draft, Event, Halt, limit_of
from bihuan.core.line.parts import RAISED, Line, Ops, Pause, Source
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import DAY_UNITS, Limit, Run, Stop, deadline, end_of, read_limit


def turn_clocks(draft: Draft, ops: Ops, event: Event, cal: Calendar, line: Line) -> None:
    """Apply an action's clock operations to the runs of a draft."""
    runs, effective, at = draft.runs, event.effective, event.at
    if ops.expires and event.by == "clock":
        for clock in ops.expires:
            run = runs.get(clock.name)
            if run is not None and (end := deadline(run, cal)[0]) < at:
                finish(draft, clock.name, end, at, "expired")
    for name, how in ops.finishes:
        run = runs.pop(name, None)
        if run is not None:
            _end(draft, run, effective, at, how)
    if ops.rare:
        _stop_and_go(draft, ops, event, cal, line)
    for clock in ops.starts:
        name = clock.name
        run = runs.get(name)
        if run is not None:
            _end(draft, run, effective, at, "cleared")
        source = clock.limit
        limit = source.limit or limit_of(
            line, source, draft.matter, effective // DAY, event.data, draft.condition
        )
        runs[name] = Run(name, limit, clock.roll, effective)


def _stop_and_go(draft: Draft, ops: Ops, event: Event, cal: Calendar, line: Line) -> None:
    """What few actions do: pause, resume, ask for more time, extend, reopen."""
    runs, effective = draft.runs, event.effective
    for pause in ops.pauses:
        if pause.clock in runs:
            _pause(draft, pause, event, cal, line)
    for pause in ops.resumes:
        if pause.clock in runs:
            _resume(draft, pause, effective, event.at)
    if ops.asks:
        note_asking(draft, ops, effective)
    for clock in ops.extends:
        if clock.name in runs and clock.extend is not None:
            longer = _said(draft, line, clock.extend.at_most, event)
            runs[clock.name] = _longer(runs[clock.name], longer)
    for name in ops.reopens:
        if name not in runs:
            _reopen(draft, name, effective)
            if name in runs and line.clocks[name].rises:
                _raise_again(draft, line, runs[name], cal, effective)


def note_asking(draft: Draft, ops: Ops, effective: int) -> None:
    """Keep the moment at which an extension was asked for."""
    for name in ops.asks:
        run = draft.runs.get(name)
        if run is not None:
            draft.runs[name] = Run(
                name, run.limit, run.roll, run.start, run.extension, run.stops, None, "", effective
            )


def finish(draft: Draft, clock: str, end: int, at: int, how: str) -> None:
    """End a live run at its lawful moment and keep it in the history; no live run, nothing to do."""
    run = draft.runs.pop(clock, None)
    if run is not None:
        _end(draft, run, end, at, how)


def _end(draft: Draft, run: Run, end: int, at: int, how: str) -> None:
    clock, stops = run.clock, run.stops
    if stops:
        stops = _closed(stops, "", end)
    draft.history += (Run(clock, run.limit, run.roll, run.start, run.extension, stops, end, how, run.asked),)
    if draft.halts and clock == draft.line.main_clock:
        _close_halts(draft, "", at)
    if RAISED in draft.parties and draft.line.clocks[clock].rises:
        draft.parties = {party: who for party, who in draft.parties.items() if party != RAISED}


def _said(draft: Draft, line: Line, most: Source, event: Event) -> Limit:
    """The limit the event carries, else the one its source gives."""
    said = event.data.get("limit")
    if said:
        return read_limit(str(said))
    return limit_of(line, most, draft.matter, event.effective // DAY, event.data, draft.condition)


def _longer(run: Run, longer: Limit) -> Run:
    if longer.unit != run.limit.unit:
        raise CaseError(
            Say(
                f"延长“{longer.text}”与时限“{run.limit.text}”的单位不同",
                f"the extension {longer.text!r} counts another unit than {run.limit.text!r}",
            )
        )
    extension = run.extension + longer.n
    return Run(run.clock, run.limit, run.roll, run.start, extension, run.stops, None, "", run.asked)


def _closed(stops: tuple[Stop, ...], pause: str, b: int) -> tuple[Stop, ...]:
    """The stops with every open one (of `pause`, if named) closed at b or its own expiry."""
    for stop in stops:
        if stop.b is None:
            break
    else:
        return stops
    found = []
    for stop in stops:
        if stop.b is None and (not pause or pause == stop.pause):
            ended = b if b < stop.expiry else stop.expiry
            ended = ended if ended > stop.a else stop.a
            stop = Stop(stop.pause, stop.a, ended, stop.expiry, stop.by_unit, stop.event)
        found.append(stop)
    return tuple(found)


def _pause(draft: Draft, pause: Pause, event: Event, cal: Calendar, line: Line) -> None:
    name, effective = pause.clock, event.effective
    run = draft.runs[name]
    limit = _said(draft, line, pause.at_most, event)
    # A pause's own expiry is counted like any limit, from the next day, and never rolled.
    expiry = end_of(cal, effective, limit.n, limit.unit, False)
    stop = Stop(pause.name, effective, None, expiry, event.unit, draft.n_events)
    # A stop that comes when the run is late already has no effect, so nobody's time is taken out for it.
    if name == draft.line.main_clock and in_time(run, cal, effective):
        billed = draft.parties[pause.billed] if pause.billed else event.unit
        draft.halts += (Halt(event.at, None, expiry, billed, pause.children, pause.name),)
    draft.runs[name] = _with_stops(run, (*run.stops, stop))


def in_time(run: Run, cal: Calendar, t: int) -> bool:
    """Whether t is not after due; the calendar is asked only where the bare count cannot tell."""
    limit, start = run.limit, run.start
    if (t // DAY - start // DAY if limit.unit in DAY_UNITS else t - start) <= limit.n:
        return True
    return deadline(run, cal)[0] >= t


def _with_stops(run: Run, stops: tuple[Stop, ...]) -> Run:
    return Run(run.clock, run.limit, run.roll, run.start, run.extension, stops, None, "", run.asked)


def _resume(draft: Draft, pause: Pause, effective: int, at: int) -> None:
    """End the open stop of this pause, if there is one."""
    run = draft.runs[pause.clock]
    if not run.stops:
        return
    stops = _closed(run.stops, pause.name, effective)
    if stops is not run.stops:
        draft.runs[pause.clock] = _with_stops(run, stops)
        if pause.clock == draft.line.main_clock:
            _close_halts(draft, pause.name, at)


def _close_halts(draft: Draft, pause: str, at: int) -> None:
    for halt in draft.halts:
        if halt.b is None:
            break
    else:
        return
    found = []
    for halt in draft.halts:
        if halt.b is None and (not pause or pause == halt.pause):
            halt = Halt(halt.a, at, halt.expiry, halt.billed, halt.children, halt.pause)
        found.append(halt)
    draft.halts = tuple(found)


def _reopen(draft: Draft, clock: str, effective: int) -> None:
    """The last ended run lives again; the time between is a closed stop, so it is not counted."""
    history = draft.history
    for number in range(len(history) - 1, -1, -1):
        run = history[number]
        if run.clock == clock and run.end is not None:
            draft.history = history[:number] + history[number + 1 :]
            resumed = max(run.end, effective)
            gap = Stop("", run.end, resumed, resumed, "", draft.n_events)
            draft.runs[clock] = _with_stops(run, (*run.stops, gap))
            return


def _raise_again(draft: Draft, line: Line, run: Run, cal: Calendar, effective: int) -> None:
    """An overdue run that lives again is with whom it was escalated to last; nobody is told a second time."""
    end = deadline(run, cal)[0]
    for rise in reversed(line.clocks[run.clock].rises):
        if max(draft.times.get(rise.on, ()), default=-1) > end:
            for party, kind, key in line.actions[rise.on].sets:
                if party == RAISED:
                    who = (
                        draft.parties[key]
                        if kind == "party"
                        else str(line.param(key, effective // DAY).value)
                    )
                    draft.parties = {**draft.parties, RAISED: who}
            return
