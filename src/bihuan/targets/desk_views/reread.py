"""What a new version of the reader makes of a kept report: shown beside the kept reading, taken up where chosen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.targets import actions, again, texts
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.texts import NoSuchText

MOST = 200  # passages on the page; each is a few lines


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Every passage that is read otherwise, both readings side by side; what people confirmed stays and is told."""
    try:
        report = texts.whole(pk)
    except NoSuchText:
        raise Http404 from None
    faults = list[tuple[str, Any]]()
    if request.method == "POST":
        faults = _take(request, pk)
        if not faults:
            return redirect("reread", pk)
    try:
        found = actions.would_change(report)
    except BadInput as bad:  # today's reader no longer takes the text for a report: nothing can be taken up
        found, faults = None, list(bad.faults)
    every = again.choices(report, found) if found else []
    return show(
        request, "reread", report=report, found=found, faults=faults, may=may(request), choices=every[:MOST],
        more=max(0, len(every) - MOST), all=len(every), confirmed=again.confirmed(report, found) if found else [],
        also=again.also(found) if found else 0, marked=set(request.POST.getlist("passage")),
        answer=422 if faults else 200,
    )  # fmt: skip


def _take(request: HttpRequest, pk: int) -> list[tuple[str, Any]]:
    hat, now = request.hat, request.now  # type: ignore[attr-defined]
    chosen = request.POST.getlist("every" if "all" in request.POST else "passage")
    try:
        done = actions.take_reading(pk, chosen, by=hat.by, unit=hat.unit, at=now)
    except BadInput as bad:
        return list(bad.faults)
    except Refused as no:
        return [("", say) for say in no.reasons]
    n = len(done.added) + len(done.gone) + len(done.changed)
    said = ngettext("已采用，改了 %(n)d 处；原来的读法留着", "已采用，改了 %(n)d 处；原来的读法留着", n)
    messages.success(request, said % {"n": n})
    return []
