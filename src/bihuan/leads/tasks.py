"""Every night signals are looked for, over more than a month, so that what is rare still adds up."""

from __future__ import annotations

from procrastinate.contrib.django import app

NIGHTS = 35
FRESH = 3  # days of pictures to compare: older ones were, and a night may have been missed


@app.periodic(cron="40 3 * * *")
@app.task(queue="figures", queueing_lock="look_for_signals", pass_context=False)
def look_for_signals(timestamp: int) -> int:
    """Keep the leads that show a case not shown before; how many."""
    from bihuan.cases.edge import OFFSET
    from bihuan.core.time.instant import DAY
    from bihuan.leads.actions import look

    now = timestamp + OFFSET
    return look(now - NIGHTS * DAY, now, now, pictures_since=now - FRESH * DAY)
