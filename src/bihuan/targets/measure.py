"""What the case of a promise is measured by: goal, unit, start, years and curve, as far as the report states them.

A case has a figure only where progress can be counted from a start to the goal: what is added over the time, and a
level whose base the report gives. A growth rate, a ceiling and a size are no way to go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bihuan.core.line.folder import Line
from bihuan.core.score.pace import figure
from bihuan.core.time.instant import ymd
from bihuan.lines.curves import fitting
from bihuan.targets import paths
from bihuan.targets.living import Mark

ADDED = frozenset({"flow_in_year", "cumulative", "count_new"})
REACHED = frozenset({"eq", "ge", "gt", "approx", "near", "over_approx"})
LARGE = {
    "元": (Decimal(10**8), "亿元"),
    "平方米": (Decimal(10**4), "万平方米"),
    "人": (Decimal(10**4), "万人"),
}


def measure_of(findings: Mapping[str, Any], marks: Sequence[Mark], line: Line, day: int) -> dict[str, Any]:
    """The fields of the case's first form, none where no mark or more than one states a figure to reach.

    A goal whose year is past, or further off than the line allows, names no year: the time set when the case is
    assigned is its plan.
    """
    found = [said for mark in marks if (said := _figures(findings, mark))]
    if len(found) != 1:
        return {}
    said = found[0]
    this, near = ymd(day)[0], int(line.param("year_near", day).value)
    if not said["year"] or not this <= said["year"] <= this + near:
        del said["year"], said["since_year"]
    elif said["since_year"] in (None, said["year"]):
        del said["since_year"]
    curve = fitting(line, "".join(mark.fact["text"] for mark in marks), day)
    return said | ({"curve": curve} if curve else {})


def _figures(findings: Mapping[str, Any], mark: Mark) -> dict[str, Any] | None:
    fact = mark.fact
    if mark.kind != "goal" or fact["norm_value"] is None or fact["comparator"] not in REACHED:
        return None
    if any(q["suspicious"] and tuple(q["span"]) in mark for q in findings["quantities"]):
        return None  # a damaged figure is followed by the words that were decided
    base, first = Decimal(0), None
    if fact["kind"] in paths.LEVEL_KINDS:
        held = paths.base_of(findings, fact)
        if held is None or not fact["by"] or held["period"]["to"] >= fact["by"]:
            return None
        base, first = _exact(held["norm_value"]), held["period"]["to"] + 1
    elif fact["kind"] not in ADDED:
        return None
    elif fact["horizon"] == "5y":
        first = (findings["meta"]["term_plan"] or [None])[0]
    goal = _exact(fact["norm_value"])
    if goal == base or not fact["norm_unit"]:
        return None
    size, unit = LARGE.get(fact["norm_unit"], (Decimal(1), fact["norm_unit"]))
    if max(goal, base) < size:
        size, unit = Decimal(1), fact["norm_unit"]
    start = {"base": float(base / size)} if base else {}
    return {
        "goal": float(goal / size), "goal_unit": unit, **start, "year": fact["by"], "since_year": first,
    }  # fmt: skip


def written(unit: str) -> tuple[tuple[str, Decimal], ...]:
    """The units in which offices write a figure of this unit, with what one of them holds; the usual one first."""
    size, large = LARGE.get(unit, (Decimal(1), unit))
    return ((large, size), (unit, Decimal(1))) if large != unit else ((unit, Decimal(1)),)


def said(value: Decimal, unit: str) -> str:
    """648.25亿元, with all the digits that are kept."""
    name, size = next((one for one in written(unit) if abs(value) >= one[1]), (unit, Decimal(1)))
    return f"{figure(Fraction(value) / Fraction(size), 12)}{name}"


def in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """A figure of an indicator in the unit of a case, None where the two units do not measure the same."""
    if unit == wanted:
        return value
    size, large = LARGE.get(unit, (Decimal(1), unit))
    return value / size if large == wanted else None


def _exact(value: float) -> Decimal:
    return Decimal(str(value))
