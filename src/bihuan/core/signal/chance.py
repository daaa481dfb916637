"""How likely a count is by chance alone: exact tails, and a threshold that holds for all of them together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import exp, lgamma, log
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def binomial_tail(k: int, n: int, share: float) -> float:
    """P(at least k of n) where each comes with this share; ValueError for impossible counts."""
    if not 0 <= k <= n or not 0 <= share <= 1:
        raise ValueError(f"no count: {k} of {n} at {share}")
    if k == 0 or share == 1:
        return 1.0
    if share == 0:
        return 0.0
    odds = share / (1 - share)
    term = exp(_choose(n, k) + k * log(share) + (n - k) * log(1 - share))
    total = term
    for i in range(k, n):
        term *= (n - i) / (i + 1) * odds
        total += term
    return min(1.0, total)


def hypergeometric_tail(k: int, n: int, good: int, whole: int) -> float:
    """P(at least k good ones) among n taken blindly from `whole`, of which `good` are good."""
    if not (0 <= k <= n <= whole and 0 <= good <= whole) or k > good:
        raise ValueError(f"no count: {k} of {n}, {good} of {whole}")
    low, high = max(0, n + good - whole), min(n, good)
    if k <= low:
        return 1.0
    all_ways = _choose(whole, n)
    return min(
        1.0,
        sum(exp(_choose(good, i) + _choose(whole - good, n - i) - all_ways) for i in range(k, high + 1)),
    )


def holm(chances: Mapping[Key, float], level: float) -> dict[Key, float]:
    """The ones that stay under `level` though so many were looked at, each with its adjusted chance (Holm 1979).

    The chance that even one of them is there by accident is at most `level`, however they hang together.
    """
    kept: dict[Key, float] = {}
    least, number = 0.0, len(chances)
    for rank, (key, chance) in enumerate(sorted(chances.items(), key=lambda one: one[1])):
        least = max(least, min(1.0, chance * (number - rank)))
        if least > level:
            break
        kept[key] = least
    return kept


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
