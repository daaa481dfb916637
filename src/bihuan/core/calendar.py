"""Working days and working hours: one row a day as announced, Monday to Friday beyond, office hours with dates.

Every question is answered from tables made once: `upto[i]` working days to the i-th day, `nth[k]` the k-th
working day, `opens[k]` and `passed[k]` the k-th session and the working seconds before it (国务院办公厅年度节假日安排).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bihuan.core.instant import DAY, day_of, day_text, weekday, ymd
from bihuan.core.say import Say

YEARS_BEYOND = 8  # years of Monday-Friday rule after the last announced day

Sessions = tuple[tuple[int, int], ...]  # (from, to) in seconds of the day


class CalendarError(ValueError):
    """A day the calendar does not know; `reason` is the sentence."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours from one day on, until the next row."""

    since: int
    sessions: Sessions


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Which days and hours are worked, from `first` on; days after `published_to` are provisional."""

    first: int
    published_to: int
    last: int
    version: str
    worked_on: bytes  # 1 = worked, one byte a day
    upto: Sequence[int]  # working days in [first, first + i]
    nth: Sequence[int]  # the k-th working day, k from 1
    ahead: Sequence[int]  # the day itself if worked, else the next worked one
    day_sessions: Sequence[Sessions]
    opens: Sequence[int]  # the Instant at which each session of each day begins
    passed: Sequence[int]  # working seconds before each session; one entry more than sessions
    end: int  # the last second of the calendar

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[int, bool]],
        hours: Iterable[Hours],
        special: Mapping[int, Sessions] | None = None,
        published_to: int | None = None,
    ) -> Calendar:
        """Make the tables from one (day, worked) a day without gaps, dated hours and single days of their own."""
        table = sorted(rows)
        seasons = sorted(hours, key=lambda row: row.since)
        special = dict(special or {})
        if not table:
            raise CalendarError(Say("日历没有一行", "the calendar has no row"))
        first = table[0][0]
        for i, (day, _) in enumerate(table):
            if day != first + i:
                raise CalendarError(
                    Say(
                        f"日历缺 {day_text(first + i)}，或有重复",
                        f"the calendar lacks or repeats {day_text(first + i)}",
                    )
                )
        if not seasons or seasons[0].since > first:
            raise CalendarError(
                Say(f"{day_text(first)} 没有办公时间", f"no office hours for {day_text(first)}")
            )
        _check_sessions([*(row.sessions for row in seasons), *special.values()])
        announced = table[-1][0] if published_to is None else published_to
        last = day_of(ymd(table[-1][0])[0] + YEARS_BEYOND, 12, 31)
        flags = bytes([*(int(worked) for _, worked in table)]) + bytes(
            int(weekday(day) < 5) for day in range(table[-1][0] + 1, last + 1)
        )
        return cls._tables(first, announced, last, flags, seasons, special)

    @classmethod
    def _tables(
        cls,
        first: int,
        announced: int,
        last: int,
        flags: bytes,
        seasons: list[Hours],
        special: dict[int, Sessions],
    ) -> Calendar:
        upto, nth, sessions = [], [first - 1], []
        opens, passed = [], [0]
        season = 0
        for i, worked in enumerate(flags):
            day = first + i
            while season + 1 < len(seasons) and seasons[season + 1].since <= day:
                season += 1
            own = special.get(day, seasons[season].sessions) if worked else ()
            if worked:
                nth.append(day)
            upto.append(len(nth) - 1)
            sessions.append(own)
            for a, b in own:
                opens.append(day * DAY + a)
                passed.append(passed[-1] + b - a)
        ahead, following = [0] * len(flags), last + 1
        for i in range(len(flags) - 1, -1, -1):
            if flags[i]:
                following = first + i
            ahead[i] = following
        mark = hashlib.sha256(
            repr((first, announced, flags, seasons, sorted(special.items()))).encode()
        ).hexdigest()
        return cls(
            first,
            announced,
            last,
            mark[:16],
            flags,
            upto,
            nth,
            ahead,
            sessions,
            opens,
            passed,
            last * DAY + DAY - 1,
        )

    def _index(self, day: int) -> int:
        i = day - self.first
        if 0 <= i < len(self.worked_on):
            return i
        here, ends = day_text(day), (day_text(self.first), day_text(self.last))
        raise CalendarError(
            Say(
                f"日历里没有 {here}，只有 {ends[0]} 到 {ends[1]}",
                f"no calendar for {here}: it covers {ends[0]} to {ends[1]}",
            )
        )

    def is_worked(self, day: int) -> bool:
        """Whether offices work on this day."""
        return bool(self.worked_on[self._index(day)])

    def provisional(self, day: int) -> bool:
        """Whether this day lies beyond the announced years, so that 调休 may still change it."""
        return day > self.published_to

    def sessions(self, day: int) -> Sessions:
        """Office hours of this day in seconds of the day; none on a rest day."""
        return self.day_sessions[self._index(day)]

    def roll(self, day: int) -> int:
        """The day itself if worked, else the next worked day."""
        return self.ahead[self._index(day)]

    def add_working_days(self, day: int, n: int) -> int:
        """The n-th working day after this day, whatever the day itself is."""
        i = day - self.first
        if i < 0:
            self._index(day)
        try:
            return self.nth[self.upto[i] + n]
        except IndexError:
            raise self._too_far(day, f"{n} 个工作日", f"{n} working days") from None

    def count(self, a: int, b: int) -> int:
        """Working days in (a, b]."""
        return self.upto[self._index(b)] - self.upto[self._index(a)]

    def worked(self, instant: int) -> int:
        """Working seconds from the beginning of the calendar to this moment."""
        k = bisect_right(self.opens, instant) - 1
        if k < 0 or instant > self.end:
            self._index(instant // DAY)
            return 0
        return min(self.passed[k] + instant - self.opens[k], self.passed[k + 1])

    def add_work(self, instant: int, seconds: int) -> int:
        """The earliest moment at which so many working seconds have passed; closing time, not the next opening."""
        if seconds <= 0:
            return instant
        opens, passed = self.opens, self.passed
        k = bisect_right(opens, instant) - 1
        if k < 0:
            self._index(instant // DAY)
            goal = seconds
        else:
            goal = passed[k] + instant - opens[k]
            if goal > passed[k + 1]:
                goal = passed[k + 1]
            goal += seconds
        k = bisect_left(passed, goal) - 1
        if k >= len(opens):
            raise self._too_far(instant // DAY, f"{seconds} 个工作秒", f"{seconds} working seconds")
        return opens[k] + goal - passed[k]

    def _too_far(self, day: int, zh: str, en: str) -> CalendarError:
        here, end = day_text(day), day_text(self.last)
        return CalendarError(
            Say(
                f"{here} 起 {zh}超出日历，日历到 {end}",
                f"{en} from {here} is beyond the calendar, which ends {end}",
            )
        )


def add_months(day: int, n: int) -> int:
    """The corresponding day n months on, or the last day of that month (民法典§202)."""
    year, month, of_month = ymd(day)
    year, month = divmod(year * 12 + month - 1 + n, 12)
    month += 1
    return day_of(year, month, min(of_month, _month_days(year, month)))


def _month_days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _check_sessions(every: Iterable[Sessions]) -> None:
    """Sessions must be in order, apart and within one day."""
    for sessions in every:
        end = 0
        for a, b in sessions:
            if not end <= a < b <= DAY:
                raise CalendarError(
                    Say(
                        f"办公时段 {a}-{b} 秒不在一天之内，或有重叠",
                        f"office hours {a}-{b} s overlap or leave the day",
                    )
                )
            end = b
