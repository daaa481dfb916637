"""Promised projects and named outcomes, and how far the next report says they have come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.core.report.follow.alike import Mentions, plain
from bihuan.core.report.follow.shapes import Basis, Followed, Report, Statement
from bihuan.core.report.follow.stated import Sentences, seen
from bihuan.core.report.shapes import Period, Span
from bihuan.core.say import Say

_DONE = re.compile(
    r"建成|竣工|通车|投入使用|投入运营|投入运行|投用|开业|开园|开馆|开港|开航|落成|完工|投产|贯通|启用|交付|挂牌|获批|荣获|获评|通过[^，。；]{0,10}验收|全覆盖"
    r"|(?<!未)完成(?![^，。；]{0,6}(?:投资|前期|规划|征|立项|可研|设计|编制))|试运营|运营|开通|成功创建|创成|成为"
)
_START = re.compile(r"开工|动工|奠基|开建|破土|启动建设|启动(?!实施方案)")
_GOING = re.compile(r"推进|加快|进展|主体|封顶|在建|建设中|顺利|有序|前期|筹建|筹备|开展|实施")
_NOT = re.compile(r"尚未|未能|没有完成|滞后|推迟|延期|暂缓")
STAGES = ("", "going", "start", "done")  # going: under way without saying how far
WORDS = {
    "done": Say("建成", "done"), "start": Say("开工", "started"), "going": Say("在推进", "under way"), "": Say("没说进展", "no stage named"),
}  # fmt: skip
_OUTCOMES = frozenset({"milestone", "status", "coverage"})
_TOO_GENERAL = re.compile(
    r"^(?:.{0,4}(?:体系|机制|平台|中心|示范区|园区|街区|学校|公园|广场|小区|社区|工程|项目|市场|道路|铁路|高速|机场|医院|基地))$"
)

_SEVERAL = re.compile(r"[、和及与]")  # several things in one phrase: each is followed under its own name


def stage(words: str) -> str:
    """done, start, going or nothing, by the strongest word of a clause."""
    return (
        "done"
        if _DONE.search(words)
        else "start"
        if _START.search(words)
        else "going"
        if _GOING.search(words)
        else ""
    )


def promises(report: Report, marks: Sentences) -> list[Statement]:
    """Named outcomes and projects of the year's plan with the stage promised (`kind`); soft tasks promise none."""
    out: dict[str, Statement] = {}
    for name, span, sentence in _named(report, marks):
        key = plain(name)
        if len(key) < 5 or _TOO_GENERAL.match(key) or _SEVERAL.search(key) or key in out:
            continue
        clause = marks.clause(span[0])
        out[key] = Statement(
            report=report.name, year=report.year, span=span, text=name, sentence_span=sentence,
            sentence=report.text[slice(*sentence)], name=key, printed=name, value=None, unit="", role="",
            comparator="eq", status="targeted", period=Period(report.year, report.year),
            basis=Basis("", "", "", report.year), kind=stage(report.text[slice(*clause)]),
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


def answer(
    promise: Statement, review: Mentions, plan: Mentions, marks: Sentences, reviewed: bool, later: Report
) -> Followed:
    """How far the report after says a named thing has come."""
    found = review.find(promise.name)
    again = plan.find(promise.name, 1.0)
    best = max(found, key=lambda f: (f[0], STAGES.index(_stage_at(later, marks, f[1]))), default=None)
    there = _statement(promise, best[1], later, marks) if best else None
    if promise.kind in ("", "going"):
        why = ("只说要推进，没有说到哪一步", "promises to go on with it, not how far")
        return _made(promise, there, "not_rated", *why)
    if there is None:
        return _unmentioned(promise, again, later, marks, reviewed)
    got = there.kind
    if _NOT.search(later.text[slice(*marks.clause(there.span[0]))]):
        return _made(promise, there, "not", "次年报告说没有完成", "the next report says it is not done")
    said = (
        f"承诺{WORDS[promise.kind]}，次年报告{WORDS[got]}",
        f"promised to be {WORDS[promise.kind].en}, reported {WORDS[got].en}",
    )
    if not got:
        return _made(promise, there, "incomparable", *said)
    if promise.kind == "start" or got == "done":
        early = promise.kind == "start" and got == "going"
        return _made(promise, there, "incomparable" if early else "kept", *said)
    return _made(promise, there, "partly", *said)


def _unmentioned(
    promise: Statement, again: list[tuple[float, Span]], later: Report, marks: Sentences, reviewed: bool
) -> Followed:
    if again:
        there = _statement(promise, again[0][1], later, marks)
        return _made(
            promise,
            there,
            "incomparable",
            f"{later.year}年的回顾没有提，只在计划里出现",
            f"the report of {later.year} names it in its plan only",
        )
    if not reviewed:
        return _made(promise, None, "incomparable", f"{later.year}年的报告回顾的是整个任期，没有单说{promise.year}年",
                     f"the report of {later.year} reviews a whole term, not {promise.year} by itself")  # fmt: skip
    return _made(
        promise,
        None,
        "dropped",
        f"{later.year}年的报告没有再提",
        f"the report of {later.year} does not mention it",
    )


def _stage_at(later: Report, marks: Sentences, span: Span) -> str:
    return stage(later.text[slice(*marks.clause(span[0]))])


def _statement(promise: Statement, span: Span, later: Report, marks: Sentences) -> Statement:
    return seen(promise, span, later, marks, _stage_at(later, marks, span))


def _made(promise: Statement, seen: Statement | None, verdict: str, zh: str, en: str) -> Followed:
    return Followed(promise, seen, verdict, Say(zh, en), False, promise.year)
