"""Pages of the desk for the month: close, look, take points, object, decide, publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.assess import bulletin as told
from bihuan.assess import queries
from bihuan.assess.actions import closing
from bihuan.assess.queries import NoSuchMonth
from bihuan.assess.views import context
from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused

Faults = list[tuple[str, Any]]


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    """What is closed, published and appealed; a month is closed here."""
    faults: Faults = []
    if request.method == "POST":
        faults, made = _try(request, closing.close_month, _number(request, "year"), _number(request, "month"))
        if made is not None:
            messages.success(request, _("已结账，公布以前只有工作台看得到"))
            return redirect("desk-month", made.pk)
    now = request.now  # type: ignore[attr-defined]
    before = (now.year, now.month - 1) if now.month > 1 else (now.year - 1, 12)
    return _show(
        request, "desk", faults=faults, year=request.POST.get("year") or str(before[0]),
        number=request.POST.get("month") or str(before[1]), numbers=range(1, 13),
        drafts=[(one, told.title_of(one)) for one in queries.drafts()],
        rows=[(one, told.title_of(one), (one.year, one.number)) for one in queries.releases()],
        appeals=[
            (one, queries.unit_title(one.deduction.month, one.deduction.unit), told.title_of(one.deduction.month))
            for one in queries.open_objections()
        ],
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """A closed month before it is public: publish it, or take points for what no formula can count."""
    try:
        made = queries.month(pk)
    except NoSuchMonth:
        raise Http404 from None
    release = queries.release_of(made.line, made.year, made.month)
    if release is not None:
        return redirect("bulletin", (release.year, release.number))
    faults: Faults = []
    given = request.POST
    if given.get("do") == "give":
        words = (
            given.get("rule", ""),
            given.get("whose", ""),
            given.get("number", ""),
            given.get("reason", ""),
        )
        faults, one = _try(request, closing.give_deduction, pk, *words)
        if one is not None:
            messages.success(request, _("已扣分，被扣的单位可以申诉"))
            return redirect("desk-month", pk)
    elif request.method == "POST":
        faults, there = _try(request, closing.publish_month, pk, paper=given.get("paper", ""))
        if there is not None:
            messages.success(request, _("已公布，这个月的数不再改"))
            return redirect("bulletin", (there.year, there.number))
    found = told.bulletin(made, None)
    units = [(row.standing.unit, row.standing.title) for _title, rows, _out in found.groups for row in rows]
    return _show(
        request, "month", faults=faults, given=given, units=units,
        rules=[rule for rule in found.scheme.rules if rule.counted is None], **context(found),
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """One deduction with its case and rule, and the form to object to it."""
    try:
        one = queries.deduction(pk)
    except NoSuchMonth:
        raise Http404 from None
    faults: Faults = []
    if request.method == "POST":
        faults, made = _try(request, closing.object_to, pk, request.POST.get("text", ""))
        if made is not None:
            messages.success(request, _("已申诉，由另一个单位裁决"))
            return redirect("desk-deduction", pk)
    return _show(request, "deduction", faults=faults, given=request.POST, **_about(one))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal, and the decision."""
    try:
        asked = queries.objection(pk)
    except NoSuchMonth:
        raise Http404 from None
    faults: Faults = []
    if request.method == "POST":
        if request.POST.get("upheld") not in ("yes", "no"):
            faults = [("upheld", _("请选成立或不成立"))]
        else:
            upheld = request.POST["upheld"] == "yes"
            faults, made = _try(request, closing.decide, pk, upheld, request.POST.get("reason", ""))
            if made is not None:
                messages.success(request, _("已裁决，理由一并公布"))
                return redirect("desk-deduction", asked.deduction_id)
    return _show(request, "decide", faults=faults, given=request.POST, **_about(asked.deduction))


def _about(one: Any) -> dict[str, Any]:
    made = one.month
    objection = getattr(one, "objection", None)
    return {
        "one": one, "title": told.title_of(made), "unit": queries.unit_title(made, one.unit),
        "rule": told.thaw(made.frozen).rule(one.rule), "objection": objection,
        "decision": getattr(objection, "decision", None), "giver": queries.unit_title(made, one.given_by),
        "days": told.thaw(made.frozen).points.appeal_days,
    }  # fmt: skip


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) <= 4 else -1


def _try(request: HttpRequest, act: Any, *args: Any, **more: Any) -> tuple[Faults, Any]:
    """Do it as whoever sits here: the faults, or what was made."""
    hat = request.hat  # type: ignore[attr-defined]
    try:
        return [], act(*args, by=hat.by, unit=hat.unit, at=request.now, **more)  # type: ignore[attr-defined]
    except BadInput as bad:
        return list(bad.faults), None
    except Refused as refused:
        return [("", reason) for reason in refused.reasons], None


def _show(request: HttpRequest, template: str, /, faults: Faults, **shown_there: Any) -> HttpResponse:
    said = {"acting": request.hat, "section": "month", "faults": faults} | shown_there  # type: ignore[attr-defined]
    return render(request, f"assess/{template}.html", said, status=422 if faults else 200)
