"""The chance of reaching a goal, as a distribution: projected from the readings and from how such goals fared.

`chance(readings, goal, by)` is all a page needs. The method, its assumptions and its calibration are in
docs/chance.md. Every figure is in the unit of the readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from bihuan.core.report.student import below, quantile
from bihuan.core.say import Say
from bihuan.core.score.formula import wilson

LEAST = 3  # readings
_ALIKE = 2.0  # a base rate weighs as much as this many steps between readings
Line = tuple[float, ...]
_SURE, _ROUGH = 0.25, 0.5  # widths of the interval of the chance


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before the readings of this series: its spread and how soon growth fades."""

    spread: float  # of one year's step: of the logarithm for amounts, of the mean reading for the others
    weight: int  # degrees of freedom the spread is worth
    years: float  # years of readings that the drift `at rest` or stated is worth


# chosen on the series of 44 reports; `python -m bihuan.core.report.tests.calibration` prints how well they hold
PRIORS = {"amount": Prior(0.02, 2, 1.0), "rate": Prior(0.01, 5, 1.0), "growth": Prior(0.08, 3, 2.0)}


@dataclass(frozen=True, slots=True)
class Chance:
    """Bands by year, the last reading first (its band has no width), and the chance with its interval.

    `refused` says why there are no bands; then `years` and the bands are empty, and `probability` is the base rate
    with its interval, or None without one. `low` and `high` bound the probability in four cases of five.
    """

    years: tuple[int, ...] = ()
    median: tuple[float, ...] = ()
    low50: tuple[float, ...] = ()
    high50: tuple[float, ...] = ()
    low90: tuple[float, ...] = ()
    high90: tuple[float, ...] = ()
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    sure: Say | None = None
    rests_on: tuple[Say, ...] = ()
    refused: Say | None = None
    n: int = 0


def kind_of(role: str, unit: str) -> str:
    """amount, rate or growth: how a figure of this role and unit moves from year to year."""
    if role in ("growth_yoy", "growth_avg", "decrease", "change_pp"):
        return "growth"
    return "rate" if unit in ("%", "‰", "百分点") else "amount"


def chance(
    readings: Sequence[tuple[int, float]], goal: float, by: int, base_rate: tuple[int, int] | None = None,
    *, kind: str = "amount", ceiling: bool = False, rate: float | None = None,
) -> Chance:  # fmt: skip
    """Project the yearly readings (year, value) to the year `by` and say how likely the goal is reached.

    The readings must count one thing in one scope and price basis (`series.one_basis` sorts them). `base_rate` is
    (kept, judged) of such goals (`base_rate.base_rate`); `kind` from `kind_of`; `ceiling`: the goal is not to be
    passed; `rate`: the yearly growth the plan states, a fraction, for amounts only. ValueError for two readings of
    one year, an unknown kind, or a goal year that already has its reading.
    """
    prior = PRIORS.get(kind)
    if prior is None:
        raise ValueError(f"unknown kind {kind}")
    known = sorted(readings)
    years = [year for year, _ in known]
    if len(set(years)) < len(years):
        raise ValueError("two readings of one year")
    if years and by <= years[-1]:
        raise ValueError(f"{by} is not after the last reading of {years[-1]}")
    why = _refuse(known, goal, kind)
    if why:
        return _only_alike(why, base_rate, len(known))
    values = [value for _, value in known]
    marks = [log(v) for v in values] if kind == "amount" else values
    scale = 1.0 if kind == "amount" else sum(map(abs, values)) / len(values)
    stated = log(1 + rate) if rate is not None and kind == "amount" and rate > -1 else 0.0
    walk = _walk(years, marks, prior, scale, stated)
    aim = log(goal) if kind == "amount" else goal
    middle, low, high = walk.reach(aim, by - years[-1], ceiling)
    said = [_about(known, walk, kind)]
    if rate is not None and kind == "amount":
        said.append(Say(f"计划写的增速{rate * 100:.4g}%", f"the plan's stated growth of {rate * 100:.4g} %"))
    if by - years[-1] > years[-1] - years[0]:
        said.append(Say("要推的年数比有读数的年数还多", "more years ahead than the readings span"))
    if base_rate and base_rate[1]:
        share = (len(known) - 1) / (len(known) - 1 + _ALIKE)
        k, n = base_rate
        bound = wilson(k, n, 0.8)
        middle, low, high = (
            share * a + (1 - share) * b for a, b in zip((middle, low, high), (k / n, *bound), strict=True)
        )
        said.append(_alike(k, n))
    years_shown, lines = tuple(range(years[-1], by + 1)), _bands(walk, known[-1], by, kind)
    return Chance(years_shown, *lines, middle, low, high, _sure(high - low), tuple(said), None, len(known))


def _refuse(known: list[tuple[int, float]], goal: float, kind: str) -> Say | None:
    if len(known) < LEAST:
        return Say(
            f"只有{len(known)}个年度读数，不足{LEAST}个，不推算",
            f"{len(known)} yearly readings; fewer than {LEAST} give no projection",
        )
    if kind == "amount" and (goal <= 0 or any(value <= 0 for _, value in known)):
        return Say("有零或负数，不能按增长推算", "a figure is zero or negative; growth cannot be projected")
    if kind != "amount" and not any(value for _, value in known):
        return Say("读数都是零，看不出变动", "all readings are zero; no movement to project")
    return None


def _only_alike(why: Say, base_rate: tuple[int, int] | None, n: int) -> Chance:
    if not base_rate or not base_rate[1]:
        return Chance(refused=why, n=n)
    low, high = wilson(*base_rate, 0.8)
    return Chance(probability=base_rate[0] / base_rate[1], low=low, high=high, sure=_sure(high - low),
                  rests_on=(_alike(*base_rate),), refused=why, n=n)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk with drift whose drift and spread are only known as well as the readings tell."""

    last: float
    drift: float
    spread: float
    worth: float  # years the drift rests on
    freedom: int

    def after(self, years: int, share: float) -> float:
        """The value that is not passed with chance `share`."""
        wide = self.spread * sqrt(years + years * years / self.worth)
        return self.last + self.drift * years + quantile(share, self.freedom) * wide

    def reach(self, aim: float, years: int, ceiling: bool) -> tuple[float, float, float]:
        """The chance, and what it would be at the drift's bounds (four cases of five)."""
        wide = self.spread * sqrt(years + years * years / self.worth)
        short = self.spread * sqrt(years)
        off = quantile(0.9, self.freedom) * self.spread / sqrt(self.worth) * years
        away = aim - self.last - self.drift * years
        under = (
            below(away / wide, self.freedom),
            *(below((away + s * off) / short, self.freedom) for s in (1, -1)),
        )
        middle, one, other = under if ceiling else tuple(1 - p for p in under)
        return middle, min(middle, one, other), max(middle, one, other)


def _walk(years: list[int], marks: list[float], prior: Prior, scale: float, stated: float) -> _Walk:
    """Normal steps with unknown drift and spread (conjugate prior): what is left is Student's t."""
    span = years[-1] - years[0]
    seen = (marks[-1] - marks[0]) / span
    steps = zip(years, years[1:], marks, marks[1:], strict=False)
    around = sum((q - p - seen * (b - a)) ** 2 / (b - a) for a, b, p, q in steps)
    worth = prior.years + span
    drift = (prior.years * stated + span * seen) / worth
    around += prior.years * span / worth * (seen - stated) ** 2
    freedom = prior.weight + len(marks) - 1
    spread = sqrt((prior.weight * (prior.spread * scale) ** 2 + around) / freedom)
    return _Walk(marks[-1], drift, spread, worth, freedom)


def _bands(walk: _Walk, last: tuple[int, float], by: int, kind: str) -> tuple[Line, Line, Line, Line, Line]:
    """Median, low50, high50, low90, high90, each from the last reading on."""

    def shown(mark: float) -> float:
        return exp(mark) if kind == "amount" else max(0.0, mark) if kind == "rate" else mark

    def line(share: float) -> Line:
        return (last[1], *(shown(walk.after(years, share)) for years in range(1, by - last[0] + 1)))

    return line(0.5), line(0.25), line(0.75), line(0.05), line(0.95)


def _about(known: list[tuple[int, float]], walk: _Walk, kind: str) -> Say:
    n, first, last = len(known), known[0][0], known[-1][0]
    if kind == "amount":
        drift, spread = (exp(walk.drift) - 1) * 100, (exp(walk.spread) - 1) * 100
        zh, en = (
            f"每年约{drift:+.1f}%，上下{spread:.1f}%",
            f"about {drift:+.1f} % a year, give or take {spread:.1f} %",
        )
    else:
        zh = f"每年约{walk.drift:+.2f}个百分点，上下{walk.spread:.2f}"
        en = f"about {walk.drift:+.2f} points a year, give or take {walk.spread:.2f}"
    return Say(f"{first}—{last}年的{n}个读数：{zh}", f"{n} readings of {first}–{last}: {en}")


def _alike(k: int, n: int) -> Say:
    return Say(f"同类目标{n}个里做到{k}个", f"{k} of {n} such goals were kept")


def _sure(width: float) -> Say:
    if width <= _SURE:
        return Say("较有把握", "fairly sure")
    if width <= _ROUGH:
        return Say("只是大概", "a rough figure")
    return Say("几乎说不准", "hardly known")
