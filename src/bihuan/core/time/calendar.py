"""Working days and working hours: one row a day as announced, Monday to Friday beyond, office hours with dates.

Every question is answered from tables made once: `upto[i]` working days to the i-th day, `nth[k]` the k-th
working day, `before[i]` the working seconds before the i-th day (国务院办公厅年度节假日安排).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bihuan.core.say import Say
from bihuan.core.time.hours import CalendarError, Hours, Sessions, check_sessions, second_tables
from bihuan.core.time.instant import DAY, day_of, day_text, weekday, ymd

__all__ = ["STEP", "Calendar", "CalendarError", "Hours", "Sessions", "add_months"]

YEARS_BEYOND = 8  # years of Monday-Friday rule after the last announced day
STEP = 3600  # working seconds from one entry of `near` to the next
_LAST_YEAR = 2199
# Day number on which each month since January 1970 begins
MONTHS = [day_of(y, m, 1) for y in range(1970, _LAST_YEAR + 2) for m in range(1, 13)]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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
    before: Sequence[int]  # working seconds before each day
    within: Sequence[array[int]]  # of each day: working seconds before each second of it
    filled: Sequence[int]  # working seconds before the k-th working day; one entry more than those
    wall: Sequence[array[int]]  # of the k-th working day: the second at which so much is worked
    near: Sequence[int]  # the working day in which each STEP of working time falls

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
        for sessions in (*(row.sessions for row in seasons), *special.values()):
            check_sessions(sessions)
        announced = table[-1][0] if published_to is None else published_to
        if announced > table[-1][0]:
            raise CalendarError(
                Say(
                    f"日历说已公布到 {day_text(announced)}，却只写到 {day_text(table[-1][0])}",
                    f"the calendar claims to be announced to {day_text(announced)}, its rows end {day_text(table[-1][0])}",
                )
            )
        last = day_of(ymd(table[-1][0])[0] + YEARS_BEYOND, 12, 31)
        flags = bytes([*(int(worked) for _, worked in table)]) + bytes(
            int(weekday(day) < 5) for day in range(table[-1][0] + 1, last + 1)
        )
        for day in special:
            if not first <= day <= last or not flags[day - first]:
                raise CalendarError(
                    Say(
                        f"{day_text(day)} 另定了办公时间，这天却不上班",
                        f"{day_text(day)} has office hours of its own but is no working day",
                    )
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
        before, within, filled, wall = [], [], [0], [array("i")]
        done = season = 0
        for i, worked in enumerate(flags):
            day = first + i
            while season + 1 < len(seasons) and seasons[season + 1].since <= day:
                season += 1
            own = special.get(day, seasons[season].sessions) if worked else ()
            seconds, back = second_tables(own)
            sessions.append(own)
            before.append(done)
            within.append(seconds)
            if worked:
                nth.append(day)
                filled.append(done)
                wall.append(back)
            upto.append(len(nth) - 1)
            done += len(back) - 1
        filled.append(done)
        ahead, following = [0] * len(flags), last + 1
        for i in range(len(flags) - 1, -1, -1):
            if flags[i]:
                following = first + i
            ahead[i] = following
        near = [1]
        for k in range(1, len(nth)):
            near += [k] * (filled[k + 1] // STEP - filled[k] // STEP)
        data = (first, announced, flags, seasons, sorted(special.items()))
        mark = hashlib.sha256(repr(data).encode()).hexdigest()[:16]
        return cls(
            first,
            announced,
            last,
            mark,
            flags,
            upto,
            nth,
            ahead,
            sessions,
            before,
            within,
            filled,
            wall,
            near,
        )

    def __repr__(self) -> str:  # the tables would fill a traceback with a thousand million numbers
        return f"<Calendar {day_text(self.first)} to {day_text(self.published_to)}, {self.version}>"

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
        i = day - self.first
        return self.ahead[i if 0 <= i < len(self.ahead) else self._index(day)]

    def add_working_days(self, day: int, n: int) -> int:
        """The n-th working day after this day, whatever the day itself is."""
        i = day - self.first
        if i < 0:
            self._index(day)
        try:
            return self.nth[self.upto[i] + n]
        except IndexError:
            raise self._too_far(day, f"{n} 个工作日", f"{n} working days") from None

    def working_days_before(self, day: int, n: int) -> int:
        """The last working day from which at most n working days are left to this day."""
        k = self.upto[self._index(day)] - n
        if k < 1:
            self._index(self.first - 1)
        return self.nth[k]

    def count(self, a: int, b: int) -> int:
        """Working days in (a, b]."""
        i, j, upto = a - self.first, b - self.first, self.upto
        if 0 <= i < len(upto) and 0 <= j < len(upto):
            return upto[j] - upto[i]
        return upto[self._index(b)] - upto[self._index(a)]

    def worked(self, instant: int) -> int:
        """Working seconds from the beginning of the calendar to this moment."""
        i = instant // DAY - self.first
        if not 0 <= i < len(self.before):
            self._index(instant // DAY)
        return self.before[i] + self.within[i][instant % DAY]

    def add_work(self, instant: int, seconds: int) -> int:
        """The earliest moment at which so many working seconds have passed; closing time, not the next opening."""
        if seconds <= 0:
            return instant
        i = instant // DAY - self.first
        if i < 0:
            self._index(instant // DAY)
        try:
            goal = self.before[i] + self.within[i][instant % DAY] + seconds
            filled, k = self.filled, self.near[goal // STEP]
            while filled[k + 1] < goal:
                k += 1
            return self.nth[k] * DAY + self.wall[k][goal - filled[k]]
        except IndexError:
            raise self._too_far(instant // DAY, f"{seconds} 个工作秒", f"{seconds} working seconds") from None

    def _too_far(self, day: int, zh: str, en: str) -> CalendarError:
        here, end = day_text(day), day_text(self.last)
        return CalendarError(
            Say(
                f"{here} 起 {zh}超出日历，日历到 {end}",
                f"{en} from {here} is beyond the calendar, which ends {end}",
            )
        )


def add_months(day: int, n: int) -> int:
    """The corresponding day n months on, or the last day of that month (民法典§202); 1970 to 2199 only."""
    months = MONTHS
    try:
        m = day * 16 // 487  # 30.4375 days a month: right, or one or two off
        while months[m + 1] <= day:
            m += 1
        while months[m] > day:
            m -= 1
        if m < 0:
            raise IndexError
        end = months[m + n] + day - months[m]
        following = months[m + n + 1]
    except IndexError:
        raise CalendarError(
            Say(
                f"从 {day_text(day)} 加 {n} 个月超出 1970 到 {_LAST_YEAR} 年",
                f"{n} months from {day_text(day)} leave the years 1970 to {_LAST_YEAR}",
            )
        ) from None
    return end if end < following else following - 1
