"""``bihuan subjects``: the register of organisations brought up to date from a table, by a named person."""

from pathlib import Path
from typing import Annotated

import typer

from bihuan.config.cli.database import ready_django


def subjects(
    file: Annotated[Path, typer.Argument(help="CSV or .xlsx", exists=True, dir_okay=False)],
    by: Annotated[str, typer.Option("--by", help="user name of who records it")],
) -> None:
    """Record the good rows of FILE in the name of a person; the bad ones are listed, and then the exit status is 1."""
    with ready_django():
        from bihuan.config.now import now
        from bihuan.core.table import Unreadable
        from bihuan.people.models import Person
        from bihuan.subjects import actions
        from bihuan.subjects.table import read_file

        if not Person.objects.filter(username=by, is_active=True).exists():
            raise typer.BadParameter(f"没有账号 / no account {by!r}")
        try:
            found = read_file(file.name, file.read_bytes())
        except Unreadable as error:
            raise typer.BadParameter(f"{error.say} | {error.say.en}") from error
        typer.echo(str(actions.record_subjects(found.good, by=by, at=now())))
        for line, code, why in found.bad:
            typer.echo(f"{file.name}:{line} {code}: {why} | {why.en}", err=True)
        if found.bad:
            raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the command of this file."""
    app.command()(subjects)
