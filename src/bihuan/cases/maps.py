"""Maps for choosing a place: streets, then cells, as links; the same as a list; and the surroundings of a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan.cases.shapes import Count
from bihuan.cases.where import Here
from bihuan.core.picture.cells import Area, Badge, Frame, Label, draw_map, step_of, steps, with_pin
from bihuan.core.place.blind import Blind
from bihuan.core.place.shapes import polygons
from bihuan.core.say import Say
from bihuan.places.queries import NotHere, division_names
from bihuan.places.sheet import Shape, Sheet, sheet

WIDTH, WIDE = 420, 760
BELOW = 0.0022  # degrees of latitude between a name and the figure under it


def tell(words: Say) -> str:
    return words.en if (get_language() or "").startswith("en") else str(words)


def names() -> dict[str, Say]:
    return {code: Say(*pair) for code, pair in division_names().items()}


def tree() -> list[tuple[str, Say, list[tuple[str, Say, tuple[float, float]]]]]:
    """The twin of the map: each street with its communities and a point in each."""
    known, said = sheet(), names()
    found = []
    for code in known.streets:
        parts = [
            (c, said.get(c, Say(c, c)), shape.middle)
            for c, shape in known.communities.items()
            if c.startswith(code)
        ]
        found.append((code, said.get(code, Say(code, code)), parts))
    return found


def choose_map(street: str = "") -> str:
    """The streets as links; of one street its cells, each a link to its middle."""
    known, said = sheet(), names()
    if street in known.streets:
        shape = known.streets[street]
        frame = Frame.around(shape.rings, WIDTH)
        areas = [
            Area(cell.code, cell.rings, title=f"{tell(said.get(cell.code[:12], Say('', '')))} {cell.code[-6:]}", klass="block",
                 href=f"?lon={cell.middle[0]:.6f}&lat={cell.middle[1]:.6f}")
            for cell in known.cells_of(street)
        ]  # fmt: skip
        parts = [one for code, one in known.communities.items() if code.startswith(street)]
        labels = [Label(*one.middle, short(tell(said.get(one.code, Say("", ""))))) for one in parts]
        words = _("%(street)s的网格，点一格") % {"street": tell(said.get(street, Say("", "")))}
        return draw_map(
            frame, areas, says=words, borders=rings(parts), labels=labels, ident="map", data={"tap": "place"}
        )
    frame = Frame.around([ring for shape in known.streets.values() for ring in shape.rings], WIDTH)
    areas = [
        Area(
            code,
            shape.rings,
            title=tell(said.get(code, Say(code, code))),
            klass="block",
            href=f"?street={code}",
        )
        for code, shape in known.streets.items()
    ]
    labels = [
        Label(*shape.middle, short(tell(said.get(code, Say("", "")))))
        for code, shape in known.streets.items()
    ]
    return draw_map(
        frame,
        areas,
        says=_("南开区的街道，点一个放大"),
        borders=rings(known.streets.values()),
        labels=labels,
        ident="map",
    )


def streets_map(found: Mapping[str, Count]) -> str:
    """The streets shaded by open cases, late ones as a figure; "" where no grid is loaded."""
    try:
        known, said = sheet(), names()
    except NotHere:
        return ""
    bounds = steps(row.open for row in found.values())
    frame = Frame.around([ring for shape in known.streets.values() for ring in shape.rings], WIDTH)
    areas, labels, badges = [], [], []
    for code, shape in known.streets.items():
        row, title = found.get(code, Count(code, 0, 0, 0)), said.get(code, Say(code, code))
        says = Say(
            f"{title}：在办 {row.open}，超时 {row.late}", f"{title.en}: {row.open} open, {row.late} late"
        )
        areas.append(Area(code, shape.rings, title=tell(says), value=step_of(row.open, bounds)))
        labels.append(Label(*shape.middle, short(tell(title))))
        if row.late:
            badges.append(Badge(shape.middle[0], shape.middle[1] - BELOW, row.late))
    return draw_map(
        frame,
        areas,
        says=_("各街道在办的件"),
        borders=rings(known.streets.values()),
        labels=labels,
        badges=badges,
    )


def pin_map(here: Here) -> str:
    """The surroundings of the point; a tap moves the pin."""
    known, said = sheet(), names()
    frame = Frame.at(here.lon, here.lat, 640, WIDTH, 0.68)
    areas = [
        Area(code, shape.rings, klass="block own" if code == here.cell else "block")
        for code, shape in known.cells.items()
    ]
    areas.sort(key=lambda area: area.code == here.cell)
    labels = [
        Label(*shape.middle, short(tell(said.get(code, Say("", "")))))
        for code, shape in known.communities.items()
    ]
    seen = [label for label in labels if frame.has_room(label.lon, label.lat)]
    words = _("地图：针尖在网格 %(cell)s") % {"cell": here.short}
    drawn = draw_map(
        frame,
        areas,
        says=words,
        borders=rings(known.streets.values()),
        labels=seen,
        ident="map",
        data={"tap": "place"},
    )
    return with_pin(drawn, frame, here.lon, here.lat)


def short(name: str) -> str:
    for ending in ("街道", "社区居委会", " Subdistrict", " Community"):
        name = name.removesuffix(ending)
    return name


def rings(shapes: object) -> list[tuple[tuple[float, float], ...]]:
    found: list[tuple[tuple[float, float], ...]] = []
    for shape in shapes:  # type: ignore[attr-defined]
        assert isinstance(shape, Shape)
        found += shape.rings
    return found


def blind_map(found: Blind) -> str:
    """The cells of a list dark, its pieces of ground outlined with their number; streets for orientation."""
    known, said = sheet(), names()
    marked, pieces = found.cells, [spot for spot in found.spots if spot.geometry]
    frame = Frame.around([ring for shape in known.streets.values() for ring in shape.rings], WIDE)
    areas = [
        Area(
            code,
            shape.rings,
            title=f"{tell(said.get(code[:12], Say('', '')))} {code[-6:]}" if code in marked else "",
            value="4" if code in marked else "0",
        )
        for code, shape in known.cells.items()
    ]
    areas += [
        Area(f"p{n}", tuple(tuple((p[0], p[1]) for p in ring) for ring in spot.geometry["coordinates"]), title=tell(spot.what), klass="late")
        for n, spot in enumerate(pieces)
        if spot.geometry
    ]  # fmt: skip
    badges = [Badge(*spot.point, n) for n, spot in enumerate(pieces[:99], 1) if spot.point]
    return draw_map(
        frame, areas, says=tell(found.title), borders=rings(known.streets.values()), badges=badges,
        labels=[Label(*shape.middle, short(tell(said.get(code, Say("", ""))))) for code, shape in known.streets.items()],
    )  # fmt: skip


def zones_map(known: Sheet, now: Iterable[Any], waiting: Iterable[Any], street: str = "") -> str:
    """Zones in force filled, proposed ones dashed, over the streets."""
    said = names()
    shapes = {code: shape for code, shape in known.streets.items() if code.startswith(street)}
    frame = Frame.around([ring for shape in shapes.values() for ring in shape.rings], WIDE)
    areas = [
        Area(code, shape.rings, title=tell(said.get(code, Say(code, code))), value="0")
        for code, shape in shapes.items()
    ]
    areas += [Area(zone.code, outline(zone.polygon), title=zone.name, value="3") for zone in now]
    areas += [
        Area(zone.code, outline(zone.polygon), title=zone.name, klass="own see-through") for zone in waiting
    ]
    labels = [
        Label(*shape.middle, short(tell(said.get(code, Say("", ""))))) for code, shape in shapes.items()
    ]
    return draw_map(frame, areas, says=_("示范区"), borders=rings(shapes.values()), labels=labels)


def outline(polygon: Mapping[str, Any]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The rings of a stored GeoJSON polygon."""
    return tuple(ring for part in polygons(polygon) for ring in part)
