"""Apply for a licence: the form of the line for one item, its papers one by one, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.cases.mine import opening_answers
from bihuan.cases.online import asked_online
from bihuan.cases.shapes import Head
from bihuan.cases.undertaken import told_of
from bihuan.core.items.parts import Item
from bihuan.hall.filing import Form, fill_in
from bihuan.hall.receipt import show_receipt
from bihuan.hall.views.catalogue import material, unit_names, words
from bihuan.items import queries
from bihuan.subjects.queries import warnings_on

LINE = "permits"


def item_of(code: str) -> Item:
    found = queries.catalogue().items.get(code)
    if found is None or found.line != LINE:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one item; laid aside and found again, or filed."""
    item = item_of(code)
    day = day_of(request.now)  # type: ignore[attr-defined]
    given = {
        "section": "hall", "item": item, "unit": unit_names().get(item.unit), "legal": words(item.legal),
        "told": told_of(code, day),
        "had": [material(one) for one in queries.materials_of(code) if not one.asked],
    }  # fmt: skip
    asked = asked_online(lines.at(LINE, day), code, day)
    return fill_in(
        request, Form(LINE, code, asked, {"agency": item.unit}, "hall/permit.html", "permit-applied", given)
    )


@require_safe
def applied(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of an application, for whoever filed it."""
    return show_receipt(request, number, "hall/permit_applied.html", "hall", warned)


def warned(head: Head) -> dict[str, Any]:
    """What the register warns of whoever applied."""
    return {"warned": warnings_on(opening_answers(head).get("uscc") or "")}
