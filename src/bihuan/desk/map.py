"""Where the open cases are: cells shaded by count, late ones as figures, and the table that says the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan.cases import queries
from bihuan.cases.shapes import Count
from bihuan.core.picture.cells import Area, Badge, Frame, Label, draw_map, step_of, steps
from bihuan.core.say import Say
from bihuan.places.queries import NotHere, division_names
from bihuan.places.sheet import Sheet, sheet

WIDTH = 760


def tell(words: Say) -> str:
    return words.en if (get_language() or "").startswith("en") else str(words)


def draw_district(street: str, line: str, now: datetime) -> dict[str, Any]:
    """What the map page shows of the district, or of one street."""
    try:
        known = sheet()
    except NotHere as error:
        return {"no_map": error.reason}
    said = {code: Say(*pair) for code, pair in division_names().items()}
    by_cell = {one.code: one for one in queries.counts("cell", line, now) if one.code}
    street = street if street in known.streets else ""
    inside = {code: one for code, one in by_cell.items() if code.startswith(street)}
    bounds = steps(one.open for one in by_cell.values())
    rows = [(code, said.get(code, Say(code, code)), total) for code, total in _totals(inside, 12 if street else 9).items()]
    rows.sort(key=lambda row: (-row[2].late, -row[2].open))
    whole = _sum("", list(inside.values()))
    drawn = _draw(known, said, by_cell, street, bounds)
    return {
        "map": drawn, "rows": rows, "street": street, "street_title": said.get(street, Say("", "")), "whole": whole,
        "legend": _legend(bounds), "digits": 12 if street else 9, "schematic": known.schematic,
    }  # fmt: skip


def _totals(cells: dict[str, Count], digits: int) -> dict[str, Count]:
    groups: dict[str, list[Count]] = defaultdict(list)
    for code, one in cells.items():
        groups[code[:digits]].append(one)
    return {code: _sum(code, some) for code, some in groups.items()}


def _sum(code: str, some: list[Count]) -> Count:
    return Count(code, sum(one.open for one in some), sum(one.late for one in some), sum(one.stopped for one in some))


def _draw(
    known: Sheet, said: dict[str, Say], by_cell: dict[str, Count], street: str, bounds: tuple[int, int, int]
) -> str:
    digits = 12 if street else 9
    shapes = known.communities if street else known.streets
    chosen = {code: shape for code, shape in shapes.items() if code.startswith(street)}
    frame = Frame.around([ring for shape in chosen.values() for ring in shape.rings], WIDTH, 0.02)
    nothing = Count("", 0, 0, 0)
    areas = []
    for code, shape in known.cells.items():
        if not code.startswith(street):
            continue
        one = by_cell.get(code, nothing)
        place = tell(said.get(code[:12], Say("", "")))
        title = _("%(place)s %(cell)s：在办 %(open)s 件，超时 %(late)s 件") % {"place": place, "cell": code[-6:], "open": one.open, "late": one.late}
        areas.append(Area(code, shape.rings, title, value=step_of(one.open, bounds)))
    totals = _totals({code: one for code, one in by_cell.items() if code.startswith(street)}, digits)
    labels, badges = [], []
    for code, shape in chosen.items():
        name = tell(said.get(code, Say(code, code))).removesuffix("街道").removesuffix(" Subdistrict")
        total = totals.get(code, nothing)
        labels.append(Label(*shape.middle, f"{name} {total.open}" if total.open else name))
        if total.late:
            badges.append(Badge(shape.middle[0], shape.middle[1] + (frame.north - frame.south) * 0.022, total.late))
    borders = [ring for shape in chosen.values() for ring in shape.rings]
    says = _("在办件的分布，下面的表说同样的事")
    return draw_map(frame, areas, says=says, borders=borders, labels=labels, badges=badges)


def _legend(bounds: tuple[int, int, int]) -> list[tuple[str, str]]:
    a, b, c = bounds
    spans = [(1, a - 1), (a, b - 1), (b, c - 1)]
    words = [str(x) if x == y else f"{x}–{y}" for x, y in spans]
    return [("0", "0"), *((str(i + 1), word) for i, word in enumerate(words)), ("4", f"≥ {c}")]
