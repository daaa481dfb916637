"""The short public version of the lists of blind spots: five sentences, no persons."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.cases.coverage import coverage
from bihuan.places.queries import NotHere


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the district does not cover today, and what was looked at to say so."""
    try:
        found = coverage(request.now)  # type: ignore[attr-defined]
    except NotHere as error:
        return render(request, "public/coverage.html", {"section": "figures", "reason": error.reason})
    return render(request, "public/coverage.html", {"section": "figures", "found": found})
