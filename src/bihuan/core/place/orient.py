"""On which side of a line a point lies, without rounding errors (after Shewchuk 1997: filter, then exact)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# (3 + 16e)e with e = 2^-53: below this share of the terms the sign of the float result may be wrong.
FILTER = 3.3306690738754716e-16
TINY = 1e-290  # covers what products lose where they underflow


def side(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> int:
    """1 if (x, y) is left of the line from a to b, -1 right, 0 exactly on it."""
    left = (ax - x) * (by - y)
    right = (ay - y) * (bx - x)
    det = left - right
    bound = FILTER * (abs(left) + abs(right)) + TINY
    if det > bound:
        return 1
    if det < -bound:
        return -1
    if (ax == x or by == y) and (ay == y or bx == x):
        return 0  # both terms are truly zero, as on any level or upright edge: no need for fractions
    return _exact(ax, ay, bx, by, x, y)


def sides(ax: Floats, ay: Floats, bx: Floats, by: Floats, x: Floats, y: Floats) -> npt.NDArray[np.int8]:
    """`side` for arrays of equal length."""
    left = (ax - x) * (by - y)
    right = (ay - y) * (bx - x)
    det = left - right
    bound = FILTER * (np.abs(left) + np.abs(right)) + TINY
    sign = np.sign(det).astype(np.int8)
    near = np.flatnonzero(np.abs(det) <= bound)
    sign[near] = 0
    true_zero = ((ax == x) | (by == y))[near] & ((ay == y) | (bx == x))[near]
    for i in near[~true_zero].tolist():
        sign[i] = _exact(float(ax[i]), float(ay[i]), float(bx[i]), float(by[i]), float(x[i]), float(y[i]))
    return sign


def _exact(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> int:
    px, py = Fraction(x), Fraction(y)
    det = (Fraction(ax) - px) * (Fraction(by) - py) - (Fraction(ay) - py) * (Fraction(bx) - px)
    return (det > 0) - (det < 0)
