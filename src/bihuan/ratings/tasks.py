"""Every night signals are looked for in the ratings, and the keys of their digests are thrown away."""

from __future__ import annotations

from procrastinate.contrib.django import app

NIGHTS = 35


@app.periodic(cron="50 3 * * *")
@app.task(queue="figures", queueing_lock="look_at_ratings", pass_context=False)
def look_at_ratings(timestamp: int) -> int:
    """Keep the leads that show a rating not shown before; how many."""
    from bihuan.cases.edge import OFFSET
    from bihuan.core.time.instant import DAY
    from bihuan.ratings.actions import look, throw_keys_away

    now = timestamp + OFFSET
    throw_keys_away(now)
    return look(now - NIGHTS * DAY, now, now)
