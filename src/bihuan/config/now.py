"""The one place that reads the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment as an aware datetime in Asia/Shanghai."""
    return datetime.now(SHANGHAI)
