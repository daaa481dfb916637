"""Coordinate systems met in China, and the doubts a pair of coordinates may raise before it is believed.

Only CGCS2000 is stored (WGS-84 is the same within decimetres). Phone maps give GCJ-02, Baidu BD-09; both
are shifted by several hundred metres and must say so.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bihuan.core.place.shapes import Ring, Shape, rings
from bihuan.core.say import Say

Point = tuple[float, float]
DATUMS = ("CGCS2000", "WGS-84", "GCJ-02", "BD-09")

_A, _E2 = 6_378_245.0, 0.00669342162296594323  # Krasovsky 1940: the ellipsoid GCJ-02 is built on
_BD = math.pi * 3000.0 / 180.0
# Outside this rectangle the shift is not applied.
_CHINA = (72.004, 137.8347, 0.8293, 55.8271)
_METRES = 111_320.0  # a degree of latitude, near enough to say "about 300 m"


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two points of a district, flat enough at this size."""
    dx = (other_lon - lon) * _METRES * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(dx, (other_lat - lat) * _METRES)


def wgs_to_gcj(lon: float, lat: float) -> Point:
    """GCJ-02 of a WGS-84 point; outside China unchanged."""
    west, east, south, north = _CHINA
    if not (west <= lon <= east and south <= lat <= north):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    waves = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    dlat = (
        -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + (
            waves
            + 20.0 * math.sin(y * math.pi)
            + 40.0 * math.sin(y / 3.0 * math.pi)
            + 160.0 * math.sin(y / 12.0 * math.pi)
            + 320.0 * math.sin(y * math.pi / 30.0)
        )
        * 2.0
        / 3.0
    )
    dlon = (
        300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + (
            waves
            + 20.0 * math.sin(x * math.pi)
            + 40.0 * math.sin(x / 3.0 * math.pi)
            + 150.0 * math.sin(x / 12.0 * math.pi)
            + 300.0 * math.sin(x / 30.0 * math.pi)
        )
        * 2.0
        / 3.0
    )
    phi = math.radians(lat)
    magic = 1 - _E2 * math.sin(phi) ** 2
    return (
        lon + math.degrees(dlon * math.sqrt(magic) / (_A * math.cos(phi))),
        lat + math.degrees(dlat * magic * math.sqrt(magic) / (_A * (1 - _E2))),
    )


def gcj_to_wgs(lon: float, lat: float) -> Point:
    """WGS-84 of a GCJ-02 point, by fixed point iteration to about a millimetre."""
    x, y = lon, lat
    for _ in range(8):
        gx, gy = wgs_to_gcj(x, y)
        dx, dy = gx - lon, gy - lat
        x, y = x - dx, y - dy
        if abs(dx) < 1e-8 and abs(dy) < 1e-8:
            break
    return x, y


def gcj_to_bd(lon: float, lat: float) -> Point:
    """BD-09 of a GCJ-02 point."""
    z = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD)
    theta = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD)
    return z * math.cos(theta) + 0.0065, z * math.sin(theta) + 0.006


def bd_to_gcj(lon: float, lat: float) -> Point:
    """GCJ-02 of a BD-09 point, by iteration as above."""
    x, y = lon - 0.0065, lat - 0.006
    for _ in range(8):
        bx, by = gcj_to_bd(x, y)
        x, y = x - (bx - lon), y - (by - lat)
    return x, y


def _bd_to_wgs(lon: float, lat: float) -> Point:
    return gcj_to_wgs(*bd_to_gcj(lon, lat))


def _same(lon: float, lat: float) -> Point:
    return lon, lat


_TO_WGS: dict[str, Callable[[float, float], Point]] = {
    "CGCS2000": _same,
    "WGS-84": _same,
    "GCJ-02": gcj_to_wgs,
    "BD-09": _bd_to_wgs,
}


def to_wgs(lon: float, lat: float, datum: str) -> Point:
    """The point in WGS-84; an unknown datum raises ValueError, for a guess would move the point by 500 m."""
    if datum not in _TO_WGS:
        raise ValueError(f"unknown datum {datum!r}; known: {', '.join(DATUMS)}")
    return _TO_WGS[datum](lon, lat)


@dataclass(frozen=True, slots=True)
class Boundary:
    """The outline of a district, WGS-84, with the name sentences call it by."""

    rings: tuple[Ring, ...]
    name: Say

    @classmethod
    def of(cls, shape: Shape, name: Say | None = None) -> Boundary:
        """From a GeoJSON geometry, Feature or list of rings."""
        return cls(rings(shape), name or Say("本区", "the district"))

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point is inside; within a millimetre of the border either answer may come."""
        odd = False
        for ring in self.rings:
            for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
                if (ay <= lat < by or by <= lat < ay) and lon < ax + (lat - ay) * (bx - ax) / (by - ay):
                    odd = not odd
        return odd

    def away(self, lon: float, lat: float) -> float:
        """Metres to the border, on a plane through the point (good to 1 % within 100 km)."""
        kx = _METRES * math.cos(math.radians(lat))
        best = math.inf
        for ring in self.rings:
            for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
                px, py = (ax - lon) * kx, (ay - lat) * _METRES
                ex, ey = (bx - ax) * kx, (by - ay) * _METRES
                t = min(1.0, max(0.0, -(px * ex + py * ey) / (ex * ex + ey * ey)))
                best = min(best, math.hypot(px + t * ex, py + t * ey))
        return best


def doubt(
    lon: float | None, lat: float | None, boundary: Boundary | Shape, datum: str = "WGS-84"
) -> Say | None:
    """Why this place cannot be taken as it is, or None: missing, NaN, (0, 0), swapped, outside."""
    edge = boundary if isinstance(boundary, Boundary) else Boundary.of(boundary)
    if datum not in DATUMS:
        return Say(
            f"不认识坐标系“{datum}”，可用：{'、'.join(DATUMS)}。",
            f"Unknown coordinate system '{datum}'; use one of {', '.join(DATUMS)}.",
        )
    if lon is None or lat is None:
        missing = (
            Say("经度和纬度", "longitude and latitude")
            if lon is None and lat is None
            else (Say("经度", "longitude") if lon is None else Say("纬度", "latitude"))
        )
        return Say(
            f"没有{missing}，请在地图上点选位置。", f"No {missing.en}: please mark the place on the map."
        )
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return Say(
            f"坐标不是数({lon}, {lat})，请在地图上点选位置。",
            f"The coordinates are not numbers ({lon}, {lat}): please mark the place on the map.",
        )
    if abs(lon) < 1e-6 and abs(lat) < 1e-6:
        return Say(
            "坐标是 (0, 0)：多半是手机没有取到定位，请重新定位或在地图上点选。",
            "The coordinates are (0, 0): the phone most likely had no position;"
            " locate again or mark the map.",
        )
    if abs(lon) > 180 or abs(lat) > 90:
        return _out_of_range(lon, lat, edge)
    return _outside(lon, lat, edge, datum)


def _out_of_range(lon: float, lat: float, edge: Boundary) -> Say:
    if abs(lat) <= 180 and abs(lon) <= 90 and edge.holds(lat, lon):
        return _swapped(lon, lat, edge)
    if max(abs(lon), abs(lat)) > 1000:
        return Say(
            f"坐标 ({lon:g}, {lat:g}) 像是平面坐标（米），这里要经纬度（度）。",
            f"The coordinates ({lon:g}, {lat:g}) look like metres; degrees are wanted here.",
        )
    return Say(
        f"坐标 ({lon:g}, {lat:g}) 超出范围：经度应在 ±180、纬度应在 ±90 之内。",
        f"The coordinates ({lon:g}, {lat:g}) are out of range: longitude ±180, latitude ±90.",
    )


def _swapped(lon: float, lat: float, edge: Boundary) -> Say:
    return Say(
        f"经纬度写反了：({lon:g}, {lat:g}) 对调后在{edge.name}内，请按“经度，纬度”填写。",
        f"Longitude and latitude are swapped: turned round, ({lon:g}, {lat:g}) lies in {edge.name.en};"
        " give longitude first.",
    )


def _outside(lon: float, lat: float, edge: Boundary, datum: str) -> Say | None:
    x, y = to_wgs(lon, lat, datum)
    if edge.holds(x, y):
        return None
    if edge.holds(*to_wgs(lat, lon, datum)):
        return _swapped(lon, lat, edge)
    d = edge.away(x, y)
    if d < 0.001:
        return None  # on the border: a border belongs to the district
    far_zh = f"约 {d / 1000:.1f} 公里" if d >= 1000 else f"约 {max(1, round(d))} 米"
    far_en = f"about {d / 1000:.1f} km" if d >= 1000 else f"about {max(1, round(d))} m"
    zh, en = f"位置在{edge.name}之外{far_zh}。", f"The place is {far_en} outside {edge.name.en}."
    for other, name_zh, name_en in (("GCJ-02", "高德、腾讯", "Gaode, Tencent"), ("BD-09", "百度", "Baidu")):
        if datum in ("WGS-84", "CGCS2000") and edge.holds(*to_wgs(lon, lat, other)):
            return Say(
                f"{zh}如果是{name_zh}地图的坐标({other})，换算后就在区内：请注明坐标系。",
                f"{en} If it comes from {name_en} maps ({other}) it would lie inside once converted:"
                " please name the coordinate system.",
            )
    return Say(zh, en)
