"""Wrong codes are counted by where they come from, so that nobody guesses one."""

from __future__ import annotations

from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.models import Miss
from bihuan.cases.shapes import TooMany
from bihuan.core.say import Say

MISSES, WINDOW = 10, 15 * 60  # wrong codes from one source, seconds


def want_patience(source: str, at: int) -> None:
    """TooMany after ten wrong codes from one source within a quarter of an hour."""
    row = Miss.objects.filter(source=source[:64]).first()
    if row is None or row.count < MISSES or at - to_instant(row.since) >= WINDOW:
        return
    minutes = max(1, -(-(to_instant(row.since) + WINDOW - at) // 60))
    raise TooMany(
        Say(
            f"查询码错误次数过多,请 {minutes} 分钟后再试",
            f"Too many wrong codes; try again in {minutes} minutes",
        )
    )


def count_miss(source: str, at: int) -> None:
    """One more wrong code from this source."""
    row = Miss.objects.filter(source=source[:64]).first()
    recent = row is not None and at - to_instant(row.since) < WINDOW
    Miss.objects.update_or_create(
        source=source[:64],
        defaults={"count": row.count + 1, "since": row.since} if row is not None and recent
        else {"count": 1, "since": to_datetime(at)},
    )  # fmt: skip
