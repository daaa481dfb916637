"""Follow one place over years: each promise of report N to what report N+1 says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bihuan.core.report.follow import figures, named
from bihuan.core.report.follow.book import Book
from bihuan.core.report.follow.conflicts import conflicts
from bihuan.core.report.follow.met import LEFT_OUT, add
from bihuan.core.report.follow.shapes import Followed, Following, Met, Report, Statement
from bihuan.core.say import Say

_DATED = re.compile(r"今年|全年|年内|20\d\d年")


def follow(reports: Iterable[Report]) -> Following:
    """All promises of one place's reports with their answers, conflicts and counts. ValueError if places are mixed.

    Two reports of one year are both read; the first by name answers, and their differences are conflicts.
    """
    books = sorted((Book(r) for r in reports), key=lambda b: (b.report.year, b.report.name))
    if len({b.report.place for b in books}) > 1:
        raise ValueError("reports of more than one place")
    by_year: dict[int, Book] = {}
    for book in books:
        by_year.setdefault(book.report.year, book)
    pairs: list[Followed] = []
    for year, book in by_year.items():
        for promise in book.numeric:
            undated = book.undated and not _DATED.search(promise.sentence)
            pairs.append(_undated(promise) if undated else _figure(promise, by_year))
        later = by_year.get(year + 1)
        for promise in book.named:
            pairs.append(_open(promise, year, False) if later is None else named.answer(promise, later))
    readings = tuple(s for book in books for s in book.reported)
    years = tuple(by_year)
    missing = tuple(y for y in range(years[0], years[-1] + 1) if y not in by_year) if years else ()
    met, by_name = tally(pairs)
    return Following(
        books[0].report.place if books else "",
        years,
        missing,
        tuple(pairs),
        tuple(conflicts(readings)),
        readings,
        met,
        by_name,
    )


def _figure(promise: Statement, by_year: dict[int, Book]) -> Followed:
    due = promise.period.last or promise.year
    later = by_year.get(due + 1)
    if later is None:
        return _open(promise, due, True)
    return figures.answer(promise, later)


def _undated(promise: Statement) -> Followed:
    say = Say(
        "报告没有写明是一年还是一届的目标", "the report does not say whether the goal is for a year or a term"
    )
    return Followed(promise, None, "not_rated", say, True, promise.period.last or promise.year)


def _open(promise: Statement, due: int, numeric: bool) -> Followed:
    say = Say(f"没有{due + 1}年的报告", f"there is no report of {due + 1}")
    return Followed(promise, None, "open", say, numeric, due)


def tally(pairs: Sequence[Followed]) -> tuple[Met, dict[str, Met]]:
    """How often numeric goals were met, together and by indicator; what waits or is not rated is left out."""
    whole, by_name = Met(), dict[str, Met]()
    for pair in pairs:
        if pair.numeric and pair.verdict not in LEFT_OUT:
            whole = add(whole, pair.verdict)
            by_name[pair.promise.name] = add(by_name.get(pair.promise.name, Met()), pair.verdict)
    return whole, by_name
