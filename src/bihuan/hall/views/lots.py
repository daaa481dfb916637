"""Register a child for a school that draws lots: the form is the line's own, the receipt carries number and code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.cases.online import asked_online
from bihuan.hall.filing import Form, fill_in
from bihuan.hall.receipt import show_receipt
from bihuan.lots import queries

LINE, MATTER = "school_enrolment", "primary"


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The form; only while the list of the round is open."""
    now = request.now  # type: ignore[attr-defined]
    try:
        at = queries.stand(code, now)
    except queries.NoSuchRound:
        raise Http404 from None
    if at.purpose.line != LINE:
        raise Http404
    if at.draw or at.standing is not None:
        return redirect("lots-round", code)
    asked = asked_online(lines.at(LINE, day_of(now)), MATTER, day_of(now))
    known = {"round": code, "wish": f"{at.title} {at.round.year}"}
    return fill_in(request, Form(LINE, MATTER, asked, known, "hall/enrol.html", "enrolled", {"section": "lots", "at": at}))  # fmt: skip


@require_safe
def registered(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of a registration, for whoever filed it."""
    return show_receipt(request, number, "hall/enrolled.html", "lots")
