"""Asking for the personal data of a closed case to be deleted, with account or with number and code; how long all is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases import receipts
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.kept_by_law import why_kept
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import Refused
from bihuan.core.say import Say
from bihuan.deletions import actions, queries
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
    about, today = queries.case_of(case, at), to_date(day_of(at))
    shown = {
        "section": "track", "number": number, "about": about, "faults": faults, "why": why_kept(about.line, about.closed, today),
        "requests": queries.requests_of(number), "key": at.strftime("%Y%m%d%H%M%S%f"),
    }  # fmt: skip
    return render(request, "hall/erase.html", shown, status=422 if faults else 200)


@require_safe
def asked(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of a request, for whoever made it."""
    case = request.session.get("tracked", {}).get(number)
    if case is None:
        return redirect("track")
    found = tracked(case, request.now)  # type: ignore[attr-defined]
    return render(
        request, "hall/erase_asked.html", receipts.card(found, settings.HOME) | {"section": "track"}
    )


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The table of keeping, as it stands today."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    texts = lines.in_force(day)
    rows = [(texts[code].title, keeping(code, to_date(day))) for code in table() if code in texts]
    return render(request, "hall/retention.html", {"section": "hall", "rows": rows})
