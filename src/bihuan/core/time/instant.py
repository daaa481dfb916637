"""Moments as whole seconds of local wall time since 1970-01-01 00:00, days as whole days since 1970-01-01."""

from __future__ import annotations

import re
from datetime import date, timedelta

DAY = 86_400
_EPOCH = date(1970, 1, 1)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?")


def day(text: str) -> int:
    """Read "2026-03-02" as a day number; ValueError where there is no such day."""
    return (date.fromisoformat(text) - _EPOCH).days


def day_text(number: int) -> str:
    """Write a day number as "2026-03-02"."""
    return (_EPOCH + timedelta(number)).isoformat()


def day_of(year: int, month: int, of_month: int) -> int:
    """The day number of a date of the calendar."""
    return date(year, month, of_month).toordinal() - 719_163


def ymd(number: int) -> tuple[int, int, int]:
    """Year, month and day of the month of a day number."""
    it = date.fromordinal(number + 719_163)
    return it.year, it.month, it.day


def weekday(number: int) -> int:
    """Monday is 0, Sunday is 6."""
    return (number + 3) % 7


def at(text: str) -> int:
    """Read "2026-03-02 10:00[:05]"; "24:00" is the last second of that day. ValueError on anything else."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(f"not a moment: {text!r}")
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if (hour, minute, second) == (24, 0, 0):
        return day(match[1]) * DAY + DAY - 1
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"not a moment: {text!r}")
    return day(match[1]) * DAY + hour * 3600 + minute * 60 + second


def text(instant: int) -> str:
    """Write a moment as "2026-03-02 10:00", with seconds only where there are any."""
    number, rest = divmod(instant, DAY)
    hour, rest = divmod(rest, 3600)
    minute, second = divmod(rest, 60)
    return f"{day_text(number)} {hour:02}:{minute:02}" + (f":{second:02}" if second else "")
