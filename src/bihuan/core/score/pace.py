"""Where a goal should stand on a day (序时进度): a seasonal curve, not a straight line, compared with what was reported.

Shares are of the way from the base to the goal, 0 to 1, exact. Within a month they grow with the working days.
Where no curve is known the working days alone decide, and the sentence says so. Pace is no light: a case that is
in time may be behind, and one that is late may be ahead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from bihuan.core.say import Say
from bihuan.core.time.calendar import MONTHS, Calendar
from bihuan.core.time.formats import THIN
from bihuan.core.time.instant import day_text, ymd

AHEAD, ON_PACE, BEHIND, FAR_BEHIND, NO_DATA = "ahead", "on_pace", "behind", "far_behind", "no_data"
TITLES = {
    AHEAD: Say("快于序时", "Ahead"),
    ON_PACE: Say("与序时相当", "On pace"),
    BEHIND: Say("慢于序时", "Behind"),
    FAR_BEHIND: Say("明显慢于序时", "Far behind"),
    NO_DATA: Say("没有数据", "No data"),
}
NOTHING, WHOLE = Fraction(0), Fraction(1)
Number = int | float | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Curve:
    """How the work of a year falls on its months: `weights` of January to December, in force from Day `since`."""

    code: str
    title: Say
    since: int
    weights: tuple[int, ...]
    source: str

    def __post_init__(self) -> None:
        if len(self.weights) != 12 or min(self.weights) < 0 or not any(self.weights):
            raise ValueError(f"curve {self.code}: twelve weights of 0 or more, not all 0: {self.weights}")


class Node(NamedTuple):
    """By the end of Day `day` this share is expected."""

    day: int
    share: Fraction


class Reading(NamedTuple):
    """What had been reached by the end of Day `day`, counted from the base, in the unit of the goal."""

    day: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """A goal over the Days `first` to `last`, both inclusive; agreed `nodes` bend the curve where there are any."""

    first: int
    last: int
    goal: Fraction
    base: Fraction = NOTHING
    unit: str = ""
    curve: Curve | None = None
    nodes: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a plan that ends on {day_text(self.last)}, before it begins")
        if self.goal == self.base:
            raise ValueError(f"goal and base are both {self.goal}: there is no way to go")
        points = [Node(self.first - 1, NOTHING), *self.nodes, Node(self.last, WHOLE)]
        for one, other in pairwise(points):
            if other.day <= one.day and other.share != one.share or other.share < one.share:
                raise ValueError(f"nodes must go forward: {day_text(one.day)}, then {day_text(other.day)}")

    def share(self, value: Number) -> Fraction:
        """How much of the way a value is; below 0 or above 1 where it is. Falling goals count downwards."""
        return (exact(value) - self.base) / (self.goal - self.base)

    def value(self, share: Fraction) -> Fraction:
        """The figure at a share of the way."""
        return self.base + share * (self.goal - self.base)


@dataclass(frozen=True, slots=True)
class Bands:
    """Percentage points within which it is `near` enough, beyond which `far`; days after which a figure is stale."""

    near: int
    far: int
    stale: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How a goal stands on Day `asof`: `expected` then, `actual` and `due_then` on the day of the reading."""

    standing: str
    asof: int
    expected: Fraction
    reading: Reading | None
    actual: Fraction | None
    due_then: Fraction | None
    says: Say
    basis: Say

    @property
    def title(self) -> Say:
        return TITLES[self.standing]


def exact(value: Number) -> Fraction:
    """A figure as it is written: 0.1 is a tenth."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def curve_on(curves: Iterable[Curve], code: str, day: int) -> Curve:
    """The curve of this code in force on a Day; an unknown code or an uncovered day raises KeyError."""
    found = [one for one in curves if one.code == code and one.since <= day]
    if not found:
        raise KeyError(f"no curve {code!r} in force on {day_text(day)}")
    return max(found, key=lambda one: one.since)


def expected(plan: Plan, day: int, cal: Calendar) -> Fraction:
    """The share expected by the end of Day `day`: 0 before the plan begins, 1 from its last day on."""
    if day < plan.first:
        return NOTHING
    if day >= plan.last:
        return WHOLE
    before, after = Node(plan.first - 1, NOTHING), Node(plan.last, WHOLE)
    for node in plan.nodes:
        if node.day <= day:
            before = node
        else:
            after = node
            break
    if not plan.nodes:
        return _curved(plan, day, cal)
    a, b = (_curved(plan, one.day, cal) for one in (before, after))
    if a == b:  # the curve does not move between these two nodes: working days do
        part = _worked(before.day, day, cal) / (_worked(before.day, after.day, cal) or WHOLE)
    else:
        part = (_curved(plan, day, cal) - a) / (b - a)
    return before.share + part * (after.share - before.share)


def _curved(plan: Plan, day: int, cal: Calendar) -> Fraction:
    """The share by the curve alone."""
    done, total = _weigh(plan, day, plan.curve, cal)
    if not total:  # the whole plan lies in months of weight 0
        done, total = _weigh(plan, day, None, cal)
    return done / total if total else Fraction(day - plan.first + 1, plan.last - plan.first + 1)


def _weigh(plan: Plan, day: int, curve: Curve | None, cal: Calendar) -> tuple[Fraction, Fraction]:
    """(weight to the end of the Day, weight of the whole plan)."""
    done = total = NOTHING
    year, month, _ = ymd(plan.first)
    index = (year - 1970) * 12 + month - 1
    while (first := MONTHS[index]) <= plan.last:
        last = MONTHS[index + 1] - 1
        a, b = max(first, plan.first) - 1, min(last, plan.last)
        in_month = _worked(first - 1, last, cal)
        each = WHOLE if curve is None else Fraction(curve.weights[index % 12]) / in_month
        total += each * _worked(a, b, cal)
        if day > a:
            done += each * _worked(a, min(b, day), cal)
        index += 1
    return done, total


def _worked(a: int, b: int, cal: Calendar) -> Fraction:
    return Fraction(cal.count(a, b))


def quarters(plan: Plan, cal: Calendar) -> tuple[Node, ...]:
    """What is expected at the end of each calendar quarter of the plan and on its last day."""
    year, month, _ = ymd(plan.first)
    index = (year - 1970) * 12 + (month - 1) // 3 * 3 + 3
    found = []
    while (end := MONTHS[index] - 1) < plan.last:
        found.append(Node(end, expected(plan, end, cal)))
        index += 3
    return (*found, Node(plan.last, WHOLE))


def pace(plan: Plan, readings: Sequence[Reading], asof: int, cal: Calendar, bands: Bands) -> Pace:
    """How the latest reading compares with what was due on the day of that reading.

    No reading, one too old, or a plan that has not begun is "no data", never "on pace". On the last day only the
    whole goal is on pace.
    """
    due, basis = expected(plan, asof, cal), basis_of(plan)
    latest = max((one for one in readings if one.day <= asof), key=lambda one: one.day, default=None)
    missing = _missing(plan, latest, asof, bands)
    if missing is not None or latest is None:
        says = missing or Say("", "")
        return Pace(NO_DATA, asof, due, latest, None, None, says, basis)
    latest = [one for one in readings if one.day == latest.day][
        -1
    ]  # a later word on the same day corrects it
    actual, then = plan.share(latest.value), expected(plan, latest.day, cal)
    standing = stands(actual, then, bands, over=latest.day >= plan.last)
    return Pace(
        standing, asof, due, latest, actual, then, _sentence(plan, latest, actual, then, standing), basis
    )


def stands(actual: Fraction, due: Fraction, bands: Bands, over: bool = False) -> str:
    """The word for a share beside the share that was due; `over`: the plan has ended."""
    gap = (actual - due) * 100
    if gap < -bands.far:
        return FAR_BEHIND
    if gap < -bands.near or (over and actual < 1):
        return BEHIND
    return AHEAD if gap > bands.near and not over else ON_PACE


def _missing(plan: Plan, latest: Reading | None, asof: int, bands: Bands) -> Say | None:
    if asof < plan.first:
        day = day_text(plan.first)
        return Say(f"{day} 才开始，还没有可比的", f"It begins on {day}; there is nothing to compare yet")
    if latest is None:
        return Say("还没有报过数据，快慢说不出来", "Nothing was reported yet: fast or slow cannot be said")
    age = min(asof, plan.last) - latest.day
    if age <= bands.stale:
        return None
    day = day_text(latest.day)
    return Say(
        f"最近一次数据是 {day} 的，已经 {age} 天，快慢说不出来",
        f"The latest figure is of {day}, {age} days old: fast or slow cannot be said",
    )


def _sentence(plan: Plan, reading: Reading, actual: Fraction, due: Fraction, standing: str) -> Say:
    day, unit = day_text(reading.day), plan.unit
    should, have = figure(plan.value(due)), figure(reading.value)
    gap = figure(abs(actual - due) * 100, 1)
    zh, en = (
        f"到 {day} 应到 {should}{unit}，实际 {have}{unit}",
        f"Due by {day}: {should} {unit}; reached: {have} {unit}",
    )
    en = " ".join(en.split()).replace(" ;", ";")
    if standing == ON_PACE:
        return Say(f"{zh}，与序时相当", f"{en}: on pace")
    faster = actual > due
    return Say(
        f"{zh}，{'快' if faster else '慢'} {gap} 个百分点",
        f"{en}: {gap} percentage points {'ahead' if faster else 'behind'}",
    )


def basis_of(plan: Plan) -> Say:
    """What the expectation rests on."""
    if plan.curve is None:
        zh, en = "没有季节曲线，按工作日均摊", "No seasonal curve: working days alone"
    else:
        one, since = plan.curve, day_text(plan.curve.since)
        zh = f"按“{one.title}”曲线（{since} 起，{one.source}）"
        en = f"By the curve “{one.title.en}” (since {since})"
    if plan.nodes:
        return Say(
            f"{zh}，经过约定的 {len(plan.nodes)} 个节点", f"{en}, through {len(plan.nodes)} agreed nodes"
        )
    return Say(zh, en)


def figure(value: Fraction, places: int = 2) -> str:
    """A figure with at most so many places (halves go up), no idle noughts, narrow spaces from five figures on."""
    whole, part = divmod(int(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    size = f"{whole:,}".replace(",", THIN) if whole >= 10_000 else str(whole)
    text = f"{size}.{part:0{places}}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text
