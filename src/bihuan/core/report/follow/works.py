"""Promised works and named outcomes of a plan, each with the stage it is promised to reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.core.report.follow.alike import plain
from bihuan.core.report.follow.shapes import Basis, Report, Statement
from bihuan.core.report.follow.stated import Sentences
from bihuan.core.report.shapes import Period, Span
from bihuan.core.say import Say

_DONE = re.compile(
    r"建成|竣工|通车|投入使用|投入运营|投入运行|投用|开业|开园|开馆|开港|开航|落成|完工|投产|贯通|启用|交付|挂牌|获批|荣获|获评|通过[^，。；]{0,10}验收|全覆盖"
    r"|(?<!未)完成(?![^，。；]{0,6}(?:投资|前期|规划|征|立项|可研|设计|编制))|运营|开通|成功创建|创成|成为|开业"
)
_NEARLY = re.compile(
    r"基本(?:建成|完成|完工|竣工|贯通|落成)|试运[行营]|试验动车|联调联试|主体(?:工程)?(?:完工|封顶|完成)"
)
_START = re.compile(r"开工|动工|奠基|开建|破土|启动建设|启动(?!实施方案)")
_GOING = re.compile(r"推进|加快|进展|主体|封顶|在建|建设中|顺利|有序|前期|筹建|筹备|开展|实施")
STAGES = ("", "going", "start", "nearly", "done")  # going: under way without saying how far
WORDS = {
    "done": Say("建成", "done"), "nearly": Say("基本建成", "nearly done"), "start": Say("开工", "started"), "going": Say("在推进", "under way"), "": Say("没说进展", "no stage named"),
}  # fmt: skip
_OUTCOMES = frozenset({"milestone", "status", "coverage"})
_TOO_GENERAL = re.compile(
    r"^(?:.{0,4}(?:体系|机制|平台|中心|示范区|园区|街区|学校|公园|广场|小区|社区|工程|项目|市场|道路|铁路|高速|机场|医院|基地))$"
)

_TAIL = re.compile(r"(?:开业|运营|通车|投用|启用|竣工|完工|开工|投产|贯通|建成|开放)+$")
_SEVERAL = re.compile(r"[、和及与]")  # several things in one phrase: each is followed under its own name


def stage(words: str) -> str:
    """done, nearly, start, going or nothing, by the strongest word of a clause; 基本建成, 试运行 are not yet done."""
    if _NEARLY.search(words):
        return "nearly"
    return (
        "done"
        if _DONE.search(words)
        else "start"
        if _START.search(words)
        else "going"
        if _GOING.search(words)
        else ""
    )


def stage_of(name: str, clause: str) -> str:
    """The stage that a clause states of a thing; the words of its name (运营中心) say nothing."""
    return stage(clause.replace(name, "　"))


def promises(report: Report, marks: Sentences) -> list[Statement]:
    """Named outcomes and projects of the year's plan with the stage promised (`kind`); soft tasks promise none."""
    out: dict[str, Statement] = {}
    for name, span, sentence in _named(report, marks):
        name = _TAIL.sub("", name)
        span = (span[0], span[0] + len(name))
        key = plain(name)
        if len(key) < 5 or _TOO_GENERAL.match(key) or _SEVERAL.search(key) or key in out:
            continue
        clause = marks.clause(span[0])
        out[key] = Statement(
            report=report.name, year=report.year, span=span, text=name, sentence_span=sentence,
            sentence=report.text[slice(*sentence)], name=key, printed=name, value=None, unit="", role="",
            comparator="eq", status="targeted", period=Period(report.year, report.year),
            basis=Basis("", "", "", report.year), kind=stage_of(name, report.text[slice(*clause)]),
        )  # fmt: skip
    return list(out.values())


def _named(report: Report, marks: Sentences) -> Iterator[tuple[str, Span, Span]]:
    horizon = str(report.year)
    for t in report.reading.targets:
        if (
            t.norm_value is None
            and t.kind in _OUTCOMES
            and t.horizon == horizon
            and (t.by or report.year) == report.year
        ):
            at = report.text.find(t.indicator, *t.span)
            span = (at, at + len(t.indicator)) if at >= 0 else t.span
            yield t.indicator, span, marks.sentence(span[0])
    for task in report.reading.tasks:
        if task.horizon == horizon and task.measurability in ("deliverable", "quantified"):
            for name in task.projects:
                at = report.text.find(name, *task.span)
                if at >= 0:
                    yield name, (at, at + len(name)), marks.sentence(at)
