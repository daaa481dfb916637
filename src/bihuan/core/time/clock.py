"""Deadlines: a run of a clock in, its due and both its figures out. Times are Instants, days are day numbers.

A stop takes away the days (A, B] after the day it begins, the hours [a, b); one that begins when the run is late
already has no effect; one that begins when no whole day is left makes the day of resuming the last day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar, add_months
from bihuan.core.time.instant import DAY

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


@record
class Limit:
    """So many of a unit: working days, days, months, working seconds or seconds; `text` as it was written."""

    n: int
    unit: str
    text: str = ""


@record
class Stop:
    """A stop from `a` until `b`, at the latest until its own expiry; `event` is the number of the event that made it."""

    pause: str
    a: int
    b: int | None
    expiry: int
    by_unit: str = ""
    event: int = 0


@record
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


@record
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
    if unit == WORKING_SECONDS:
        return cal.add_work(start, n)
    if unit == DAYS:
        return start // DAY + n
    if unit == MONTHS:
        return add_months(start // DAY, n)
    if unit == SECONDS:
        return start + n
    raise BadLimit(Say(f"没有“{unit}”这种计时", f"there is no unit {unit!r}"))


def end_of(cal: Calendar, start: int, n: int, unit: str, roll: bool) -> int:
    """The last second in time of a limit nothing stops."""
    raw = add(cal, start, n, unit)
    if unit not in DAY_UNITS:
        return raw
    if roll and unit != WORKING_DAYS:
        raw = cal.roll(raw)
    return raw * DAY + DAY - 1


def merged(stops: Sequence[Stop]) -> list[tuple[int, int]]:
    """The stops as (a, b), each closed at resuming or at its own expiry, overlapping ones joined, in order."""
    spans = []
    for stop in stops:
        a, b = stop.a, stop.expiry
        if stop.b is not None and stop.b < b:
            b = stop.b
        spans.append((a, b if b > a else a))
    if len(spans) < 2:
        return spans
    spans.sort()
    out = [spans[0]]
    for a, b in spans[1:]:
        if a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def deadline(run: Run, cal: Calendar) -> tuple[int, list[tuple[int, int]]]:
    """The last second in time and the stops that count, (a, b) each."""
    limit = run.limit
    if not run.stops:
        return end_of(cal, run.start, limit.n + run.extension, limit.unit, run.roll), []
    n, spans = limit.n + run.extension, merged(run.stops)
    if limit.unit in DAY_UNITS:
        return _stopped_days(cal, limit.unit, run.roll, add(cal, run.start, n, limit.unit), spans)
    if limit.unit == WORKING_SECONDS:
        return _stopped_work(cal, run.start, n, spans)
    return _stopped_seconds(add(cal, run.start, n, limit.unit), spans)


def _stopped_days(
    cal: Calendar, unit: str, roll: bool, raw: int, spans: list[tuple[int, int]]
) -> tuple[int, list[tuple[int, int]]]:
    working, least, counted = unit == WORKING_DAYS, 0, 0
    rolls = working or roll
    for a, b in spans:
        first, resumed = a // DAY, b // DAY
        if first < raw:
            raw = cal.add_working_days(raw, cal.count(first, resumed)) if working else raw + resumed - first
        else:
            last = raw if raw > least else least
            if first > (cal.roll(last) if rolls else last):
                break
            least = resumed
        counted += 1
    last = raw if raw > least else least
    if rolls:
        last = cal.roll(last)
    return last * DAY + DAY - 1, spans[:counted]


def _stopped_work(
    cal: Calendar, start: int, n: int, spans: list[tuple[int, int]]
) -> tuple[int, list[tuple[int, int]]]:
    """`left` counts from `base`, the last resuming that mattered, so that the moment is sought only once."""
    worked = cal.worked
    done, base, left, least, counted = worked(start), start, n, 0, 0
    for a, b in spans:
        used = worked(a) - done
        if used < left:
            base, done, left = b, worked(b), left - used
        elif a > cal.add_work(base, left):
            break
        else:
            least = b  # stopped at the very second of due: the moment of resuming is the last
        counted += 1
    end = cal.add_work(base, left)
    return end if end > least else least, spans[:counted]


def _stopped_seconds(end: int, spans: list[tuple[int, int]]) -> tuple[int, list[tuple[int, int]]]:
    counted = 0
    for a, b in spans:
        if a > end:
            break
        end += b - a
        counted += 1
    return end, spans[:counted]


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
    limit, start, stops = run.limit, run.start, run.stops
    unit, seen = limit.unit, asof if run.end is None else run.end
    gross = used = measure(cal, unit, start, seen) if seen > start else 0
    if stops:
        end, counted = deadline(run, cal)
        for a, b in counted:
            used -= measure(cal, unit, a if a > start else start, b if b < seen else seen)
    else:
        end = end_of(cal, start, limit.n + run.extension, unit, run.roll)
    plain = end_of(cal, start, limit.n, unit, run.roll) if stops or run.extension else end
    late = seen > end
    status, wake = "running", None
    if run.end is not None:
        status = _verdict(run.how, late)
    else:
        wake = end
        for stop in stops:
            if stop.b is None:
                if stop.expiry >= seen:
                    status = "paused"
                if stop.expiry < wake:
                    wake = stop.expiry
    figures = DAYS if unit == MONTHS else unit
    provisional = (end if end > plain else plain) // DAY > cal.published_to
    return Due(end, plain, used, gross, figures, provisional, late, seen > plain, status, wake)


def _verdict(how: str, late: bool) -> str:
    """Late first, unless the clock itself ended the run."""
    if how == "expired":
        return how
    if late:
        return "late"
    return "met" if how == "stopped" else "cleared"
