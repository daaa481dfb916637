"""What the report proposes: many confirmed at once, one with its form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.targets import actions, board, living, words
from bihuan.targets import proposals as proposing
from bihuan.targets.desk_views.frame import may, page_of, show
from bihuan.targets.queries import NoSuchReport

AT_ONCE = 60  # promises confirmed in one request; each opens a case
MATTERS = ("daily", "special", "general")


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """Goals and tasks that may become promises; several are confirmed at once for their suggested units or one unit."""
    faults: list[tuple[str, Any]] = []
    if request.method == "POST":
        done, faults = _confirm_many(request, pk)
        if done:
            messages.success(request, ngettext("确认了 %(n)d 项", "确认了 %(n)d 项", done) % {"n": done})
        if not faults:
            return redirect(f"{reverse('proposals', args=[pk])}?{urlencode(_filters(request))}")
    chosen = _filters(request)
    try:
        report, rows = proposing.proposals(
            pk, request.now, chosen.get("kind", ""), chosen.get("measure", ""), chosen.get("unit", ""),  # type: ignore[attr-defined]
            chosen.get("open") == "1",
        )  # fmt: skip
    except NoSuchReport:
        raise Http404 from None
    units = board.lead_units()
    return show(
        request, "proposals", report=report, rows=rows, units=units, chosen=chosen, faults=faults,
        kinds=[("goal", words.CHIPS["goal"]), ("task", words.CHIPS["task"])], measures=list(words.MEASURES.items()),
        marked=set(request.POST.getlist("key")), may=may(request), answer=422 if faults else 200,
    )  # fmt: skip


def _filters(request: HttpRequest) -> dict[str, str]:
    return {
        name: value[:40]
        for name in ("kind", "measure", "unit", "open")
        if (value := request.GET.get(name, ""))
    }


def _confirm_many(request: HttpRequest, pk: int) -> tuple[int, list[tuple[str, Any]]]:
    """Confirm every chosen proposal for the unit picked, or each for its own suggestion; what failed is told."""
    keys = request.POST.getlist("key")[:AT_ONCE]
    lead = request.POST.get("lead", "")[:32]
    if not keys:
        return 0, [("key", Say("先勾选要确认的", "First choose what to confirm"))]
    try:
        _report, rows = proposing.proposals(pk, request.now)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    by_key, done, faults = {row.mark.key: row for row in rows}, 0, list[tuple[str, Any]]()
    for key in keys:
        row = by_key.get(key)
        unit = lead or (row.lead.unit if row and row.lead else "")
        words_of = row.mark.fact["text"][:24] if row else key[:24]
        reasons = _try(request, pk, key, unit, "", "daily")
        done += not reasons
        faults += [(f"k-{key}", Say(f"“{words_of}”：{r}", f"“{words_of}”: {r.en}")) for _name, r in reasons]
    return done, faults


def _try(
    request: HttpRequest, pk: int, key: str, lead: str, title: str, matter: str
) -> list[tuple[str, Say]]:
    """Confirm one; the reasons where it was refused."""
    hat = request.hat  # type: ignore[attr-defined]
    try:
        actions.confirm(pk, key, lead, by=hat.by, unit=hat.unit, at=request.now, title=title, matter=matter)  # type: ignore[attr-defined]
    except BadInput as bad:
        return list(bad.faults)
    except Refused as refused:
        return [("", reason) for reason in refused.reasons]
    return []


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One proposal with its evidence: title, lead with the suggestion and its reason, kind of supervision."""
    page = page_of(request, pk, key)
    if page.mark.kind not in living.PROPOSALS:
        raise Http404
    if page.followed:
        return redirect("mark", pk, key)
    faults: list[tuple[str, Any]] = []
    given = request.POST
    if request.method == "POST":
        matter = given.get("matter", "daily")
        faults = _try(
            request,
            pk,
            key,
            given.get("lead", ""),
            given.get("title", ""),
            matter if matter in MATTERS else "daily",
        )
        if not faults:
            messages.success(request, _("已确认，督查件已提出立项"))
            return redirect("mark", pk, key)
    lead = given.get("lead") or (page.lead.unit if page.lead else "")
    return show(
        request, "confirm", page=page, mark=page.mark, report=page.report, units=board.lead_units(), lead=lead,
        title=given.get("title") or actions.plain_words(page.mark.fact["text"]), matter=given.get("matter", "daily"),
        matters=board.matters(MATTERS, request.now), faults=faults, facts=words.facts(page.mark),  # type: ignore[attr-defined]
        measure=words.MEASURES[page.measurability], measure_why=words.MEASURE_WHY[page.measurability],
        undecided=proposing.undecided(page), may=may(request), answer=422 if faults else 200,
    )  # fmt: skip
