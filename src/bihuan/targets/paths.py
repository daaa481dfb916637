"""The way to a goal: the base the report gives, what is needed each year, what the stated rate reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.core.report import path

LEVEL_KINDS = frozenset({"level_by_year"})
LEVEL_ROLES = frozenset({"level", "count"})


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one year; `expected` if it was an estimate when it was said."""

    year: int
    value: float
    expected: bool = False


@dataclass(frozen=True, slots=True)
class GoalPath:
    """Yearly figures in `unit`; `at_rate` is empty where the report states no rate."""

    unit: str
    base: Point
    goal: Point
    strict: bool  # the goal is to be exceeded, not reached
    years: tuple[int, ...]
    required: tuple[float, ...]
    required_rate: float  # fraction
    at_rate: tuple[float, ...] = ()
    rate: float = 0.0  # fraction
    rate_year: int = 0  # the year whose goal states the rate
    readings: tuple[Point, ...] = ()

    @property
    def reached(self) -> float | None:
        return self.at_rate[-1] if self.at_rate else None

    @property
    def gap(self) -> float:
        """Goal less what the stated rate reaches; positive: it falls short."""
        return self.goal.value - self.at_rate[-1] if self.at_rate else 0.0


def goal_path(
    findings: Mapping[str, Any], goal: Mapping[str, Any], readings: Sequence[Point] = ()
) -> GoalPath | None:
    """The path of a goal that states a level for a year; None where the report gives no base to start from."""
    if goal["kind"] not in LEVEL_KINDS or goal["norm_value"] is None or goal["suspicious"]:
        return None
    base = base_of(findings, goal)
    if base is None or not goal["by"] or goal["by"] <= base["period"]["to"]:
        return None
    year, first = base["period"]["to"], float(base["norm_value"])
    stated = rate_of(findings, goal)
    rate = stated["norm_value"] / 100 if stated else 0.0
    if first <= 0 or goal["norm_value"] <= 0:
        return None
    way = path(year, first, goal["by"], float(goal["norm_value"]), rate)
    return GoalPath(
        unit=goal["norm_unit"],
        base=Point(year, first, base["status"] == "expected"),
        goal=Point(goal["by"], float(goal["norm_value"])),
        strict=goal["comparator"] == "gt",
        years=way.years,
        required=way.required,
        required_rate=way.required_rate,
        at_rate=way.at_rate if stated else (),
        rate=rate,
        rate_year=(stated["by"] or 0) if stated else 0,
        readings=tuple(p for p in readings if year <= p.year <= goal["by"]),
    )


def base_of(findings: Mapping[str, Any], goal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The latest level that the report gives for what the goal measures, in the same unit."""
    same = [
        q for q in findings["quantities"]
        if q["canonical"] == goal["canonical"] and q["norm_unit"] == goal["norm_unit"] and not q["suspicious"]
        and q["role"] in LEVEL_ROLES and q["status"] in ("achieved", "expected") and q["period"]["to"]
    ]  # fmt: skip
    return max(same, key=lambda q: q["period"]["to"], default=None)


def rate_of(findings: Mapping[str, Any], goal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The goal of the same report that states a yearly growth of the same thing, the nearest year first."""
    same = [
        t for t in findings["targets"]
        if t["canonical"] == goal["canonical"] and t["kind"] in ("growth_yoy", "growth_avg")
        and t["norm_unit"] == "%" and t["norm_value"] is not None and not t["suspicious"]
    ]  # fmt: skip
    return min(same, key=lambda t: (t["kind"] != "growth_yoy", t["by"] or 9999), default=None)
