"""For window clerks: choose a counter, call, call again, done, passed over; give out numbers at the door."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.counters import actions, queries

Faults = list[tuple[str, Any]]
STEPS = {
    "next": actions.call_next,
    "again": actions.call_again,
    "done": actions.finish,
    "pass": actions.pass_over,
}


@at_desk
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The counters at which one may sit."""
    hat = let_in(request)
    found = queries.counters_for(hat.unit)
    halls = {one.hall.code: one.hall for one in found}
    return show(request, "choose", [], counters=found, halls=list(halls.values()))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, pk: int) -> HttpResponse:
    """One counter: the present number, how many wait, and what to do."""
    hat, now = let_in(request), request.now  # type: ignore[attr-defined]
    one = queries.counter(pk)
    if one is None or hat.unit not in queries.units_at(pk):
        raise Http404
    faults: Faults = []
    if request.method == "POST":
        step = STEPS.get(request.POST.get("do", ""))
        if step is None:
            raise Http404
        try:
            step(pk, by=hat.by, unit=hat.unit, at=now)
            return redirect("desk-counter", pk)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
    here = queries.at_counter(pk)
    shown = queries.shown_as(here) if here else ""
    return show(request, "counter", faults, counter=one, here=here, shown=shown, waiting=queries.waiting_for(pk, now))  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def tickets(request: HttpRequest, hall: str) -> HttpResponse:
    """Give out a number: for somebody who walked in, or for a booking by number or telephone and code."""
    hat, now = let_in(request), request.now  # type: ignore[attr-defined]
    if not queries.runs_hall(hall, hat.unit):
        raise Http404
    faults: Faults = []
    given, ticket = request.POST, None
    if request.method == "POST":
        try:
            ticket = give(request, hall)
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
    number = queries.ticket_number(ticket) if ticket else ""
    return show(
        request, "tickets", faults, hall=queries.hall(hall), rows=queries.services(hall, now), given=given if faults else {}, number=number,
        ticket=ticket, shown=queries.shown_as(ticket) if ticket else "", code=queries.code_of(number) if number else "",
        priorities=queries.priorities().values(),
    )  # fmt: skip


def give(request: HttpRequest, hall: str) -> Any:
    given, now = request.POST, request.now  # type: ignore[attr-defined]
    if given.get("do") == "booked":
        number, phone, code = (given.get(key, "").strip()[:40] for key in ("number", "phone", "code"))
        found = queries.booking_of(number, phone, code, now)
        if found is None or found.service.hall_id != hall:
            raise BadInput([("code", Say("编号或者手机号和查询码对不上", "Number or telephone and code do not belong together"))])  # fmt: skip
        return actions.arrive(found.pk, at=now)
    service = queries.service(hall, given.get("service", ""))
    if service is None:
        raise BadInput([("service", Say("请选办什么", "Choose what it is for"))])
    return actions.take(service.pk, at=now, priority=given.get("priority", ""))


def let_in(request: HttpRequest) -> Any:
    """The hat of a window clerk; others have no counter."""
    hat = request.hat  # type: ignore[attr-defined]
    if "window" not in hat.posts:
        raise PermissionDenied
    return hat


def show(request: HttpRequest, template: str, faults: Faults, **shown: Any) -> HttpResponse:
    said = {"acting": request.hat, "section": "counters", "faults": faults} | shown  # type: ignore[attr-defined]
    return render(request, f"counters/{template}.html", said, status=422 if faults else 200)
