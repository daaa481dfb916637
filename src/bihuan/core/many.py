"""The arithmetic of deadlines for whole columns of numbers; equal to the scalar, one by one."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bihuan.core.calendar import Calendar, CalendarError
from bihuan.core.clock import DAYS, MONTHS, SECONDS, WORKING_DAYS, WORKING_SECONDS
from bihuan.core.instant import DAY
from bihuan.core.say import Say

Ints = npt.NDArray[np.int64]


@lru_cache(maxsize=4)
def _tables(cal: Calendar) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """upto, nth, ahead, before, and the sessions of each day as two arrays (from, seconds ahead in the day)."""
    most = max((len(s) for s in cal.day_sessions), default=1) or 1
    opens = np.zeros((len(cal.day_sessions), most), np.int64)
    length = np.zeros_like(opens)
    for i, sessions in enumerate(cal.day_sessions):
        for j, (a, b) in enumerate(sessions):
            opens[i, j], length[i, j] = a, b - a
    upto, nth, ahead, before = (np.asarray(x, np.int64) for x in (cal.upto, cal.nth, cal.ahead, cal.before))
    return upto, nth, ahead, before, opens, length


def _index(cal: Calendar, days: Ints) -> Ints:
    i = days - cal.first
    if i.size and (int(i.min()) < 0 or int(i.max()) >= len(cal.worked_on)):
        raise CalendarError(Say("有的日子不在日历里", "some days are outside the calendar"))
    return i


def add_many(cal: Calendar, starts: Ints, n: int | Ints, unit: str) -> Ints:
    """The last second in time of each start: as `clock.deadline` without stops and without rolling."""
    starts = np.asarray(starts, np.int64)
    if unit == SECONDS:
        return starts + n
    if unit == WORKING_SECONDS:
        return _add_work(cal, starts, n)
    days = np.floor_divide(starts, DAY)
    if unit == WORKING_DAYS:
        upto, nth, *_ = _tables(cal)
        last = nth[upto[_index(cal, days)] + n]
    elif unit == DAYS:
        last = days + n
    elif unit == MONTHS:
        last = add_months_many(days, n)
    else:
        raise CalendarError(Say(f"没有“{unit}”这种计时", f"there is no unit {unit!r}"))
    return np.asarray(last * DAY + (DAY - 1), np.int64)


def roll_many(cal: Calendar, ends: Ints) -> Ints:
    """Move ends that fall on a rest day to the end of the next worked day."""
    days = np.floor_divide(np.asarray(ends, np.int64), DAY)
    return np.asarray(_tables(cal)[2][_index(cal, days)] * DAY + (DAY - 1), np.int64)


def worked_many(cal: Calendar, instants: Ints) -> Ints:
    """Working seconds before each moment."""
    _, _, _, before, opens, length = _tables(cal)
    days = np.floor_divide(instants, DAY)
    i = _index(cal, days)
    clock = instants - days * DAY
    total = before[i].copy()
    for j in range(opens.shape[1]):
        total += np.clip(clock - opens[i, j], 0, length[i, j])
    return total


def _add_work(cal: Calendar, starts: Ints, seconds: int | Ints) -> Ints:
    _, _, _, before, opens, length = _tables(cal)
    goal = worked_many(cal, starts) + seconds
    i = np.searchsorted(before, goal, side="left") - 1
    if i.size and int(i.max()) >= len(cal.worked_on):
        raise CalendarError(Say("有的到期日超出日历", "some deadlines are beyond the calendar"))
    left = goal - before[i]
    out = np.zeros_like(goal)
    done = np.zeros(goal.shape, bool)
    for j in range(opens.shape[1]):
        span = length[i, j]
        here = ~done & (left <= span) & (span > 0)
        out = np.where(here, (i + cal.first) * DAY + opens[i, j] + left, out)
        done |= here
        left = np.where(done, left, left - span)
    return np.where(np.asarray(seconds) <= 0, starts, out)


def add_months_many(days: Ints, n: int | Ints) -> Ints:
    """The corresponding day n months on, or that month's last day."""
    dates = np.asarray(days, np.int64).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months.astype("datetime64[D]")).astype(np.int64)
    target = months.astype(np.int64) + n
    first = target.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (target + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.minimum(first + of_month, following - 1)
