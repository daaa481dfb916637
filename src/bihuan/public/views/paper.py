"""Where the code on a paper leads: which paper it is, whether it is in force today, and whether a file is that paper."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.cases import receipts
from bihuan.cases.edge import day_of, to_date
from bihuan.papers import queries


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The paper with this code, and the digest of its PDF; the browser compares a file without sending it."""
    from bihuan.cases import prints  # typesetting is loaded when a paper is printed

    found = queries.by_code(code, today(request))
    if found is None:
        return answered(render(request, "public/paper_unknown.html", {"section": "track"}, status=404))
    paper = prints.printed(found, today(request), request.build_absolute_uri("/"))
    shown = {
        "section": "track", "paper": paper, "day": today(request),
        "place": receipts.place_of(paper.case, paper.seq), "mine": paper.case in request.session.get("tracked", {}).values(),
    }  # fmt: skip
    return answered(render(request, "public/paper.html", shown))


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The certificates of the district, newest first; withdrawn and expired ones stay in it."""
    text, after = request.GET.get("q", "")[:64], request.GET.get("before", "")
    before = int(after) if after.isdecimal() and len(after) < 18 else 0
    rows, more = queries.register(today(request), text, before)
    shown = {"section": "hall", "rows": rows, "more": more, "q": text, "before": before}
    return render(request, "public/certificates.html", shown)


def today(request: HttpRequest) -> date:
    return to_date(day_of(request.now))  # type: ignore[attr-defined]


def answered(response: HttpResponse) -> HttpResponse:
    """An answer that no cache and no search engine keeps: its address is the code."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
