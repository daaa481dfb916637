"""Figures that a person states: what a doubtful place says, and the reading of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.targets import actions, beside, measure, words
from bihuan.targets.desk_views.frame import may, page_of, show


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Decide what a doubtful place says, with the reason."""
    page = page_of(request, pk, key)
    if page.mark.kind != "doubt":
        raise Http404
    hat, given = request.hat, request.POST  # type: ignore[attr-defined]
    faults: list[tuple[str, Any]] = []
    if request.method == "POST":
        value = given.get("value", "")
        value = given.get("other", "") if value in ("", "other") else value
        try:
            actions.decide(pk, key, value, given.get("why", ""), by=hat.by, unit=hat.unit, at=request.now)  # type: ignore[attr-defined]
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
        else:
            messages.success(request, _("已认定，原文不改，认定写在旁边"))
            if given.get("back") == "proposals":
                return redirect("proposals", pk)
            return redirect("mark", pk, page.around[0].key if page.around else key)
    return show(
        request, "decide", page=page, mark=page.mark, report=page.report, faults=faults, given=given,
        doubt=words.doubt_words(page.mark.fact), back=request.GET.get("back") or given.get("back", ""), may=may(request), answer=422 if faults else 200,
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Add a figure to the indicator of a confirmed goal."""
    page = page_of(request, pk, key)
    target = page.followed.row.target if page.followed else None
    if target is None or target.indicator is None:
        raise Http404
    hat, given = request.hat, request.POST  # type: ignore[attr-defined]
    faults: list[tuple[str, Any]] = []
    units = measure.written(target.indicator.unit)
    if request.method == "POST":
        year = given.get("year", "")
        try:
            actions.add_reading(
                target.indicator.pk, int(year) if year.isdecimal() and len(year) == 4 else 0, _in_base(given, units),
                given.get("status", ""), given.get("source", ""), by=hat.by, unit=hat.unit, at=request.now,  # type: ignore[attr-defined]
            )  # fmt: skip
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
        else:
            messages.success(request, _("已记下这一年的数"))
            return redirect("mark", pk, key)
    return show(
        request, "reading", page=page, mark=page.mark, report=page.report, indicator=target.indicator, faults=faults,
        given=given, units=units, rows=[(one, measure.said(one.value, target.indicator.unit)) for one in page.readings], pairs=beside.pairs(page.readings, target.indicator.unit), answer=422 if faults else 200,
    )  # fmt: skip


def _in_base(given: Mapping[str, str], units: Sequence[tuple[str, Decimal]]) -> str | Decimal:
    """The figure in the unit of the indicator; what is no number stays as it was typed, to be told."""
    text = given.get("value", "").strip()
    try:
        return Decimal(text) * dict(units).get(given.get("in", ""), 1)
    except InvalidOperation:
        return text
