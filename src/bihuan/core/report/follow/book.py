"""One report with what following needs of it, made once."""

from __future__ import annotations

from bihuan.core.report.follow import works
from bihuan.core.report.follow.alike import Mentions
from bihuan.core.report.follow.shapes import Report
from bihuan.core.report.follow.stated import Sentences, promises, reported
from bihuan.core.report.sections import Block, blocks, dated
from bihuan.core.report.shapes import Span
from bihuan.core.report.text import prepare

NEAR = (
    "次年有相近的说法，须人认定是不是一回事",
    "the next report has something like it; a person must say whether it is the same",
)
_NEAR = 0.5  # of a name, rare pairs of characters weighing more
_FAINT = 0.33  # will do where the same clause has a figure of the promised unit (% is everywhere)


class Book:
    """Promises and reported figures of a report, and where its review and its plan name a thing."""

    __slots__ = (
        "marks",
        "named",
        "numeric",
        "plan",
        "report",
        "reported",
        "review",
        "reviews_its_year",
        "undated",
    )

    def __init__(self, report: Report) -> None:
        self.report = report
        self.marks = Sentences(report.text)
        self.numeric = promises(report, self.marks)
        self.named = works.promises(report, self.marks)
        self.reported = reported(report, self.marks)
        meta = report.reading.meta
        averages = sum(
            t.kind == "growth_avg" and t.horizon == str(report.year) for t in report.reading.targets
        )
        # yearly averages among the goals of one year: the goals are those of a term that the report does not date
        self.undated = meta.term_plan is None and averages >= 2
        src = prepare(report.text)
        made = dated(blocks(src, meta.plan_year), meta.term_review, meta.term_plan, meta.plan_year)
        prose = [(b, src.span(b.a, b.b)) for b in made if b.kind == "prose"]
        self.review = Mentions(report.text, [span for b, span in prose if b.part in ("past", "front")])
        self.plan = Mentions(report.text, [span for b, span in prose if b.part == "year"])
        self.reviews_its_year = _gives_account(made, report.year - 1)

    def near(self, name: str, unit: str = "") -> Span | None:
        """The place in the review that may mean this; to call a promise dropped, there must not even be such a one."""
        for share, span in self.review.resembling(name, _FAINT):
            if share >= _NEAR:
                return span
            clause = self.report.text[slice(*self.marks.clause(span[0]))]
            if unit not in ("", "%") and unit in clause and any(c.isdigit() for c in clause):
                return span
        return None


def _gives_account(made: tuple[Block, ...], year: int) -> bool:
    """Whether the review speaks of this very year somewhere, not of a whole term throughout."""
    return any(b.part in ("past", "front") and b.kind == "prose" and b.years == (year, year) for b in made)
