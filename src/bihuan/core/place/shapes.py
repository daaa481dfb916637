"""Polygons as GeoJSON gives them, turned into rings of coordinates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Ring = tuple[tuple[float, float], ...]
Shape = Mapping[str, Any] | Sequence[Any]


def rings(shape: Shape) -> tuple[Ring, ...]:
    """All rings of a GeoJSON geometry or Feature, or of rings, or one ring; inside is where their parity is odd.

    Repeated points are dropped and rings are left open. Raises ValueError where there is no area to speak of.
    """
    found = tuple(r for r in (_ring(r) for r in _raw(shape)) if len(r) >= 3)
    if not found:
        raise ValueError("a polygon needs at least one ring of three different points")
    return found


def polygons(shape: Shape) -> tuple[tuple[Ring, ...], ...]:
    """The rings grouped by polygon, outer ring first; a list of rings counts as one polygon."""
    if isinstance(shape, Mapping):
        shape = _geometry(shape)
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    else:
        parts = [_listed(shape)]
    return tuple(tuple(r for r in (_ring(r) for r in part) if len(r) >= 3) for part in parts)


def _geometry(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    if shape.get("type") == "Feature":
        shape = shape["geometry"]
    if shape.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a Polygon or MultiPolygon is expected, not {shape.get('type')!r}")
    return shape


def _raw(shape: Shape) -> list[Any]:
    if not isinstance(shape, Mapping):
        return _listed(shape)
    shape = _geometry(shape)
    if shape["type"] == "Polygon":
        return list(shape["coordinates"])
    return [ring for polygon in shape["coordinates"] for ring in polygon]


def _listed(shape: Sequence[Any]) -> list[Any]:
    """A list of rings; a single ring, which begins with a point and not with a ring, is put into one."""
    single = len(shape) > 0 and len(shape[0]) > 0 and isinstance(shape[0][0], int | float)
    return [shape] if single else list(shape)


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    kept: list[tuple[float, float]] = []
    for p in points:
        q = (float(p[0]), float(p[1]))
        if not (math.isfinite(q[0]) and math.isfinite(q[1])):
            raise ValueError(f"a polygon has the coordinate {q}")
        if not kept or kept[-1] != q:
            kept.append(q)
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)
