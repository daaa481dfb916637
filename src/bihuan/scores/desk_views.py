"""Pages of the desk for scores: compute, look, publish, appeal, decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.scores import actions, queries, shown
from bihuan.scores.queries import NoSuchScore
from bihuan.scores.views import context

Faults = list[tuple[str, Any]]


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def scores(request: HttpRequest) -> HttpResponse:
    """What is computed, published and appealed; a new computation begins here."""
    faults: Faults = []
    if request.method == "POST":
        faults, made = _try(
            request, actions.compute_period, _number(request, "year"), _number(request, "month", 0)
        )
        if made is not None:
            messages.success(request, _("已计算，公布以前只有工作台看得到"))
            return redirect("score-draft", made.pk)
    year = request.POST.get("year") or str(request.now.year)  # type: ignore[attr-defined]
    return _show(
        request, "desk", faults=faults, year=year, month=request.POST.get("month", ""), months=range(1, 13),
        drafts=[(one, shown.period_title(one)) for one in queries.unpublished()],
        rows=[(one, shown.period_title(one)) for one in queries.published()],
        appeals=[(one, queries.title_of(one.publication.scoring, one.unit), shown.period_title(one.publication))
                 for one in queries.open_appeals()],
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A computation before it is public, with the form that publishes it."""
    try:
        found = queries.table(queries.scoring(pk), None)
    except NoSuchScore:
        raise Http404 from None
    leads = [row for _title, rows in found.groups for row in rows if row.leads]
    faults: Faults = []
    if request.method == "POST":
        vetoes = {row.unit: request.POST.get(f"veto-{row.unit}", "") for row in leads}
        faults, made = _try(
            request, actions.publish, pk, reason=request.POST.get("reason", ""), vetoes=vetoes
        )
        if made is not None:
            messages.success(request, _("已公布，这一版不再改"))
            return redirect("score-version", made.pk)
    return _show(request, "draft", faults=faults, leads=leads, given=request.POST, **context(found))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's own result and the form to object to one item of it."""
    hat = request.hat  # type: ignore[attr-defined]
    try:
        there = queries.publication(pk)
        found = queries.table(there.scoring, there)
        page = queries.unit_page(found, hat.unit)
    except NoSuchScore:
        raise Http404 from None
    faults: Faults = []
    if request.method == "POST":
        given = request.POST
        faults, made = _try(request, actions.appeal, pk, given.get("item", ""), given.get("text", ""))
        if made is not None:
            messages.success(request, _("已申诉，由另一个单位裁决"))
            return redirect("score-version", pk)
    return _show(
        request, "appeal", faults=faults, given=request.POST, page=page, found=found,
        title=shown.period_title(there),
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal with the cases it is about, and the ruling."""
    try:
        asked = queries.appeal(pk)
        found = queries.table(asked.publication.scoring, asked.publication)
        page = queries.unit_page(found, asked.unit)
    except NoSuchScore:
        raise Http404 from None
    item = next(one for one in page.listed if one.item.key == asked.item)
    faults: Faults = []
    if request.method == "POST":
        given = request.POST
        if given.get("upheld") not in ("yes", "no"):
            faults = [("upheld", _("请选成立或不成立"))]
        else:
            faults, made = _try(
                request, actions.decide_appeal, pk, given["upheld"] == "yes", given.get("reason", ""),
                struck=given.getlist("struck"),
            )  # fmt: skip
            if made is not None:
                messages.success(request, _("已裁决，理由一并公布"))
                return redirect("score-version", asked.publication_id)
    return _show(
        request, "decide", faults=faults, given=request.POST, asked=asked, page=page, item=item, found=found,
        struck=request.POST.getlist("struck"), ruling=queries.ruling_of(asked), title=shown.period_title(asked.publication),
    )  # fmt: skip


def _number(request: HttpRequest, name: str, empty: int = -1) -> int:
    text = request.POST.get(name, "").strip()
    if not text:
        return empty
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
    said = {"acting": request.hat, "section": "scores", "faults": faults} | shown_there  # type: ignore[attr-defined]
    return render(request, f"scores/{template}.html", said, status=422 if faults else 200)
