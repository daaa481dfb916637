"""Where a point lies: cell, community, street, district; kept in memory until the tables change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import cos, hypot, radians

from django.db import connection
from django.db.models import Count, Max, Q
from django.db.models.functions import Substr
from shapely import Polygon

from bihuan.core.authority.duty import Place
from bihuan.core.place import datum as datums
from bihuan.core.place.component import Component as Read
from bihuan.core.place.grid import Tiling
from bihuan.core.say import Say
from bihuan.places.models import Cell, Component, Division
from bihuan.places.roster import beat_names, cells_of, on_duty, own_collectors, roster, shifts, visits_since

__all__ = [
    "beat_names", "cells_of", "on_duty", "own_collectors", "roster", "shifts", "visits_since",  # of responsibility cells
]  # fmt: skip


class NotHere(Exception):
    """The place cannot be taken; `reason` says why."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ground:
    """The tiling in force with the outline of the district and the names of its divisions."""

    change: int | None
    tiling: Tiling
    boundary: datums.Boundary
    district: str
    names: dict[str, tuple[str, str]]
    points: dict[str, tuple[float, float]] = field(default_factory=dict)  # by cell, as they are asked for


DEGREE = 111_320.0  # metres of a degree of latitude
_kept: dict[str, Ground] = {}
ASK = -1  # no stamp given: ask for it


def change() -> int | None:
    """The stamp of the last change of divisions or cells; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute("select n from places_change")
        row = cursor.fetchone()
        return None if row is None else int(row[0])


def ground(stamp: int | None = ASK) -> Ground:
    """The places of the district as of a stamp read before, else of one small query. Without cells: NotHere."""
    now = change() if stamp == ASK else stamp
    found = _kept.get("ground")
    if found is None or now is None or found.change != now:
        found = _kept["ground"] = _load(now)
    return found


def _load(now: int | None) -> Ground:
    cells = list(Cell.objects.filter(until=None).values_list("code", "polygon"))
    district = Division.objects.filter(level=Division.Level.DISTRICT, until=None).first()
    if not cells or district is None or district.boundary is None:
        raise NotHere(
            Say(
                "本区还没有装入网格,不能定位。",
                "No grid is loaded for this district: places cannot be located.",
            )
        )
    names = {
        code: (name, name_en or name)
        for code, name, name_en in Division.objects.filter(until=None).values_list("code", "name", "name_en")
    }
    name = Say(district.name, district.name_en or district.name)
    return Ground(now, Tiling.of(cells), datums.Boundary.of(district.boundary, name), district.code, names)


def tiling() -> Tiling:
    """The cells in force."""
    return ground().tiling


def place_of(lon: float | None, lat: float | None, datum: str = "WGS-84") -> Place:
    """The place of a point given in `datum`; NotHere with the reason where it is not in the district."""
    here = ground()
    reason = datums.doubt(lon, lat, here.boundary, datum)
    if reason is not None or lon is None or lat is None:
        raise NotHere(reason or Say("没有坐标", "No coordinates"))
    x, y = datums.to_wgs(lon, lat, datum)
    cell = here.tiling.locate(x, y)
    if cell is None:
        raise NotHere(
            Say(
                f"位置 ({x:.6f}, {y:.6f}) 不在任何网格内,请在地图上重新点选。",
                f"The place ({x:.6f}, {y:.6f}) lies in no grid cell; please mark it on the map again.",
            )
        )
    return place_of_cell(cell, here.district)


def place_of_cell(cell: str, district: str = "") -> Place:
    """Place of a cell code: its community and street are its first 12 and 9 digits."""
    return Place(cell=cell, community=cell[:12], street=cell[:9], district=district or cell[:6])


def point_of_cell(cell: str) -> tuple[float, float] | None:
    """(lon, lat) of a point well inside a cell, WGS-84: where a case lies as far as everybody may know. None for a
    cell no longer in force."""
    here = ground()
    if cell not in here.points:
        i = bisect_left(here.tiling.codes, cell)
        if i == len(here.tiling.codes) or here.tiling.codes[i] != cell:
            return None
        outer, *holes = here.tiling.shapes[i]
        inside = Polygon(outer, holes).representative_point()
        here.points[cell] = (round(inside.x, 5), round(inside.y, 5))
    return here.points[cell]


def division_names(stamp: int | None = ASK) -> dict[str, tuple[str, str]]:
    """(Chinese, English) name of each division in force, by code; {} where none are loaded."""
    try:
        return ground(stamp).names
    except NotHere:
        rows = Division.objects.filter(until=None).values_list("code", "name", "name_en")
        return {code: (name, name_en or name) for code, name, name_en in rows}


def streets(day: date) -> list[Division]:
    """The streets in force on a day, by code."""
    rows = Division.objects.filter(level=Division.Level.STREET, since__lte=day)
    return [row for row in rows if row.until is None or row.until > day]


# What is recorded of a component besides its code.
KEPT = (
    "name", "supervisor", "owner", "maintainer", "state", "lon", "lat", "cell", "accuracy", "built", "source", "note",
)  # fmt: skip


def differs(old: Component, new: Read) -> tuple[str, ...]:
    """The columns in which a row says something else than the register."""
    return tuple(name for name in KEPT if getattr(old, name) != getattr(new, name))


@dataclass(frozen=True, slots=True)
class Compared:
    """A file held against the register, by code: new ones, changed ones with their columns, and how many are the same."""

    fresh: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    same: int


def compare(rows: Mapping[str, Read]) -> Compared:
    """What recording these rows would do."""
    there = {one.code: one for one in Component.objects.filter(code__in=list(rows), until=None)}
    changed = {
        code: found for code, row in rows.items() if code in there and (found := differs(there[code], row))
    }
    fresh = tuple(code for code in rows if code not in there)
    return Compared(fresh, changed, len(rows) - len(fresh) - len(changed))


def components(
    text: str = "", cell: str = "", state: str = "", after: str = "", limit: int = 50
) -> list[Component]:
    """Components in force by code: those whose code begins so or whose name holds the text."""
    rows = Component.objects.filter(until=None, code__gt=after).order_by("code")
    if text:
        rows = rows.filter(Q(code__startswith=text) | Q(name__contains=text))
    if cell:
        rows = rows.filter(cell__startswith=cell)
    if state:
        rows = rows.filter(state=state)
    return list(rows[:limit])


def component_story(code: str) -> list[Component]:
    """Every recorded state of a component, the newest first."""
    return list(Component.objects.filter(code=code).order_by("-since"))


def component_counts() -> dict[str, dict[str, int]]:
    """How many components are in force, by class (two digits) and state; read from the index of their codes alone."""
    found: dict[str, dict[str, int]] = {}
    rows = Component.objects.filter(until=None).annotate(big=Substr("code", 7, 2)).values_list("big", "state")
    for big, state, n in rows.annotate(n=Count("code")).order_by("big", "state"):
        found.setdefault(big, {})[state] = n
    return found


@dataclass(frozen=True, slots=True)
class Close:
    """A component in force and how many metres away it is."""

    component: Component
    metres: float


def components_near(kind: str, lon: float, lat: float, metres: float) -> list[Close]:
    """Components of this kind (five digits) within the metres, the nearest first; removed ones are none."""
    dy, dx = metres / DEGREE, metres / (DEGREE * cos(radians(lat)))
    tiles = tiling()
    corners = [(lon + x, lat + y) for x in (-dx, 0, dx) for y in (-dy, 0, dy)]
    cells = {cell for corner in corners if (cell := tiles.locate(*corner))}
    rows = Component.objects.filter(
        until=None, cell__in=cells, lon__range=(lon - dx, lon + dx), lat__range=(lat - dy, lat + dy)
    ).exclude(state="removed")
    found = [
        Close(row, hypot((row.lon - lon) / dx, (row.lat - lat) / dy) * metres)
        for row in rows
        if row.code[6:11] == kind
    ]
    return sorted(
        (one for one in found if one.metres <= metres), key=lambda one: (one.metres, one.component.code)
    )


def newest_component() -> int:
    """The last row of the register: it changes with every change of the register."""
    return Component.objects.aggregate(last=Max("pk"))["last"] or 0


def component_points() -> list[tuple[str, float, float, str]]:
    """(code, lon, lat, cell on record) of every component in force."""
    rows = Component.objects.filter(until=None).order_by("pk")
    return list(rows.values_list("code", "lon", "lat", "cell"))
