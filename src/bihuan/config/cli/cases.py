"""``bihuan fsck`` and ``bihuan worker``."""

from collections.abc import Iterable

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

        tally, wrong = Tally(), dict[int, Projection]()
        found = tell(check(to_instant(now()), tally, wrong))
        typer.echo(
            f"{tally.cases} cases, {tally.events} events, {found} differences, "
            f"{tally.waiting} waiting for the worker"
        )
        if fix and wrong:
            typer.echo(f"{actions.repair(wrong)} projections recomputed")
            found = sum(1 for _ in check(to_instant(now()), Tally()))
        if fix:
            typer.echo(f"{actions.issue_missing()} certificates issued that were missing")
        for what, check_it in (
            ("certificates", check_certificates),
            ("published scores", check_scores),
            ("published months", check_months),
            ("bookings and tickets", check_counters),
            ("ratings", check_ratings),
        ):
            more = tell(check_it())
            typer.echo(f"{what}: {more} differences")
            found += more
        if found:
            raise typer.Exit(1)


def tell(differences: Iterable[object]) -> int:
    """Print the first of them; how many there are."""
    found = 0
    for found, difference in enumerate(differences, 1):
        if found <= SHOWN:
            typer.echo(str(difference))
    if found > SHOWN:
        typer.echo(f"... and {found - SHOWN} more")
    return found


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

    for work in (
        actions.tick,
        actions.write_owed,
        actions.develop,
    ):  # what waited while nobody ran: oldest first
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
