"""Asking for the personal data of a closed case to be deleted, with account or with number and code; how long all is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.shapes import Refused
from bihuan.core.say import Say
from bihuan.core.time.clock import read_limit
from bihuan.core.time.ledger import limit_words
from bihuan.deletions import actions, queries
from bihuan.hall.receipt import show_receipt
from bihuan.hall.resident import here
from bihuan.lines.retention import keeping, table
from bihuan.residents import actions as residents


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """What goes, what stays, what the law keeps and until when; then the request, with number and code of its own."""
    case = request.session.get("tracked", {}).get(number)
    if case is None:
        return redirect("track")
    at: Any = request.now  # type: ignore[attr-defined]
    faults: list[tuple[str, Say]] = []
    if request.method == "POST":
        try:
            opened = actions.ask(case, at=at, key=f"{number}:{request.POST.get('request_key', '')[:64]}")
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
        else:
            request.session["tracked"] = request.session["tracked"] | {opened.number: opened.case}
            me = here(request)
            if me is not None:
                residents.claim(me.id, opened.case, at=at)
            return redirect("erase-asked", opened.number)
    shown = {
        "section": "track", "number": number, "about": queries.case_of(case, at), "faults": faults,
        "limit": limit_words(read_limit(lines.at(queries.LINE, day_of(at)).param("decide", day_of(at)).value)),
        "requests": queries.requests_of(number), "key": at.strftime("%Y%m%d%H%M%S%f"),
    }  # fmt: skip
    return render(request, "hall/erase.html", shown, status=422 if faults else 200)


@require_safe
def asked(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of a request, for whoever made it."""
    return show_receipt(request, number, "hall/erase_asked.html", "track")


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The table of keeping, as it stands today."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    texts = lines.in_force(day)
    rows = [(texts[code].title, keeping(code, to_date(day))) for code in table() if code in texts]
    return render(request, "hall/retention.html", {"section": "hall", "rows": rows})
