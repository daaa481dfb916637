"""Demonstration zones (一平方公里示范区): whether a polygon may be one, and which boundary counts on a day.

Areas are true areas on the ellipsoid (`area`: the cylinder (λ, authalic latitude) keeps them), never degrees times a
constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from bihuan.core.place.area import area_m2
from bihuan.core.place.beats import covers
from bihuan.core.place.shapes import Ring, Shape, polygons
from bihuan.core.record import record
from bihuan.core.say import Say

KM2 = 1_000_000.0
TOLERANCE = 1.0  # m²: what the rounding of coordinates may leave outside or common
SHARE = 0.01  # of a cell's ground that makes it a cell of the zone
CORNERS = 5_000  # of a polygon: a zone drawn by people has a few dozen


@record
class Version:
    """A boundary in force on the days [since, until)."""

    key: int
    since: int
    until: int | None = None


def square_km(area: float) -> Say:
    """m² as 1.234 km²; never rounded up to what was not reached."""
    text = f"{int(area / 1000) / 1000:.3f}"
    return Say(f"{text} 平方公里", f"{text} km²")


def zone_faults(
    shape: Shape, street: Shape, others: Mapping[str, Shape], least: float = KM2
) -> tuple[float | None, list[Say]]:
    """(area in m², every reason why this polygon is no zone of the street); `others` are the zones in force by name.

    The area is None where the polygon has none that can be told.
    """
    shapely = import_module("shapely")
    try:
        parts = polygons(shape)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        return None, [Say(f"不是一个多边形：{error}", f"This is no polygon: {error}")]
    if len(parts) != 1 or not parts[0]:
        n = len(parts)
        return None, [Say(f"示范区是一整块，这里有 {n} 块", f"A zone is one piece; here are {n}")]
    rings = parts[0]
    if sum(len(ring) for ring in rings) > CORNERS:
        return None, [
            Say(f"超过 {CORNERS} 个拐点，请先简化", f"More than {CORNERS} corners; simplify it first")
        ]
    zone = shapely.Polygon(rings[0], rings[1:])
    if not zone.is_valid:
        return None, [_crossed(zone)]
    area = area_m2(list(rings))
    faults = []
    if area < least:
        short = least - area
        faults.append(
            Say(
                f"面积 {square_km(area)}，不足 {square_km(least)}，还差 {short:,.0f} 平方米",
                f"The area is {square_km(area).en}, less than {square_km(least).en}: {short:,.0f} m² short",
            )
        )
    beyond = _area(shapely.difference(zone, _solid(street)))
    if beyond > TOLERANCE:
        faults.append(
            Say(
                f"有 {beyond:,.0f} 平方米在本街道以外，示范区不能跨街道",
                f"{beyond:,.0f} m² lie outside the subdistrict; a zone belongs to one",
            )
        )
    for name, other in others.items():
        common = _area(shapely.intersection(zone, _solid(other)))
        if common > TOLERANCE:
            faults.append(
                Say(
                    f"与示范区“{name}”重叠 {common:,.0f} 平方米",
                    f"It overlaps the zone {name!r} by {common:,.0f} m²",
                )
            )
    return area, faults


def _crossed(zone: Any) -> Say:
    """Where the border crosses itself, and the areas it seems to enclose: none of them is the area of a zone."""
    shapely = import_module("shapely")
    why = str(shapely.is_valid_reason(zone))
    mended = _area(shapely.make_valid(zone))
    signed = abs(_area(zone))
    return Say(
        f"边界自相交或者重复（{why}）：按围线算 {square_km(signed)}，按实际盖住的算 {square_km(mended)}，哪个都不能作数",
        f"The border crosses or repeats itself ({why}): {square_km(signed).en} by the line, {square_km(mended).en} by the ground covered; neither counts",
    )


def _solid(shape: Shape) -> Any:
    shapely = import_module("shapely")
    return shapely.make_valid(
        shapely.union_all([shapely.Polygon(rings[0], rings[1:]) for rings in polygons(shape)])
    )


def _area(g: Any) -> float:
    shapely = import_module("shapely")
    parts = [p for p in shapely.get_parts(g) if p.geom_type == "Polygon"]
    return sum(area_m2([list(p.exterior.coords), *(list(r.coords) for r in p.interiors)]) for p in parts)


def touched(
    shapes: Sequence[Shape], cells: Mapping[str, Sequence[Ring]], share: float = SHARE
) -> frozenset[str]:
    """The cells of which more than `share` lies in one of the polygons: an edge in common is none."""
    shapely = import_module("shapely")
    codes = list(cells)
    geoms = [shapely.Polygon(rings[0], rings[1:]) for rings in cells.values()]
    tree, found = shapely.STRtree(geoms), set()
    for shape in shapes:
        zone = _solid(shape)
        for i in tree.query(zone, predicate="intersects").tolist():
            if shapely.intersection(geoms[i], zone).area > share * geoms[i].area:
                found.add(codes[i])
    return frozenset(found)


def in_force(versions: Sequence[Version], day: int) -> Version | None:
    """The boundary in force on a Day."""
    return next((v for v in versions if covers(v.since, v.until, day)), None)


def counting(versions: Sequence[Version], day: int, kept: int) -> Version | None:
    """The boundary that assessment counts by on a Day: a changed one counts only after `kept` days, so that nobody
    redraws a zone around what is easy just before it is assessed. A zone's first boundary counts at once."""
    now = in_force(versions, day)
    if now is None:
        return None
    return in_force(versions, day - kept) or min(versions, key=lambda v: v.since)
