"""Public pages of the monthly bulletin: what is published, one month, an area or unit, the cases behind a number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.assess import bulletin as told
from bihuan.assess import corrections, drawn, queries
from bihuan.assess.bulletin import Bulletin
from bihuan.assess.queries import NoSuchMonth
from bihuan.cases.edge import to_datetime
from bihuan.core.authority.grants import POSTS
from bihuan.core.say import Say

PARTS = {
    "numerator": Say("分子", "Numerator"), "denominator": Say("分母", "Denominator"),
    "missed": Say("在分母、不在分子", "In the denominator, not in the numerator"), "left_out": Say("剔除", "Left out"),
}  # fmt: skip
KINDS = {
    "district": Say("全区", "District"), "street": Say("街道", "Subdistricts"), "community": Say("社区", "Communities"),
    "zone": Say("示范区", "Demonstration zones"), "unit": Say("单位", "Units"),
}  # fmt: skip
Month = tuple[int, int]


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every published month, the newest first."""
    rows = [(one, told.title_of(one), (one.year, one.number)) for one in queries.releases()]
    return render(request, "assess/published.html", {"section": "scores", "rows": rows})


@require_safe
def show(request: HttpRequest, month: Month) -> HttpResponse:
    """The bulletin of a month: every figure as it was frozen, corrections beside it."""
    release = _release(month)
    later = corrections.corrections(release.month)
    found = told.bulletin(release.month, release, later)
    return render(request, "assess/bulletin.html", {"section": "scores", "month": month} | context(found))


def context(found: Bulletin) -> dict[str, Any]:
    """What both the public page and the desk's preview show of a month."""
    return {
        "found": found, "title": found.title, "formulas": told.formulas(found), "taken": told.taken(found),
        "map": drawn.overdue_map(found), "matters_chart": drawn.matters_chart(found),
        "streets_chart": drawn.streets_chart(found), "short": [found.scheme.item(key) for key in told.SHORT],
        "of_units": [found.scheme.item(key) for key in told.OF_UNITS],
        "streets": [(row, [row.cells.get(key) for key in told.SHORT]) for row in found.streets],
        "zones": [(row, [row.cells.get(key) for key in told.SHORT]) for row in found.zones],
        "groups": [
            (title, [(row, [row.cells.get(key) for key in told.OF_UNITS]) for row in rows], without)
            for title, rows, without in found.groups
        ],
        "others": [(row, [row.cells.get(key) for key in told.OF_UNITS]) for row in found.others],
        "posts": [(POSTS[post], unit, cells) for post, unit, cells in found.posts],
        "moved": found.corrections.of("district") if found.corrections else {},
    }  # fmt: skip


@require_safe
def paper(request: HttpRequest, month: Month) -> HttpResponse:
    """The same as a PDF."""
    from bihuan.assess import typeset  # typesetting is loaded when a bulletin is printed

    body = typeset.pdf(_release(month))
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="bulletin-{month[0]}-{month[1]:02}.pdf"'
    return answer


@require_safe
def later(request: HttpRequest, month: Month) -> HttpResponse:
    """What came after a month was closed, figure by figure and case by case."""
    release = _release(month)
    found = corrections.corrections(release.month)
    moved = [
        (KINDS[one.by], _title(release.month, one.by, one.code), one)
        for one in found.moved
        if one.by != "district"
    ]
    said = {
        "section": "scores", "month": month, "title": told.title_of(release), "release": release, "found": found,
        "whole": [one for one in found.moved if one.by == "district"], "moved": moved,
        "until": to_datetime(found.asof),
        "upheld": [(one, queries.unit_title(release.month, one.objection.deduction.unit)) for one in found.decisions],
    }  # fmt: skip
    return render(request, "assess/corrections.html", said)


@require_safe
def places(request: HttpRequest, month: Month, by: str) -> HttpResponse:
    """Every area of one kind, or every unit, with its main figures."""
    release = _release(month)
    if by not in KINDS:
        raise Http404
    scheme = told.thaw(release.month.frozen)
    keys = told.SHORT if by != "unit" else told.OF_UNITS
    rows = []
    for code, figures in sorted(queries.figures(release.month, by).items()):
        cells = told.cells_of(scheme, figures)
        rows.append((code, _title(release.month, by, code), [cells.get(key) for key in keys], len(cells)))
    said = {
        "section": "scores", "month": month, "title": told.title_of(release), "by": by, "kind": KINDS[by], "rows": rows,
        "items": [scheme.item(key) for key in keys],
    }  # fmt: skip
    return render(request, "assess/places.html", said)


@require_safe
def place(request: HttpRequest, month: Month, by: str, code: str) -> HttpResponse:
    """One area or unit with every indicator; each number opens its cases."""
    release = _release(month)
    if by not in KINDS:
        raise Http404
    code = _code(code)
    figures = queries.figures(release.month, by, code).get(code)
    if not figures:
        raise Http404
    cells = told.cells_of(told.thaw(release.month.frozen), figures)
    moved = corrections.corrections(release.month).of(by)
    said = {
        "section": "scores", "month": month, "title": told.title_of(release), "by": by, "code": code or "-", "kind": KINDS[by],
        "name": _title(release.month, by, code), "cells": [(one, moved.get((code, key))) for key, one in cells.items()],
    }  # fmt: skip
    return render(request, "assess/place.html", said)


@require_safe
def behind(request: HttpRequest, month: Month, by: str, code: str, item: str, part: str) -> HttpResponse:
    """The cases behind a frozen number, a page at a time."""
    release = _release(month)
    number, _, pk = request.GET.get("after", "").partition(".")
    after = (number[:32], int(pk)) if number and pk.isdecimal() and len(pk) < 19 else ("", 0)
    try:
        rows = queries.listed(release.month, by, _code(code), item, part, after)
    except NoSuchMonth:
        raise Http404 from None
    more, rows = len(rows) > queries.PAGE, rows[: queries.PAGE]
    one = told.thaw(release.month.frozen).item(item)
    matters = queries.matter_titles(release.month, {row.matter for row in rows})
    said = {
        "section": "scores", "month": month, "title": told.title_of(release), "by": by, "code": code, "item": one,
        "part": PARTS[part], "name": _title(release.month, by, _code(code)),
        "rows": [
            (row, to_datetime(row.begun), matters[row.matter], queries.area_title(release.month, row.street),
             queries.unit_title(release.month, row.unit), one.of.exclude[row.why].label if row.why is not None else None)
            for row in rows
        ],
        "next": urlencode({"after": f"{rows[-1].number}.{rows[-1].id}"}) if more else "",
    }  # fmt: skip
    return render(request, "assess/cases.html", said)


def _release(month: Month) -> Any:
    try:
        return queries.release(*month)
    except NoSuchMonth:
        raise Http404 from None


def _code(code: str) -> str:
    """ "-" in an address stands for what has no place or unit."""
    return "" if code == "-" else code


def _title(made: Any, by: str, code: str) -> Say:
    titles = {"unit": queries.unit_title, "zone": queries.zone_title}
    return titles.get(by, queries.area_title)(made, code)
