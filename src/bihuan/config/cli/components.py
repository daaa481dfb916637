"""``bihuan components``: the register of components brought up to date from a table of any size."""

from pathlib import Path
from typing import Annotated

import typer

from bihuan.config.cli.database import ready_django

SHOWN = 50


def components(
    file: Annotated[Path, typer.Argument(help="CSV, .xlsx or GeoJSON", exists=True, dir_okay=False)],
    look: Annotated[bool, typer.Option("--look", help="say what would change, record nothing")] = False,
) -> None:
    """Record the good rows of FILE; the bad ones are listed, and then the exit status is 1."""
    with ready_django():
        from bihuan.cases.edge import day_of
        from bihuan.config.now import now
        from bihuan.core.table import Unreadable
        from bihuan.people import queries as people
        from bihuan.places import actions, queries
        from bihuan.places.register import kinds_on, read_file

        names = people.unit_names()
        units = {zh: code for code, (zh, _) in names.items()} | {code: code for code in names}
        at = now()
        try:
            sheet = read_file(file.name, file.read_bytes(), kinds_on(day_of(at)), units, queries.tiling())
        except Unreadable as error:
            raise typer.BadParameter(f"{error.say} | {error.say.en}") from error
        if look:
            found = queries.compare(sheet.good)
            typer.echo(f"+{len(found.fresh)} ~{len(found.changed)} ={found.same}")
        else:
            typer.echo(str(actions.record_components(sheet.good, by="", at=at)))
        for bad in sheet.bad[:SHOWN]:
            typer.echo(
                f"{file.name}:{bad.line} {bad.code}: {'; '.join(str(say) for _, say in bad.faults)}", err=True
            )
        if sheet.bad:
            typer.echo(f"{len(sheet.bad)} 行不能收 / rows refused", err=True)
            raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the command of this file."""
    app.command()(components)
