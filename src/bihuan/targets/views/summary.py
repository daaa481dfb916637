"""A leader's page of a report: off track first, who holds it, what is due next. One view for the public, one for the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.cases.hat import at_desk
from bihuan.core.picture.frame import meter, squares
from bihuan.targets import drawing, verdicts
from bihuan.targets import summary as reads
from bihuan.targets.queries import NoSuchReport
from bihuan.targets.summary import Promise, UnitRow
from bihuan.targets.views import english

SOON = 5  # promises shown under what is due next


@require_safe
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody may know: public promises, their lead unit, who holds them, the pictures."""
    return _page(request, pk, staff=False)


@at_desk
@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with promises that are not public, the leader in charge and the last word of the unit."""
    return _page(request, pk, staff=True)


def _page(request: HttpRequest, pk: int, staff: bool) -> HttpResponse:
    try:
        page = reads.summary(pk, request.now, staff)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    soon = sorted((one for one in page.open if one.next), key=lambda one: _when(one, page))[:SOON]
    name = "summary-desk" if staff else "summary"
    return render(
        request,
        f"targets/summary{'_desk' if staff else ''}.html",
        {
            "section": "commitments" if staff else "promises", "page": page, "report": page.report, "staff": staff, "acting": getattr(request, "hat", None) if staff else None,
            "off": [_row(one) for one in (*page.off, *page.soft_late)], "soon": [_row(one) for one in soon],
            "here": request.build_absolute_uri(reverse(name, args=[page.report.pk])), "demo": settings.DEMO,
            "units": [(row, _squares(row)) for row in page.units], "silent": sum(not one.has_data for one in page.open if one.path),
        },
    )  # fmt: skip


def _when(one: Promise, page: Any) -> str:
    return str(one.next.on)[:10] if one.next else ""


def _row(one: Promise) -> tuple[Promise, str]:
    return one, _spark(one)


def _squares(row: UnitRow) -> str:
    """One square a promise, in the order of the key."""
    kinds = ["off"] * row.off + ["open"] * row.open + ["done"] * row.done + ["ended"] * row.ended
    said = row.said
    return squares(kinds, said.en if english() else str(said))


def _spark(one: Promise) -> str:
    """What was reported of the case beside what was due by then, else the path of the goal; empty without figures."""
    measured = one.measured
    if measured and measured.plan and measured.pace and measured.pace.actual is not None:
        says = measured.pace.says
        due = measured.pace.due_then
        return meter(
            float(measured.pace.actual),
            float(due) if due is not None else None,
            says.en if english() else str(says),
        )
    if one.path is None or not one.path.drawn:
        return ""
    finding = verdicts.judge(one.path).finding
    return drawing.spark(one.path, finding.en if english() else str(finding))
