"""``bihuan items``: the catalogue of services brought up to date from a workbook, and written as one."""

from pathlib import Path
from typing import Annotated

import typer

from bihuan.config.cli.database import ready_django

SHOWN = 50

app = typer.Typer(no_args_is_help=True, help="Catalogue of powers and services 事项目录.")


@app.command("take")
def take(
    file: Annotated[Path, typer.Argument(help=".xlsx or CSV", exists=True, dir_okay=False)],
    look: Annotated[bool, typer.Option("--look", help="say what would change, record nothing")] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="entries of these tables that are not in FILE end")
    ] = False,
) -> None:
    """Record the good rows of FILE; the bad ones are listed, and then the exit status is 1."""
    with ready_django():
        from bihuan.cases.edge import day_of
        from bihuan.config.now import now
        from bihuan.core.items.read import read_tables
        from bihuan.core.table import Unreadable
        from bihuan.items import actions, queries
        from bihuan.items.sheet import read_workbook
        from bihuan.people import queries as people

        at = now()
        try:
            read = read_tables(
                read_workbook(file.name, file.read_bytes()), queries.around(day_of(at), people.unit_names())
            )
        except Unreadable as error:
            raise typer.BadParameter(f"{error.say} | {error.say.en}") from error
        if look:
            found = queries.compare(read.good)
            ends = len(found.missing) if whole else 0
            typer.echo(f"+{len(found.fresh)} ~{len(found.changed)} -{ends} ={found.same}")
        else:
            typer.echo(
                str(actions.record_entries(read.good, by="", at=at, source=file.name, whole=whole and not read.bad))
            )  # fmt: skip
        for bad in read.bad[:SHOWN]:
            typer.echo(f"{file.name} {actions.told(bad)}", err=True)
        if read.bad:
            typer.echo(f"{len(read.bad)} 行不能收 / rows refused", err=True)
            raise typer.Exit(1)


@app.command("write")
def write(file: Annotated[Path, typer.Argument(help="the .xlsx to write", dir_okay=False)]) -> None:
    """Write the catalogue in force to FILE, a sheet for each table."""
    with ready_django():
        from bihuan.items import queries
        from bihuan.items.book import book
        from bihuan.people import queries as people

        units = {code: zh for code, (zh, _) in people.unit_names().items()}
        file.write_bytes(book(queries.said_now(), units))


def add_to(parent: typer.Typer) -> None:
    """Register the commands of this file."""
    parent.add_typer(app, name="items")
