"""The home page: doors and today's honest figures; the page of all that is public; the switch of the larger type."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from bihuan.cases import figures
from bihuan.inspections.published import waiting

YEAR = 31_536_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = request.now  # type: ignore[attr-defined]
    return render(
        request,
        "public/home.html",
        {"today": figures.today(now), "month": figures.closed(now, days=30), "uninspected": waiting()},
    )


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """Everything that is public and can be checked, with the way to check it."""
    return render(request, "public/open.html", {"section": "open"})


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Larger type and one column, kept in a cookie."""
    to = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}):
        to = "/"
    response = HttpResponseRedirect(to)
    on = "1" if request.POST.get("elder") == "1" else "0"
    response.set_cookie("elder", on, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
