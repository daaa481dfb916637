"""What happens to a case by itself: children settled, silence that has an effect, stops that run out, steps up."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.core.case.parts import DAY, NO_DATA, Case, Event, limit_of, number_of
from bihuan.core.case.steps import step_under
from bihuan.core.line.parts import Clock, Remind
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Limit, Run, deadline

Automatic = tuple[int, str, int]


def automatic(case: Case, cal: Calendar) -> list[Automatic]:
    """(when, action, effective) of all that will happen unless somebody acts; children first, oldest first.

    `when` is the first moment at which it may be written: the second after due, plus any grace.
    """
    if case.opened is None:
        return []
    found = [*_children(case), *_clocks(case, cal)]
    return found if len(found) < 2 else sorted(found, key=lambda one: (one[0], one[2]))


def _children(case: Case) -> Iterator[Automatic]:
    if case.gathered is None:
        return
    written = max((child.settled for child in case.children.values() if child.settled is not None), default=0)
    for action in case.line.actions.values():
        if "children" in action.by and case.state in action.states:
            yield written, action.name, case.gathered
            return


def _clocks(case: Case, cal: Calendar) -> Iterator[Automatic]:
    line = case.line
    for name, run in case.runs.items():
        clock = line.clocks[name]
        for stop in run.stops:
            if stop.b is None:
                for pause in clock.pauses:
                    if (
                        pause.name == stop.pause
                        and pause.then
                        and case.state in line.actions[pause.then].states
                    ):
                        yield stop.expiry + 1, pause.then, stop.expiry
        if clock.on_expire and case.state in line.actions[clock.on_expire].states:
            end = deadline(run, cal)[0]
            when = _after_grace(case, clock, run, end, cal) + 1
            yield when, clock.on_expire, run.start if clock.effect_from == "start" else end
        if clock.remind is not None and case.state in line.actions[clock.remind.on].states:
            yield from _reminders(case, clock.remind, run, cal)
        if clock.rises:
            yield from _rises(case, clock, run, cal)


def _reminders(case: Case, remind: Remind, run: Run, cal: Calendar) -> Iterator[Automatic]:
    """The reminders this run still owes: each once, at the opening of an office day, none while it is stopped.

    They are reckoned from due as it stands now: more time given means another reminder before the new due. One
    that comes up where nobody can be reminded (a change is being decided) waits for the state to come back.
    """
    if any(stop.b is None for stop in run.stops):
        return
    end, sent = deadline(run, cal)[0], max(case.times.get(remind.on, ()), default=-1)
    moments = []
    if remind.near is not None:
        left = number_of(case.line, remind.near, run.start // DAY)
        moments.append(_opening(cal, cal.working_days_before(end // DAY, left)))
    if remind.late:
        moments.append(_opening(cal, cal.roll(end // DAY + 1)))
    for moment in moments:
        if run.start < moment and sent < moment:
            when = max(moment, case.moved or moment)
            yield when, remind.on, when


def _rises(case: Case, clock: Clock, run: Run, cal: Calendar) -> Iterator[Automatic]:
    """The next step up of a run that is overdue or will be: each is taken once, counted from due.

    A stop holds none of them up: it moves no due that has passed. One that comes up where the case cannot be
    escalated waits for the state to come back.
    """
    line, end = case.line, deadline(run, cal)[0]
    for rise in clock.rises:
        if case.state in line.actions[rise.on].states and max(case.times.get(rise.on, ()), default=-1) <= end:
            after = end
            if rise.after is not None:
                limit = limit_of(line, rise.after, case.matter, run.start // DAY, NO_DATA, case.condition)
                after = deadline(Run(clock.name, limit, False, end), cal)[0]
            when = max(after + 1, case.moved or after + 1)
            yield when, rise.on, when
            return  # one after the other; the next is reckoned when this one is written


def _opening(cal: Calendar, day: int) -> int:
    """When offices open on this working day."""
    return day * DAY + cal.sessions(day)[0][0]


def _after_grace(case: Case, clock: Clock, run: Run, end: int, cal: Calendar) -> int:
    """The last second of the grace after due; an empty cell of matters.csv is no grace."""
    if clock.grace is None:
        return end
    day = run.start // DAY
    if clock.grace.kind == "matter":
        grace: Limit | None = case.line.matter(case.matter, day).limits.get(clock.grace.name)
    else:
        grace = limit_of(case.line, clock.grace, case.matter, day)
    return end if grace is None else deadline(Run(clock.name, grace, False, end), cal)[0]


def automatic_event(case: Case, one: Automatic, at: int) -> Event:
    """The event of one automatic action, written at Instant `at`."""
    _, name, effective = one
    by = case.line.actions[name].by
    waits = case.gathered is not None and "children" in by and effective == case.gathered
    return Event(name, at, "children" if waits else "clock", "", {}, effective)


def catch_up(case: Case, cal: Calendar, at: int, *, prompt: bool = False) -> tuple[Case, list[Event]]:
    """The case with every automatic event due by `at` appended, and these events.

    They are recorded at `at`, when they are written; with `prompt` as if the worker had written each at
    its first moment.
    """
    events: list[Event] = []
    while True:
        pending = automatic(case, cal)
        if not pending or pending[0][0] > at:
            return case, events
        one = pending[0]
        written = max(one[0], case.last or one[0]) if prompt else at
        event = automatic_event(case, one, written)
        case = step_under(case.line, case, event, cal)
        events.append(event)
        if len(events) > 1000:
            raise RecursionError(f"{case.line.code}: automatic actions of case {case.id} never end")


def next_wake(case: Case, cal: Calendar) -> int | None:
    """When the worker has to look at this case again, None if nothing will happen by itself."""
    pending = automatic(case, cal)
    return pending[0][0] if pending else None
