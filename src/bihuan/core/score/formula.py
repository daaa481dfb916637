"""Formulas: what is counted over what in a period, for which unit, what is left out, and how sure a rate is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

from bihuan.core.case.parts import Case, Event
from bihuan.core.say import Say
from bihuan.core.score.pace import figure
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Run, due
from bihuan.core.time.instant import DAY, day_of

NOTHING: Mapping[str, Say] = {}
SETS = ("verdict", "action", "without", "state", "outcome")  # keys of a formula that hold several names


@dataclass(frozen=True, slots=True)
class Counted:
    """Which cases, runs or events are counted in a period; every key given must hold.

    `moment` is what must lie in the period; `verdict` is read from `figure` "due" (stops out) or "plain"
    (stops in); `ended` = the run is over, late or not; `action` = at least one of these was done, `without` = none of these.
    """

    count: str
    moment: str
    clock: str = ""
    verdict: tuple[str, ...] = ()
    figure: str = "due"
    stopped: bool | None = None
    extended: bool | None = None
    ended: bool | None = None
    action: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()

    def same_things(self, other: Counted) -> bool:
        """Whether both pick from the same things, so that one can be a part of the other."""
        mine, others = (
            (c.count, c.moment, c.clock, c.figure, c.action if c.count == "events" else ())
            for c in (self, other)
        )
        return mine == others


def named(of: Counted) -> list[tuple[str, str]]:
    """The (kind, name) of the things a set may hold."""
    if of.count == "events":
        return [("event", name) for name in of.action]
    return [("run", of.clock)] if of.count == "runs" else [("case", "")]


COUNTED_KEYS = frozenset(Counted.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What leaves the denominator; its number is always published beside the figure."""

    counted: Counted
    label: Say


@dataclass(frozen=True, slots=True)
class Indicator:
    """numerator / denominator of one period; under `minimum_n` no rate is shown, and 0 / 0 is "no data"."""

    key: str
    title: Say
    numerator: Counted
    denominator: Counted
    exclude: tuple[Excluded, ...]
    minimum_n: int
    direction: str
    bound: str
    law: str
    source: str
    note: Say | None = None


def counted_of(row: Mapping[str, Any]) -> Counted:
    """A set as a TOML table writes it; keys that are no part of a set are left alone."""
    known: dict[str, Any] = {key: row[key] for key in row if key in COUNTED_KEYS}
    return Counted(**known | {key: tuple(known[key]) for key in SETS if key in known})


def indicator_of(row: Mapping[str, Any]) -> Indicator:
    """One [[indicator]] of score.toml."""
    note = row.get("note")
    return Indicator(
        key=row["key"],
        title=Say(row["zh"], row["en"]),
        numerator=counted_of(row["numerator"]),
        denominator=counted_of(row["denominator"]),
        exclude=tuple(Excluded(counted_of(out), Say(out["zh"], out["en"])) for out in row.get("exclude", ())),
        minimum_n=row["minimum_n"],
        direction=row["direction"],
        bound=row.get("bound", ""),
        law=row["law"],
        source=row["source"],
        note=Say(note["zh"], note["en"]) if note else None,
    )


def version_of(row: Mapping[str, Any]) -> str:
    """16 hex digits that change with anything that may change a figure, and with nothing else."""
    counts = {key: row[key] for key in ("numerator", "denominator", "exclude", "minimum_n", "direction", "bound", "each")
              if key in row}  # fmt: skip
    return sha256(json.dumps(counts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


# --- what is counted ---------------------------------------------------------------------------------------


class Period(NamedTuple):
    """Instants [since, until)."""

    since: int
    until: int

    def holds(self, moment: int | None) -> bool:
        return moment is not None and self.since <= moment < self.until


def period_of(year: int, month: int) -> Period:
    """A whole year (month 0) or a month, as Instants."""
    if month:
        following = (year + 1, 1) if month == 12 else (year, month + 1)
        return Period(day_of(year, month, 1) * DAY, day_of(*following, 1) * DAY)
    return Period(day_of(year, 1, 1) * DAY, day_of(year + 1, 1, 1) * DAY)


@dataclass(frozen=True, slots=True)
class Story:
    """A case as far as it is known, its events, and who its parties were after each of them."""

    number: str
    case: Case
    events: Sequence[Event]
    parties: Sequence[Mapping[str, str]]


class Thing(NamedTuple):
    """One case, run or event that is counted: told apart within its case by `key`, with the parties of that time."""

    key: tuple[str, int]
    parties: Mapping[str, str]


def things(counted: Counted, story: Story, period: Period, asof: int, cal: Calendar) -> Iterator[Thing]:
    """What of one case the set holds. A limit that has not run out by `asof` is in no due set."""
    case = story.case
    if not _fits(counted, case):
        return
    if counted.count == "cases":
        moment = case.opened if counted.moment == "opened" else case.closed if case.final else None
        done = not counted.action or any(name in case.times for name in counted.action)
        if done and period.holds(moment):
            yield Thing(("case", 0), story.parties[-1])
    elif counted.count == "events":
        for seq, event in enumerate(story.events):
            if event.name in counted.action and period.holds(event.at):
                yield Thing(("event", seq), story.parties[seq])
    else:
        for number, run in enumerate([*case.history, *case.runs.values()]):
            if run.clock == counted.clock and _run_fits(counted, run, period, asof, cal):
                yield Thing((f"run {run.clock}", number), _parties_at(story, run.start))


def _fits(counted: Counted, case: Case) -> bool:
    if counted.state and case.state not in counted.state:
        return False
    if counted.outcome and case.outcome not in counted.outcome:
        return False
    return not any(name in case.times for name in counted.without)


def _run_fits(counted: Counted, run: Run, period: Period, asof: int, cal: Calendar) -> bool:
    now = due(run, cal, asof)
    plain = counted.figure == "plain"
    end, late = (now.plain, now.plain_late) if plain else (now.at, now.late)
    moment = {"started": run.start, "ended": run.end, "due": end if end < asof else None}[counted.moment]
    if not period.holds(moment):
        return False
    if counted.verdict and verdict(run, late) not in counted.verdict:
        return False
    if counted.ended is not None and counted.ended != (run.end is not None):
        return False
    if counted.stopped is not None and counted.stopped != any(stop.pause for stop in run.stops):
        return False
    return counted.extended is None or counted.extended == bool(run.extension)


def verdict(run: Run, late: bool) -> str:
    """met, late, cleared, expired; "" while it runs in time."""
    if run.how == "expired" and run.end is not None:
        return "expired"
    if late:
        return "late"
    return "" if run.end is None else "met" if run.how == "stopped" else "cleared"


def _parties_at(story: Story, moment: int) -> Mapping[str, str]:
    """The parties once the run had begun: whoever got the clock, not who holds the case later."""
    last = max((seq for seq, event in enumerate(story.events) if event.effective <= moment), default=0)
    return story.parties[last]


# --- counting ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Numbers of cases, one for each thing counted; `left_out` with the reason. Lists are in order of number."""

    numerator: list[str] = field(default_factory=list)
    denominator: list[str] = field(default_factory=list)
    left_out: list[tuple[str, Say]] = field(default_factory=list)

    @property
    def rate(self) -> Fraction | None:
        """None is "no data": of nothing there is no rate, and never 100 %."""
        return Fraction(len(self.numerator), len(self.denominator)) if self.denominator else None


def add_story(
    tallies: dict[str, Tally], of: Indicator, party: str, story: Story, period: Period, asof: int, cal: Calendar,
    struck: Mapping[str, Say] = NOTHING,
) -> None:  # fmt: skip
    """Count one case into the tallies of the units that are `party` in it ("" where no party is named or there).

    `struck` leaves the whole case out of the tally of a unit, for the reason given (an appeal that was upheld).
    """
    out: dict[tuple[str, int], Say] = {}
    for one in of.exclude:
        for thing in things(one.counted, story, period, asof, cal):
            out.setdefault(thing.key, one.label)
    inside = set()
    for thing in things(of.denominator, story, period, asof, cal):
        unit, tally = _of(tallies, thing, party)
        why = struck.get(unit) or out.get(thing.key)
        if why is not None:
            tally.left_out.append((story.number, why))
        else:
            tally.denominator.append(story.number)
            inside.add(thing.key)
    part = of.numerator.same_things(of.denominator)
    for thing in things(of.numerator, story, period, asof, cal):
        unit, tally = _of(tallies, thing, party)
        if unit not in struck and (not part or thing.key in inside):
            tally.numerator.append(story.number)


def add_count(
    tallies: dict[str, Tally], counted: Counted, party: str, story: Story, period: Period, asof: int,
    cal: Calendar, struck: Mapping[str, Say] = NOTHING,
) -> None:  # fmt: skip
    """Count the things of a plain number (a bonus, a deduction): they are listed as the numerator."""
    for thing in things(counted, story, period, asof, cal):
        unit, tally = _of(tallies, thing, party)
        if unit in struck:
            tally.left_out.append((story.number, struck[unit]))
        else:
            tally.numerator.append(story.number)


def _of(tallies: dict[str, Tally], thing: Thing, party: str) -> tuple[str, Tally]:
    unit = thing.parties.get(party, "")
    return unit, tallies.setdefault(unit, Tally())


# --- how sure ----------------------------------------------------------------------------------------------


def wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The two-sided Wilson interval of k of n; ValueError where there is nothing or more than all."""
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"no share: {k} of {n}")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, spread = k / n, z * z / n
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if k == 0 else max(0.0, low)), (1.0 if k == n else min(1.0, high))


# --- two figures of the same thing -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """A hand figure beside a computed one; `apart` is hand less computed."""

    agree: bool
    apart: Decimal
    within: Decimal
    words: Say


def compare(hand: Decimal, computed: Decimal, unit: str = "") -> Beside:
    """Whether a hand figure is the computed one as it would be rounded: half of its last digit, at most 0.5 %."""
    digits = hand.normalize().as_tuple().exponent
    assert isinstance(digits, int), "a figure is finite"
    half = Decimal(5).scaleb(digits - 1)
    within = min(half, abs(computed) * Decimal("0.005")) if computed else half
    apart = hand - computed
    agree = abs(apart) <= within
    size = figure(Fraction(abs(apart)), 4)
    said, en = f"{size}{unit}", f"{size} {unit}".strip()
    if unit == "%":  # two rates lie points apart
        said, en = f"{size} 个百分点", f"{size} percentage points"
    if agree:
        words = Say("手填与系统计算一致", "The hand figure agrees with the computed one")
    elif apart > 0:
        words = Say(f"手填比系统计算多 {said}", f"The hand figure is {en} above the computed one")
    else:
        words = Say(f"手填比系统计算少 {said}", f"The hand figure is {en} below the computed one")
    return Beside(agree, apart, within, words)
