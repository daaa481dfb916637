"""Whether cells cover a district once and only once: gaps, overlaps, spill, areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from bihuan.core.place.area import area_m2
from bihuan.core.place.shapes import Ring, Shape, polygons
from bihuan.core.say import Say


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of ground that is not covered, covered twice (by `cells`) or outside; area in m²."""

    area: float
    lon: float
    lat: float
    geometry: dict[str, Any]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a tiling, largest first, and its areas in m²."""

    gaps: tuple[Piece, ...]
    overlaps: tuple[Piece, ...]
    outside: tuple[Piece, ...]
    invalid: tuple[tuple[str, str], ...]
    areas: dict[str, float]
    boundary_area: float
    unseen: float  # m² in pieces below the tolerance, added up

    def __bool__(self) -> bool:
        return bool(self.gaps or self.overlaps or self.outside or self.invalid)

    def says(self) -> list[Say]:
        """One sentence a fault."""
        out = [
            Say(f"网格 {c} 的边界无效：{why}。", f"Cell {c} has an invalid border: {why}.")
            for c, why in self.invalid
        ]
        for p in self.gaps:
            out.append(
                Say(
                    f"({p.lon:.5f}, {p.lat:.5f}) 附近有 {p.area:.1f} 平方米没有网格。",
                    f"Near ({p.lon:.5f}, {p.lat:.5f}) {p.area:.1f} m² belong to no cell.",
                )
            )
        for p in self.overlaps:
            a, b = p.cells
            out.append(
                Say(
                    f"网格 {a} 与 {b} 重叠 {p.area:.1f} 平方米。",
                    f"Cells {a} and {b} overlap by {p.area:.1f} m².",
                )
            )
        for p in self.outside:
            out.append(
                Say(
                    f"网格 {'、'.join(p.cells)} 有 {p.area:.1f} 平方米在边界之外。",
                    f"Cell {', '.join(p.cells)}: {p.area:.1f} m² lie outside the boundary.",
                )
            )
        return out


def _shapely() -> Any:
    """shapely, imported late: it is slow to load, and locating a point does not need it."""
    return import_module("shapely")


def find_faults(
    codes: Sequence[str], shapes: Sequence[Sequence[Ring]], boundary: Shape, tolerance: float
) -> Faults:
    """Compares the cells with each other and with the boundary; geometry by shapely, areas by `area`."""
    shapely = _shapely()
    invalid: list[tuple[str, str]] = []
    geoms: list[Any] = []
    for code, rings in zip(codes, shapes, strict=True):
        g = _geometry(rings)
        if not g.is_valid:
            invalid.append((code, shapely.is_valid_reason(g)))
            g = shapely.make_valid(g)
        geoms.append(g)
    edge = shapely.union_all([shapely.Polygon(p[0], p[1:]) for p in polygons(boundary)])
    small = [0.0]
    gaps = _pieces(shapely.difference(edge, shapely.union_all(geoms)), tolerance, (), small)
    outside: list[Piece] = []
    for code, g in zip(codes, geoms, strict=True):
        outside += _pieces(shapely.difference(g, edge), tolerance, (code,), small)
    overlaps = _overlaps(codes, geoms, tolerance, small)
    areas = {code: _area(g) for code, g in zip(codes, geoms, strict=True)}
    return Faults(
        _sorted(gaps), _sorted(overlaps), _sorted(outside), tuple(invalid), areas, _area(edge), small[0]
    )


def _sorted(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(sorted(pieces, key=lambda p: -p.area))


def _geometry(rings: Sequence[Ring]) -> Any:
    """Rings combined by parity, which is how `locate` reads them."""
    shapely = _shapely()
    whole = shapely.Polygon(rings[0])
    for ring in rings[1:]:
        part = shapely.Polygon(ring)
        whole = (
            whole.symmetric_difference(part)
            if whole.is_valid and part.is_valid
            else shapely.union(whole, part)
        )
    return whole


def _overlaps(
    codes: Sequence[str], geoms: Sequence[Any], tolerance: float, small: list[float]
) -> list[Piece]:
    shapely = _shapely()
    a, b = shapely.STRtree(geoms).query(geoms, predicate="intersects")
    found: list[Piece] = []
    once = a < b
    pairs = np.stack([a[once], b[once]], axis=1)
    common = shapely.intersection(
        np.array(geoms, dtype=object)[pairs[:, 0]], np.array(geoms, dtype=object)[pairs[:, 1]]
    )
    for (i, j), g in zip(pairs.tolist(), common, strict=True):
        if g.area > 0:
            found += _pieces(g, tolerance, (codes[i], codes[j]), small)
    return found


def _pieces(g: Any, tolerance: float, cells: tuple[str, ...], small: list[float]) -> list[Piece]:
    shapely = _shapely()
    found: list[Piece] = []
    for part in shapely.get_parts(g):
        if part.geom_type != "Polygon":
            continue
        area = _area(part)
        if area < tolerance:
            small[0] += area
            continue
        at = part.representative_point()
        found.append(Piece(area, at.x, at.y, part.__geo_interface__, cells))
    return found


def _area(g: Any) -> float:
    shapely = _shapely()
    parts = [p for p in shapely.get_parts(g) if p.geom_type == "Polygon"]
    return sum(area_m2([p.exterior.coords, *(r.coords for r in p.interiors)]) for p in parts)
