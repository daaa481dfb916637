"""Point to cell: 1 M points, 2,000 cells, against shapely's STRtree."""

from __future__ import annotations

import numpy as np
import shapely

from bench.measure import Line, race
from bihuan.core.place.grid import Tiling

WIDE, HIGH, POINTS = 50, 40, 1_000_000


def cells() -> list[tuple[str, list[tuple[float, float]]]]:
    """2,000 crooked quadrilaterals that tile a rectangle about the size of the district."""
    rng = np.random.default_rng(2016)
    x = np.linspace(117.11, 117.19, WIDE + 1)
    y = np.linspace(39.05, 39.15, HIGH + 1)
    gx, gy = np.meshgrid(x, y)
    dx, dy = (x[1] - x[0]) * 0.35, (y[1] - y[0]) * 0.35
    gx[1:-1, 1:-1] += rng.uniform(-dx, dx, gx[1:-1, 1:-1].shape)
    gy[1:-1, 1:-1] += rng.uniform(-dy, dy, gy[1:-1, 1:-1].shape)
    out = []
    for j in range(HIGH):
        for i in range(WIDE):
            ring = [(j, i), (j, i + 1), (j + 1, i + 1), (j + 1, i)]
            out.append((f"{j * WIDE + i:015d}", [(float(gx[k]), float(gy[k])) for k in ring]))
    return out


def lines() -> list[Line]:
    made = cells()
    rng = np.random.default_rng(7)
    xy = np.column_stack([rng.uniform(117.11, 117.19, POINTS), rng.uniform(39.05, 39.15, POINTS)])
    tiling = Tiling.of(made)
    tree = shapely.STRtree([shapely.Polygon(ring) for _, ring in made])
    points = shapely.points(xy)
    found = tiling.locate_many(xy)
    pairs = tree.query(points, predicate="intersects")
    theirs = np.full(POINTS, -1)
    theirs[pairs[0]] = pairs[1]
    differ = int((found != theirs).sum())
    ours, peer = race(
        [
            ("locate_many", lambda: tiling.locate_many(xy), POINTS),
            ("shapely STRtree.query", lambda: tree.query(points, predicate="intersects"), POINTS),
        ]
    )
    return [Line("点到网格 / point to cell", ours, peer, 2, f"{differ} of {POINTS} differ (on borders)")]
