"""Student's t with a whole number of degrees of freedom, in closed form (Abramowitz and Stegun 26.7.3, 26.7.4)."""

from __future__ import annotations

from math import atan, cos, pi, sin, sqrt


def below(t: float, freedom: int) -> float:
    """The chance of a value under `t`; ValueError without a degree of freedom."""
    if freedom < 1:
        raise ValueError(f"freedom {freedom}")
    angle = atan(t / sqrt(freedom))
    c2 = cos(angle) ** 2
    if freedom % 2:
        total = term = sin(angle) * cos(angle) if freedom > 1 else 0.0
        for j in range(3, freedom, 2):
            term *= c2 * (j - 1) / j
            total += term
        inside = 2 / pi * (angle + total)
    else:
        total = term = sin(angle)
        for j in range(2, freedom, 2):
            term *= c2 * (j - 1) / j
            total += term
        inside = total
    return min(1.0, max(0.0, 0.5 + inside / 2))


def quantile(share: float, freedom: int) -> float:
    """The value with this chance under it, by halving; ValueError outside 0.0001–0.9999."""
    if not 0.0001 <= share <= 0.9999:
        raise ValueError(f"share {share}")
    low, high = -1e5, 1e5  # one degree of freedom reaches 3183 at 0.9999
    for _ in range(80):
        middle = (low + high) / 2
        if below(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
