"""``bihuan signals``."""

from datetime import timedelta

import typer

from bihuan.config.cli.database import ready_django


def signals(
    since: str = typer.Option("", help="First day, as 2026-10-01; thirty days back if left out."),
    until: str = typer.Option("", help="The day after the last; now if left out."),
    keep: bool = typer.Option(False, "--keep", help="Put what is new before the supervision office."),
) -> None:
    """Look for what does not look like honest work; print the leads, the heaviest first."""
    with ready_django():
        from bihuan.cases import signals as looking
        from bihuan.cases.edge import to_instant
        from bihuan.config.now import now
        from bihuan.core.time.instant import DAY, day
        from bihuan.inspections import actions as inspections
        from bihuan.leads import actions
        from bihuan.penalties import actions as penalties
        from bihuan.ratings import actions as ratings

        end = day(until) * DAY if until else to_instant(now())
        start = day(since) * DAY if since else end - int(timedelta(days=30).total_seconds())
        if keep:
            kept = sum(each.look(start, end, now()) for each in (actions, ratings, inspections, penalties))
            typer.echo(f"{kept} leads kept")
            return
        for code in looking.watched(now()):
            for one in looking.signals(code, start, end):
                typer.echo(
                    f"{one.weight:3} {one.signal}/{one.version} {one.say} [{', '.join(one.cases[:5])}]"
                )


def add_to(app: typer.Typer) -> None:
    """Register the command of this file."""
    app.command()(signals)
