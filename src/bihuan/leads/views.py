"""What the public is told of blind samples."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.leads import queries


@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """Month by month once it is over: how many were sealed, how many bad ones the checks found."""
    found = queries.sampled(request.now, whole=True)  # type: ignore[attr-defined]
    return render(request, "leads/disclosed.html", {"months": found})
