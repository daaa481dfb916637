"""Turns instants of the core (whole seconds of local time, +08:00) into aware datetimes and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

OFFSET = 8 * 3600
LOCAL = timezone(timedelta(seconds=OFFSET), "Asia/Shanghai")
EPOCH = date(1970, 1, 1)


def to_instant(moment: datetime | int) -> int:
    """Whole local seconds of an aware datetime; a fraction is cut off; an int is taken as it is."""
    if isinstance(moment, int):
        return moment
    if moment.tzinfo is None:
        raise ValueError("naive datetime: the edge needs an aware one")
    return int(moment.timestamp() // 1) + OFFSET


def to_datetime(instant: int) -> datetime:
    """The aware datetime (+08:00) of an instant."""
    return datetime.fromtimestamp(instant - OFFSET, LOCAL)


def to_utc(instant: int) -> datetime:
    """The same in UTC, as Django returns it from the database."""
    return datetime.fromtimestamp(instant - OFFSET, UTC)


def maybe_datetime(instant: int | None) -> datetime | None:
    return None if instant is None else to_datetime(instant)


def day_of(moment: datetime | int) -> int:
    """Days since 1970-01-01 of the local day."""
    return to_instant(moment) // 86400


def to_date(day: int) -> date:
    """The calendar date of a core day."""
    return EPOCH + timedelta(days=day)


def to_day(value: date | int | None) -> Any:
    """A core day of a date; None stays None."""
    return value if value is None or isinstance(value, int) else (value - EPOCH).days
