"""Where open cases lie: the district by streets, a street by cells, as a map and as the same list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases.counts import counts, counts_by
from bihuan.cases.edge import day_of
from bihuan.cases.shapes import Count
from bihuan.core.picture import cells
from bihuan.core.say import Say
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.wording import parts_of, short_place
from bihuan.places.queries import NotHere, division_names
from bihuan.places.sheet import Shape, Sheet, sheet

WIDE = 760  # pixels


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list twin."""

    code: str
    title: Say
    count: Count
    href: str = ""


@at_desk
@require_safe
def district(request: DeskRequest) -> HttpResponse:
    """All streets: cells shaded by open cases, late ones as figures on their street."""
    line = filtered(request)
    try:
        known = sheet()
    except NotHere as error:
        return show(request, "map", "map", reason=error.reason)
    found = counts_by(("street", "cell"), line, request.now)
    by_street, by_cell = ({row.code: row for row in found[by]} for by in ("street", "cell"))
    names = titles()
    rows = [
        Row(
            code,
            names.get(code, Say(code, code)),
            by_street.get(code, Count(code, 0, 0, 0)),
            link(code, line),
        )
        for code in known.streets
    ]
    rows.sort(key=lambda row: (-row.count.late, -row.count.open, row.code))
    return show(
        request, "map", "map", drawn=draw_district(known, by_cell, by_street, names, line), rows=rows,
        parts=parts_of(finding([row.count for row in rows])), bounds=bounds_of(by_cell), **choices(request, line),
    )  # fmt: skip


@at_desk
@require_safe
def street(request: DeskRequest, street: str) -> HttpResponse:
    """The cells of one street."""
    line = filtered(request)
    try:
        known = sheet()
    except NotHere as error:
        return show(request, "map", "map", reason=error.reason)
    if street not in known.streets:
        return show(request, "not_found", "map", answer=404, find_text="")
    by_cell = {row.code: row for row in counts("cell", line, request.now) if row.code.startswith(street)}
    names = titles()
    rows = [Row(row.code, cell_title(row.code, names), row) for row in by_cell.values()]
    rows.sort(key=lambda row: (-row.count.late, -row.count.open, row.code))
    return show(
        request, "map", "map", drawn=draw_street(known, street, by_cell, names), rows=rows, street=names.get(street),
        parts=parts_of(finding([row.count for row in rows])), bounds=bounds_of(by_cell), code=street, **choices(request, line),
    )  # fmt: skip


def filtered(request: DeskRequest) -> str:
    line = request.GET.get("line", "")
    return line if line in lines.all_lines() else ""


def choices(request: DeskRequest, line: str) -> dict[str, Any]:
    day = day_of(request.now)
    return {"line": line, "line_choices": [(code, one.title) for code, one in lines.in_force(day).items()]}


def titles() -> dict[str, Say]:
    return {code: Say(*pair) for code, pair in division_names().items()}


def cell_title(code: str, names: Mapping[str, Say]) -> Say:
    """Community and number of a cell."""
    place = names.get(code[:12], Say(code[:12], code[:12]))
    place = short_place(place)
    return Say(f"{place} {code[-6:]}", f"{place.en} {code[-6:]}")


def link(code: str, line: str) -> str:
    return reverse("desk-map-street", args=[code]) + (f"?line={line}" if line else "")


def finding(rows: list[Count]) -> Say:
    """The sentence on top."""
    whole, late = sum(row.open for row in rows), sum(row.late for row in rows)
    if not whole:
        return Say("没有在办的", "Nothing open")
    return Say(f"在办 {whole} 件，其中 {late} 件已超时", f"{whole} open; {late} of them late")


def bounds_of(by_cell: Mapping[str, Count]) -> tuple[int, int, int]:
    return cells.steps(row.open for row in by_cell.values())


def said(row: Count, title: str) -> str:
    return _("%(place)s：在办 %(open)s，超时 %(late)s") % {"place": title, "open": row.open, "late": row.late}


def tell(title: Say) -> str:
    """A title in the language of the page."""
    from django.utils.translation import get_language

    return title.en if (get_language() or "").startswith("en") else str(title)


def shaded(
    shapes: Iterable[Shape], by_cell: Mapping[str, Count], names: Mapping[str, Say]
) -> list[cells.Area]:
    """Cells, each in the step of its open cases."""
    bounds, found, says = bounds_of(by_cell), [], _("%(place)s：在办 %(open)s，超时 %(late)s")
    english = tell(Say("", "en")) == "en"
    for shape in shapes:
        row = by_cell.get(shape.code, Count(shape.code, 0, 0, 0))
        place = cell_title(shape.code, names)
        title = says % {"place": place.en if english else place, "open": row.open, "late": row.late}
        found.append(cells.Area(shape.code, shape.rings, title, "bh-cell", cells.step_of(row.open, bounds)))
    return found


def draw_district(
    known: Sheet, by_cell: dict[str, Count], by_street: dict[str, Count], names: dict[str, Say], line: str
) -> str:
    frame = cells.Frame.around([ring for shape in known.streets.values() for ring in shape.rings], WIDE)
    areas = shaded(known.cells.values(), by_cell, names)
    over = [
        cells.Area(
            code,
            shape.rings,
            said(by_street.get(code, Count(code, 0, 0, 0)), tell(names[code])),
            "over",
            None,
            link(code, line),
        )
        for code, shape in known.streets.items()
    ]
    labels = [cells.Label(*shape.middle, short(tell(names[code]))) for code, shape in known.streets.items()]
    badges = [
        cells.Badge(known.streets[code].middle[0], known.streets[code].middle[1] - 0.0022, row.late)
        for code, row in by_street.items()
        if row.late and code in known.streets
    ]
    borders = [ring for shape in known.streets.values() for ring in shape.rings]
    return cells.draw_map(
        frame,
        [*areas, *over],
        says=_("各街道在办和超时的件数"),
        borders=borders,
        labels=labels,
        badges=badges,
    )


def draw_street(known: Sheet, street: str, by_cell: dict[str, Count], names: dict[str, Say]) -> str:
    frame = cells.Frame.around(known.streets[street].rings, WIDE)
    areas = shaded(known.cells_of(street), by_cell, names)
    here = {code: shape for code, shape in known.communities.items() if code.startswith(street)}
    labels = [
        cells.Label(*shape.middle, tell(short_place(names.get(code, Say("", "")))))
        for code, shape in here.items()
    ]
    badges = [
        cells.Badge(*known.cells[code].middle, row.late)
        for code, row in by_cell.items()
        if row.late and code in known.cells
    ]
    borders = [ring for shape in here.values() for ring in shape.rings]
    return cells.draw_map(
        frame, areas, says=_("各网格在办和超时的件数"), borders=borders, labels=labels, badges=badges
    )


def short(name: str) -> str:
    return name.removesuffix("街道").removesuffix(" Subdistrict")
