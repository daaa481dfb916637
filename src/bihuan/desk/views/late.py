"""Cases entered later than they were taken in: a unit sees its own, the supervision office all."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bihuan.cases import late
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.leads.queries import may_see


@at_desk
@require_safe
def entries(request: DeskRequest) -> HttpResponse:
    """The last ninety days."""
    acting, now = request.acting, request.now
    unit = "" if may_see(acting.unit, acting.posts, now) else acting.unit
    found = late.late_entries(unit, now)
    return show(
        request, "late", "late", rows=found, days=late.DAYS, allowed=late.allowed_days(now), all=not unit
    )
