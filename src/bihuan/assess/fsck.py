"""Counts every published month again, story by story from the events as they were, and checks its digests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bihuan import lines
from bihuan.assess import queries
from bihuan.assess.models import Release
from bihuan.assess.schemes import thaw
from bihuan.cases.edge import to_instant
from bihuan.cases.stories import stories
from bihuan.core.difference import Difference
from bihuan.core.score.formula import Tally, add_story

differs = partial(Difference, word="published")
Counted = dict[tuple[str, str], tuple[int, int, int]]  # (unit, item) -> numerator, denominator, left out


def check() -> Iterator[Difference]:
    """Every difference of every published month, oldest first."""
    for one in Release.objects.select_related("month").order_by("id"):
        yield from _check(one)


def _check(one: Release) -> Iterator[Difference]:
    made, name = one.month, f"month {one.line} {one.year}.{one.number:02}"
    data = queries.data_digest(made)
    if data != one.data:
        yield differs(f"{name} data", one.data, data)
    digest = queries.digest_of(made, one.standings, one.data)
    if digest != one.digest:
        yield differs(f"{name} digest", one.digest, digest)
    fresh = by_story(one)
    stored = {
        (code, item): (row.numerator, row.denominator, sum(row.left_out))
        for code, rows in queries.figures(made, "unit").items()
        for item, row in rows.items()
    }
    for key in sorted(fresh.keys() | stored.keys()):
        if stored.get(key) != fresh.get(key):
            yield differs(f"{name} {key[0] or '-'} {key[1]}", stored.get(key), fresh.get(key))


def by_story(one: Release) -> Counted:
    """The figures of units as the core counts them, folding every case; slow, and knows nothing of the summary."""
    made, cal = one.month, lines.calendar()
    scheme, period, asof = thaw(made.frozen), queries.period(made), to_instant(made.asof)
    tallies: dict[str, dict[str, Tally]] = {item.key: {} for item in scheme.items}
    for story in stories([made.line], period.since, asof):
        for item in scheme.items:
            add_story(tallies[item.key], item.of, item.party, story, period, asof, cal)
    found = {
        (unit, key): (len(tally.numerator), len(tally.denominator), len(tally.left_out))
        for key, units in tallies.items()
        for unit, tally in units.items()
    }
    return {key: row for key, row in found.items() if any(row)}
