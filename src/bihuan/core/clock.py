"""Deadlines: a run of a clock in, its due and both its figures out. Times are Instants, days are day numbers.

A stop takes away the days (A, B] after the day it begins, the hours [a, b); one that begins when the run is late
already has no effect; one that begins when no whole day is left makes the day of resuming the last day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.core.calendar import Calendar, add_months
from bihuan.core.instant import DAY
from bihuan.core.say import Say

WORKING_DAYS, DAYS, MONTHS = "working days", "days", "months"
WORKING_SECONDS, SECONDS = "working seconds", "seconds"
DAY_UNITS = frozenset((WORKING_DAYS, DAYS, MONTHS))
_WORDS = re.compile(r"([1-9][0-9]{0,5}) (?:(working) )?(day|month|hour|minute)(s?)")
_FINE = {"hour": 3600, "minute": 60}


class BadLimit(ValueError):
    """A text that is not a limit; `reason` is the sentence."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a unit: working days, days, months, working seconds or seconds; `text` as it was written."""

    n: int
    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop from `a` until `b`, at the latest until its own expiry; `event` is the number of the event that made it."""

    pause: str
    a: int
    b: int | None
    expiry: int
    by_unit: str = ""
    event: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One life of a clock; `how` it ended is stopped, cleared, expired or "" while it lives."""

    clock: str
    limit: Limit
    roll: bool
    start: int
    extension: int = 0
    stops: tuple[Stop, ...] = ()
    end: int | None = None
    how: str = ""
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last second in time (`at`; `plain` without stops and extension), and what was used by the day asked about.

    `used` leaves the stops out, `gross` has them in: days for day units, seconds for the others. `late` is the
    verdict with stops, `plain_late` without. `wake` is when a live run has to be looked at again.
    """

    at: int
    plain: int
    used: int
    gross: int
    unit_of_figures: str
    provisional: bool
    late: bool
    plain_late: bool
    status: str
    wake: int | None


def read_limit(text: str) -> Limit:
    """Read "20 working days", "3 months", "4 working hours", "15 minutes"; whole numbers above 0 only."""
    match = _WORDS.fullmatch(text) if isinstance(text, str) else None
    if not match or (match[2] and match[3] == "month"):
        raise BadLimit(
            Say(
                f"“{text}”不是时限；写成 20 working days、60 days、3 months、4 working hours、30 working minutes、2 hours 这样",
                f"{text!r} is no limit; write 20 working days, 60 days, 3 months, 4 working hours or 2 hours",
            )
        )
    n, working, word = int(match[1]), bool(match[2]), match[3]
    if word in _FINE:
        return Limit(n * _FINE[word], WORKING_SECONDS if working else SECONDS, text)
    return Limit(n, WORKING_DAYS if working else word + "s", text)


def add(cal: Calendar, start: int, n: int, unit: str) -> int:
    """The raw end: a day number for day units, an Instant for the others."""
    if unit == WORKING_DAYS:
        return cal.add_working_days(start // DAY, n)
    if unit == DAYS:
        return start // DAY + n
    if unit == MONTHS:
        return add_months(start // DAY, n)
    if unit == WORKING_SECONDS:
        return cal.add_work(start, n)
    if unit == SECONDS:
        return start + n
    raise BadLimit(Say(f"没有“{unit}”这种计时", f"there is no unit {unit!r}"))


def merged(stops: Sequence[Stop]) -> list[tuple[int, int]]:
    """The stops as (a, b), each closed at resuming or at its own expiry, overlapping ones joined, in order."""
    spans = sorted((s.a, max(s.a, s.expiry if s.b is None else min(s.b, s.expiry))) for s in stops)
    out: list[tuple[int, int]] = []
    for a, b in spans:
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def deadline(run: Run, cal: Calendar) -> tuple[int, list[tuple[int, int]]]:
    """The last second in time and the stops that count, (a, b) each."""
    limit, n = run.limit, run.limit.n + run.extension
    raw = add(cal, run.start, n, limit.unit)
    if limit.unit in DAY_UNITS:
        if not run.stops:
            last = cal.roll(raw) if run.roll and limit.unit != WORKING_DAYS else raw
            return last * DAY + DAY - 1, []
        return _stopped_days(run, cal, raw)
    return _stopped_hours(run, cal, raw) if run.stops else (raw, [])


def _stopped_days(run: Run, cal: Calendar, raw: int) -> tuple[int, list[tuple[int, int]]]:
    working = run.limit.unit == WORKING_DAYS
    rolls, least, counted = working or run.roll, 0, []

    def last() -> int:
        end = max(raw, least)
        return cal.roll(end) if rolls else end

    for a, b in merged(run.stops):
        first, resumed = a // DAY, b // DAY
        if first > last():
            break
        counted.append((a, b))
        if first >= raw:
            least = max(least, resumed)
        elif working:
            raw = cal.add_working_days(raw, cal.count(first, resumed))
        else:
            raw += resumed - first
    return last() * DAY + DAY - 1, counted


def _stopped_hours(run: Run, cal: Calendar, end: int) -> tuple[int, list[tuple[int, int]]]:
    working, counted = run.limit.unit == WORKING_SECONDS, []
    for a, b in merged(run.stops):
        if a > end:
            break
        counted.append((a, b))
        if not working:
            end += b - a
        elif (left := cal.worked(end) - cal.worked(a)) > 0:
            end = cal.add_work(b, left)
        else:
            end = max(end, b)
    return end, counted


def measure(cal: Calendar, unit: str, a: int, b: int) -> int:
    """What passes between two Instants: days of (A, B] for day units, else seconds."""
    if b <= a:
        return 0
    if unit == WORKING_DAYS:
        return cal.count(a // DAY, b // DAY)
    if unit == WORKING_SECONDS:
        return cal.worked(b) - cal.worked(a)
    return b - a if unit == SECONDS else b // DAY - a // DAY


def due(run: Run, cal: Calendar, asof: int) -> Due:
    """When this run is due, what was used by `asof`, and its verdict; never unknown, even while stopped."""
    unit = run.limit.unit
    end, counted = deadline(run, cal)
    plain = end
    if run.stops or run.extension:
        plain = deadline(Run(run.clock, run.limit, run.roll, run.start), cal)[0]
    seen = asof if run.end is None else run.end
    gross = measure(cal, unit, run.start, seen)
    used = gross
    for a, b in counted:
        used -= measure(cal, unit, max(a, run.start), min(b, seen))
    late = seen > end
    wake = None
    if run.end is not None:
        status = (
            run.how
            if run.how == "expired"
            else "late"
            if late
            else "met"
            if run.how == "stopped"
            else "cleared"
        )
    else:
        opened = [s.expiry for s in run.stops if s.b is None]
        status = "paused" if any(expiry >= seen for expiry in opened) else "running"
        wake = min(opened, default=end) if opened else end
        wake = min(wake, end)
    provisional = cal.provisional(end // DAY) or cal.provisional(plain // DAY)
    figures = unit if unit in (WORKING_DAYS, WORKING_SECONDS, SECONDS) else DAYS
    return Due(end, plain, used, gross, figures, provisional, late, seen > plain, status, wake)
