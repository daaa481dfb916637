"""Who sits at this browser as a resident: apart from the log-in of staff, and gone with the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bihuan.residents import actions, queries

RESIDENT = "resident"  # session key


def here(request: HttpRequest) -> queries.Me | None:
    """The account of this browser, None where nobody is logged in or the account was deleted."""
    known = request.session.get(RESIDENT)
    return queries.me(known) if known else None


def sit_down(request: HttpRequest, resident: int) -> None:
    """Log in: the session gets another key; cases filed and followed here before become theirs."""
    request.session.cycle_key()
    request.session[RESIDENT] = resident
    for case in request.session.get("tracked", {}).values():
        actions.claim(resident, case, at=request.now)  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> None:
    """Log out: nothing of what was looked at stays with the browser."""
    if request.user.is_authenticated:  # somebody of the staff keeps their seat
        for key in (RESIDENT, "tracked", "drafts", "filed"):
            request.session.pop(key, None)
    else:
        request.session.flush()


def for_residents(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of one's own: `me` is handed to the view, others are led to the log-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *rest: Any, **more: Any) -> HttpResponse:
        me = here(request)
        if me is None:
            return redirect("me-login")
        answer = view(request, me, *rest, **more)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return guarded
