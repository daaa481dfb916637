"""``bihuan simulate``: an invented district's life, for trying out, for finding cheats, and for load."""

from __future__ import annotations

import time

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PASSWORD = "simulated-district"  # an invented district, never one with real people


def simulate(
    bulk: int = typer.Option(0, help="write so many cases by COPY instead of act by act"),
    seed: int = typer.Option(1, help="the same seed gives the same events"),
) -> None:
    """Fill an empty district with invented people and cases; refused where anything is real."""
    from bihuan.config.cli.database import apply_migrations, ready_django
    from bihuan.config.cli.load import load_all

    console = Console()
    with ready_django():
        apply_migrations(verbosity=0)
        from bihuan.cases.edge import to_instant
        from bihuan.config.now import now
        from bihuan.config.simulate import actions
        from bihuan.config.simulate.bulk import fill

        load_all()
        try:
            actions.settle(PASSWORD)
        except actions.RealDistrict as real:
            console.print(f"[red]{real.say}[/red]\n{real.say.en}")
            raise typer.Exit(1) from None
        if not bulk:
            return
        begun = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            bar = progress.add_task("办件 / cases", total=bulk)
            done, events = fill(bulk, seed, to_instant(now()), lambda n, _events: progress.advance(bar, n))
        seconds = time.monotonic() - begun
        console.print(f"{done:,} 件、{events:,} 条流转记录，用时 {seconds:.0f} 秒 / cases, events, seconds")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(simulate)
