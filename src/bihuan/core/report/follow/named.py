"""How far the next report says a promised work or named outcome has come."""

from __future__ import annotations

import re

from bihuan.core.report.follow.book import NEAR, Book
from bihuan.core.report.follow.shapes import Followed, Statement
from bihuan.core.report.follow.stated import seen
from bihuan.core.report.follow.works import STAGES, WORDS, stage_of
from bihuan.core.report.shapes import Span
from bihuan.core.say import Say

_NOT = re.compile(r"尚未|未能|没有完成|滞后|推迟|延期|暂缓")


def answer(promise: Statement, later: Book) -> Followed:
    """How far the report after says a named thing has come."""
    found = later.review.find(promise.name)
    best = max(found, key=lambda f: (f[0], STAGES.index(_stage_at(promise, later, f[1]))), default=None)
    there = _statement(promise, best[1], later) if best else None
    if promise.kind in ("", "going"):
        why = ("只说要推进，没有说到哪一步", "promises to go on with it, not how far")
        return _made(promise, there, "not_rated", *why)
    if there is None:
        return _unmentioned(promise, later)
    got = there.kind
    if _NOT.search(later.report.text[slice(*later.marks.clause(there.span[0]))]):
        return _made(promise, there, "not", "次年报告说没有完成", "the next report says it is not done")
    said = (
        f"承诺{WORDS[promise.kind]}，次年报告{WORDS[got]}",
        f"promised to be {WORDS[promise.kind].en}, reported {WORDS[got].en}",
    )
    if not got:
        return _made(promise, there, "incomparable", *said)
    if promise.kind == "start" and got == "going":
        return _made(promise, there, "incomparable", *said)  # it may have gone on since before
    reached = STAGES.index(got) >= STAGES.index(promise.kind)
    return _made(promise, there, "kept" if reached else "partly", *said)


def _unmentioned(promise: Statement, later: Book) -> Followed:
    year = later.report.year
    if again := later.plan.find(promise.name):
        there = _statement(promise, again[0][1], later)
        return _made(promise, there, "incomparable", f"{year}年的回顾没有提，只在计划里出现",
                     f"the report of {year} names it in its plan only")  # fmt: skip
    if near := later.near(promise.name):
        return _made(promise, _statement(promise, near, later), "incomparable", *NEAR)
    if not later.reviews_its_year:
        return _made(promise, None, "incomparable", f"{year}年的报告回顾的是整个任期，没有单说{promise.year}年",
                     f"the report of {year} reviews a whole term, not {promise.year} by itself")  # fmt: skip
    return _made(promise, None, "dropped", f"{year}年的报告没有再提",
                 f"the report of {year} does not mention it")  # fmt: skip


def _stage_at(promise: Statement, later: Book, span: Span) -> str:
    return stage_of(promise.name, later.report.text[slice(*later.marks.clause(span[0]))])


def _statement(promise: Statement, span: Span, later: Book) -> Statement:
    return seen(promise, span, later.report, later.marks, _stage_at(promise, later, span))


def _made(promise: Statement, there: Statement | None, verdict: str, zh: str, en: str) -> Followed:
    return Followed(promise, there, verdict, Say(zh, en), False, promise.year)
