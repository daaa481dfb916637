"""Reads of demonstration zones: in force, proposed, their versions, and the streets that have none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan import lines
from bihuan.core.place import zones
from bihuan.core.place.grid import Tiling
from bihuan.places.models import Zone
from bihuan.places.roster import LINE, day_of, maybe
from bihuan.places.sheet import sheet


def zones_on(day: date) -> list[Zone]:
    """The boundaries in force on a day, by code."""
    rows = Zone.objects.filter(Q(until=None) | Q(until__gt=day), agreed=True, since__lte=day)
    return list(rows.order_by("code"))


def proposals() -> list[Zone]:
    """What waits for somebody else's ruling, the oldest first."""
    return list(Zone.objects.filter(agreed=None).order_by("proposed_at", "pk"))


def zone_story(code: str) -> list[Zone]:
    """Every version and proposal of a zone, the newest first."""
    return list(Zone.objects.filter(code=code).order_by("-proposed_at", "-pk")[:100])


def counting_zones(day: int) -> dict[str, Zone]:
    """By code, the boundary that assessment counts by on a Day: the old one for the district's number of days after
    a change."""
    return _counting(_by_code(), day)


def zone_finder() -> Callable[[float | None, float | None, int], str]:
    """A function that says in which zone a point counts on a Day, "" in none; the zones are read once. Where an old
    boundary and another zone's new one meet, the lower code has the point."""
    rows, known = _by_code(), dict[tuple[int, ...], Tiling]()

    def zone_of(lon: float | None, lat: float | None, day: int) -> str:
        if lon is None or lat is None or not rows:
            return ""
        now = _counting(rows, day)
        key = tuple(row.pk for row in now.values())
        if key not in known:
            known[key] = Tiling.of((code, now[code].polygon) for code in sorted(now))
        return (known[key].locate(lon, lat) or "") if key else ""

    return zone_of


def _by_code() -> dict[str, list[Zone]]:
    found: dict[str, list[Zone]] = {}
    for row in Zone.objects.filter(agreed=True).order_by("since", "pk"):
        found.setdefault(row.code, []).append(row)
    return found


def _counting(by_code: dict[str, list[Zone]], day: int) -> dict[str, Zone]:
    kept = int(lines.at(LINE, day).param("zone_old_days", day).value)
    found = {}
    for code, rows in by_code.items():
        versions = [
            zones.Version(i, day_of(row.since), maybe(row.until)) for i, row in enumerate(rows) if row.since
        ]
        one = zones.counting(versions, day, kept)
        if one is not None:
            found[code] = [row for row in rows if row.since][one.key]
    return found


def zone_faults(shape: Any, street: str, code: str, day: int) -> tuple[float | None, list[Any]]:
    """(area, every reason why a polygon is no zone of this street); the zone's own older boundary is no obstacle."""
    others = {
        row.name: row.polygon for row in Zone.objects.filter(agreed=True, until=None).exclude(code=code)
    }
    least = float(lines.at(LINE, day).param("zone_square_metres", day).value)
    return zones.zone_faults(shape, _street(street), others, least)


def _street(street: str) -> Any:
    """The ground of a street; only the outline, as a MultiPolygon."""
    rings = sheet().streets[street].rings
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


_zoned: dict[tuple[int | None, tuple[int, ...]], frozenset[str]] = {}


def zoned_cells(rows: list[Zone]) -> frozenset[str]:
    """The cells that these zones touch; kept until the zones or the cells change."""
    known = sheet()
    key = (known.change, tuple(row.pk for row in rows))
    if key not in _zoned:
        _zoned.clear()
        cells = {code: shape.rings for code, shape in known.cells.items()}
        _zoned[key] = zones.touched([row.polygon for row in rows], cells)
    return _zoned[key]
