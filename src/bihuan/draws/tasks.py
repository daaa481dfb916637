"""Nonces close by the clock: whoever did not open is named within the minute."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queue="clocks", queueing_lock="close_draws", pass_context=False)
def close_draws(timestamp: int) -> int:
    """Close every draw whose moment is over; how many."""
    from bihuan.cases.edge import OFFSET, to_datetime
    from bihuan.draws import actions

    return actions.close_due(to_datetime(timestamp + OFFSET))
