"""Undertakings (告知承诺) in public: the list of matters that may be handled on one, and the sheet to sign."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.cases.edge import day_of
from bihuan.cases.undertaken import Kept, listed, told_of, what_became
from bihuan.hall.views.catalogue import unit_names
from bihuan.hall.views.permits import item_of
from bihuan.items import queries


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every such matter with what is told of it and what became of the undertakings so far."""
    at = request.now  # type: ignore[attr-defined]
    items, became = queries.catalogue().items, what_became()
    rows = [
        {"item": items[one.matter], "told": one, "kept": became.get(one.matter, Kept())}
        for one in listed(at)
        if one.matter in items
    ]
    return render(request, "hall/undertakings.html", {"section": "hall", "rows": rows})


@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The undertaking to print and sign; not found where the matter has none."""
    item, told = item_of(code), told_of(code, day_of(request.now))  # type: ignore[attr-defined]
    if told is None:
        raise Http404
    instead = [one for one in queries.materials_of(code) if one.key in told.instead]
    given = {
        "section": "hall",
        "item": item,
        "told": told,
        "instead": instead,
        "unit": unit_names().get(item.unit),
    }
    return render(request, "hall/undertaking.html", given)
