"""Where anyone drops a receipt: the page judges it by itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.record import queries


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page with the policy of this log, empty where the district keeps none yet."""
    size, _ = queries.latest()
    shown = {"section": "track", "policy": queries.policy(settings.HOME), "log_size": size}
    shown["promise_key"] = queries.promise_vkey(settings.HOME)
    shown["sm2_key"] = queries.sm2_vkey(settings.HOME)
    return render(request, "public/verify.html", shown)
