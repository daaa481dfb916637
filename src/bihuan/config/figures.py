"""Figures that systems compute become readings: the one place that knows both the scores and the targets."""

from __future__ import annotations

from datetime import datetime

from bihuan.scores import queries as scores
from bihuan.scores.models import Publication
from bihuan.targets import actions as targets

PLACE = "天津市南开区"


def carry(published: Publication, at: datetime | int) -> int:
    """The district's own figures of a published year or month as computed readings, each with formula, version and
    its page.

    How many there are; the same figure again is the reading that is there.
    """
    rows = scores.readings(scores.table(published.scoring, published))
    for one, percent in rows:
        assert one.reading is not None
        targets.add_computed(
            one.reading.name, "%", one.reading.scope, PLACE, published.year, percent,
            formula=f"{one.part.line}/{one.part.of.key}", version=one.part.version, source=f"/scores/{published.pk}/",
            at=at, month=published.month,
        )  # fmt: skip
    return len(rows)


def carry_all(at: datetime | int) -> int:
    """Carry the newest version of every published year and month; how many readings they give."""
    newest: dict[tuple[str, int, int], Publication] = {}
    for one in scores.published():
        newest.setdefault((one.scheme, one.year, one.month), one)
    return sum(carry(one, at) for one in newest.values())
