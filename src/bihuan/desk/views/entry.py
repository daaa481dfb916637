"""Choosing the unit one sits for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from bihuan.desk.acting import choose, posts_words, units_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest) -> HttpResponse:
    """Choose for which unit to act; one at a time, for two hats are two requests."""
    units, _stamps = units_for(request)
    wanted = request.POST.get("unit", "")
    if request.method == "POST" and wanted in units:
        choose(request, wanted)
        return redirect(_back(request))
    rows = [(code, title, posts_words(posts)) for code, (title, posts) in units.items()]
    context = {"units": rows, "next": _back(request), "missing": request.method == "POST"}
    return render(request, "desk/unit.html", context, status=422 if context["missing"] else 200)


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else settings.LOGIN_REDIRECT_URL
