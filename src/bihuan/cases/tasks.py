"""Jobs: rows in the same transaction as the event that asks for them, run by `bihuan worker`."""

from __future__ import annotations

from procrastinate.contrib.django import app

BATCH, MOST = 200, 10_000  # cases looked at in one go, and in one run of the task


@app.task(queue="letters", retry=5)
def write_letters(case_id: int, seq: int) -> int:
    """Write the letters that go out with one event; how many."""
    from bihuan.cases import actions

    return actions.write_letters(case_id, seq)


@app.periodic(cron="* * * * * */5")
@app.task(queue="clocks", queueing_lock="tick", pass_context=False)
def tick(timestamp: int) -> int:
    """Let clocks act; `timestamp` is the moment (Unix seconds) for which the task was planned."""
    from bihuan.cases import actions
    from bihuan.cases.edge import OFFSET

    done = 0
    while (some := actions.tick(timestamp + OFFSET, BATCH)) and done < MOST:
        done += some
        if some < BATCH:
            break
    return done
