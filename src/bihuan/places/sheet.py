"""The district as shapes to draw: cells, streets joined from their cells, outline. Kept until the tables change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from shapely import STRtree, unary_union
from shapely.geometry import Polygon, box

from bihuan.places.models import Cell
from bihuan.places.queries import ASK, change, ground

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Rings of lon, lat (WGS-84) and a point that lies inside, for a name."""

    code: str
    rings: tuple[Ring, ...]
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    change: int | None
    cells: dict[str, Shape]
    communities: dict[str, Shape]
    streets: dict[str, Shape]
    schematic: bool
    tree: STRtree  # over the cells, in the order of `cells`

    def within(self, west: float, south: float, east: float, north: float) -> list[Shape]:
        """The cells whose boxes touch a window, by code."""
        shapes = list(self.cells.values())
        return [shapes[i] for i in sorted(self.tree.query(box(west, south, east, north)))]

    def cells_of(self, code: str) -> list[Shape]:
        """The cells of a street or community."""
        return [shape for key, shape in self.cells.items() if key.startswith(code)]


_kept: dict[str, Sheet] = {}


def sheet(stamp: int | None = ASK) -> Sheet:
    """The shapes in force as of a stamp read before, else of one small query; NotHere where no grid is loaded."""
    now = change() if stamp == ASK else stamp
    found = _kept.get("sheet")
    if found is None or now is None or found.change != now:
        ground(now)
        found = _kept["sheet"] = _load(now)
    return found


def _load(stamp: int | None) -> Sheet:
    rows = list(Cell.objects.filter(until=None).order_by("code").values_list("code", "polygon", "schematic"))
    polygons = {code: Polygon(polygon["coordinates"][0]) for code, polygon, _ in rows}
    cells = {code: _shape(code, polygon) for code, polygon in polygons.items()}
    return Sheet(
        stamp,
        cells,
        _joined(polygons, 12),
        _joined(polygons, 9),
        any(schematic for _, _, schematic in rows),
        STRtree(list(polygons.values())),
    )


def _joined(polygons: dict[str, Polygon], digits: int) -> dict[str, Shape]:
    parts: dict[str, list[Polygon]] = defaultdict(list)
    for code, polygon in polygons.items():
        parts[code[:digits]].append(polygon)
    # A hair wider, so that corners written with eight decimals meet.
    return {
        code: _shape(code, unary_union([p.buffer(1e-7) for p in some]))
        for code, some in sorted(parts.items())
    }


def _shape(code: str, polygon: object) -> Shape:
    inside = polygon.representative_point()  # type: ignore[attr-defined]
    return Shape(code, tuple(_rings(polygon)), (inside.x, inside.y))


def _rings(polygon: object) -> Iterator[Ring]:
    for part in getattr(polygon, "geoms", [polygon]):
        line = part.simplify(1e-6).exterior
        yield tuple((round(x, 7), round(y, 7)) for x, y, *_ in line.coords)
