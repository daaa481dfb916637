"""Nonces close by the clock: whoever did not open is named within the minute; reports of published draws follow."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queue="clocks", queueing_lock="close_draws", pass_context=False)
def close_draws(timestamp: int) -> int:
    """Close every draw whose moment is over; how many."""
    from bihuan.cases.edge import OFFSET, to_datetime
    from bihuan.draws import actions

    return actions.close_due(to_datetime(timestamp + OFFSET))


@app.periodic(cron="* * * * *")
@app.task(queue="figures", queueing_lock="report_draws", pass_context=False)
def report_draws(timestamp: int) -> int:
    """Make the fairness report of every published draw that has none; how many."""
    from bihuan.cases.edge import OFFSET, to_datetime
    from bihuan.draws import actions

    return actions.report_due(to_datetime(timestamp + OFFSET))
