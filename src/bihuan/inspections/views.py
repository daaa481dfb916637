"""What everybody may read: the list of items, plans and how far they are, results, and a business with its visits."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.core.codes import BadCode, read_uscc
from bihuan.core.register import CLASSES, REASONS
from bihuan.draws import queries as draws
from bihuan.draws.shapes import NoSuchDraw
from bihuan.inspections import published, queries
from bihuan.inspections.library import details, items, kinds
from bihuan.inspections.shapes import CHANGES


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Plans that were adopted, the latest results, and a way to one's own business."""
    asked, fault = request.GET.get("code", "").strip(), None
    if asked:
        try:
            return redirect("inspection-business", read_uscc(asked).value)
        except BadCode as bad:
            fault = bad.say
    rows, _ = published.results()
    shown = {"section": "inspections", "plans": queries.plans(public=True), "rows": rows[:8], "asked": asked, "fault": fault, "waiting": published.waiting()}  # fmt: skip
    return render(request, "inspections/index.html", shown, status=422 if fault else 200)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The list of what is inspected, and the rules by which it is drawn."""
    rows = [(one, queries.unit_name(one.unit), kinds()[one.kind]) for one in items().values()]
    rules = [(one, [(CLASSES[cls], ratio) for cls, ratio in one.rules.ratios.items()]) for one in details()]
    return render(request, "inspections/items.html", {"section": "inspections", "rows": rows, "rules": rules})


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """An adopted plan with its tasks, their draws, the counts of each roster and how far the inspections are."""
    found = next((one for one in queries.plans(public=True) if one.pk == pk), None)
    if found is None:
        raise Http404
    shown = {
        "section": "inspections", "plan": found, "unit": queries.unit_name(found.unit), "classes": CLASSES, "reasons": REASONS, "changes": CHANGES,
        "tasks": [published.told(task) for task in found.tasks.order_by("pk")],
    }  # fmt: skip
    return render(request, "inspections/plan.html", shown)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Published results, the newest first."""
    after = request.GET.get("after", "")
    rows, more = published.results(int(after) if after.isdecimal() and len(after) < 18 else 0)
    return render(request, "inspections/results.html", {"section": "inspections", "rows": rows, "more": more})


@require_safe
def drawn(request: HttpRequest, authority: str, part: str) -> HttpResponse:
    """What came of a draw: how far its inspections are, and their results; or that it was held for no plan."""
    name, after = f"{authority}/{part}", request.GET.get("after", "")
    try:
        draw, one = draws.draw(name), published.round_of(name)
    except NoSuchDraw:
        raise Http404 from None
    rows, more = published.results(int(after) if after.isdecimal() and len(after) < 18 else 0, draw=name)
    now = published.progress(one) if one else None
    shown = {"section": "inspections", "draw": draw, "round": one, "now": now, "rows": rows, "more": more}
    return render(request, "inspections/drawn.html", shown)


@require_safe
def business(request: HttpRequest, code: str) -> HttpResponse:
    """A business: visits of this year, by whom, why, over the cap or not; results published."""
    door = queries.door(code, request.now)  # type: ignore[attr-defined]
    if door is None:
        raise Http404
    rows, _ = published.results(code=code)
    return render(request, "inspections/business.html", {"section": "inspections", "door": door, "rows": rows})  # fmt: skip


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """The code that hangs at the door of a business: inspectors scan it to register their visit."""
    if queries.door(code, request.now) is None:  # type: ignore[attr-defined]
        raise Http404
    link = request.build_absolute_uri(f"{reverse('desk-inspections-visit')}?code={code}")
    svg = segno.make(link, error="m").svg_inline(scale=4, border=2, dark="#14252B", light="#fff")
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")
