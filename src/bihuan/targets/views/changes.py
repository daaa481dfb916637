"""Public page of the goals that were changed: the old one, the new one, why, on which paper, by whose word."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.targets import queries
from bihuan.targets.queries import NoSuchReport
from bihuan.targets.table import history


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every goal of the report's public tasks that two people changed."""
    try:
        report = queries.report(pk)
    except NoSuchReport:
        raise Http404 from None
    found = history.changed_goals(report)
    context = {"section": "promises", "report": report, "found": found, "demo": settings.DEMO}
    return render(request, "targets/changes.html", context)
