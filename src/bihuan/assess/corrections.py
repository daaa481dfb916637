"""What came after a month was closed: figures as they would be today beside the frozen ones, case by case.

Nothing frozen is touched. Only cases of the period whose things changed since are counted twice, as they were known
then and as they are known now; what differs is a correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan.assess import counting, queries
from bihuan.assess.counting import KNOWN, Tallied
from bihuan.assess.models import Decision, Horizon, Month
from bihuan.assess.schemes import Item, thaw
from bihuan.cases.edge import to_datetime, to_instant

CHANGED = f"""select distinct t.case_id from assess_thing t where t.line = %(line)s and t.known <= %(now)s
    and t.begun < %(until)s and t.last >= %(since)s and t.known > %(asof)s
    union select t.case_id from assess_thing t where {KNOWN} and t.begun < %(until)s and t.last >= %(since)s
    and t.dropped <= %(now)s"""


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure: as it was frozen, and as the events known today give it. Rows are numerator, denominator, left out."""

    by: str
    code: str
    item: Item
    frozen: tuple[int, ...]
    now: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One case in one indicator: how often it counted then and counts now."""

    number: str
    item: Item
    then: tuple[int, ...]
    now: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Since the month was closed, up to Instant `asof`; `decisions` are appeals upheld, before publication or after."""

    asof: int
    moved: tuple[Moved, ...]
    cases: tuple[Changed, ...]
    decisions: tuple[Decision, ...]

    def of(self, by: str) -> dict[tuple[str, str], Moved]:
        """Corrected figures of one kind of place or of units, by code and item."""
        return {(one.code, one.item.key): one for one in self.moved if one.by == by}


def corrections(made: Month, until: int | None = None) -> Corrections:
    """Everything that would be counted otherwise at Instant `until`, else as far as the summary has been told.

    A fixed number of questions, whatever has changed.
    """
    scheme, period, asof = thaw(made.frozen), queries.period(made), to_instant(made.asof)
    now = max(asof, until or Horizon.objects.values_list("until", flat=True).first() or 0)
    given = counting.at(made.line, period, asof) | {"now": now}
    changed = [pk for (pk,) in queries.ask(CHANGED, given)]
    upheld = Decision.objects.filter(upheld=True, objection__deduction__month=made)
    if until is not None:
        upheld = upheld.filter(at__lt=to_datetime(until))
    decisions = tuple(upheld.select_related("objection__deduction").order_by("id"))
    then, then_by = _count(scheme.items, made, asof, changed)
    today, today_by = _count(scheme.items, made, now, changed)
    return Corrections(
        now,
        tuple(_moved(made, scheme.items, then, today)),
        tuple(_cases(scheme.items, then_by, today_by)),
        decisions,
    )


def _count(items: tuple[Item, ...], made: Month, asof: int, cases: list[int]) -> tuple[Tallied, Tallied]:
    """The changed cases as they were known at a moment: by places and units, and by number."""
    places: list[tuple[counting.Asked, list[tuple[Any, ...]]]] = []
    by_case: Tallied = {}
    for one in counting.counts(items, made.line, queries.period(made), asof, only_cases=True):
        rows = queries.ask(one.sql, one.params | {"cases": cases})
        places.append((one, [row[1:] for row in rows]))
        for row in rows:
            tallied = counting.tallied([(one, [row[1:]])], "")
            for (by, _code, item), cells in tallied.items():
                if by == "district":
                    before = by_case.setdefault((by, row[0], item), [0] * len(cells))
                    by_case[by, row[0], item] = [a + b for a, b in zip(before, cells, strict=True)]
    return counting.tallied(places, made.names["district"]), by_case


def _moved(made: Month, items: tuple[Item, ...], then: Tallied, today: Tallied) -> list[Moved]:
    keys = sorted(key for key in {*then, *today} if then.get(key) != today.get(key))
    if "zones" not in made.names:  # closed before zones were counted: nothing is frozen to correct
        keys = [key for key in keys if key[0] != "zone"]
    known = {one.key: one for one in items}
    frozen = {
        (row.by, row.code, row.item): (row.numerator, row.denominator, *row.left_out)
        for row in made.figures.filter(by__in={key[0] for key in keys}, item__in={key[2] for key in keys})
    }
    found = []
    for key in keys:
        size = len(then.get(key) or today[key])
        nothing = [0] * size
        old = tuple(frozen.get(key, nothing))
        old += (0,) * (size - len(old))  # a figure of nothing was kept without its exclusions
        delta = [b - a for a, b in zip(then.get(key, nothing), today.get(key, nothing), strict=True)]
        found.append(
            Moved(key[0], key[1], known[key[2]], old, tuple(a + d for a, d in zip(old, delta, strict=True)))
        )
    return found


def _cases(items: tuple[Item, ...], then: Tallied, today: Tallied) -> list[Changed]:
    known = {one.key: one for one in items}
    keys = sorted((key[1], key[2]) for key in {*then, *today} if then.get(key) != today.get(key))
    return [
        Changed(
            number, known[item], tuple(then.get(("district", number, item), ())),
            tuple(today.get(("district", number, item), ())),
        )
        for number, item in keys
    ]  # fmt: skip
