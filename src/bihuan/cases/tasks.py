"""Jobs: rows in the same transaction as the event that asks for them, run by `bihuan worker`."""

from __future__ import annotations

from procrastinate import JobContext, builtin_tasks
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


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clocks", queueing_lock="retry_stalled")
async def retry_stalled(timestamp: int) -> None:
    """Give jobs of a worker that was killed to the next one."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="15 4 * * *")
@app.task(queue="clocks", queueing_lock="forget_done", pass_context=True)
async def forget_done(context: JobContext, timestamp: int) -> None:
    """Delete finished jobs after a day; failed ones stay until somebody has looked at them."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24, remove_failed=False)
