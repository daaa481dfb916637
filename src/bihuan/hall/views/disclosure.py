"""Apply for government information: the form is the line's own, the receipt carries number and code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.cases.online import asked_online
from bihuan.hall.filing import Form, fill_in
from bihuan.hall.receipt import show_receipt

LINE = "disclosure"


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form; laid aside and found again, or filed."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    asked = asked_online(lines.at(LINE, day), "", day)
    known = {"channel": "internet"}
    return fill_in(request, Form(LINE, "", asked, known, "hall/apply.html", "applied", {"section": "apply"}))


@require_safe
def applied(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of an application, for whoever filed it."""
    return show_receipt(request, number, "hall/applied.html", "apply")
