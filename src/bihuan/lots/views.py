"""What everybody sees of lots: the rule before the draw, how the list sorts out, the order, and one's own number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.core.lots import LAST
from bihuan.core.say import Say
from bihuan.lots import queries
from bihuan.lots.purposes import purposes

GROUPS = {"soldier": Say("军人子女（义务教育法 §12）", "Children of soldiers (Compulsory Education Law §12)")}
SHOWN = 500
HOW = {
    "placed": Say("有名额", "You have a place"),
    "direct": Say("有名额", "You have a place"),
    "waiting": Say("候补", "On the waiting list"),
    "out": Say("没有参加", "Not in the lot"),
    "gone": Say("已交回或者退出", "Given back, or left"),
    "listed": Say("在名单里，等抽签", "On the list, waiting for the lot"),
}


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the latest first."""
    rows = [(one, purposes()[one.purpose]) for one in queries.rounds()]
    return render(request, "lots/rounds.html", {"section": "lots", "rows": rows})


@require_safe
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """One round: the rule, seats, groups, the draw and the result by number."""
    return render(request, "lots/round.html", shown(request, code))


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Where one number stands: its lot, its ticket, the cut, its place."""
    given = shown(request, code)
    number = request.GET.get("number", "").strip().upper()[:40]
    place = queries.place_of(given["at"], number) if number else None
    faults = []
    if number and place is None:
        faults = [("number", Say("名单里没有这个编号。编号在登记凭证上；还没有列出名单的，以后再查", "This number is not on the list. It is on your receipt; if nobody is listed yet, come back later"))]  # fmt: skip
    more = {"number": number, "place": place, "faults": faults, "said": HOW[place.how] if place else None}
    return render(request, "lots/check.html", given | more, status=422 if faults else 200)


def shown(request: HttpRequest, code: str) -> dict[str, Any]:
    """What the pages of a round show; 404 where there is none."""
    try:
        at = queries.stand(code, request.now)  # type: ignore[attr-defined]
    except queries.NoSuchRound:
        raise Http404 from None
    standing = at.standing
    rows = []
    if standing is not None:
        rows = [(at.order.get(lot.id), lot, n, True) for n, lot in enumerate(standing.placed, 1)]
        rows += [(at.order.get(lot.id), lot, n, False) for n, lot in enumerate(standing.waiting, 1)]
    return {
        "section": "lots", "at": at, "one": at.round, "last": LAST[at.round.last], "rows": rows[:SHOWN], "hidden": max(0, len(rows) - SHOWN),
        "named": [GROUPS.get(group) or Say(group, group) for group in at.round.groups],
    }  # fmt: skip
