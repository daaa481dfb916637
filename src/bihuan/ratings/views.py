"""Rating with number and code, and what everybody sees: figures with their bases, bad ratings and what was done."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases import actions as cases
from bihuan.cases import lookup
from bihuan.cases.actions.misses import count_miss, want_patience
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import BadInput, NoSuchCase, Refused, TooMany
from bihuan.core.say import Say
from bihuan.counters.numbers import read_number
from bihuan.counters.queries import visit_of
from bihuan.ratings import actions, queries
from bihuan.ratings.actions import LEVELS, STAFF, Given
from bihuan.ratings.occasions import Occasion, case_occasion, visit_occasion

Faults = list[tuple[str, Any]]
VISITS = "visits"  # session key: numbers of tickets whose code was entered
NOT_FOUND = Say("编号和查询码对不上。两样都在凭证上", "Number and code do not belong together; both are on the receipt")  # fmt: skip


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Figures of the last ninety days, and the published bad ratings."""
    after = request.GET.get("after", "")
    rows, more = queries.published(int(after) if after.isdecimal() and len(after) < 18 else 0)
    given = {
        "section": "ratings",
        "found": queries.figures_of_hour(request.now),  # type: ignore[attr-defined]
        "rows": rows,
        "more": more,
        "levels": LEVELS,
    }
    return render(request, "ratings/ratings.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Number and code; on to the rating."""
    faults: Faults = []
    number, code = request.POST.get("number", "").strip().upper()[:40], request.POST.get("code", "")[:64]
    if request.method == "POST":
        faults = [(key, say) for key, value, say in (
            ("number", number, Say("请写编号", "Write the number")), ("code", code, Say("请写查询码", "Write the code")),
        ) if not value]  # fmt: skip
        if not faults:
            try:
                enter(request, number, code)
                return redirect("rate-one", number)
            except NoSuchCase:
                faults = [("code", NOT_FOUND)]
            except TooMany as many:
                faults = [("", many.reason)]
    shown = {"section": "ratings", "faults": faults, "number": number}
    return render(request, "ratings/ask.html", shown, status=422 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, number: str) -> HttpResponse:
    """Rate one matter, or add the one further word."""
    occasion = occasion_of(request, number)
    if occasion is None:
        return redirect("rate")
    faults: Faults = [("", occasion)] if isinstance(occasion, Say) else []
    before = queries.given_for(number)
    if request.user.is_authenticated:
        faults = [("", STAFF)]
    elif len(before) > 1:
        faults = [("", Say("已经评价过，也补评过一次", "Rated already, and added to once"))]
    elif request.method == "POST" and isinstance(occasion, Occasion):
        try:
            _, opened = actions.rate(
                occasion, given_of(request), staff="", device=device_of(request), address=request.META.get("REMOTE_ADDR", ""),
                at=request.now, key=request.POST.get("request_key", "")[:64] or None,  # type: ignore[attr-defined]
            )  # fmt: skip
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
        else:
            if opened is not None:
                request.session.setdefault("tracked", {})[opened.number] = opened.case
                request.session.modified = True
            return redirect("rate-done", number)
    shut = bool(faults) and not faults[0][0]
    shown = {
        "section": "ratings", "number": number, "occasion": occasion, "faults": faults, "before": before, "shut": shut, "levels": LEVELS.items(),
        "given": request.POST, "key": request.POST.get("request_key") or token_hex(16),
    }  # fmt: skip
    return render(request, "ratings/give.html", shown, status=(403 if request.user.is_authenticated else 422) if faults else 200)  # fmt: skip


@require_safe
def done(request: HttpRequest, number: str) -> HttpResponse:
    """What was kept, and the number and code of the case that a bad rating opened."""
    before = queries.given_for(number) if occasion_of(request, number) is not None else []
    if not before:
        return redirect("rate")
    level, _, case = before[-1]
    shown = {
        "section": "ratings", "number": number, "level": LEVELS[level], "case": case, "code": lookup.code_of(case) if case else "",
        "second": len(before) > 1,
    }  # fmt: skip
    return render(request, "ratings/done.html", shown)


def enter(request: HttpRequest, number: str, code: str) -> None:
    """Remember in this browser what number and code belong to: a case, or a visit by its ticket."""
    source, now = request.META.get("REMOTE_ADDR", ""), request.now  # type: ignore[attr-defined]
    if read_number(number) is None:
        request.session.setdefault("tracked", {})[number] = cases.look_up(number, code, source=source, at=now)
    else:
        want_patience(source, to_instant(now))
        if visit_of(number, code) is None:
            count_miss(source, to_instant(now))
            raise NoSuchCase("number and code do not belong together")
        request.session.setdefault(VISITS, []).append(number)
    request.session.modified = True


def occasion_of(request: HttpRequest, number: str) -> Occasion | Say | None:
    """What the bearer of number and code may rate, or why not; None without the code."""
    if number in request.session.get(VISITS, []):
        return visit_occasion(number)
    case = request.session.get("tracked", {}).get(number)
    return None if case is None else case_occasion(case, request.now)  # type: ignore[attr-defined]


def given_of(request: HttpRequest) -> Given:
    said = request.POST
    return Given(said.get("level", ""), said.get("words", ""), said.get("named", ""), said.get("name", "")[:64], said.get("phone", "")[:32])  # fmt: skip


def device_of(request: HttpRequest) -> str:
    """What tells one browser from another for a day; kept only as a digest."""
    if not request.session.session_key:
        request.session.save()
    return f"{request.session.session_key}|{request.META.get('HTTP_USER_AGENT', '')}"
