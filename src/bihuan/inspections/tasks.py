"""Every night signals are looked for in the inspections of three years: the same two again and again take that long."""

from __future__ import annotations

from procrastinate.contrib.django import app

NIGHTS = 1100


@app.periodic(cron="55 3 * * *")
@app.task(queue="figures", queueing_lock="look_at_inspections", pass_context=False)
def look_at_inspections(timestamp: int) -> int:
    """Keep the leads that show an inspection not shown before; how many."""
    from bihuan.cases.edge import OFFSET
    from bihuan.core.time.instant import DAY
    from bihuan.inspections.actions import look

    now = timestamp + OFFSET
    return look(now - NIGHTS * DAY, now, now)
