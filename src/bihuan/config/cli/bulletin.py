"""``bihuan bulletin YYYY-MM [--pdf FILE]``: the published month in a few lines, or as the printed 通报."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from bihuan.config.cli.database import ready_django

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def bulletin(
    month: str = typer.Argument(help="the month, such as 2026-10"),
    pdf: str = typer.Option("", help="write the printed bulletin to this file"),
) -> None:
    """Show the bulletin of a published month, or write it as a PDF."""
    match = MONTH.fullmatch(month)
    if not match:
        typer.echo(f"“{month}”不是月份，写成 2026-10 这样 / not a month", err=True)
        raise typer.Exit(2)
    with ready_django():
        from bihuan.assess import bulletin as told
        from bihuan.assess import queries, typeset
        from bihuan.papers.fonts import NoFont

        try:
            release = queries.release(int(match[1]), int(match[2]))
        except queries.NoSuchMonth:
            typer.echo(f"{month} 还没有公布 / is not public", err=True)
            raise typer.Exit(1) from None
        if not pdf:
            found = told.bulletin(release.month, release)
            for one in found.whole:
                typer.echo(f"{one.item.of.title}\t{one.k}/{one.n}\t剔除 {one.left_out}\t{one.words}")
            typer.echo(f"摘要 {release.digest}")
            return
        try:
            Path(pdf).write_bytes(typeset.pdf(release))
        except NoFont as missing:
            typer.echo(str(missing), err=True)
            raise typer.Exit(1) from None
        typer.echo(pdf)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(bulletin)
