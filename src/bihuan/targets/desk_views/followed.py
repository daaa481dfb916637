"""Every promise that is followed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bihuan.cases.hat import at_desk
from bihuan.targets import board, queries
from bihuan.targets.desk_views.frame import show


@at_desk
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Every promise that is followed, by what is due first; `?lead=` and `?state=` filter."""
    lead, state = request.GET.get("lead", "")[:32], request.GET.get("state", "")[:32]
    every = board.commitments(request.now)  # type: ignore[attr-defined]
    shown = [
        one for one in every
        if (not lead or one.row.lead_id == lead) and (not state or (one.head and one.head.state == state))
    ]  # fmt: skip
    return show(
        request, "commitments", rows=shown, tally=queries.tally(every), lead=lead, state=state,
        leads=sorted({(one.row.lead_id, one.lead) for one in every}),
        states=sorted({(one.head.state, one.head.state_title) for one in every if one.head}),
        reports=queries.reports(),
    )  # fmt: skip
