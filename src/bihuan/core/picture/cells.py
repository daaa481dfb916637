"""Maps as SVG: polygons in degrees to paths in pixels, with pin, hatch and links; a list twin stands beside each map."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from bihuan.core.picture.svg import number, tag, words

Ring = Sequence[Sequence[float]]
METRES = 111_320.0  # of one degree of latitude
DEFS = (
    '<defs><pattern id="bh-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#F3F6F6"/><rect width="1.5" height="6" fill="#7C8E95"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the ground in degrees, and the pixels it is drawn on; north is up."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @classmethod
    def around(cls, rings: Iterable[Ring], width: float, margin: float = 0.04) -> Frame:
        """The window that holds all rings, `width` pixels wide."""
        points = [point for ring in rings for point in ring]
        if not points:
            raise ValueError("nothing to draw")
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        dx, dy = (east - west) * margin, (north - south) * margin
        return cls._sized(west - dx, south - dy, east + dx, north + dy, width)

    @classmethod
    def at(cls, lon: float, lat: float, metres: float, width: float, ratio: float = 0.6) -> Frame:
        """The window `metres` wide around a point; `ratio` is height by width."""
        dx = metres / 2 / (METRES * cos(radians(lat)))
        dy = metres * ratio / 2 / METRES
        return cls(lon - dx, lat - dy, lon + dx, lat + dy, width, width * ratio)

    @classmethod
    def _sized(cls, west: float, south: float, east: float, north: float, width: float) -> Frame:
        squeeze = cos(radians((south + north) / 2))
        height = width * (north - south) / ((east - west) * squeeze)
        return cls(west, south, east, north, width, height)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        x = (lon - self.west) / (self.east - self.west) * self.width
        y = (self.north - lat) / (self.north - self.south) * self.height
        return x, y

    def sees(self, ring: Ring) -> bool:
        """Whether the box of the ring touches the window."""
        return not (
            max(p[0] for p in ring) < self.west
            or min(p[0] for p in ring) > self.east
            or max(p[1] for p in ring) < self.south
            or min(p[1] for p in ring) > self.north
        )

    def has_room(self, lon: float, lat: float, margin: float = 0.09) -> bool:
        """Whether a name fits at this point without being cut at the edge."""
        x, y = self.xy(lon, lat)
        across, down = self.width * margin * 2, self.height * margin
        return across < x < self.width - across and down < y < self.height - down

    def path(self, *rings: Ring) -> str:
        """The rings as path data, a tenth of a pixel exact."""
        return "".join(
            _path(self, ring if isinstance(ring, tuple) else tuple(map(tuple, ring))) for ring in rings
        )


@lru_cache(maxsize=8192)  # the same cells are drawn in the same window, page after page
def _path(frame: Frame, ring: Ring) -> str:
    points = [frame.xy(p[0], p[1]) for p in ring]
    if len(points) > 1 and ring[0] == ring[-1]:
        points.pop()
    return "M" + "L".join(f"{number(round(x, 1))} {number(round(y, 1))}" for x, y in points) + "Z"


@dataclass(frozen=True, slots=True)
class Area:
    """One polygon of a map: `klass` its look, `title` what it says, `href` where it leads."""

    code: str
    rings: tuple[Ring, ...]
    title: str = ""
    klass: str = "bh-cell"
    value: str | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    lon: float
    lat: float
    text: str
    klass: str = "name"


@dataclass(frozen=True, slots=True)
class Badge:
    """A figure in a disc, for late cases."""

    lon: float
    lat: float
    n: int


def draw_map(
    frame: Frame, areas: Sequence[Area], *, says: str, borders: Sequence[Ring] = (), labels: Sequence[Label] = (),
    badges: Sequence[Badge] = (), data: Mapping[str, str] | None = None,
    ident: str | None = None,
) -> str:  # fmt: skip
    """The map as one SVG; areas outside the window are left out. With links it is a group of links, else a picture."""
    linked = any(area.href for area in areas)
    body = [DEFS]
    body += [_area(frame, area) for area in areas if any(frame.sees(ring) for ring in area.rings)]
    if borders:
        body.append(
            tag("path", klass="border", d=frame.path(*[ring for ring in borders if frame.sees(ring)]))
        )
    body += [_label(frame, label) for label in labels]
    body += [_badge(frame, badge) for badge in badges]
    given = {f"data_{key}": value for key, value in (data or {}).items()}
    edges = {
        "data_west": f"{frame.west:.7f}", "data_east": f"{frame.east:.7f}", "data_south": f"{frame.south:.7f}",
        "data_north": f"{frame.north:.7f}",
    }  # fmt: skip
    return tag(
        "svg", *body, klass="map", role="group" if linked else "img", aria_label=says, id=ident,
        view=f"0 0 {number(frame.width)} {number(frame.height)}", **edges, **given,
    )  # fmt: skip


def with_pin(drawn: str, frame: Frame, lon: float, lat: float) -> str:
    """A map of `draw_map` with a pin on top; the map itself can be kept and used again."""
    return f"{drawn.removesuffix('</svg>')}{_pin(*frame.xy(lon, lat))}</svg>"


def _area(frame: Frame, area: Area) -> str:
    title = tag("title", area.title.replace("&", "&amp;").replace("<", "&lt;")) if area.title else ""
    drawn = tag("path", title, klass=area.klass, data_v=area.value, d=frame.path(*area.rings))
    return tag("a", drawn, href=area.href, aria_label=area.title) if area.href else drawn


def _label(frame: Frame, label: Label) -> str:
    x, y = frame.xy(label.lon, label.lat)
    return words(label.text, klass=label.klass, x=round(x, 1), y=round(y, 1), text_anchor="middle")


def _badge(frame: Frame, badge: Badge) -> str:
    x, y = frame.xy(badge.lon, badge.lat)
    radius = 11 if badge.n < 10 else 14
    return tag("circle", klass="late", cx=round(x, 1), cy=round(y, 1), r=radius) + words(
        str(badge.n), klass="late-n", x=round(x, 1), y=round(y + 4.5, 1), text_anchor="middle"
    )


def _pin(x: float, y: float) -> str:
    shape = tag("path", klass="pin", d="M0 0C-9 -12 -13 -17 -13 -24A13 13 0 1 1 13 -24C13 -17 9 -12 0 0Z")
    return tag(
        "g",
        shape,
        tag("circle", klass="pin-eye", cx=0, cy=-24, r=5),
        transform=f"translate({number(x)} {number(y)})",
    )


def to_edge(ring: Ring, lon: float, lat: float) -> float:
    """Metres from a point to the nearest edge of a ring."""
    squeeze = cos(radians(lat))

    def flat(p: Sequence[float]) -> tuple[float, float]:
        return (p[0] - lon) * METRES * squeeze, (p[1] - lat) * METRES

    best = float("inf")
    points = [flat(p) for p in ring]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = 0.0 if not length else min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
        best = min(best, ((ax + t * dx) ** 2 + (ay + t * dy) ** 2) ** 0.5)
    return best


def steps(values: Iterable[int]) -> tuple[int, int, int]:
    """The lower bounds of the upper three of four steps, so that busy places are told apart: 1, a, b, c or more."""
    found = sorted(value for value in values if value > 0)
    if not found:
        return 3, 5, 8
    top = found[min(len(found) - 1, int(len(found) * 0.95))]
    if top < 8:
        return 3, 5, 8
    return max(2, round(top / 4)), max(3, round(top / 2)), max(4, round(top * 0.8))


def step_of(value: int, bounds: tuple[int, int, int]) -> str:
    """0 to 4, as `.bh-cell[data-v]` has them."""
    return "0" if value <= 0 else str(1 + sum(value >= bound for bound in bounds))
