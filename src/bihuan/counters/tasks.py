"""Every night the slots of one more day are opened."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="20 4 * * *")
@app.task(queue="figures", queueing_lock="open_slots", pass_context=False)
def open_slots(timestamp: int) -> int:
    """Open the slots of the coming days that are not open yet; how many."""
    from bihuan.cases.edge import OFFSET
    from bihuan.counters import actions

    return actions.open_slots(timestamp + OFFSET)
