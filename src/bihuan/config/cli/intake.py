"""``bihuan report add`` and ``bihuan report read-again``: a report is kept; what another reader makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bihuan.config.cli.database import ready_django
from bihuan.config.cli.report import app as reports
from bihuan.config.cli.report import fail

if TYPE_CHECKING:
    from bihuan.targets.preview import Preview
    from bihuan.targets.reread import Change, Reread

CHANGES = (
    ("kept", "人确认过，照旧 kept as confirmed"), ("left_out", "与确认过的重叠，没有列入 overlaps what was confirmed"),
    ("changed", "读法变了 read otherwise"), ("added", "新读出 new"), ("gone", "不再读出 gone"),
)  # fmt: skip
SHOWN = 60  # characters of a mark or a value


@reports.command("add")
def add(
    file: Annotated[
        Path, typer.Argument(help="The report: text, Markdown, .html, .docx or .pdf.", show_default=False)
    ],
    place: Annotated[
        str, typer.Option(help="Whose report it is, 天津市南开区; as the reader finds it if not given.")
    ] = "",
    year: Annotated[
        int, typer.Option(help="The year in its title; as the reader finds it if not given.")
    ] = 0,
    source: Annotated[str, typer.Option(help="Where it comes from.")] = "",
    by: Annotated[str, typer.Option(help="Username of who adds it, of the supervision office.")] = "",
) -> None:
    """Keep a report with its file; the same one again changes nothing. Ends with 2 where it cannot be kept."""
    try:
        data = file.read_bytes()
    except OSError as error:
        fail(f"{file}：打不开：{error.strerror}", f"cannot be opened: {error.strerror}")
    with ready_django():
        from bihuan.cases.shapes import BadInput, Refused
        from bihuan.config.now import now
        from bihuan.targets import actions, texts
        from bihuan.targets.preview import preview

        try:
            seen = preview(data, file.name)
            where, when = _meant(seen, place, year, file)
            added = actions.add_file(data, file.name, where, when, source, _person(by), now())
        except BadInput as bad:
            fail(
                "\n".join(f"{file}：{say}" for _, say in bad.faults),
                "\n".join(say.en for _, say in bad.faults),
            )
        except Refused as refused:
            fail("\n".join(refused.reasons), "\n".join(say.en for say in refused.reasons))
        shelf = texts.shelf(added.report.pk)
        said = "早已录入 there already" if added.repeated else "已录入 added"
        typer.echo(f"{said}: {added.report.pk} {where} {when} {added.report.title}")
        counts = seen.counts
        typer.echo(
            f"目标 goals {counts['goal']} · 任务 tasks {counts['task']} · 数字 figures {counts['num']} · "
            f"名词 terms {counts['term']} · 存疑的数 doubtful numbers {len(seen.doubts)} · "
            f"对不上 checks {counts['check']} · 放在一边 set aside {len(seen.aside)}"
        )
        for other in shelf.others:
            found = texts.beside(other.pk, added.report.pk)
            typer.echo(
                f"同一年另有 {other.pk} 号：{len(found.figures)} 句数不同，{len(found.words)} 句文字不同；以哪份为准在工作台定\n"
                f"another text of that year, {other.pk}: {len(found.figures)} sentences differ in figures, "
                f"{len(found.words)} in words; decide on the desk which is in force"
            )


def _meant(seen: Preview, place: str, year: int, file: Path) -> tuple[str, int]:
    """Place and year as given, else as found; ends with 2 where neither says it."""
    if not (place or seen.place):
        fail(f"{file}：看不出是哪里的报告，请用 --place 写明", "its place is not stated: say it with --place")
    if not (year or seen.year):
        fail(f"{file}：看不出是哪一年的报告，请用 --year 写明", "its year is not stated: say it with --year")
    return place or seen.place, year or seen.year or 0


def _person(username: str) -> str | None:
    from bihuan.people.models import Person

    if not username:
        return None
    person = Person.objects.filter(username=username).first()
    if person is None:
        fail(f"没有用户“{username}”", f"there is no user {username!r}")
    return str(person.pk)


@reports.command("read-again")
def read_again(
    pk: Annotated[int, typer.Argument(help="Number of the report.", show_default=False)],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change and change nothing.")
    ] = False,
) -> None:
    """Read a kept report with this version of the reader and show what changes; what people confirmed stays."""
    with ready_django():
        from bihuan.cases.shapes import BadInput
        from bihuan.config.now import now
        from bihuan.targets import actions, texts

        try:
            report = texts.whole(pk)
        except texts.NoSuchText:
            there = "；".join(f"{s.report.pk} {s.report}" for s in texts.shelves()) or "没有报告"
            fail(f"没有 {pk} 号报告；有：{there}", f"there is no report {pk}")
        try:
            found = actions.would_change(report) if dry_run else actions.read_again(pk, now())
        except BadInput as bad:
            fail("\n".join(say for _, say in bad.faults), "\n".join(say.en for _, say in bad.faults))
        if found is None:
            typer.echo("读它的就是这个版本，没有变化 / read by this version already, nothing changes")
            return
        _show(found, str(report))
        if dry_run:
            typer.echo("只是看看，没有改动 / nothing was changed")


def _show(found: Reread, title: str) -> None:
    console = Console(width=None if Console().is_terminal else 150)
    table = Table("变化 change", "原文 text", "原来 was", "现在 is", title=title)
    for name, words in CHANGES:
        for one in getattr(found, name):
            table.add_row(words, escape(_short(one.text)), *_sides(one))
    console.print(table)
    for name, words in CHANGES:
        console.print(f"{words} {len(getattr(found, name))}")


def _sides(one: Change) -> tuple[str, str]:
    """The fields that differ, before and after; a span by its place."""
    return escape(_fields(one.old)), escape(_fields(one.new))


def _fields(facts: Any) -> str:
    return "\n".join(f"{name}: {_short(str(value))}" for name, value in facts.items() if name != "span")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def add_to(parent: typer.Typer) -> None:
    """The commands of this file join `bihuan report`, which is of the program already."""
