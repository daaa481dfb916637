"""Counts every published period again from the events as they were, and says what differs from what was published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bihuan.cases.edge import to_instant
from bihuan.core.difference import Difference
from bihuan.core.score.formula import period_of
from bihuan.core.score.scheme import placed
from bihuan.scores.models import Counting, Publication
from bihuan.scores.queries import unit_scores
from bihuan.scores.reckon import Reckoned, cases_of, detail_of, reckon, struck_of
from bihuan.scores.schemes import thaw

differs = partial(Difference, word="published")


def check() -> Iterator[Difference]:
    """Every difference of every published version, oldest first."""
    for one in Publication.objects.select_related("scoring").order_by("id"):
        yield from _check(one)


def _check(one: Publication) -> Iterator[Difference]:
    stored = one.scoring
    scheme = thaw(stored.frozen)
    kinds = {code: row[2] for code, row in stored.units.items()}
    found = reckon(
        scheme, kinds, period_of(stored.year, stored.month), to_instant(stored.asof), struck_of(stored.struck)
    )
    name = f"scores {stored.scheme} {stored.year}.{stored.month:02} v{one.number}"
    yield from _check_counts(name, one, found)
    results = list(stored.results.all())
    fresh = {score.unit: score for score in found.scores}
    for row in results:
        score = fresh.pop(row.unit, None)
        if score is None:
            yield differs(f"{name} {row.unit}", "scored", "not scored")
            continue
        # the places are those of the computation; what was published has the one-vote items taken out
        said = (row.total, row.bound, row.possible, row.small, row.place, row.detail)
        now = (score.total, score.order, score.possible, score.small, score.place, detail_of(score))
        if said != now:
            yield differs(f"{name} {row.unit} points", said[:5], now[:5])
    for code in sorted(fresh):
        yield differs(f"{name} {code}", "not scored", "scored")
    places = {
        score.unit: score.place
        for group in scheme.groups
        for score in placed([s for s in unit_scores(results) if s.group == group.key], frozenset(one.vetoes))
    }
    if places != one.places:
        wrong = {code: places.get(code) for code in places if places.get(code) != one.places.get(code)}
        yield differs(f"{name} places", {code: one.places.get(code) for code in wrong}, wrong)


def _check_counts(name: str, one: Publication, found: Reckoned) -> Iterator[Difference]:
    rows = {(row.unit, row.item): row for row in Counting.objects.filter(scoring=one.scoring)}
    fresh = {
        (unit, item): tally for item, by_unit in found.tallies.items() for unit, tally in by_unit.items()
    }
    for key in sorted(rows.keys() | fresh.keys()):
        where = f"{name} {key[0] or '-'} {key[1]}"
        if key not in rows or key not in fresh:
            yield differs(
                where, "counted" if key in rows else "nothing", "counted" if key in fresh else "nothing"
            )
            continue
        row, cases = rows[key], cases_of(fresh[key])
        figures = (row.numerator, row.denominator, row.left_out)
        now = (len(cases["numerator"]), len(cases["denominator"]), len(cases["left_out"]))
        if figures != now or row.cases != cases:
            yield differs(where, figures, now if figures != now else "the same number of other cases")
