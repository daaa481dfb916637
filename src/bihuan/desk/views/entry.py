"""Logging in and out, and choosing the unit one sits for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from bihuan.desk.acting import UNIT, choices_of


class Login(LoginView):
    """The form; five wrong passwords lock the account for a while."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True
    authentication_form = AuthenticationForm


def locked_out(request: HttpRequest, _response: Any, credentials: Any, *_: Any, **__: Any) -> HttpResponse:
    """The sentence after too many wrong passwords."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"locked": minutes, "form": AuthenticationForm(request, initial={"username": (credentials or {}).get("username", "")})}
    return render(request, "desk/login.html", context, status=429)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest) -> HttpResponse:
    """Choose for which unit to act; one at a time, for two hats are two requests."""
    units = choices_of(request)
    wanted = request.POST.get("unit", "")
    if request.method == "POST" and wanted in units:
        request.session[UNIT] = wanted
        return redirect(_back(request))
    return render(request, "desk/unit.html", {"units": units, "next": _back(request), "missing": request.method == "POST"})


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else settings.LOGIN_REDIRECT_URL
