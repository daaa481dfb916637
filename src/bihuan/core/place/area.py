"""Areas in m² on the CGCS2000 ellipsoid (which WGS-84 equals here to a tenth of a millimetre)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from bihuan.core.place.shapes import Ring, Shape, polygons

A = 6_378_137.0  # semi-major axis, m
F = 1 / 298.257222101  # flattening, CGCS2000
E2 = F * (2 - F)
E1 = math.sqrt(E2)
# Gauss-Legendre, three points on [0, 1]: exact to degree 5, far beyond what an edge of a few km needs.
_NODES = (0.5 - math.sqrt(0.15), 0.5, 0.5 + math.sqrt(0.15))
_WEIGHTS = (5 / 18, 8 / 18, 5 / 18)


def authalic(lat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """q(φ) of Snyder (1987) 3-12: A²/2·q·Δλ is the true area below φ, so the cylinder (λ, q) keeps areas."""
    s = np.sin(np.radians(lat))
    out: npt.NDArray[np.float64] = (1 - E2) * (s / (1 - E2 * s * s) + np.arctanh(E1 * s) / E1)
    return out


def ring_area(ring: Ring) -> float:
    """Signed area (anticlockwise positive) of a ring whose edges are straight in lon/lat."""
    p = np.array(ring, dtype=np.float64)
    lon, lat = np.radians(p[:, 0] - p[0, 0]), p[:, 1]
    lon2, lat2 = np.roll(lon, -1), np.roll(lat, -1)
    # Area = -∮ q dλ, with q from the first point on: a difference of large numbers would cost digits.
    q0 = authalic(p[:1, 1])[0]
    mean = sum(w * (authalic(lat + t * (lat2 - lat)) - q0) for t, w in zip(_NODES, _WEIGHTS, strict=True))
    return float(-np.sum(mean * (lon2 - lon))) * A * A / 2


def area_m2(shape: Shape) -> float:
    """Area of a polygon in m²: outer rings less their holes."""
    total = 0.0
    for rings in polygons(shape):
        for i, ring in enumerate(rings):
            total += abs(ring_area(ring)) if i == 0 else -abs(ring_area(ring))
    return total
