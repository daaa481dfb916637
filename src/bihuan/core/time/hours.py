"""Office hours of a day, and the two tables that answer for any second of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bihuan.core.say import Say
from bihuan.core.time.instant import DAY

Sessions = tuple[tuple[int, int], ...]  # (from, to) in seconds of the day


class CalendarError(ValueError):
    """A day or hours the calendar does not know or cannot take; `reason` is the sentence."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours from one day on, until the next row."""

    since: int
    sessions: Sessions


def check_sessions(sessions: Sessions) -> None:
    """Sessions must be there, in order, apart and within one day; CalendarError otherwise."""
    if not sessions:
        raise CalendarError(Say("办公时间里没有一个时段", "office hours without a session"))
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


@lru_cache(maxsize=64)
def second_tables(sessions: Sessions) -> tuple[array[int], array[int]]:
    """(worked, wall): working seconds before each second of the day; the earliest second with so many worked."""
    worked: list[Iterable[int]] = []
    wall: list[Iterable[int]] = [(0,)]
    at = done = 0
    for a, b in sessions:
        worked += [(done,) * (a - at), range(done, done + b - a)]
        wall.append(range(a + 1, b + 1))
        at, done = b, done + b - a
    worked.append((done,) * (DAY - at))
    return array("i", chain(*worked)), array("i", chain(*wall))
