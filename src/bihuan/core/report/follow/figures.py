"""A promised figure and the figure that answers it in the next report, or why none does."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.report.compare import amount, amount_en
from bihuan.core.report.follow.alike import alike, same_name, wider
from bihuan.core.report.follow.basis import caveat, kin, refusal, strip_scope
from bihuan.core.report.follow.book import NEAR, Book
from bihuan.core.report.follow.judge import judged, less_is_better
from bihuan.core.report.follow.shapes import Followed, Statement
from bihuan.core.report.follow.stated import GROWTH, seen, vague
from bihuan.core.say import Say

AMOUNTS = frozenset({"level", "flow", "cumulative", "count", "per_year"})
RATES = frozenset({"share", "rate", "level"})
_ALIKE = 0.72  # names this alike are shown side by side, never judged


def family(one: Statement) -> str:
    """growth, change, rate or amount: only figures of one family are compared."""
    if one.role in GROWTH:
        return "growth"
    if one.role == "change_pp":
        return "change"
    return "rate" if one.unit in ("%", "‰") else "amount"


def answer(promise: Statement, later: Book) -> Followed:
    """What the report after says of a numeric promise."""
    due = promise.period.last or promise.year
    if promise.kind == "spec_per_unit":
        return _made(promise, None, "not_rated", "说的是每一个的数，不是全域的数",
                     "a figure for each, none of the whole place", due)  # fmt: skip
    if vague(promise.name):
        return _made(promise, None, "not_rated", "名称太笼统，无法在次年报告里认出",
                     "the name is too general to be found again", due)  # fmt: skip
    if promise.role == "growth_avg" and promise.period.first == promise.period.last:
        return _made(promise, None, "not_rated", "年均目标，报告没有写到哪一年",
                     "a yearly average without its years", due)  # fmt: skip
    same = [s for s in later.reported if same_name(promise.name, s.name)]
    fit = [s for s in same if _fits(promise, s, due)]
    fit = fit or [
        s for s in later.reported if vague(s.name) and _fits(promise, s, due) and _led(promise, s, later)
    ]
    if fit:
        return _compare(promise, fit, due)
    other = [s for s in later.reported if s not in same and _fits(promise, s, due)]
    if found := _on_another_basis(promise, other, due):
        return found
    if same:
        return _made(promise, same[0], "incomparable", *_why(promise, same[0], due), due)
    likes = sorted(((alike(promise.name, s.name), s) for s in other), key=lambda p: -p[0])
    if likes and likes[0][0] >= _ALIKE:
        s = likes[0][1]
        return _made(promise, s, "incomparable", f"名称不同(“{s.printed}”)，须人认定是不是一回事",
                     f"another name (“{s.printed}”); a person must say whether it is the same", due)  # fmt: skip
    return _unanswered(promise, later, due)


def _on_another_basis(promise: Statement, other: Sequence[Statement], due: int) -> Followed | None:
    """The refusal where the next report counts the matter otherwise: another scope, kind or width."""
    for s in other:
        if strip_scope(s.name) == strip_scope(promise.name) and (no := refusal(promise.basis, s.basis)):
            return Followed(promise, s, no[0], no[1], True, due)
    for s in other:
        if kin(promise.name, s.name) or not vague(s.name) and wider(promise.name, s.name):
            return _otherwise(promise, s, due)
    return None


def _otherwise(promise: Statement, s: Statement, due: int) -> Followed:
    return _made(promise, s, "base_changed", f"承诺的是{promise.printed}，次年报的是{s.printed}",
                 f"promised for {promise.printed}, reported for {s.printed}", due)  # fmt: skip


def _unanswered(promise: Statement, later: Book, due: int) -> Followed:
    year = later.report.year
    if found := later.review.find(promise.name, 0.75):
        there = seen(promise, found[0][1], later.report, later.marks)
        return _made(promise, there, "incomparable", "次年提到了，没有可比的数",
                     "mentioned in the next report without a figure to compare", due)  # fmt: skip
    if near := later.near(promise.name, promise.unit):
        return _made(promise, seen(promise, near, later.report, later.marks), "incomparable", *NEAR, due)
    for s in later.numeric:
        if s.value == promise.value and alike(promise.name, s.name) >= _ALIKE:
            return _made(promise, s, "incomparable", f"{year}年的回顾没有提，计划里又写了同一个数",
                         f"the report of {year} promises the same figure again and reports none", due)  # fmt: skip
    if not later.reviews_its_year:
        return _made(promise, None, "incomparable", f"{year}年的报告回顾的是整个任期，没有单说{due}年",
                     f"the report of {year} reviews a whole term, not {due} by itself", due)  # fmt: skip
    return _made(promise, None, "dropped", f"{year}年的报告没有再提",
                 f"the report of {year} does not mention it", due)  # fmt: skip


def _led(promise: Statement, s: Statement, later: Book) -> bool:
    """Whether the clause of a figure that names nothing by itself (完成60亿美元的目标任务) names the promised thing."""
    before = later.report.text[later.marks.clause(s.span[0])[0] : s.span[0]]
    return promise.printed in before or promise.name in before


def _fits(promise: Statement, s: Statement, due: int) -> bool:
    if s.unit != promise.unit or family(s) != family(promise) or s.period.last != due:
        return False
    if promise.period.first != promise.period.last:
        return s.period.first is not None and due - s.period.first >= 2
    return (
        s.period.first == due
        or s.role == "level"
        and s.status == "achieved"
        and family(s) == "amount"
        and s.period.first is not None
    )


def _compare(promise: Statement, fit: list[Statement], due: int) -> Followed:
    fit = sorted(fit, key=lambda s: (s.printed != promise.printed, s.role != promise.role))
    best = [
        s
        for s in fit
        if (s.printed != promise.printed, s.role != promise.role)
        == (fit[0].printed != promise.printed, fit[0].role != promise.role)
    ]
    refused = [refusal(promise.basis, s.basis) for s in best]
    allowed = [s for s, no in zip(best, refused, strict=True) if no is None]
    if not allowed:
        no = refused[0]
        assert no is not None
        return Followed(promise, best[0], no[0], no[1], True, due)
    if promise.role == "count" and all(wider(promise.printed, s.printed) for s in allowed):
        return _otherwise(promise, allowed[0], due)
    verdicts = {judged(promise, s) for s in allowed}
    if len(verdicts) > 1:
        return _made(promise, allowed[0], "incomparable", f"次年有{len(allowed)}个数，说法不一，须人认定",
                     f"the next report has {len(allowed)} figures for it; a person must choose", due)  # fmt: skip
    return Followed(promise, allowed[0], verdicts.pop(), _reason(promise, allowed[0]), True, due)


def _reason(promise: Statement, s: Statement) -> Say:
    sign, word = ("≤", "at most") if less_is_better(promise) else ("≥", "at least")
    if promise.comparator == "gt":
        sign, word = ">", "more than"
    if promise.comparator == "approx":
        sign, word = "≈", "about"
    goal = promise.value or 0.0
    note = caveat(promise.basis, s.basis)
    return Say(
        f"承诺{sign}{amount(goal, promise.unit)}，报告{s.text}" + (f"；{note}" if note else ""),
        f"promised {word} {amount_en(goal, promise.unit)}, reported {amount_en(s.value or 0.0, s.unit)}"
        + (f"; {note.en}" if note else ""),
    )


def _why(promise: Statement, s: Statement, due: int) -> tuple[str, str]:
    if s.unit != promise.unit or family(s) != family(promise):
        if family(promise) == "growth":
            return (
                "次年只报了总量，没有报增速；两份报告的总量相除要跨年份口径和价格基础",
                "only a level is reported, no growth; dividing the levels of two reports would cross vintages and prices",
            )
        return "次年报的是另一种数", "the next report gives another kind of figure"
    if s.period.first != s.period.last:
        return (
            f"次年报的是多年合计或平均，不是{due}年一年",
            f"the next report gives several years together, not {due}",
        )
    return f"次年报的不是{due}年的数", f"the next report gives a figure of another year than {due}"


def _made(promise: Statement, s: Statement | None, verdict: str, zh: str, en: str, due: int) -> Followed:
    return Followed(promise, s, verdict, Say(zh, en), True, due)
