"""``bihuan report``: a government work report as a table or as JSON with spans."""

import json
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bihuan.core.report import NotAReport, Reading, Text, as_dict, read, text_of
from bihuan.core.say import Say

logging.getLogger("pypdf").setLevel(
    logging.ERROR
)  # its warnings about other people's files are not for users
app = typer.Typer(no_args_is_help=True, help="Work reports 政府工作报告: text in, facts with evidence out.")
Answer = TypeVar("Answer")
COUNTED = ("quantities", "targets", "tasks", "glossary", "suspicious", "checks")
ROLES = {
    "level": "水平", "flow": "当期", "cumulative": "累计", "count": "个数", "share": "比重", "rate": "比率",
    "growth_yoy": "同比", "growth_avg": "年均", "change_pp": "百分点", "decrease": "下降", "per_year": "每年",
    "baseline": "基数", "spec": "规格", "scope": "范围",
}  # fmt: skip
STATUS = {"achieved": "已完成", "expected": "预计", "targeted": "目标", "definition": "解释"}
COMPARE = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "approx": "≈", "near": "近", "over_approx": "余"}
SEVERITY = {"high": "red", "medium": "yellow", "low": "cyan", "none": "dim"}


@app.callback()
def about() -> None:
    """Say what the sub-commands are about; keeps `read` a command of its own."""


@app.command("read")
def read_command(
    file: Annotated[
        Path,
        typer.Argument(
            help="The report (text, Markdown, .html, .docx, .pdf; UTF-8, GB18030, UTF-16), or a folder of them.",
            show_default=False,
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON with offsets; one line a file for a folder.")
    ] = False,
) -> None:
    """Read one report, or a folder in parallel; ends with 2 where a file is not a report."""
    if file.is_dir():
        raise typer.Exit(_read_folder(file, as_json))
    try:
        found = open_report(file)
        reading = read(found.text)
    except NotAReport as error:
        fail(f"{file}：{error.say}", error.say.en)
    if as_json:
        typer.echo(json.dumps(as_dict(reading, found), ensure_ascii=False, indent=1))
        return
    _show(reading, file)


def open_report(file: Path) -> Text:
    """The text of a report file; NotAReport where it cannot be opened or is of no accepted form."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NotAReport(Say(f"打不开：{error.strerror}", f"cannot be opened: {error.strerror}")) from error
    return text_of(data, file.name)


def _read_folder(folder: Path, as_json: bool) -> int:
    """Read every file of a folder, as many at once as there are cores; 2 where one of them is no report."""
    table = Table("文件 file", "地方 place", "年 year", *COUNTED, title=str(folder))
    status = 0
    for answer in in_parallel(_answer, files_of(folder)):
        if as_json:
            typer.echo(json.dumps(answer, ensure_ascii=False))
        if "error" in answer:
            typer.echo(f"{answer['name']}：{answer['error']}\n{answer['error_en']}", err=True)
            status = 2
        else:
            meta, counts = answer["meta"], (str(len(answer[part])) for part in COUNTED)
            table.add_row(answer["name"], meta["region"], str(meta["plan_year"] or "?"), *counts)
    if not as_json:
        _console().print(table)
    return status


def files_of(folder: Path) -> list[Path]:
    """The files of a folder by name, hidden ones and tables left out; ends with 2 where there is none."""
    found = sorted(
        f for f in folder.iterdir() if f.is_file() and f.name[0] != "." and f.suffix not in (".csv", ".json")
    )
    if not found:
        fail(f"{folder}：里面没有文件", "no files in it")
    return found


def in_parallel(work: Callable[[Path], Answer], files: Sequence[Path]) -> list[Answer]:
    """Results in the order of the files; processes, because reading is pure Python."""
    cores = min(os.cpu_count() or 1, len(files))
    if cores < 2:
        return [work(file) for file in files]
    with ProcessPoolExecutor(cores) as pool:
        return list(pool.map(work, files))


def _answer(file: Path) -> dict[str, Any]:
    """One file as it is printed, or the reason why it is no report."""
    try:
        found = open_report(file)
        return {"name": file.name} | as_dict(read(found.text), found)
    except NotAReport as error:
        return {"name": file.name, "error": str(error.say), "error_en": error.say.en}


def fail(zh: str, en: str) -> NoReturn:
    """End with 2 and the reason in both languages."""
    typer.echo(f"{zh}\n{en}", err=True)
    raise typer.Exit(2)


def _console() -> Console:
    return Console(width=None if Console().is_terminal else 150)


def _show(r: Reading, file: Path) -> None:
    console = _console()
    m = r.meta
    console.print(
        f"[bold]{m.region or file.name}[/] {m.delivered} {m.speaker} · "
        f"回顾 review {_years(m.term_review)} · 规划 plan {_years(m.term_plan)} · 年度 year {m.plan_year or '?'}"
    )
    _quantities(console, r)
    _targets(console, r)
    _suspects(console, r)
    _checks(console, r)
    tally = {
        k: sum(t.measurability == k for t in r.tasks) for k in ("quantified", "deliverable", "output", "soft")
    }
    console.print(
        f"任务 tasks {len(r.tasks)}: " + " · ".join(f"{k} {n}" for k, n in tally.items())
        + f" · 名词 terms {len(r.glossary)} · 关联 links {len(r.links)}"
    )  # fmt: skip


def _years(span: tuple[int, int] | None) -> str:
    return f"{span[0]}–{span[1]}" if span else "—"


def _quantities(console: Console, r: Reading) -> None:
    table = Table(
        "原文 text",
        "指标 indicator",
        "口径 role",
        "状态 status",
        "年 years",
        title=f"数量 quantities ({len(r.quantities)})",
    )
    for q in r.quantities:
        years = "" if q.period.first is None else _years((q.period.first, q.period.last or q.period.first))
        doubt = f"[yellow]{q.text} ⚠ {' / '.join(q.suggestions[:1])}[/]" if q.suspicious else q.text
        table.add_row(
            f"{COMPARE[q.comparator]} {doubt}".strip(), q.indicator, ROLES[q.role], STATUS[q.status], years
        )
    console.print(table)


def _targets(console: Console, r: Reading) -> None:
    table = Table(
        "原文 text",
        "指标 indicator",
        "类 kind",
        "期 horizon",
        "到 by",
        title=f"目标 targets ({len(r.targets)})",
    )
    for t in r.targets:
        stated = t.text if t.stated else f"{t.text} [dim](没有数 not stated)[/]"
        table.add_row(stated, t.indicator, t.kind, t.horizon, str(t.by or ""))
    console.print(table)


def _suspects(console: Console, r: Reading) -> None:
    table = Table(
        "原文 text",
        "类 kind",
        "疑为 likely",
        "把握",
        "理由 why",
        title=f"可疑处 suspicious ({len(r.suspicious)})",
    )
    for s in r.suspicious:
        table.add_row(
            s.text,
            s.kind,
            " / ".join(s.suggestions[:2]),
            f"{s.confidence:.2f}",
            f"{s.why}\n[dim]{s.why.en}[/]",
        )
    console.print(table)


def _checks(console: Console, r: Reading) -> None:
    table = Table("级 severity", "类 kind", "结论 finding", title=f"复算 checks ({len(r.checks)})")
    for c in r.checks:
        style = SEVERITY[c.severity]
        table.add_row(
            f"[{style}]{c.severity}[/]",
            f"{c.kind}\n[dim]{c.verdict}[/]",
            f"{c.finding}\n[dim]{c.finding.en}\n{c.caveat}[/]",
        )
    console.print(table)


def add_to(parent: typer.Typer) -> None:
    """Join the command `report` to the parent."""
    parent.add_typer(app, name="report")
