"""The way from a base year to a goal: what is needed, what a stated rate reaches, and the gap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Path:
    """Yearly figures for a chart, in the unit of the base; rates are fractions (0.085 is 8.5 %)."""

    years: tuple[int, ...]
    required: tuple[float, ...]
    at_rate: tuple[float, ...]
    required_rate: float
    stated_rate: float
    reached: float
    gap: float  # goal minus what the stated rate reaches; positive means it falls short
    reach_year: int | None  # first year in which the stated rate passes the goal, None beyond a century


def path(base_year: int, base: float, goal_year: int, goal: float, rate: float) -> Path:
    """Compound both ways between two years; ValueError where no path exists."""
    n = goal_year - base_year
    if n <= 0:
        raise ValueError(f"goal_year {goal_year} is not after base_year {base_year}")
    if base <= 0 or goal <= 0:
        raise ValueError(f"base {base} and goal {goal} must be positive")
    if rate <= -1:
        raise ValueError(f"rate {rate} must be above -1")
    need = float((goal / base) ** (1 / n) - 1)
    years = tuple(range(base_year, goal_year + 1))
    required = tuple(base * (1 + need) ** k for k in range(n + 1))
    at_rate = tuple(base * (1 + rate) ** k for k in range(n + 1))
    return Path(
        years,
        required,
        at_rate,
        need,
        rate,
        at_rate[-1],
        goal - at_rate[-1],
        _reach(base_year, base, goal, rate),
    )


def _reach(base_year: int, base: float, goal: float, rate: float) -> int | None:
    value, year = base, base_year
    for _ in range(101):
        if value >= goal:
            return year
        value, year = value * (1 + rate), year + 1
    return None


def sum_at_rate(last: float, rate: float, years: int) -> float:
    """Sum of `years` yearly figures that grow by `rate` and end at `last`."""
    return sum(last / (1 + rate) ** k for k in range(years))


def last_from_sum(total: float, rate: float, years: int) -> float:
    """The last of `years` yearly figures that grow by `rate` and add up to `total`."""
    return total / sum_at_rate(1.0, rate, years)
