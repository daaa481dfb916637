"""``bihuan fsck`` and ``bihuan worker``."""

import typer

from bihuan.config.cli.database import ready_django

SHOWN = 200


def fsck(
    fix: bool = typer.Option(False, "--fix", help="Recompute wrong projections; events are never touched."),
) -> None:
    """Recompute every case, certificate, published score and month from the events, and tickets and ratings from their rows; print what differs and fail if anything does."""
    with ready_django():
        from bihuan.assess.fsck import check as check_months
        from bihuan.cases import actions
        from bihuan.cases.certified import check_certificates
        from bihuan.cases.edge import to_instant
        from bihuan.cases.fsck import Tally, check
        from bihuan.cases.project import Projection
        from bihuan.config.now import now
        from bihuan.counters.fsck import check as check_counters
        from bihuan.ratings.fsck import check as check_ratings
        from bihuan.scores.fsck import check as check_scores

        tally, wrong, found = Tally(), dict[int, Projection](), 0
        for difference in check(to_instant(now()), tally, wrong):
            found += 1
            if found <= SHOWN:
                typer.echo(str(difference))
        if found > SHOWN:
            typer.echo(f"... and {found - SHOWN} more")
        typer.echo(
            f"{tally.cases} cases, {tally.events} events, {found} differences, "
            f"{tally.waiting} waiting for the worker"
        )
        if fix and wrong:
            typer.echo(f"{actions.repair(wrong)} projections recomputed")
            found = sum(1 for _ in check(to_instant(now()), Tally()))
        if fix:
            typer.echo(f"{actions.issue_missing()} certificates issued that were missing")
        certificates = [str(one) for one in check_certificates()]
        for line in certificates[:SHOWN]:
            typer.echo(line)
        typer.echo(f"certificates: {len(certificates)} differences")
        scores = [str(one) for one in check_scores()]
        for line in scores[:SHOWN]:
            typer.echo(line)
        typer.echo(f"published scores: {len(scores)} differences")
        months = [str(one) for one in check_months()]
        for line in months[:SHOWN]:
            typer.echo(line)
        typer.echo(f"published months: {len(months)} differences")
        counters = [str(one) for one in check_counters()]
        for line in counters[:SHOWN]:
            typer.echo(line)
        typer.echo(f"bookings and tickets: {len(counters)} differences")
        ratings = [str(one) for one in check_ratings()]
        for line in ratings[:SHOWN]:
            typer.echo(line)
        typer.echo(f"ratings: {len(ratings)} differences")
        if found or certificates or scores or months or counters or ratings:
            raise typer.Exit(1)


def redate() -> None:
    """After the calendar of a new year is in the lines: recompute provisional dates; each change is an event."""
    with ready_django():
        from bihuan.cases import actions
        from bihuan.config.now import now

        typer.echo(f"{actions.redate(now())} dates changed")


def readings() -> None:
    """Carry the figures of published years into the indicators as computed readings."""
    with ready_django():
        from bihuan.config.figures import carry_all
        from bihuan.config.now import now

        typer.echo(f"{carry_all(now())} computed readings")


def worker(
    once: bool = typer.Option(False, help="Do what is waiting and stop."),
) -> None:
    """Run jobs and let clocks act, until stopped."""
    with ready_django():
        run_worker(once)


def run_worker(once: bool = False) -> None:
    """Run the worker; for use inside ``ready_django()``."""
    from django.core.management import call_command

    from bihuan.cases import actions
    from bihuan.config.now import now

    for work in (actions.tick, actions.write_owed):  # what waited while nobody ran: oldest first
        while work(now(), 500) == 500:
            pass
    options = {"wait": not once, "concurrency": 1, "delete_jobs": "successful", "listen_notify": True}
    call_command("procrastinate", "worker", **options)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(fsck)
    app.command()(redate)
    app.command()(readings)
    app.command()(worker)
