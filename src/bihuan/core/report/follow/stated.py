"""Promises and reported figures of one report as statements: sentence, span and basis beside each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from bihuan.core.report.canonical import canonical
from bihuan.core.report.follow.basis import basis
from bihuan.core.report.follow.shapes import Basis, Report, Statement
from bihuan.core.report.shapes import Period, Quantity, Span, Target
from bihuan.core.report.words import GENERIC

_ENDS = "。！？；\n"
_CLAUSES = "，。；！？：\n"
_MANY = re.compile(
    r"累计|五年|5年|两年|三年|四年|“?十[一二三]五”?(?:期间|时期|以来)|本届|任期|年均|至今|以来"
)
# a name of a kind of thing only: it says what is counted, not which
_KIND = re.compile(r"(?:总投资|投资额|投资|资金|面积|总额|项目|工程|任务|实事|人均)$")
_COUNTED = ("项目", "工程", "任务", "实事")  # lists that every report draws up anew
_BROAD = re.compile(
    r"(?:其中|全年|年度|一批|各类|重大|重点|主要|大|总|建设|预备|正式|筹措|安排|专项|到位|更新|受益|式|完成|其他|新增|新建)*$"
)
_EACH = re.compile(r"每(?:个|家|村|县|镇|乡|户|街|座|所|名|人|市|区|亩|万)")
_DONE = re.compile(r"^(?:各位代表，)?(?:刚刚)?过去的?一年|(?<!未)完成了")  # an account amid the plan
_BOTH = re.compile(r"[、和与及]")
GROWTH = frozenset({"growth_yoy", "growth_avg", "decrease"})
FOLLOWED = frozenset(
    {
        "level",
        "flow",
        "cumulative",
        "count",
        "share",
        "rate",
        "growth_yoy",
        "growth_avg",
        "decrease",
        "change_pp",
        "per_year",
    }
)


class Sentences:
    """Where sentences and clauses of a text begin and end."""

    __slots__ = ("_clauses", "_ends", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [i for i, c in enumerate(text) if c in _ENDS or c == ";"]
        self._clauses = [i for i, c in enumerate(text) if c in _CLAUSES or c in ",;:"]

    def sentence(self, at: int) -> Span:
        """The sentence around an offset, blanks at its ends left out."""
        return self._cut(self._ends, at, 1)

    def clause(self, at: int) -> Span:
        """The clause around an offset."""
        return self._cut(self._clauses, at, 0)

    def _cut(self, marks: list[int], at: int, keep: int) -> Span:
        i = bisect_right(marks, at - 1)
        a = marks[i - 1] + 1 if i else 0
        b = min(marks[i] + keep, len(self._text)) if i < len(marks) else len(self._text)
        while a < b and self._text[a] in " \u3000\n\r\t*":
            a += 1
        while b > a and self._text[b - 1] in " \u3000\n\r\t*":
            b -= 1
        return (a, b)


def vague(name: str) -> bool:
    """Whether a name says too little to find the same thing in another report."""
    if len(name) < 3 or GENERIC.match(name):
        return True
    kind = _KIND.search(name)
    if kind is None:
        return False
    return kind.group() in _COUNTED and len(name) < 7 or bool(_BROAD.fullmatch(name[: kind.start()]))


def promises(report: Report, marks: Sentences) -> list[Statement]:
    """Numeric goals in reading order; one that names two things (均增长9%) becomes two."""
    out: list[Statement] = []
    spans = {q.span: q for q in report.reading.quantities}
    for t in report.reading.targets:
        if (
            t.norm_value is None
            or t.suspicious
            or t.role not in FOLLOWED
            and t.kind != "spec_per_unit"
            or t.kind == "scope"
        ):
            continue
        found = [
            q for s, q in spans.items()
            if t.span[0] <= s[0] < t.span[1] and q.norm_value == t.norm_value and q.norm_unit == t.norm_unit and q.role == t.role
        ]  # fmt: skip
        if not found or found[0].suspicious:
            continue
        q = next((q for q in found if q.canonical == t.canonical), found[0])
        one = _promise(report, t, q, marks)
        if _DONE.search(one.sentence):
            continue
        each = _EACH.search(report.text[marks.clause(q.span[0])[0] : q.span[0]])
        out += (
            [replace(one, kind="spec_per_unit")]
            if each or t.kind == "spec_per_unit"
            else _split(one, report.text)
        )
    return out


def _promise(report: Report, t: Target, q: Quantity, marks: Sentences) -> Statement:
    sentence = marks.sentence(q.span[0])
    plan = report.reading.meta.term_plan
    period = Period(t.by, t.by)
    if t.horizon == "5y" and plan and t.by == plan[1] and t.kind in ("growth_avg", "cumulative", "count_new"):
        period = Period(plan[0], plan[1])
    clause = report.text[slice(*marks.clause(q.span[0]))]
    return Statement(
        report=report.name, year=report.year, span=q.span, text=q.text, sentence_span=sentence,
        sentence=report.text[slice(*sentence)], name=t.canonical, printed=t.indicator, value=t.norm_value,
        unit=q.norm_unit, role=q.role, comparator=q.comparator, status="targeted", period=period,
        basis=basis(q.indicator, clause, report.year, "targeted"), upper=q.upper, kind=t.kind,
    )  # fmt: skip


def _split(one: Statement, text: str) -> list[Statement]:
    """城镇居民人均可支配收入和农民人均纯收入均增长12%: the same figure for each of the things named."""
    names = [n for n in _BOTH.split(one.printed) if n]
    before = text[max(0, one.span[0] - 12) : one.span[0]]
    if len(names) < 2 or not re.search(r"[均各都]", before) or any(len(n) < 4 for n in names):
        return [one]
    last = names[-1]
    full = [n if n[-1:] == last[-1:] or len(n) > 5 else n + last[-2:] for n in names]
    return [
        replace(one, name=canonical(n), printed=n, basis=basis(n, one.sentence, one.year, one.status))
        for n in full
    ]


def reported(report: Report, marks: Sentences) -> list[Statement]:
    """Every sound figure of the review with its basis; periods that the words make longer than a year say so."""
    out: list[Statement] = []
    for q in report.reading.quantities:
        if q.suspicious or q.part not in ("past", "front") or q.role not in FOLLOWED or not q.canonical:
            continue
        sentence = marks.sentence(q.span[0])
        a, _ = clause = marks.clause(q.span[0])
        words = report.text[slice(*clause)]
        period = q.period
        if period.first == period.last and _MANY.search(
            report.text[a : q.span[0]] + report.text[q.span[1] : q.span[1] + 4]
        ):
            review = report.reading.meta.term_review
            period = Period(*review) if review and review[0] < review[1] else Period(None, period.last)
        out.append(
            Statement(
                report=report.name, year=report.year, span=q.span, text=q.text, sentence_span=sentence,
                sentence=report.text[slice(*sentence)], name=q.canonical, printed=q.indicator, value=q.norm_value,
                unit=q.norm_unit, role=q.role, comparator=q.comparator, status=q.status, period=period,
                basis=basis(q.indicator, words, report.year, q.status), upper=q.upper,
            )
        )  # fmt: skip
    return out


def seen(promise: Statement, span: Span, later: Report, marks: Sentences, kind: str = "") -> Statement:
    """The place where a later report names the thing promised, as a statement without a figure."""
    sentence = marks.sentence(span[0])
    text = later.text[slice(*span)]
    return Statement(
        report=later.name, year=later.year, span=span, text=text, sentence_span=sentence,
        sentence=later.text[slice(*sentence)], name=promise.name, printed=text, value=None, unit="", role="",
        comparator="eq", status="achieved", period=promise.period, basis=Basis("", "", "", later.year), kind=kind,
    )  # fmt: skip
