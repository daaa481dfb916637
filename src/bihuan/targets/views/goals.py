"""All goals with a figure on one page, each drawn as what it is."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.targets import goalboard, goalcard, words
from bihuan.targets.goalboard import Goal
from bihuan.targets.queries import NoSuchReport
from bihuan.targets.views import english


@require_safe
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    """The goals of a report; `?horizon=5y` or `?horizon=2017` keeps those of the term or of the year."""
    try:
        page = goalboard.board(pk, request.now, request.GET.get("horizon", "")[:8])  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    order = list(goalboard.STANDINGS)  # what is behind comes first, else as in the text
    drawn = [(one, _card(one)) for one in page.goals if one.path and one.path.drawn]
    drawn.sort(key=lambda row: order.index(row[0].standing))
    rest = [
        (one, one.why_not or goalcard.missing_in_one(one.path))
        for one in page.goals
        if not (one.path and one.path.drawn)
    ]
    return render(
        request,
        "targets/goals.html",
        {
            "section": "promises", "page": page, "report": page.report, "drawn": drawn, "rest": rest,
            "measured": page.counts["behind"] + page.counts["abreast"],
            "demo": settings.DEMO,
            "horizons": [(code, words.horizon(code), n) for code, n in page.horizons],
        },
    )  # fmt: skip


def _card(one: Goal) -> goalcard.Card:
    assert one.path is not None
    return goalcard.card(one.path, one.mark.fact, None, english())
