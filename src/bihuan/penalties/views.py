"""What everybody sees of penalties: a list that can be searched, one penalty, and 410 once its period is over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bihuan.cases.edge import day_of, to_date
from bihuan.penalties import queries


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Penalties that are shown today, the newest first."""
    before, q = request.GET.get("before", ""), request.GET.get("q", "")[:64]
    start = int(before) if before.isdecimal() and len(before) < 18 else 0
    rows, more = queries.shown(to_date(day_of(request.now)), q, start)  # type: ignore[attr-defined]
    given = {"section": "penalties", "rows": rows, "more": more, "q": q, "before": start}
    return render(request, "penalties/list.html", given)


@require_safe
@never_cache
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One penalty; 410 where it was shown once, without a word of what it was."""
    try:
        found = queries.one(number, to_date(day_of(request.now)))  # type: ignore[attr-defined]
    except KeyError:
        raise Http404 from None
    given = {"section": "penalties", "one": found}
    if found is None:
        answer = render(request, "penalties/gone.html", given, status=410)
    else:
        answer = render(request, "penalties/one.html", given)
    # search engines and caches forget it when the period ends (公示规定§13)
    answer["X-Robots-Tag"] = (
        "noarchive" if found is None else f"noarchive, unavailable_after: {found.until.isoformat()}"
    )
    return answer
