"""The way to a numeric goal: what the report says of the past, what is needed each year, what the readings reach.

Each kind of goal has its own shape, and is drawn as what it is: a level goes from a base to a figure; a growth goal is a
figure for every year; a total is a running sum from nought; a goal of one year stands beside a usual year; a ceiling
must not be passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bihuan.core.report import path
from bihuan.core.say import Say

LEVEL_KINDS = frozenset({"level_by_year"})
LEVEL_ROLES = frozenset({"level", "count"})
SHAPES = {
    "level_by_year": "level", "coverage": "level", "growth_yoy": "growth", "growth_avg": "growth", "cumulative": "total",
    "count_new": "total", "flow_in_year": "total", "ceiling": "ceiling",
}  # fmt: skip
# what of the past is in the measure of the goal
PAST_ROLES = {
    "level": LEVEL_ROLES | {"share", "rate"}, "growth": frozenset({"growth_avg", "growth_yoy"}),
    "total": frozenset({"cumulative", "count"}), "year": frozenset({"cumulative", "count", "flow", "per_year"}),
    "ceiling": frozenset({"rate", "share", "level", "count"}),
}  # fmt: skip
# the scopes of an indicator: figures of one are never set beside figures of another
YEARLY, MEAN, FLOW, TOTAL, ADDED = "同比增长", "年均增长", "当年", "累计", "新增"
GROWING = frozenset({"元", "美元"})  # amounts grow by a rate; counts, areas and shares by a step
PLAIN = {
    "spec_per_unit": Say("这是每一处的规格，不是总数，没有路可画", "A specification of each place, not a total: there is no path"),
    "scope": Say("这是范围，不是要达到的数，没有路可画", "A scope, not a figure to reach: there is no path"),
    "coverage": Say("没有写一共多少、现在多少；知道了才能画", "Neither the whole nor the share covered now is stated: nothing to draw yet"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one year; `expected` if it was an estimate when it was said; `computed` by a formula. With a
    `month` it is of that month: alone where things are added up, else as it stood at its end."""

    year: int
    value: float
    expected: bool = False
    source: str = ""
    computed: bool = False
    month: int = 0

    @property
    def place(self) -> float:
        """Where it stands on a line whose years are their ends."""
        return self.year - 1 + self.month / 12 if self.month else float(self.year)


@dataclass(frozen=True, slots=True)
class Past:
    """What the report says of the years `first` to `last`: their total, their mean or the state at their end."""

    first: int
    last: int
    value: float
    expected: bool = False
    role: str = ""
    text: str = ""

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    @property
    def a_year(self) -> float:
        """Its part of one year: a total is divided by its years."""
        return self.value / self.years if self.role in ("cumulative", "count") else self.value


@dataclass(frozen=True, slots=True)
class GoalPath:
    """Yearly figures in `unit` from `first` to the year of the goal. `readings` are in the measure of the goal, for
    totals the running sum; `flows` are the yearly figures that make it up."""

    shape: str  # level | growth | total | year | ceiling
    unit: str
    first: int
    goal: Point
    strict: bool = False  # the goal is to be exceeded, not reached
    comparator: str = "eq"
    base: Point | None = None  # of a level
    past: Past | None = None
    years: tuple[int, ...] = ()
    required: tuple[float, ...] = ()
    required_rate: float = 0.0  # fraction a year, 0 where the way goes by steps
    step: float = 0.0  # units a year
    at_rate: tuple[float, ...] = ()
    rate: float = 0.0  # fraction
    rate_year: int = 0  # the year whose goal states the rate
    readings: tuple[Point, ...] = ()
    flows: tuple[Point, ...] = ()
    before: tuple[Point, ...] = ()  # yearly figures from before the term, in the same measure
    months: tuple[
        Point, ...
    ] = ()  # in the measure of the goal, for totals the running sum; computed ones only
    missing: tuple[Say, ...] = ()
    read_as: str = ""  # the scope that an indicator's yearly figures must have to be drawn here

    @property
    def reached(self) -> float | None:
        return self.at_rate[-1] if self.at_rate else None

    @property
    def gap(self) -> float:
        """Goal less what the stated rate reaches; positive: it falls short."""
        return self.goal.value - self.at_rate[-1] if self.at_rate else 0.0

    @property
    def drawn(self) -> bool:
        """Whether there is anything to see beside the goal itself."""
        return bool(self.base or self.past or self.readings or self.flows or self.months)

    @property
    def later(self) -> tuple[Point, ...]:
        """Readings after the base."""
        return tuple(p for p in self.readings if self.base is None or p.year > self.base.year)


Readings = Mapping[tuple[str, str, str], Sequence[Point]]  # by name, unit, scope


def goal_path(
    findings: Mapping[str, Any], goal: Mapping[str, Any], readings: Readings | None = None,
    months: Readings | None = None,
) -> GoalPath | None:  # fmt: skip
    """The path of a goal that states a figure; None where there is none to draw, and `why_not` says why."""
    if why_not(goal) is not None:
        return None
    way = _way(findings, goal, readings)
    return (
        replace(way, months=by_month(way, months.get((goal["canonical"], way.unit, way.read_as), ())))
        if months
        else way
    )


def by_month(way: GoalPath, months: Sequence[Point]) -> tuple[Point, ...]:
    """The monthly figures in the measure of the goal, up to its year; growth has none: a month is no year."""
    if way.shape == "growth":
        return ()
    first = way.base.year + 1 if way.base else way.first
    inside = [p for p in months if first <= p.year <= way.goal.year]
    return so_far(way.flows, inside, way.first) if way.shape in ("total", "year") else tuple(inside)


def so_far(years: Sequence[Point], months: Sequence[Point], first: int) -> tuple[Point, ...]:
    """What was reached by the end of each month since January of `first`; after a month without a figure no sum is
    known, unless the figure of its year is."""
    whole, by = {p.year: p for p in years}, {(p.year, p.month): p for p in months}
    total, year, out = 0.0, first, list[Point]()
    while True:
        run, n = total, 0
        while (year, n + 1) in by:
            n += 1
            run += by[year, n].value
            out.append(replace(by[year, n], value=run))
        if year in whole:
            run = total + whole[year].value
        elif n < 12:
            return tuple(out)
        total, year = run, year + 1


def _way(findings: Mapping[str, Any], goal: Mapping[str, Any], readings: Readings | None) -> GoalPath:
    shape, given = shape_of(goal), readings or {}
    past = past_of(findings, goal, shape)
    if shape == "level":
        return _level(findings, goal, given)
    if shape == "growth":
        return _growth(findings, goal, past, given)
    if shape == "ceiling":
        return _ceiling(findings, goal, past, given)
    return _total(findings, goal, past, given, shape)


def why_not(goal: Mapping[str, Any]) -> Say | None:
    """Why a goal has no path; None where it has one."""
    if goal["suspicious"]:
        return Say(
            "这个数存疑，认定以前不画", "The figure is doubtful: nothing is drawn before it is decided"
        )
    if goal["kind"] in PLAIN and (goal["kind"] != "coverage" or goal["norm_value"] is None):
        return PLAIN[goal["kind"]]
    if goal["norm_value"] is None:
        return Say("没有写数，没有路可画", "No figure is stated: there is no path")
    if goal["kind"] not in SHAPES or not goal["by"]:
        return Say("没有写到哪一年，画不出路", "No year is stated: there is no path")
    return None


def shape_of(goal: Mapping[str, Any]) -> str:
    """level, growth, total over a term, year, or ceiling."""
    shape = SHAPES[goal["kind"]]
    return "year" if shape == "total" and goal["horizon"] != "5y" else shape


def _level(findings: Mapping[str, Any], goal: Mapping[str, Any], given: Readings) -> GoalPath:
    unit, by, aim = goal["norm_unit"], goal["by"], float(goal["norm_value"])
    known = base_of(findings, goal)
    base = None
    if known and known["period"]["to"] < by and known["norm_value"] > 0:
        base = Point(
            known["period"]["to"], float(known["norm_value"]), known["status"] == "expected", known["text"]
        )
    points = tuple(given.get((goal["canonical"], unit, ""), ()))
    first = (
        base.year if base else min([p.year for p in points if p.year <= by], default=_term(findings, goal)[0])
    )
    held = tuple(p for p in points if first <= p.year <= by)
    plain = GoalPath(
        "level", unit, first, Point(by, aim), goal["comparator"] == "gt", goal["comparator"], base,
        years=tuple(range(first, by + 1)), readings=held,
    )  # fmt: skip
    if base is None:
        return replace(
            plain, missing=(Say("报告没有写现在有多少", "the report does not say what there is now"),)
        )
    stated = rate_of(findings, goal)
    if (unit in GROWING or stated) and aim > 0:
        rate = stated["norm_value"] / 100 if stated else 0.0
        way = path(base.year, base.value, by, aim, rate)
        return replace(
            plain, required=way.required, required_rate=way.required_rate, at_rate=way.at_rate if stated else (),
            rate=rate, rate_year=(stated["by"] or 0) if stated else 0, past=None,
        )  # fmt: skip
    step = (aim - base.value) / (by - base.year)
    return replace(plain, required=tuple(base.value + step * k for k in range(len(plain.years))), step=step)


def _growth(
    findings: Mapping[str, Any], goal: Mapping[str, Any], past: Past | None, given: Readings
) -> GoalPath:
    first, by = _term(findings, goal)
    name, unit = goal["canonical"], goal["norm_unit"]
    held = _within(given.get((name, unit, YEARLY), ()), first, by)
    if by > first:
        held = yearly(held, _within(given.get((name, unit, MEAN), ()), first, by), first)
    missing = () if past else (Say("报告没有写过去增长多少", "the report states no past growth"),)
    return GoalPath(
        "growth", unit, first, Point(by, float(goal["norm_value"])), goal["comparator"] == "gt", goal["comparator"],
        past=past, years=tuple(range(first, by + 1)), readings=held, missing=missing,
        read_as=YEARLY, before=_until(given.get((name, unit, YEARLY), ()), first),
    )  # fmt: skip


def _ceiling(
    findings: Mapping[str, Any], goal: Mapping[str, Any], past: Past | None, given: Readings
) -> GoalPath:
    first, by = _term(findings, goal)
    points = given.get((goal["canonical"], goal["norm_unit"], ""), ())
    held = _within(points, first, by)
    missing = () if past else (Say("报告没有写过去是多少", "the report does not say what it was before"),)
    return GoalPath(
        "ceiling", goal["norm_unit"], first, Point(by, float(goal["norm_value"])), goal["comparator"] == "lt",
        goal["comparator"], past=past, years=tuple(range(first, by + 1)), readings=held, missing=missing,
        before=_until(points, first),
    )  # fmt: skip


def _total(
    findings: Mapping[str, Any], goal: Mapping[str, Any], past: Past | None, given: Readings, shape: str
) -> GoalPath:
    first, by = _term(findings, goal)
    name, unit, aim = goal["canonical"], goal["norm_unit"], float(goal["norm_value"])
    scope = ADDED if goal["kind"] == "count_new" else FLOW
    flows = _within(given.get((name, unit, scope), ()), first, by)
    totals, missing = running(flows, _within(given.get((name, unit, TOTAL), ()), first, by), first)
    if past is None:
        missing = (
            *missing,
            Say("报告没有写过去做了多少", "the report does not say how much was done before"),
        )
    step = aim / (by - first + 1)
    return GoalPath(
        shape, unit, first, Point(by, aim), goal["comparator"] == "gt", goal["comparator"], past=past,
        years=(first - 1, *range(first, by + 1)), required=tuple(step * k for k in range(by - first + 2)),
        step=step, readings=totals, flows=flows, missing=missing, read_as=scope,
        before=_until(given.get((name, unit, scope), ()), first),
    )  # fmt: skip


def running(
    flows: Sequence[Point], stated: Sequence[Point], first: int
) -> tuple[tuple[Point, ...], tuple[Say, ...]]:
    """Totals since the beginning of `first`: as stated, else summed; after a year without a figure no sum is known."""
    held = {p.year: p for p in stated}
    total, year = 0.0, first
    by_year = {p.year: p for p in flows}
    while year in by_year or year in held:
        one = held.get(year)
        if one is None:
            flow = by_year[year]
            one = Point(year, total + flow.value, flow.expected, flow.source, flow.computed)
            held[year] = one
        total, year = one.value, year + 1
    lost = sorted(p.year for p in flows if p.year > year)
    missing = (
        Say(f"{year} 年没有数，后面的累计算不出来", f"without a figure for {year} the later sums are not known"),
    ) if lost else ()  # fmt: skip
    return tuple(sorted(held.values(), key=lambda p: p.year)), missing


def yearly(stated: Sequence[Point], means: Sequence[Point], first: int) -> tuple[Point, ...]:
    """Growth of each year: as stated, else from the means of the years so far, as long as none is left out."""
    held = {p.year: p for p in unbroken(means, first)}
    out, before = {}, 1.0
    for n, point in enumerate(held.values(), 1):
        now = (1 + point.value / 100) ** n
        out[point.year] = replace(point, value=(now / before - 1) * 100)
        before = now
    return tuple(sorted((out | {p.year: p for p in stated}).values(), key=lambda p: p.year))


def mean_growth(rates: Sequence[float]) -> float:
    """The mean yearly growth in per cent that compounds to the same as these yearly ones."""
    product = 1.0
    for rate in rates:
        product *= 1 + rate / 100
    return (product ** (1 / len(rates)) - 1) * 100


def still_needed(goal: float, rates: Sequence[float], years: int) -> float | None:
    """Growth in per cent that every remaining year needs for the mean to be `goal`; None where no year is left."""
    left = years - len(rates)
    if left <= 0:
        return None
    done = 1.0
    for rate in rates:
        done *= 1 + rate / 100
    return (((1 + goal / 100) ** years / done) ** (1 / left) - 1) * 100


def unbroken(points: Sequence[Point], first: int) -> tuple[Point, ...]:
    """The points of `first` and the years after it up to the first year that has none."""
    out: list[Point] = []
    for point in points:
        if point.year != first + len(out):
            break
        out.append(point)
    return tuple(out)


def base_of(findings: Mapping[str, Any], goal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The latest level that the report gives for what the goal measures, in the same unit."""
    same = [q for q in _said(findings, goal) if q["role"] in LEVEL_ROLES]
    return max(same, key=lambda q: q["period"]["to"], default=None)


def past_of(findings: Mapping[str, Any], goal: Mapping[str, Any], shape: str) -> Past | None:
    """What the report says of the past in the measure of the goal: the latest years, of these the longest period."""
    same = [q for q in _said(findings, goal) if q["role"] in PAST_ROLES[shape] and q["period"]["from"]]
    if not same:
        return None
    one = max(same, key=lambda q: (q["period"]["to"], -q["period"]["from"]))
    return Past(
        one["period"]["from"], one["period"]["to"], float(one["norm_value"]), one["status"] == "expected", one["role"],
        one["text"],
    )  # fmt: skip


def _said(findings: Mapping[str, Any], goal: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Sound figures of the past in the goal's unit."""
    return [
        q for q in findings["quantities"]
        if q["canonical"] == goal["canonical"] and q["norm_unit"] == goal["norm_unit"] and not q["suspicious"]
        and q["status"] in ("achieved", "expected") and q["period"]["to"] and q["norm_value"] is not None
    ]  # fmt: skip


def rate_of(findings: Mapping[str, Any], goal: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The goal of the same report that states a yearly growth of the same thing, the nearest year first."""
    same = [
        t for t in findings["targets"]
        if t["canonical"] == goal["canonical"] and t["kind"] in ("growth_yoy", "growth_avg")
        and t["norm_unit"] == "%" and t["norm_value"] is not None and not t["suspicious"]
    ]  # fmt: skip
    return min(same, key=lambda t: (t["kind"] != "growth_yoy", t["by"] or 9999), default=None)


def _term(findings: Mapping[str, Any], goal: Mapping[str, Any]) -> tuple[int, int]:
    """The first and the last year that the goal holds for."""
    by, plan = int(goal["by"]), findings["meta"].get("term_plan")
    return (min(int(plan[0]), by) if goal["horizon"] == "5y" and plan else by), by


def _within(points: Sequence[Point], first: int, last: int) -> tuple[Point, ...]:
    return tuple(p for p in points if first <= p.year <= last)


def _until(points: Sequence[Point], first: int) -> tuple[Point, ...]:
    return tuple(p for p in points if p.year < first)
