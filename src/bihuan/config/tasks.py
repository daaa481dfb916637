"""Jobs that need more than one part of the product: `bihuan worker` finds them here (PROCRASTINATE_IMPORT_PATHS)."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="5,35 * * * *")
@app.task(queue="clocks", queueing_lock="remind_nodes", pass_context=False)
def remind_nodes(timestamp: int) -> int:
    """Remind of the quarterly nodes that come up, in office hours; each once, so that looking again costs nothing."""
    from bihuan.cases.edge import OFFSET
    from bihuan.targets import actions

    return actions.remind_nodes(timestamp + OFFSET)


@app.task(name="carry_readings", queue="figures")
def carry_readings(publication: int) -> int:
    """The figures of a year or month that was published become computed readings; how many, none where a newer version is out."""
    from bihuan.config.figures import carry
    from bihuan.config.now import now
    from bihuan.scores import queries

    one = queries.publication(publication)
    newest = queries.versions(one.scheme, one.year, one.month)[0]
    return carry(one, now()) if newest.pk == one.pk else 0


@app.periodic(cron="*/5 * * * *")
@app.task(name="tell_things", queue="figures", queueing_lock="tell_things")
def tell_things(timestamp: int) -> int:
    """Tell the summary that months are counted from; how many cases had something new."""
    from bihuan.assess.actions.telling import tell
    from bihuan.cases.edge import OFFSET

    return tell(timestamp + OFFSET)


@app.periodic(cron="5 16 * * *")  # 00:05 in the district
@app.task(name="close_audit_days", queue="figures", queueing_lock="close_audit_days")
def close_audit_days(timestamp: int) -> int:
    """Put the digest of the audit rows of each day that is over into the public record; how many days."""
    from bihuan.config.now import now
    from bihuan.record.actions import close_days

    return close_days(now())


@app.periodic(cron="10 16 * * *")  # 00:10 in the district
@app.task(name="release_open_data", queue="figures", queueing_lock="release_open_data")
def release_open_data(timestamp: int) -> bool:
    """Keep the open data of the day as files and put their digests into the public record; False where it was done."""
    from bihuan.config.now import now
    from bihuan.config.settings import HOME, PUBLIC_ADDRESS
    from bihuan.targets.actions.release import release_day

    moment = now()
    return release_day(HOME, moment.date(), moment, lambda path: PUBLIC_ADDRESS + path)


@app.periodic(cron="20 18 * * *")  # 02:20 in the district
@app.task(name="watch_record", queue="figures", queueing_lock="watch_record")
def watch_record(timestamp: int) -> int:
    """Read the whole public record and every event again; how much no longer fits."""
    from bihuan.cases.sealed import watch
    from bihuan.config import telling
    from bihuan.config.now import now
    from bihuan.config.settings import HOME

    return watch(HOME, now(), also=telling.check()).wrong


@app.periodic(cron="17 * * * *")
@app.task(name="sweep_drafts", queue="clocks", queueing_lock="sweep_drafts")
def sweep_drafts(timestamp: int) -> int:
    """Forget drafts whose thirty days are over, files too; how many."""
    from bihuan.cases.edge import OFFSET, to_datetime
    from bihuan.residents import actions

    return actions.sweep_drafts(to_datetime(timestamp + OFFSET))


@app.periodic(cron="*/10 * * * *")
@app.task(name="carry_out_deletions", queue="clocks", queueing_lock="carry_out_deletions")
def carry_out_deletions(timestamp: int) -> int:
    """Delete what was decided to be deleted; how many cases."""
    from bihuan.cases.edge import OFFSET
    from bihuan.deletions import actions

    return actions.carry_out(timestamp + OFFSET).deleted


@app.periodic(cron="10 19 * * *")  # 03:10 in the district
@app.task(name="end_keeping", queue="figures", queueing_lock="end_keeping")
def end_keeping(timestamp: int) -> int:
    """Delete what was kept as long as the table says, or ask for it to be appraised; how many cases were deleted."""
    from bihuan.cases.edge import OFFSET
    from bihuan.deletions import actions

    return actions.end_keeping(timestamp + OFFSET).deleted
