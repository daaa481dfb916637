"""Blind spots at the desk: the five lists as sentences, one of them on the map and as a table; each as CSV."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bihuan.cases.coverage import coverage
from bihuan.cases.maps import blind_map, tell
from bihuan.core.place.blind import TITLES, Blind
from bihuan.core.rows import write_sheet
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.views.map import cell_title, titles
from bihuan.places.queries import NotHere
from bihuan.record.actions import note_taken

SHOWN = 25  # rows of a list on the page; the table to download has all


@at_desk
@require_safe
def lists(request: DeskRequest) -> HttpResponse:
    """Five sentences; the map and the rows of one list."""
    try:
        found = coverage(request.now)
    except NotHere as error:
        return show(request, "coverage", "coverage", reason=error.reason)
    wanted = request.GET.get("list", "")
    chosen = (
        found.of(wanted)
        if wanted in TITLES
        else next((one for one in found.lists if one.spots), found.lists[0])
    )
    names = titles()
    rows = [(spot, cell_title(spot.cell, names) if spot.cell else None) for spot in chosen.spots[:SHOWN]]
    return show(
        request, "coverage", "coverage", found=found, chosen=chosen, rows=rows, more=len(chosen.spots) - len(rows),
        drawn=blind_map(chosen),
    )  # fmt: skip


@at_desk
@require_safe
def table(request: DeskRequest, key: str) -> HttpResponse:
    """One list whole, as CSV that Excel opens with its Chinese intact."""
    if key not in TITLES:
        raise Http404
    try:
        found = coverage(request.now).of(key)
    except NotHere:
        raise Http404 from None
    acting = request.acting
    note_taken(f"coverage/{key}", len(found.spots), by=acting.actor.id, unit=acting.unit, at=request.now)
    response = HttpResponse(write_sheet(csv_rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="coverage-{key}-{request.now:%Y%m%d}.csv"'
    return response


def csv_rows(found: Blind) -> list[tuple[object, ...]]:
    """The sentence first: an empty table is a proof only with what was looked at."""
    head = (_("是什么"), _("网格"), _("经度"), _("纬度"), _("面积（平方米）"))
    rows = [
        (
            tell(spot.what),
            f"'{spot.cell}" if spot.cell else "",
            *(spot.point or (None, None)),
            None if spot.area is None else round(spot.area, 1),
        )
        for spot in found.spots
    ]
    return [(tell(found.title), tell(found.says)), head, *rows]
