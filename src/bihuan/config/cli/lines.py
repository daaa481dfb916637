"""``bihuan lines check``: every line read, proved sound and run on its worked examples."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from bihuan import lines
from bihuan.core.case.example import examples
from bihuan.core.line.configurations import explore
from bihuan.core.line.folder import Line, LineError
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.instant import day_text

COLUMNS = (
    ("line\n条线", False),
    ("in force\n施行", False),
    ("states\n状态", True),
    ("actions\n操作", True),
    ("clocks\n时限", True),
    ("matters\n事项", True),
    ("configurations\n组合", True),
    ("examples\n例子", True),
    ("gaps\n缺口", True),
    ("verdict\n结论", False),
)
app = typer.Typer(no_args_is_help=True, help="The lines 条线: the law as folders.")
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", envvar="BIHUAN_LINES", help="The district's own folder of lines, added to ours."
    ),
]


@app.callback()
def about() -> None:
    """Say what the sub-commands are about; keeps `check` a command of its own."""


@app.command()
def check(folder: Folder = None) -> None:
    """Load all lines, run all their worked examples; stop with 1 at the first unsound line."""
    console = Console(width=None if Console().is_terminal else 150)
    table = Table(title="条线 / lines")
    for name, is_number in COLUMNS:
        table.add_column(name, justify="right" if is_number else "left", no_wrap=True)
    cal = lines.calendar()
    wrong: list[str] = []
    for line in _each(folder, console):
        results = examples(line, cal)
        wrong = [f"{title}: {difference}" for title, found in results for difference in found]
        table.add_row(*_row(line, wrong))
        if wrong:
            break
    console.print(table)
    if wrong:
        _fail(console, "worked examples that come out otherwise / 例子走出来不一样", wrong)
    console.print(f"{_days(cal)} · all sound 全部可用")


def _each(folder: Path | None, console: Console) -> list[Line]:
    """Every line of both folders, by code and version; an unsound one is told with all its faults."""
    try:
        lines.use(folder)
        return [line for versions in lines.all_lines().values() for line in versions.values()]
    except LineError as error:
        _fail(
            console,
            f"unsound line 不能用的条线: {error.folder}",
            [f"{f} | {f.reason.en}" for f in error.faults],
        )
    except FileNotFoundError as error:
        _fail(console, "folder 文件夹", [str(error)])


def _row(line: Line, wrong: list[str]) -> tuple[str, ...]:
    return (
        f"{line.code} {line.title}",
        line.version_text,
        str(len(line.states)),
        str(len(line.actions)),
        str(len(line.clocks)),
        str(len(line.matters)),
        str(len(explore(line))),
        str(len(line.examples)),
        str(len(line.gaps)),
        f"{len(wrong)} differ 不符" if wrong else "sound 可用",
    )


def _days(cal: Calendar) -> str:
    return f"calendar 日历 {cal.version[:8]}, published to 公布到 {day_text(cal.published_to)}"


def _fail(console: Console, title: str, faults: list[str]) -> NoReturn:
    console.print(f"[bold red]{title}[/]")
    for fault in faults:
        console.print(f"  {fault}", markup=False, soft_wrap=True)
    raise typer.Exit(1)


def add_to(root: typer.Typer) -> None:
    """Register the commands of this file."""
    root.add_typer(app, name="lines")
