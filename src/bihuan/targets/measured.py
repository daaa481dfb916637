"""Lamp and pace of followed cases by what systems compute first, month by month, and by what was reported second."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from bihuan.cases.edge import day_of as day_of_moment
from bihuan.cases.paced import Measured, by_system
from bihuan.cases.paced import paced as paced_by_hand
from bihuan.core.score.pace import Reading as Figure
from bihuan.core.score.pace import exact
from bihuan.core.time.instant import day_of, ymd
from bihuan.targets import beside
from bihuan.targets.beside import Pair, Told, When
from bihuan.targets.measure import in_unit
from bihuan.targets.models import Reading
from bihuan.targets.paths import ADDED, FLOW

Known = list[tuple[Reading, Told]]  # readings of a case's goal in the unit of the case, oldest first


@dataclass(frozen=True, slots=True)
class Reached:
    """What a computed figure says had been reached by the end of `day`."""

    when: When
    day: int
    told: Told


def paced(case_ids: Collection[int], at: datetime | int) -> dict[int, Measured]:
    """Lamp and pace of these cases by id, in two queries; cases of lines without curves are left out."""
    found = paced_by_hand(case_ids, at)
    known = known_of({case: one.plan.unit for case, one in found.items() if one.plan})
    return {case: of_system(one, known.get(case, [])) for case, one in found.items()}


def known_of(units: Mapping[int, str]) -> dict[int, Known]:
    """The readings of the goal of each case (`units`: its unit by the case) that are in the same measure."""
    if not units:
        return {}
    rows = Reading.objects.annotate(case=F("indicator__targets__commitments__case")).filter(
        case__in=list(units)
    )
    out: dict[int, Known] = {}
    for row in rows.select_related("indicator").order_by("year", "month", "id"):
        case: int = row.case
        value = in_unit(row.value, row.indicator.unit, units[case])
        if value is not None:
            out.setdefault(case, []).append((row, beside.told(row, value, units[case])))
    return out


def of_system(found: Measured, known: Known) -> Measured:
    """The same with the pace by the computed figures, where they say anything of its time."""
    return by_system(found, [Figure(one.day, exact(one.told.value)) for one in reached(known)])


def reached(known: Known) -> list[Reached]:
    """The computed figures in the order of time; months of what is counted month by month are added up in their year.

    A figure is of the day it was computed, if its month or year was not over then.
    """
    latest = {(row.year, row.month): (row, told) for row, told in known if told.formula}
    out = []
    for (year, month), (row, told) in latest.items():
        if month and row.indicator.scope in (FLOW, ADDED):
            parts = [latest[year, m][1].value for m in range(1, month + 1) if (year, m) in latest]
            if len(parts) < month:  # after a month without a figure no sum is known
                continue
            told = replace(told, value=sum(parts, Decimal(0)))
        end = day_of(year + month // 12, month % 12 + 1, 1) - 1 if month else day_of(year, 12, 31)
        out.append(Reached((year, month), min(day_of_moment(row.added_at), end), told))
    return sorted(out, key=lambda one: one.day)


def pairs(found: Measured, known: Known) -> tuple[Pair, ...]:
    """Each computed figure beside what the unit reported last in that year or month, else wrote for the indicator."""
    unit = found.plan.unit if found.plan else ""
    hand: dict[When, Told] = {(row.year, row.month): told for row, told in known if not told.formula}
    for one, source in zip(found.readings, found.sources, strict=True):
        year, month, _ = ymd(one.day)
        said = Told(Decimal(one.value.numerator) / one.value.denominator, unit, source)
        hand |= {(year, 0): said, (year, month): said}
    return beside.beside_each({one.when: one.told for one in reached(known)}, hand)
