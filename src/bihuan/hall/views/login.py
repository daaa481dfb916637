"""Logging in with a telephone: a number, the code that went to it, and out again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.cases.shapes import BadInput, TooMany
from bihuan.core.say import Say
from bihuan.hall.resident import here, leave, sit_down
from bihuan.residents import actions, phone


@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """First the number, then the code; the answers do not tell whether the number has an account."""
    if here(request) is not None:
        return redirect("me")
    number, code = request.POST.get("phone", "")[:40], request.POST.get("code", "")[:16]
    faults: list[tuple[str, Say]] = []
    sent = "code" in request.POST
    if request.method == "POST" and phone.can_send():
        at: Any = request.now  # type: ignore[attr-defined]
        try:
            if sent and "again" not in request.POST:
                source = request.META.get("REMOTE_ADDR", "")
                sit_down(request, actions.log_in(number, code, source=source, at=at))
                return redirect("me")
            number, sent = actions.send_code(number, at=at), True
        except BadInput as bad:
            faults = list(bad.faults)
        except TooMany as many:
            faults = [("code" if sent else "phone", many.reason)]
    given = {
        "section": "me",
        "can": phone.can_send(),
        "phone": number,
        "sent": sent,
        "faults": faults,
        "file": settings.SMS_FILE,
    }
    return render(request, "hall/login.html", given, status=422 if faults else 200)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    me = here(request)
    if me is not None:
        actions.note_leaving(me.id, at=request.now)  # type: ignore[attr-defined]
    leave(request)
    return redirect("home")
