"""``bihuan keys``: keys with which other programs file reports over Open311."""

import typer

from bihuan.config.cli.database import ready_django

keys = typer.Typer(no_args_is_help=True, help="Keys with which other programs file reports.")


@keys.command()
def issue(name: str, contact: str) -> None:
    """Give a program a key; it is shown this once."""
    with ready_django():
        from bihuan.config.now import now
        from bihuan.people import actions

        try:
            typer.echo(actions.issue_key(name, contact, now().date()))
        except ValueError as why:
            raise typer.BadParameter(str(why)) from why


@keys.command()
def end(name: str) -> None:
    """End a program's key from today on."""
    with ready_django():
        from bihuan.config.now import now
        from bihuan.people import actions

        try:
            actions.end_key(name, now().date())
        except ValueError as why:
            raise typer.BadParameter(str(why)) from why


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.add_typer(keys, name="keys")
