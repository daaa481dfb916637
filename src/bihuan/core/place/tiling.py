"""A schematic tiling: a district cut into streets, communities and cells where none are surveyed.

The cuts are ours and mean nothing on the ground; what holds is that the cells cover the district once,
that streets lie roughly where their seeds are, and that streets, communities and cells nest. The same
input gives the same cells.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bihuan.core.place.area import area_m2
from bihuan.core.place.shapes import Shape, polygons

GRID = (
    1e-8  # degrees, about a millimetre: all corners are snapped to it, so that neighbours share them exactly
)
_ROUND = tuple(math.pi * i / 24 for i in range(24))  # directions of a cut


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of the result: its code, its outer ring in lon/lat, its area in m²."""

    code: str
    ring: tuple[tuple[float, float], ...]
    area: float


def cut(
    boundary: Shape,
    seeds: Mapping[str, tuple[float, float]],
    communities: Mapping[str, Sequence[str]],
    size: float,
) -> list[Piece]:
    """Cells of about `size` m² for a boundary of one ring.

    `seeds`: street code → a point of it (lon, lat); `communities`: street code → its community codes. A
    street's share of the ground follows the number of its communities; a community gets 2 to 9 cells.
    """
    shapely = import_module("shapely")
    ((outer, *holes),) = polygons(boundary)
    whole = shapely.Polygon(outer, holes)
    k = math.cos(math.radians(whole.centroid.y))
    streets = [
        (code, (seeds[code][0] * k, seeds[code][1]), float(len(communities[code]))) for code in sorted(seeds)
    ]
    flat = shapely.transform(whole, lambda c: c * [k, 1.0])
    leaves: list[tuple[str, Any]] = []
    for street, ground in _split(flat, streets):
        crowd = [(c, None, 0.75 + 0.5 * _share(c)) for c in communities[street]]
        grain = _grain(ground, street)
        for community, part in _split(ground, crowd, grain):
            n = min(9, max(2, round(_area(part, k) / size)))
            rooms = [
                (f"{community}{i:03d}", None, 0.85 + 0.3 * _share(f"{community}{i}")) for i in range(1, n + 1)
            ]
            leaves += _numbered(_split(part, rooms, grain))
    return _snapped(whole, [(code, shapely.transform(g, lambda c: c / [k, 1.0])) for code, g in leaves])


Item = tuple[str, tuple[float, float] | None, float]  # code, a point of it where that is known, weight
Half = tuple[Any, Sequence[Item]]


def _grain(ground: Any, street: str) -> tuple[float, ...]:
    """Two directions at right angles along the ground, a little turned, as blocks lie in a real quarter."""
    (ax, ay), (bx, by), (cx, cy) = ground.minimum_rotated_rectangle.exterior.coords[:3]
    long = (
        (bx - ax, by - ay)
        if math.hypot(bx - ax, by - ay) > math.hypot(cx - bx, cy - by)
        else (cx - bx, cy - by)
    )
    angle = math.atan2(long[1], long[0]) + (_share(street) - 0.5) * 0.3
    return (angle % math.pi, (angle + math.pi / 2) % math.pi)


def _split(ground: Any, items: Sequence[Item], grain: tuple[float, ...] = ()) -> list[tuple[str, Any]]:
    """Halves the ground again and again until each item has a connected piece by its weight.

    Cuts go along `grain` where that leaves connected pieces, else in any direction.
    """
    if len(items) == 1:
        return [(items[0][0], ground)]
    if ground.interiors:
        raise ValueError("a boundary with holes cannot be cut")
    low, high = _best(ground, items, grain) or _best(ground, items, _ROUND) or (None, None)
    if low is None or high is None:
        raise ValueError(f"no straight cut leaves two connected pieces for {[i[0] for i in items]}")
    return _split(*low, grain) + _split(*high, grain)


def _best(ground: Any, items: Sequence[Item], angles: Sequence[float]) -> tuple[Half, Half] | None:
    """The cheapest cut in one of these directions, as (ground, items) of either side."""
    total = sum(w for _, _, w in items)
    best: tuple[float, Any, Any, Sequence[Item], Sequence[Item]] | None = None
    for angle in angles:
        dx, dy = math.cos(angle), math.sin(angle)
        order = (
            items
            if items[0][1] is None
            else sorted(
                items, key=lambda it: (it[1][0] * dx + it[1][1] * dy, it[0]) if it[1] else (0.0, it[0])
            )
        )
        at = _half([w for _, _, w in order])
        cut_at = _cut(ground, dx, dy, sum(w for _, _, w in order[:at]) / total)
        if cut_at is None:
            continue
        low, high, length = cut_at
        # A short cut makes round pieces. With seeds, the spread along the direction counts as well.
        cost = length / math.sqrt(ground.area) - (_spread(order, dx, dy) if items[0][1] else 0.0)
        if best is None or cost < best[0] - 1e-12:
            best = (cost, low, high, order[:at], order[at:])
    return None if best is None else ((best[1], best[3]), (best[2], best[4]))


def _half(weights: Sequence[float]) -> int:
    """Where to part the row so that both sides weigh most alike."""
    total, seen = sum(weights), 0.0
    sums = []
    for w in weights[:-1]:
        seen += w
        sums.append(abs(total - 2 * seen))
    return sums.index(min(sums)) + 1


def _spread(order: Sequence[Item], dx: float, dy: float) -> float:
    """How far apart the neighbours of the cut lie, as a share of the whole row: clear gaps are better."""
    at = [it[1][0] * dx + it[1][1] * dy for it in order if it[1]]
    i = _half([w for _, _, w in order])
    return (at[i] - at[i - 1]) / max(at[-1] - at[0], 1e-12)


def _cut(ground: Any, dx: float, dy: float, share: float) -> tuple[Any, Any, float] | None:
    """The sides of a line across (dx, dy) with this share of the area below; None if one falls apart."""
    shapely = import_module("shapely")
    ring = [(float(x), float(y)) for x, y in ground.exterior.coords[:-1]]
    along = [x * dx + y * dy for x, y in ring]
    at = _level(ring, along, share * ground.area)
    far = 2 * max(ground.bounds[2] - ground.bounds[0], ground.bounds[3] - ground.bounds[1])
    cx, cy = ground.centroid.x, ground.centroid.y
    mid = -dy * cx + dx * cy  # the middle of the line along its own direction
    corners = ((at - 2 * far, mid - far), (at, mid - far), (at, mid + far), (at - 2 * far, mid + far))
    one = ground.intersection(shapely.Polygon([(u * dx - v * dy, u * dy + v * dx) for u, v in corners]))
    one, two = _only(one, ground.area), _only(ground.difference(one), ground.area)
    if one is None or two is None:
        return None
    # By perimeters: the common border of two computed shapes may be missing by a rounding.
    return one, two, float(one.length + two.length - ground.length) / 2


def _only(g: Any, area: float) -> Any | None:
    """The one polygon of a side, less slivers of rounding that snapping closes; None if there are more."""
    shapely = import_module("shapely")
    parts = [p for p in shapely.get_parts(g) if p.geom_type == "Polygon" and p.area > 1e-9 * area]
    return parts[0] if len(parts) == 1 else None


def _level(ring: list[tuple[float, float]], along: list[float], area: float) -> float:
    """The height below which the ring has this area, by bisection made faster with secants."""
    low, high = min(along), max(along)
    f_low, f_high = -area, abs(_below(ring, along, high)) - area
    at = high
    for i in range(60):
        at = (low + high) / 2 if i % 3 == 2 else low + (high - low) * -f_low / (f_high - f_low)
        f = abs(_below(ring, along, at)) - area
        if abs(f) < 1e-10 * area:
            break
        if f < 0:
            low, f_low = at, f
        else:
            high, f_high = at, f
    return at


def _below(ring: list[tuple[float, float]], along: list[float], at: float) -> float:
    """Signed area of the part below `at` (Sutherland-Hodgman; bridges over hollows cancel out)."""
    kept: list[tuple[float, float]] = []
    for i, (x, y) in enumerate(ring):
        px, py = ring[i - 1]
        s, ps = along[i] - at, along[i - 1] - at
        if (s < 0) != (ps < 0):
            t = ps / (ps - s)
            kept.append((px + (x - px) * t, py + (y - py) * t))
        if s < 0:
            kept.append((x, y))
    x0, y0 = ring[0]
    return (
        sum(
            (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
            for (ax, ay), (bx, by) in zip(kept[-1:] + kept[:-1], kept, strict=True)
        )
        / 2
    )


def _numbered(rooms: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Numbers the cells of a community from west to east and north to south, as the standard does."""
    codes = [code for code, _ in rooms]
    ground = [g for _, g in rooms]
    height = max(g.bounds[3] for g in ground) - min(g.bounds[1] for g in ground)
    top = max(g.bounds[3] for g in ground)
    rows = max(1, round(math.sqrt(len(ground))))

    def place(g: Any) -> tuple[int, float]:
        return min(rows - 1, int((top - g.centroid.y) / height * rows)), g.centroid.x

    return list(zip(codes, sorted(ground, key=place), strict=True))


def _snapped(whole: Any, leaves: list[tuple[str, Any]]) -> list[Piece]:
    """All borders noded together on one grid and closed to faces: neighbours then share every corner."""
    shapely = import_module("shapely")
    lines = shapely.union_all([whole.boundary, *(g.boundary for _, g in leaves)], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    tree = shapely.STRtree([g for _, g in leaves])
    owner: dict[str, Any] = {}
    for face in faces:
        hits = tree.query(face.representative_point(), predicate="within")
        if len(hits) != 1:
            raise ValueError(f"a face near {face.representative_point()} lies in {len(hits)} cells")
        code = leaves[int(hits[0])][0]
        if code in owner:
            raise ValueError(f"cell {code} fell apart when its corners were snapped")
        owner[code] = face
    if len(owner) != len(leaves):
        raise ValueError(f"{len(leaves) - len(owner)} cells vanished when their corners were snapped")
    return [Piece(code, _ring(owner[code]), area_m2([_ring(owner[code])])) for code in sorted(owner)]


def _ring(face: Any) -> tuple[tuple[float, float], ...]:
    """The outer ring, anticlockwise, from its lowest corner: one way to write each face."""
    points = [(round(x, 8), round(y, 8)) for x, y in face.exterior.coords[:-1]]
    if not face.exterior.is_ccw:
        points.reverse()
    i = points.index(min(points))
    return tuple(points[i:] + points[:i])


def _share(text: str) -> float:
    """A number in [0, 1) that depends on the text alone: unevenness without chance."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def _area(g: Any, k: float) -> float:
    """m² of a polygon in flattened coordinates; good to a percent, which is all a count of cells needs."""
    return float(g.area) / k * (111_320.0**2) * k
