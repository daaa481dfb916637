"""What `bihuan worker` does: clocks act and owed letters are written every few seconds; jobs are looked after."""

from __future__ import annotations

from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

BATCH, MOST = 200, 10_000  # cases looked at in one go, and in one run of the task


@app.periodic(cron="* * * * * */5")
@app.task(queue="clocks", queueing_lock="tick", pass_context=False)
def tick(timestamp: int) -> int:
    """Let clocks act and write letters; `timestamp` is the moment (Unix seconds) for which the task was planned."""
    from bihuan.cases import actions
    from bihuan.cases.edge import OFFSET

    at, done = timestamp + OFFSET, 0
    for work in (actions.tick, actions.write_owed):
        while done < MOST:
            some = work(at, BATCH)
            done += some
            if some < BATCH:
                break
    return done


@app.periodic(cron="* * * * * 2/5")
@app.task(queue="clocks", queueing_lock="develop", pass_context=False)
def develop(timestamp: int) -> int:
    """Make copies and prints of the pictures that came; few at a time, so that no clock waits for them."""
    from bihuan.cases import actions
    from bihuan.cases.edge import OFFSET

    return actions.develop(timestamp + OFFSET)


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
