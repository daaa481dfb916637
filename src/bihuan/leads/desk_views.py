"""Pages of the supervision office: leads by weight, one lead with its pictures, blind samples."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.leads import actions, queries
from bihuan.leads.queries import STANDS, VERDICTS, NoSuchLead

Faults = list[tuple[str, Any]]


@at_desk
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """The leads that stand so, the heaviest first."""
    _let_in(request)
    stand = request.GET.get("stand", "open")
    stand = stand if stand in STANDS else "open"
    rows, more = queries.leads(stand, request.GET.get("after", ""))
    return _show(request, "leads", [], rows=rows, more=more, stand=stand, stands=STANDS.items())


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead: the reason, its cases, the pictures side by side, and what is done with it."""
    _let_in(request)
    faults: Faults = []
    try:
        if request.method == "POST":
            faults = _do(request, pk)
            if not faults:
                messages.success(request, _("已经记下。"))
                return redirect("desk-lead", pk)
        page = queries.lead_page(pk)
    except NoSuchLead:
        raise Http404 from None
    hat = request.hat  # type: ignore[attr-defined]
    return _show(
        request, "lead", faults, page=page, given=request.POST, verdicts=VERDICTS.items(), stand=STANDS[page.stand],
        own=page.settled_by == hat.by,
    )  # fmt: skip


def _do(request: HttpRequest, pk: int) -> Faults:
    given = request.POST
    if given.get("do") == "settle":
        return _try(request, actions.settle, pk, given.get("verdict", ""), given.get("reason", ""))
    agree = given.get("agree", "")
    if agree not in ("yes", "no"):
        return [("agree", _("请选同意或者退回"))]
    return _try(request, actions.review, pk, agree == "yes", given.get("reason", ""))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """Seal what was seen on a spot before its check; what the checks of each month made of it."""
    _let_in(request)
    faults: Faults = []
    if request.method == "POST":
        given = request.POST
        good = {"yes": True, "no": False}.get(given.get("good", ""))
        faults = _try(request, actions.seal, given.get("number", ""), good, given.get("seen", ""))
        if not faults:
            messages.success(request, _("已经封存。核查以后才和结果对照，核查员看不到。"))
            return redirect("desk-samples")
    found = queries.sampled(request.now, whole=False)  # type: ignore[attr-defined]
    return _show(request, "samples", faults, given=request.POST, months=found)


def _let_in(request: HttpRequest) -> None:
    hat = request.hat  # type: ignore[attr-defined]
    if not queries.may_see(hat.unit, hat.posts, request.now):  # type: ignore[attr-defined]
        raise PermissionDenied


def _try(request: HttpRequest, act: Any, *args: Any) -> Faults:
    hat = request.hat  # type: ignore[attr-defined]
    try:
        act(*args, by=hat.by, unit=hat.unit, at=request.now)  # type: ignore[attr-defined]
    except BadInput as bad:
        return list(bad.faults)
    except Refused as refused:
        return [("", reason) for reason in refused.reasons]
    return []


def _show(request: HttpRequest, template: str, faults: Faults, **shown: Any) -> HttpResponse:
    said = {"acting": request.hat, "section": "leads", "faults": faults} | shown  # type: ignore[attr-defined]
    return render(request, f"leads/{template}.html", said, status=422 if faults else 200)
