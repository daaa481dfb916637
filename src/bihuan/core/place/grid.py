"""Which cell a point lies in: one at a time or a million at once, exact to the last bit.

A cell is closed: its border belongs to it. A point on the border of several cells belongs to the one with the
lowest code, so the answer never depends on the order of the data or on rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bihuan.core.place import buckets, orient
from bihuan.core.place.cover import Faults, find_faults
from bihuan.core.place.shapes import Ring, Shape, rings

_BLOCK = 1 << 17  # points worked on at once: their arrays stay in the cache


@dataclass(frozen=True, slots=True)
class _Lists:
    """The index as plain lists, which Python reads faster one by one than arrays."""

    table: memoryview
    candidates: list[tuple[int, ...]]
    low_row: list[int]
    base: list[int]
    slabs: list[tuple[tuple[float, float, float, float], ...]]


@dataclass(frozen=True, slots=True)
class Tiling:
    """Cells with an index over them; `codes` is sorted, and an index means a place in it."""

    codes: tuple[str, ...]
    shapes: tuple[tuple[Ring, ...], ...]
    _index: buckets.Buckets
    _lists: _Lists

    @classmethod
    def of(cls, cells: Iterable[tuple[str, Shape]]) -> Tiling:
        """A tiling of (code, GeoJSON polygon or list of rings); lon/lat in degrees, one datum for all."""
        ordered = sorted(((code, rings(shape)) for code, shape in cells), key=lambda c: c[0])
        codes = tuple(code for code, _ in ordered)
        if not codes:
            raise ValueError("a tiling needs at least one cell")
        for a, b in pairwise(codes):
            if a == b:
                raise ValueError(f"cell {a} is there twice")
        shapes = [s for _, s in ordered]
        index = buckets.build(buckets.edges_of(shapes), len(codes))
        return cls(codes, tuple(shapes), index, _as_lists(index))

    def locate(self, lon: float, lat: float) -> str | None:
        """The code of the cell at this point, or None outside all cells (also for NaN and infinity)."""
        i = self.index_at(lon, lat)
        return None if i < 0 else self.codes[i]

    def index_at(self, lon: float, lat: float) -> int:
        """As `locate`, but the index, -1 outside."""
        b = self._index
        if not (b.x0 <= lon <= b.x1 and b.y0 <= lat <= b.y1):
            return buckets.NOWHERE
        row = min(int((lat - b.y0) * b.per_y), b.ny - 1)
        column = min(int((lon - b.x0) * b.per_x), b.nx - 1)
        lists = self._lists
        found: int = lists.table[row * b.nx + column]
        if found >= buckets.NOWHERE:
            return found
        for cell in lists.candidates[-2 - found]:
            s = lists.base[cell] + row - lists.low_row[cell]
            if lists.base[cell] <= s < lists.base[cell + 1] and _holds(lists.slabs[s], lon, lat):
                return cell
        return buckets.NOWHERE

    def locate_many(self, xy: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Indexes into `codes` for an array of shape (n, 2) of lon, lat; -1 outside all cells."""
        points = np.asarray(xy, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(f"an array of shape (n, 2) is expected, not {points.shape}")
        out = np.empty(len(points), dtype=np.int64)
        for i in range(0, len(points), _BLOCK):
            out[i : i + _BLOCK] = self._locate_block(points[i : i + _BLOCK, 0], points[i : i + _BLOCK, 1])
        return out

    def _locate_block(self, x: orient.Floats, y: orient.Floats) -> npt.NDArray[np.int64]:
        b = self._index
        inside = (x >= b.x0) & (x <= b.x1) & (y >= b.y0) & (y <= b.y1)
        if not inside.all():
            out = np.full(len(x), buckets.NOWHERE, dtype=np.int64)
            if inside.any():
                out[inside] = self._locate_block(x[inside], y[inside])
            return out
        row, column = b.row(y), b.column(x)
        found: buckets.Ints = b.table[row * b.nx + column].astype(np.int64)
        near = np.flatnonzero(found < buckets.NOWHERE)
        if len(near):
            found[near] = self._judge(x[near], y[near], row[near], -2 - found[near])
        return found

    def _judge(self, x: orient.Floats, y: orient.Floats, row: buckets.Ints, k: buckets.Ints) -> buckets.Ints:
        """The lowest candidate of crossed bucket k that holds the point, by exact crossing count."""
        b = self._index
        c, point = buckets.spread(b.first[k], b.first[k + 1] - b.first[k])
        cell = b.candidate[c]
        s = b.base[cell] + row[point] - b.low_row[cell]
        known = (s >= b.base[cell]) & (s < b.base[cell + 1])
        cell, point, s = cell[known], point[known], s[known]
        at, pair = buckets.spread(b.slab[s], b.slab[s + 1] - b.slab[s])
        edge = b.edge[at]
        e = b.edges
        px, py = x[point[pair]], y[point[pair]]
        ax, ay, bx, by = e.x1[edge], e.y1[edge], e.x2[edge], e.y2[edge]
        sign = orient.sides(ax, ay, bx, by, px, py)
        touch = (
            (sign == 0)
            & (px >= np.minimum(ax, bx))
            & (px <= np.maximum(ax, bx))
            & (py >= np.minimum(ay, by))
            & (py <= np.maximum(ay, by))
        )
        # The half-open rule counts a vertex once; a ray to the right crosses edges the point is this side of.
        cross = ((ay <= py) & (by > py) & (sign > 0)) | ((by <= py) & (ay > py) & (sign < 0))
        odd = np.bincount(pair[cross], minlength=len(cell)) % 2 == 1
        odd[pair[touch]] = True
        found = np.full(len(x), len(self.codes), dtype=np.int64)
        np.minimum.at(found, point[odd], cell[odd])
        found[found == len(self.codes)] = buckets.NOWHERE
        return found

    def faults(self, boundary: Shape, tolerance: float = 1.0) -> Faults:
        """Gaps, overlaps, what lies outside, and areas, all in m²; pieces below `tolerance` m² pass."""
        return find_faults(self.codes, self.shapes, boundary, tolerance)


def _as_lists(b: buckets.Buckets) -> _Lists:
    first, candidate = b.first.tolist(), b.candidate.tolist()
    e = b.edges
    quads = list(zip(e.x1.tolist(), e.y1.tolist(), e.x2.tolist(), e.y2.tolist(), strict=True))
    slab, edge = b.slab.tolist(), b.edge.tolist()
    return _Lists(
        memoryview(b.table.tobytes()).cast("i"),
        [tuple(candidate[i:j]) for i, j in pairwise(first)],
        b.low_row.tolist(),
        b.base.tolist(),
        [tuple(quads[k] for k in edge[i:j]) for i, j in pairwise(slab)],
    )


def _holds(edges: tuple[tuple[float, float, float, float], ...], x: float, y: float) -> bool:
    """Whether the point is on one of these edges or inside by crossing count."""
    odd = False
    for ax, ay, bx, by in edges:
        if ay <= y < by or by <= y < ay:
            sign = orient.side(ax, ay, bx, by, x, y)
            if sign == 0:
                return True
            if (sign > 0) == (by > ay):
                odd = not odd
        elif y in (ay, by) and min(ax, bx) <= x <= max(ax, bx) and orient.side(ax, ay, bx, by, x, y) == 0:
            return True
    return odd
