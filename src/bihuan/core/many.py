"""The arithmetic of deadlines for whole columns of numbers; equal to the scalar, one by one."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bihuan.core.calendar import Calendar, CalendarError
from bihuan.core.clock import DAYS, MONTHS, SECONDS, WORKING_DAYS, WORKING_SECONDS
from bihuan.core.instant import DAY
from bihuan.core.say import Say

Ints = npt.NDArray[np.int64]


class Tables(NamedTuple):
    """The calendar as arrays. Working time is cut into chunks of `chunk` seconds that no office hour divides."""

    upto: Ints
    nth: Ints
    ahead: Ints
    chunk: int
    passed: Ints  # working seconds before each chunk of the wall clock
    runs: Ints  # 1 where that chunk is worked
    wall: Ints  # the Instant at which each chunk of working time begins


@lru_cache(maxsize=4)
def tables(cal: Calendar) -> Tables:
    """Made once for a calendar; 8 bytes for each chunk since its first day, three times."""
    chunk = DAY
    for sessions in set(cal.day_sessions):
        for a, b in sessions:
            chunk = gcd(chunk, a, b)
    begin = cal.first * DAY
    a_day = DAY // chunk
    runs = np.zeros(len(cal.worked_on) * a_day, np.int64)
    for i, sessions in enumerate(cal.day_sessions):
        for a, b in sessions:
            runs[i * a_day + a // chunk : i * a_day + b // chunk] = 1
    passed = np.concatenate(([0], np.cumsum(runs)[:-1])) * chunk
    upto, nth, ahead = (np.asarray(x, np.int64) for x in (cal.upto, cal.nth, cal.ahead))
    return Tables(upto, nth, ahead, chunk, passed, runs, np.flatnonzero(runs) * chunk + begin)


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
        t = tables(cal)
        last = t.nth[t.upto[_index(cal, days)] + n]
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
    return np.asarray(tables(cal).ahead[_index(cal, days)] * DAY + (DAY - 1), np.int64)


def worked_many(cal: Calendar, instants: Ints) -> Ints:
    """Working seconds before each moment."""
    t = tables(cal)
    since = np.asarray(instants, np.int64) - cal.first * DAY
    if since.size and (int(since.min()) < 0 or int(since.max()) >= t.runs.size * t.chunk):
        raise CalendarError(Say("有的时刻不在日历里", "some moments are outside the calendar"))
    chunk = since // t.chunk
    since -= chunk * t.chunk
    since *= t.runs[chunk]
    since += t.passed[chunk]
    return since


def _add_work(cal: Calendar, starts: Ints, seconds: int | Ints) -> Ints:
    t = tables(cal)
    goal = worked_many(cal, starts)
    goal += seconds
    chunk = (goal - 1) // t.chunk
    if chunk.size and int(chunk.max()) >= t.wall.size:
        raise CalendarError(Say("有的到期日超出日历", "some deadlines are beyond the calendar"))
    goal -= chunk * t.chunk
    goal += t.wall[chunk]
    return goal if np.all(np.asarray(seconds) > 0) else np.where(np.asarray(seconds) <= 0, starts, goal)


def add_months_many(days: Ints, n: int | Ints) -> Ints:
    """The corresponding day n months on, or that month's last day."""
    dates = np.asarray(days, np.int64).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months.astype("datetime64[D]")).astype(np.int64)
    target = months.astype(np.int64) + n
    first = target.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (target + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(np.minimum(first + of_month, following - 1), np.int64)
