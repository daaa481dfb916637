"""For everybody: halls and their queues, booking a time with a telephone number, the screen of a hall."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.actions import misses
from bihuan.cases.edge import day_of, to_instant
from bihuan.cases.shapes import BadInput, Refused, TooMany
from bihuan.core.say import Say
from bihuan.core.time.formats import near_date
from bihuan.counters import actions, queries

Faults = list[tuple[str, Any]]
MINE = "bookings"  # session key: ids of bookings made or shown here
NOT_FOUND = Say("编号或者手机号和查询码对不上", "Number or telephone and code do not belong together")


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """Where there are counters; straight on where there is one hall."""
    found = queries.halls()
    if len(found) == 1:
        return redirect("counter-hall", found[0].code)
    return render(request, "counters/halls.html", {"section": "hall", "halls": found})


@require_safe
def hall(request: HttpRequest, hall: str) -> HttpResponse:
    """A hall: what each service has waiting now, and how long people waited."""
    found = want_hall(hall)
    rows = queries.services(hall, request.now)  # type: ignore[attr-defined]
    return render(request, "counters/hall.html", {"section": "hall", "hall": found, "rows": rows, "days": queries.DAYS})  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, hall: str, service: str) -> HttpResponse:
    """Choose a time and leave a telephone number; the answer is a number and a code."""
    found, one, now = want_hall(hall), queries.service(hall, service), request.now  # type: ignore[attr-defined]
    if one is None:
        raise Http404
    faults: Faults = []
    if request.method == "POST":
        slot = request.POST.get("slot", "")
        if not slot.isdecimal():
            faults = [("slot", Say("请选一个时段", "Choose a time"))]
        else:
            try:
                made = actions.book(int(slot), request.POST.get("phone", "")[:32], at=now)
            except BadInput as bad:
                faults = list(bad.faults)
            except Refused as refused:
                faults = [("slot", reason) for reason in refused.reasons]
            else:
                remember(request, made.pk)
                return redirect("counter-booking")
    slots = queries.free_slots(one, now)
    days = [
        (near_date(day, day_of(now)), list(group))
        for day, group in groupby(slots, key=lambda slot: day_of(slot.start))
    ]
    shown = {
        "section": "hall",
        "hall": found,
        "service": one,
        "days": days,
        "faults": faults,
        "given": request.POST,
    }
    return render(request, "counters/book.html", shown, status=422 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """A booking by number, or telephone, and code; cancelled here until it begins."""
    now, faults, given = request.now, [], request.POST  # type: ignore[attr-defined]
    if given.get("do") == "forget":
        request.session.pop(MINE, None)
    elif given.get("do") == "cancel":
        faults = give_back(request)
    elif request.method == "POST":
        faults = find(request)
    mine = [found for pk in request.session.get(MINE, []) if (found := queries.booking(pk))]
    rows = [(one, queries.booking_number(one), queries.code_of(queries.booking_number(one))) for one in mine]
    shown = {"section": "hall", "rows": rows, "faults": faults, "given": given, "now": now}
    return render(request, "counters/booking.html", shown, status=422 if faults else 200)


@require_safe
def screen(request: HttpRequest, hall: str) -> HttpResponse:
    """Who is called where: numbers only. The page asks again by itself; nothing of anybody is on it."""
    found, now = want_hall(hall), request.now  # type: ignore[attr-defined]
    shown = {"hall": found, "called": queries.screen(hall, now), "rows": queries.services(hall, now)}
    response = render(request, "counters/screen.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def want_hall(code: str) -> Any:
    found = queries.hall(code)
    if found is None:
        raise Http404
    return found


def find(request: HttpRequest) -> Faults:
    given, now = request.POST, request.now  # type: ignore[attr-defined]
    number, phone, code = (given.get(key, "").strip()[:40] for key in ("number", "phone", "code"))
    faults: Faults = []
    if not (number or phone):
        faults.append(("number", Say("请写预约编号，或者预约用的手机号", "Write the booking number or the telephone used")))  # fmt: skip
    if not code:
        faults.append(("code", Say("请写查询码", "Write the code")))
    if faults:
        return faults
    source = request.META.get("REMOTE_ADDR", "")
    try:
        misses.want_patience(source, to_instant(now))
    except TooMany as many:
        return [("", many.reason)]
    found = queries.booking_of(number, phone, code, now)
    if found is None:
        misses.count_miss(source, to_instant(now))
        return [("code", NOT_FOUND)]
    remember(request, found.pk)
    return []


def give_back(request: HttpRequest) -> Faults:
    pk = request.POST.get("booking", "")
    if not pk.isdecimal() or int(pk) not in request.session.get(MINE, []):
        return [("", NOT_FOUND)]
    try:
        actions.cancel(int(pk), at=request.now)  # type: ignore[attr-defined]
    except Refused as refused:
        return [("", reason) for reason in refused.reasons]
    return []


def remember(request: HttpRequest, pk: int) -> None:
    kept = [one for one in request.session.get(MINE, []) if one != pk]
    request.session[MINE] = [pk, *kept][:5]
