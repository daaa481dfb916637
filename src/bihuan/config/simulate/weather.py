"""When and what people report: rain and snow, rush hours, Mondays, month ends, days after holidays."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bihuan.config.demo.problems import PROBLEMS
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.instant import DAY, ymd

RAIN = {5: 0.2, 6: 0.3, 7: 0.4, 8: 0.38, 9: 0.25}  # share of wet days by month; the rest of the year
DRY = 0.08
WET_TIMES = 5  # on a wet day the kinds below come five times as often (domain: rain and snow ×5)
WET = frozenset({"06013", "01004", "06012", "04002", "06001", "06011"})
MONDAY, MONTH_END, AFTER_HOLIDAY, REST = 1.35, 1.25, 1.5, 0.45  # times an ordinary working day
HOURS = (2, 1, 1, 1, 1, 3, 8, 22, 40, 38, 30, 24, 16, 20, 28, 26, 24, 30, 28, 20, 14, 10, 6, 4)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how busy against an ordinary one, and whether it is wet."""

    day: int
    weight: float
    wet: bool


def days(rng: Random, cal: Calendar, first: int, last: int) -> list[Day]:
    """The days from `first` to `last` with their weather; wet days come in spells."""
    found: list[Day] = []
    wet = False
    for day in range(first, last + 1):
        share = RAIN.get(ymd(day)[1], DRY)
        wet = rng.random() < (0.55 if wet else share * 0.7)
        found.append(Day(day, _weight(cal, day) * (1.6 if wet else 1.0), wet))
    return found


def _weight(cal: Calendar, day: int) -> float:
    if not cal.is_worked(day):
        return REST
    weight = 1.0
    if (day + 3) % 7 == 0:  # 1970-01-01 was a Thursday
        weight *= MONDAY
    if ymd(day)[1] != ymd(day + 2)[1]:
        weight *= MONTH_END
    if not any(cal.is_worked(day - back) for back in (1, 2, 3)):
        weight *= AFTER_HOLIDAY
    return weight


def moments(rng: Random, stretch: list[Day], n: int, until: int) -> list[tuple[int, bool]]:
    """`n` moments before `until` in order, each with whether that day is wet."""
    by_day = list(accumulate(day.weight for day in stretch))
    by_hour = list(accumulate(HOURS))
    out: list[tuple[int, bool]] = []
    while len(out) < n:
        day = stretch[bisect(by_day, rng.random() * by_day[-1])]
        hour = bisect(by_hour, rng.random() * by_hour[-1])
        at = day.day * DAY + hour * 3600 + rng.randrange(3600)
        if at < until - 120:
            out.append((at, day.wet))
    return sorted(out)


def weights(wet: bool) -> list[int]:
    """The weight of each of PROBLEMS on such a day."""
    return [weight * (WET_TIMES if wet and code.split(":")[1] in WET else 1) for weight, code, _ in PROBLEMS]


DRY_WEIGHTS, WET_WEIGHTS = weights(False), weights(True)
