"""``bihuan report read FILE``: a government work report as a table, or as JSON with spans."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from bihuan.core.report import NotAReport, Reading, as_dict, read

app = typer.Typer(no_args_is_help=True, help="Work reports 政府工作报告: text in, facts with evidence out.")
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
        Path, typer.Argument(help="The report: plain text or Markdown, UTF-8.", show_default=False)
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object; offsets index the text.")
    ] = False,
) -> None:
    """Read one report; ends with 2 when the file is not a report."""
    text = _text(file)
    try:
        reading = read(text)
    except NotAReport as error:
        _fail(f"{file}: {error.say}", error.say.en)
    if as_json:
        typer.echo(json.dumps(as_dict(reading), ensure_ascii=False, indent=1))
        return
    _show(reading, file)


def _text(file: Path) -> str:
    try:
        # newline="": offsets must index the text as it is, \r\n included
        with file.open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except UnicodeDecodeError as error:
        _fail(f"{file}：不是 UTF-8 文本(第{error.start}字节)", f"not UTF-8 text (byte {error.start})")
    except OSError as error:
        _fail(f"{file}：打不开：{error.strerror}", f"cannot be opened: {error.strerror}")


def _fail(zh: str, en: str) -> NoReturn:
    typer.echo(f"{zh}\n{en}", err=True)
    raise typer.Exit(2)


def _show(r: Reading, file: Path) -> None:
    console = Console(width=None if Console().is_terminal else 150)
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
