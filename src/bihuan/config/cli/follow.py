"""``bihuan report follow``: what each report of a place promised, and what the report after says of it."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.box import HORIZONTALS
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bihuan.config.cli.report import app, fail, files_of, in_parallel, open_report
from bihuan.core.report import NotAReport, read
from bihuan.core.report.follow import TITLES, Followed, Following, Report, Statement, by_kind, follow
from bihuan.core.report.follow.grid import grid
from bihuan.core.report.follow.jsonable import as_dict
from bihuan.core.report.follow.met import table
from bihuan.core.report.follow.page import page
from bihuan.core.report.follow.shown import (
    MARKS,
    RATED,
    answered,
    by_year,
    counts,
    cut,
    finding,
    missing,
    rows,
    said,
    title,
    waiting,
)
from bihuan.core.say import Say

STYLES = {"kept": "green", "partly": "yellow", "not": "red", "base_changed": "magenta"}
LISTED = (*RATED, "base_changed")  # what is printed without --all
WIDE = 100  # columns, where the output is no terminal
WORDS = {
    "year": Say("年份", "Year"), "promised": Say("承诺", "Promised"), "told": Say("次年怎么说", "What the next report says"),
    "dropped": Say("{}年承诺、次年不再提起：", "Promised for {}, silently dropped: "),
    "more": Say("加 --all 列出全部", "--all lists everything"),
    "clash": Say("前后说法不一", "Statements that differ"),
}  # fmt: skip


@app.command("follow")
def follow_command(
    folder: Annotated[
        Path, typer.Argument(help="A folder with the reports of one place.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(help="Write the drawn page (.html) or the grid alone (.svg).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    english: Annotated[bool, typer.Option("--english", help="Print and draw in English.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List refused comparisons and dropped promises too.")
    ] = False,
    met: Annotated[
        bool,
        typer.Option(
            "--met", help="Count how often goals were met, by kind, as CSV; several places are fine."
        ),
    ] = False,
) -> None:
    """Follow promises over years: what report N promised, what report N+1 says of it; 2 where a file is no report."""
    if not folder.is_dir():
        fail(f"{folder}：不是文件夹", "not a folder")
    if out and out.suffix not in (".html", ".svg"):
        fail(f"{out}：只能写成 .html 或 .svg", "only .html or .svg can be written")
    places, status = _places(folder)
    if met:
        count = sum(map(len, places.values()))
        source = f"{count} reports of {len(places)} places"
        typer.echo(table(by_kind(follow(reports) for reports in places.values()), source), nl=False)
        raise typer.Exit(status)
    if len(places) != 1:
        fail(
            f"{folder}：须是同一个地方的报告，这里有：{'、'.join(places) or '无'}",
            "the reports must be of one place",
        )
    found = follow(next(iter(places.values())))
    if as_json:
        typer.echo(json.dumps(as_dict(found), ensure_ascii=False, indent=1))
    else:
        show(found, english, every)
    if out:
        drawn = grid(found, english) if out.suffix == ".svg" else page(found, english)
        out.write_text(drawn, encoding="utf-8")
    raise typer.Exit(status)


def _places(folder: Path) -> tuple[dict[str, list[Report]], int]:
    """Reports by place, and 2 where a file of the folder is none."""
    places: dict[str, list[Report]] = defaultdict(list)
    status = 0
    for file, answer in zip(files_of(folder), in_parallel(_read, files_of(folder)), strict=True):
        if isinstance(answer, Say):
            typer.echo(f"{file}：{answer}\n{answer.en}", err=True)
            status = 2
        else:
            places[answer.place].append(answer)
    return dict(sorted(places.items())), status


def _read(file: Path) -> Report | Say:
    try:
        text = open_report(file).text
        reading = read(text)
    except NotAReport as error:
        return error.say
    if reading.meta.plan_year is None:
        return Say("看不出是哪一年的报告", "the year of the report is not stated")
    return Report(file.name, reading.meta.region, reading.meta.plan_year, text, reading)


def show(found: Following, english: bool, every: bool) -> None:
    """Print the finding, the grid and the pairs, at most as wide as the terminal."""
    console = Console() if Console().is_terminal else Console(width=WIDE)
    console.print(f"[bold]{escape(said(title(found), english))}[/]\n{escape(said(finding(found), english))}")
    for gap in (missing(found), waiting(found)):
        if gap:
            console.print(said(gap, english))
    console.print(" · ".join(f"{MARKS[v]} {said(TITLES[v], english)} {n}" for v, n in counts(found).items()))
    console.print(_grid(found))
    for year, pairs in by_year(found.pairs).items():
        listed = [pair for pair in pairs if every or pair.verdict in LISTED]
        if listed:
            console.print(_pairs(year, listed, english))
        dropped = [pair.promise.printed for pair in pairs if pair.verdict == "dropped"]
        if dropped and not every:
            head = said(WORDS["dropped"], english).format(year)
            console.print(
                f"[dim]{head}{escape('、'.join(dropped[:8]))}{'…' if len(dropped) > 8 else ''} ({len(dropped)})[/]"
            )
    for clash in found.conflicts:
        console.print(f"[yellow]{said(WORDS['clash'], english)}[/] {escape(said(clash.reason, english))}")
    if not every:
        console.print(f"[dim]{said(WORDS['more'], english)}[/]")


def _grid(found: Following) -> Table:
    out = Table("", *map(str, answered(found)), box=None, pad_edge=False)
    for name, years in rows(found).items():
        out.add_row(name[:22], *(_mark(years[year]) if year in years else "" for year in answered(found)))
    return out


def _mark(pair: Followed) -> str:
    return f"[{STYLES.get(pair.verdict, 'dim')}]{MARKS[pair.verdict]}[/]"


def _pairs(year: int, pairs: list[Followed], english: bool) -> Table:
    """One table a year; every row has the words around both figures and the verdict with its reason."""
    out = Table(title=f"[bold]{year}[/]", title_justify="left", show_lines=True, expand=True, box=HORIZONTALS)
    out.add_column("", width=26, overflow="fold")
    out.add_column(said(WORDS["promised"], english), ratio=1, overflow="fold")
    out.add_column(said(WORDS["told"], english), ratio=1, overflow="fold")
    for pair in pairs:
        style = STYLES.get(pair.verdict, "dim")
        verdict = f"[{style}]{MARKS[pair.verdict]} {said(TITLES[pair.verdict], english)}[/]"
        why = f"{escape(pair.promise.printed)}\n{verdict}\n[dim]{escape(said(pair.reason, english))}[/]"
        out.add_row(why, _words(pair.promise), _words(pair.answer) if pair.answer else "—")
    return out


def _words(one: Statement) -> str:
    left, mark, right = map(escape, cut(one))
    return f"{left}[bold]{mark}[/]{right}\n[dim]{escape(one.report)} {one.span[0]}[/]"


def add_to(parent: typer.Typer) -> None:
    """The command joins `report` where it is defined: nothing to add."""
