"""``bihuan subjects`` and ``bihuan businesses``: registers brought up to date from a table, by a named person."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bihuan.config.cli.database import ready_django

File = Annotated[Path, typer.Argument(help="CSV or .xlsx", exists=True, dir_okay=False)]
By = Annotated[str, typer.Option("--by", help="user name of who records it")]


def subjects(file: File, by: By) -> None:
    """Record the good rows of FILE in the name of a person; the bad ones are listed, and then the exit status is 1."""
    with ready_django():
        from bihuan.subjects.actions import record_subjects
        from bihuan.subjects.table import read_file

        _record(file, by, read_file, record_subjects)


def businesses(file: File, by: By) -> None:
    """The same for the register of businesses that are inspected: kinds, head office, closing, until when it counts."""
    with ready_django():
        from bihuan.inspections.actions import record_businesses
        from bihuan.inspections.registers import read_businesses

        _record(file, by, read_businesses, record_businesses)


def _record(file: Path, by: str, read: Callable[[str, bytes], Any], record: Callable[..., object]) -> None:
    from bihuan.config.now import now
    from bihuan.core.table import Unreadable
    from bihuan.people.models import Person

    if not Person.objects.filter(username=by, is_active=True).exists():
        raise typer.BadParameter(f"没有账号 / no account {by!r}")
    try:
        found = read(file.name, file.read_bytes())
    except Unreadable as error:
        raise typer.BadParameter(f"{error.say} | {error.say.en}") from error
    typer.echo(str(record(found.good, by=by, at=now())))
    for line, code, why in found.bad:
        typer.echo(f"{file.name}:{line} {code}: {why} | {why.en}", err=True)
    if found.bad:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(subjects)
    app.command()(businesses)
