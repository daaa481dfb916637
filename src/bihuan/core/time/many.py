"""The arithmetic of deadlines for whole columns of numbers; equal to the scalar, one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bihuan.core.say import Say
from bihuan.core.time.calendar import MONTHS as MONTH_STARTS
from bihuan.core.time.calendar import STEP, Calendar, CalendarError
from bihuan.core.time.clock import DAY_UNITS, DAYS, MONTHS, SECONDS, WORKING_DAYS, WORKING_SECONDS
from bihuan.core.time.hours import second_tables
from bihuan.core.time.instant import DAY

Ints = npt.NDArray[np.int64]


class Tables(NamedTuple):
    """The calendar as arrays; the tables of a day's seconds lie one after another, one for each set of hours."""

    upto: Ints
    nth: Ints
    ahead: Ints
    before: Ints  # working seconds before each day
    row: Ints  # where each day's table begins in `within`
    within: npt.NDArray[np.int32]
    filled: Ints  # working seconds before the k-th working day
    shift: Ints  # of the k-th working day: what to add to a goal to find its place in `wall`
    dawn: Ints  # the Instant at which the k-th working day begins
    wall: npt.NDArray[np.int32]
    near: Ints


@lru_cache(maxsize=4)
def tables(cal: Calendar) -> Tables:
    """Made once for a calendar."""
    upto, nth, ahead, before, filled, near = (
        np.asarray(x, np.int64) for x in (cal.upto, cal.nth, cal.ahead, cal.before, cal.filled, cal.near)
    )
    kinds = sorted(set(cal.day_sessions))
    pairs = [second_tables(sessions) for sessions in kinds]
    place = {sessions: i for i, sessions in enumerate(kinds)}
    kind = np.array([place[sessions] for sessions in cal.day_sessions], np.int64)
    within = np.concatenate([np.frombuffer(seconds, np.int32) for seconds, _ in pairs])
    wall = np.concatenate([np.frombuffer(back, np.int32) for _, back in pairs])
    starts = np.cumsum([0] + [len(back) for _, back in pairs])
    of_kind = np.concatenate(([0], kind[nth[1:] - cal.first]))
    shift = starts[of_kind] - filled[:-1]
    return Tables(upto, nth, ahead, before, kind * DAY, within, filled, shift, nth * DAY, wall, near)


@lru_cache(maxsize=1)
def _months() -> tuple[Ints, Ints, Ints]:
    """(the first day of each month since 1970, of each day its month, and how far into it)."""
    starts = np.asarray(MONTH_STARTS, np.int64)
    month = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    return starts, month, np.arange(month.size) - starts[month]


def _index(cal: Calendar, days: Ints) -> Ints:
    i = days - cal.first
    if i.size and (int(i.min()) < 0 or int(i.max()) >= len(cal.worked_on)):
        raise CalendarError(Say("有的日子不在日历里", "some days are outside the calendar"))
    return i


def _nth(cal: Calendar, k: Ints) -> Ints:
    nth = tables(cal).nth
    if k.size and int(k.max()) >= nth.size:
        raise CalendarError(Say("有的到期日超出日历", "some deadlines are beyond the calendar"))
    return np.asarray(nth[k], np.int64)


def add_many(cal: Calendar, starts: Ints, n: int | Ints, unit: str) -> Ints:
    """The last second in time of each start: as `clock.deadline` without stops and without rolling."""
    starts = np.asarray(starts, np.int64)
    if unit == SECONDS:
        return starts + n
    if unit == WORKING_SECONDS:
        return _add_work(cal, starts, n)
    days = np.floor_divide(starts, DAY)
    if unit == WORKING_DAYS:
        last = _nth(cal, tables(cal).upto[_index(cal, days)] + n)
    elif unit == DAYS:
        last = np.asarray(days + n, np.int64)
    elif unit == MONTHS:
        last = add_months_many(days, n)
    else:
        raise CalendarError(Say(f"没有“{unit}”这种计时", f"there is no unit {unit!r}"))
    return np.asarray(last * DAY + (DAY - 1), np.int64)


def roll_many(cal: Calendar, ends: Ints) -> Ints:
    """Move ends that fall on a rest day to the end of the next worked day."""
    days = np.floor_divide(np.asarray(ends, np.int64), DAY)
    return np.asarray(tables(cal).ahead[_index(cal, days)] * DAY + (DAY - 1), np.int64)


def deadline_many(
    cal: Calendar,
    starts: Ints,
    n: int | Ints,
    unit: str,
    roll: bool,
    stopped: tuple[Ints, Ints] | None = None,
) -> Ints:
    """As `clock.deadline`, one stop each at most: `stopped` is (a, b), b the resuming or the stop's own expiry."""
    ends = add_many(cal, starts, n, unit)
    if stopped is None:
        return roll_many(cal, ends) if roll and unit in DAY_UNITS else ends
    a, b = np.asarray(stopped[0], np.int64), np.asarray(stopped[1], np.int64)
    b = np.maximum(a, b)
    if unit in DAY_UNITS:
        return _stopped_days(cal, ends, a, b, unit == WORKING_DAYS, roll)
    if unit == SECONDS:
        return np.where(a <= ends, ends + b - a, ends)
    left = worked_many(cal, ends) - worked_many(cal, a)
    moved = _add_work(cal, b, np.maximum(left, 0))
    return np.where(left > 0, moved, np.where(a == ends, b, ends))


def _stopped_days(cal: Calendar, ends: Ints, a: Ints, b: Ints, working: bool, roll: bool) -> Ints:
    raw, first, resumed = ends // DAY, a // DAY, b // DAY
    out = resumed - first
    if working:
        t = tables(cal)
        passed = t.upto[_index(cal, raw)]
        out = t.upto[_index(cal, resumed)] - t.upto[_index(cal, first)]
        moved = _nth(cal, np.where(first < raw, passed + out, passed))
    else:
        moved = raw + out
    rolled = roll_many(cal, ends) if working or roll else ends
    tail = np.where(a <= rolled, np.maximum(raw, resumed), raw)
    last = np.where(first < raw, moved, tail) * DAY + (DAY - 1)
    return roll_many(cal, last) if working or roll else last


def worked_many(cal: Calendar, instants: Ints) -> Ints:
    """Working seconds before each moment."""
    t = tables(cal)
    since = np.asarray(instants, np.int64)
    days = np.floor_divide(since, DAY)
    since = since - days * DAY
    i = _index(cal, days)
    since += t.row[i]
    return np.asarray(t.before[i] + t.within[since], np.int64)


def _add_work(cal: Calendar, starts: Ints, seconds: int | Ints) -> Ints:
    goal = worked_many(cal, starts)
    goal += seconds
    ends = _moments(cal, goal)
    return ends if np.all(np.asarray(seconds) > 0) else np.where(np.asarray(seconds) <= 0, starts, ends)


def _moments(cal: Calendar, goal: Ints) -> Ints:
    """The earliest moment at which so much has been worked since the calendar began; goals above 0."""
    t = tables(cal)
    if goal.size and int(goal.max()) > int(t.filled[-1]):
        raise CalendarError(Say("有的到期日超出日历", "some deadlines are beyond the calendar"))
    k = t.near[goal // STEP]
    while (over := t.filled[k + 1] < goal).any():
        k += over
    return np.asarray(t.dawn[k] + t.wall[goal + t.shift[k]], np.int64)


def add_months_many(days: Ints, n: int | Ints) -> Ints:
    """The corresponding day n months on, or that month's last day; 1970 to 2199 only."""
    starts, month, into = _months()
    days = np.asarray(days, np.int64)
    if days.size and (int(days.min()) < 0 or int(days.max()) >= month.size):
        raise CalendarError(Say("有的日子在 1970 到 2199 年之外", "some days are outside 1970 to 2199"))
    m = month[days] + n
    if m.size and (int(m.min()) < 0 or int(m.max()) >= starts.size - 1):
        raise CalendarError(
            Say("有的到期日在 1970 到 2199 年之外", "some deadlines are outside 1970 to 2199")
        )
    return np.asarray(np.minimum(starts[m] + into[days], starts[m + 1] - 1), np.int64)
