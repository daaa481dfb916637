"""Work that failed: cases whose clocks could not act, for the system administrator."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bihuan.cases import queries
from bihuan.core.say import Say
from bihuan.desk.acting import DeskRequest, at_desk, show


@at_desk
@require_safe
def stuck(request: DeskRequest) -> HttpResponse:
    """The list; no grant, no list."""
    if not request.acting.sysadmin:
        reason = Say(
            "卡住的办件只给系统管理员看：你今天没有这个岗位。",
            "Stuck cases are shown to the system administrator; you do not hold that post today.",
        )
        return show(request, "not_yours", "", answer=403, reasons=[reason], number="")
    return show(request, "stuck", "stuck", rows=queries.stuck())
