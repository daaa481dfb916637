"""Every night fines that look split are looked for among those of a year."""

from __future__ import annotations

from procrastinate.contrib.django import app

NIGHTS = 366


@app.periodic(cron="5 4 * * *")
@app.task(queue="figures", queueing_lock="look_at_penalties", pass_context=False)
def look_at_penalties(timestamp: int) -> int:
    """Keep the leads that show a penalty not shown before; how many."""
    from bihuan.cases.edge import OFFSET
    from bihuan.core.time.instant import DAY
    from bihuan.penalties.actions import look

    now = timestamp + OFFSET
    return look(now - NIGHTS * DAY, now, now)
