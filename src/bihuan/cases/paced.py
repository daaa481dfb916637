"""The lamp of a case and the pace of its goal, side by side and never merged: from its clocks and its own readings.

A line with a curves.toml is paced. By convention its forms say `goal`, `goal_unit`, `base`, `curve`, `year` and
`since_year` (the latest that was said holds) and report `value`, `value_on` and `source`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_instant
from bihuan.cases.family import COLUMNS, member_of
from bihuan.core.case.automatic import catch_up
from bihuan.core.case.fold import Case, Event
from bihuan.core.case.light import Light, light
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.core.score.pace import Bands, Pace, Plan, Reading, exact, expected, figure, pace, quarters
from bihuan.core.time.clock import due
from bihuan.core.time.instant import DAY, day, day_of
from bihuan.lines.curves import curve, has_curves

SAID = ("goal", "goal_unit", "base", "curve", "year", "since_year")
NO_GOAL = Say(
    "没有登记可以逐步累计的目标数值，只看时限，不比快慢",
    "No goal whose figure adds up over the time is on record: only the clocks are shown, no pace",
)
NO_SPAN = Say("还没有交办，起止不明，不比快慢", "Not assigned yet: no beginning and end, no pace")
NO_CALENDAR = Say("工作日历没有这一年，不比快慢", "The calendar of working days lacks this year: no pace")
SAME = Say("目标值和起点值一样，不比快慢", "Goal and starting figure are the same: no pace")


@dataclass(frozen=True, slots=True)
class NodeView:
    """A quarter's end: share and figure due by then, and the latest figure reported by then (None: not yet)."""

    day: int
    share: Fraction
    due: str
    reached: str | None
    past: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Lamp and pace of one case; `pace` is None where there is nothing to compare, and `why_not` says why."""

    light: Light
    pace: Pace | None
    why_not: Say | None = None
    plan: Plan | None = None
    nodes: tuple[NodeView, ...] = ()
    readings: tuple[Reading, ...] = ()
    sources: tuple[str, ...] = ()  # of the readings, in their order
    asof: int = 0  # Day
    bands: Bands | None = None
    computed: bool = False  # the pace is that of a figure a system computed


def paced(case_ids: Collection[int], at: datetime | int) -> dict[int, Measured]:
    """Lamp and pace of these cases by id, in one query; cases of lines without curves are left out.

    Public, as what a promise's case stands at is; no person and no reserved event is in it.
    """
    if not case_ids:
        return {}
    now = to_instant(at)
    sql = f"select {COLUMNS} from cases_case c where c.id = any(%s) order by c.id"
    found: dict[int, Measured] = {}
    for row in wall.ask(sql, [list(case_ids)], wall.ALL):
        member = member_of(row, lines.calendar())
        one = measure(member.case, member.events, now)
        if one is not None:
            found[member.id] = one
    return found


def measure(case: Case, events: Sequence[Event], now: int) -> Measured | None:
    """Lamp and pace at the Instant `now`; None where the line has no curves."""
    line, cal = case.line, lines.calendar()
    if not has_curves(line):
        return None
    case = catch_up(case, cal, now)[0]
    today = now // DAY
    lamp = light(case, cal, now, int(line.param("light_near", today).value))
    said = _said(events)
    asof = min(today, case.closed // DAY) if case.closed is not None else today
    readings, sources = _readings(events)
    plan = _plan(line, case, said)
    if isinstance(plan, Say):
        return Measured(lamp, None, plan, None, (), readings, sources, asof)
    bands = Bands(*(int(line.param(key, today).value) for key in ("pace_near", "pace_far", "pace_stale")))
    nodes = tuple(_node(plan, node.day, readings, asof) for node in quarters(plan, cal))
    return Measured(
        lamp, pace(plan, readings, asof, cal, bands), None, plan, nodes, readings, sources, asof, bands
    )


def by_system(found: Measured, computed: Sequence[Reading]) -> Measured:
    """The same with the pace of figures that a formula gave: they come before those reported by hand.

    Where they say nothing (of another time, too old) the hand figures keep it.
    """
    if found.plan is None or found.bands is None:
        return found
    inside = [one for one in computed if one.day >= found.plan.first]
    one = pace(found.plan, inside, found.asof, lines.calendar(), found.bands)
    if one.actual is None:
        return found
    nodes = tuple(
        replace(node, reached=_latest(inside, node.day) or node.reached) if node.past else node
        for node in found.nodes
    )
    return replace(found, pace=one, nodes=nodes, computed=True)


def _said(events: Sequence[Event]) -> dict[str, Any]:
    """The measure as the forms said it, the latest word for each part."""
    found: dict[str, Any] = {}
    for event in events:
        found |= {key: event.data[key] for key in SAID if event.data.get(key) not in (None, "")}
    return found


def _plan(line: Line, case: Case, said: Mapping[str, Any]) -> Plan | Say:
    """The goal over its year or years, or over the run of the main clock where no year was named; else why there is none."""
    cal = lines.calendar()
    if "goal" not in said:
        return NO_GOAL
    if "year" in said:
        year, since = int(said["year"]), int(said.get("since_year", said["year"]))
        first, last = day_of(since, 1, 1), day_of(year, 12, 31)
    else:
        run = case.run(line.main_clock)
        if run is None:
            return NO_SPAN
        first, last = run.start // DAY, due(run, cal, run.start).at // DAY
    if not cal.first < first <= last <= cal.last:
        return NO_CALENDAR
    goal, base = exact(said["goal"]), exact(said.get("base", 0))
    if goal == base:
        return SAME
    chosen = curve(line, str(said.get("curve", "")), max(first, line.version))
    return Plan(first, last, goal, base, str(said.get("goal_unit", "")), chosen)


def _readings(events: Sequence[Event]) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Reported figures by their day, with their sources; a later word on the same day stands after the earlier."""
    found = []
    for event in events:
        if event.data.get("value") is not None:
            on = event.data.get("value_on")
            when = day(str(on)) if on else event.effective // DAY
            found.append((Reading(when, exact(event.data["value"])), str(event.data.get("source", ""))))
    found.sort(key=lambda one: one[0].day)
    return tuple(one for one, _ in found), tuple(source for _, source in found)


def _node(plan: Plan, end: int, readings: Sequence[Reading], asof: int) -> NodeView:
    share = expected(plan, end, lines.calendar())
    reached = _latest(readings, end) if end <= asof else None
    return NodeView(end, share, figure(plan.value(share)), reached, end <= asof)


def _latest(readings: Sequence[Reading], end: int) -> str | None:
    """The last figure by the end of a day."""
    by_then = [one for one in readings if one.day <= end]
    return figure(by_then[-1].value) if by_then else None
