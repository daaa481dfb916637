"""A proposal takes shape: merged with others, split into several tasks, or set aside with its reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.targets import actions, board, living
from bihuan.targets import proposals as proposing
from bihuan.targets.desk_views.frame import may, page_of, show
from bihuan.targets.proposals import Proposal

PARTS = 6  # rows of the form; a proposal may be split into twelve
NEAR = 40  # other proposals offered for merging


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def shape(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Merge, split, set aside or take up one proposal."""
    page = page_of(request, pk, key)
    if page.mark.kind not in living.PROPOSALS:
        raise Http404
    if page.followed:
        return redirect("task", page.followed.row.pk)
    faults, do = list[tuple[str, Any]](), request.POST.get("do", "")
    if request.method == "POST":
        try:
            return _do(request, pk, key, do)
        except BadInput as bad:
            faults = [(f"{do}-{name}" if name else "", say) for name, say in bad.faults]
        except Refused as no:
            faults = [("", say) for say in no.reasons]
    report, every = proposing.proposals(pk, request.now)  # type: ignore[attr-defined]
    aside = board.rejected(report.pk).get(key)
    lead = page.lead.unit if page.lead else ""
    given = request.POST
    return show(
        request, "shape", page=page, mark=page.mark, report=report, others=near(page.mark, every, given.getlist("more")), units=board.lead_units(),
        lead=lead, aside=aside, faults=faults, do=do, given=given, chosen=set(given.getlist("more")),
        title=actions.plain_words(page.mark.fact["text"]), undecided=proposing.undecided(page), may=may(request),
        parts=_given_parts(request, lead), answer=422 if faults else 200,
    )  # fmt: skip


def _do(request: HttpRequest, pk: int, key: str, do: str) -> HttpResponse:
    hat, given = request.hat, request.POST  # type: ignore[attr-defined]
    who: dict[str, Any] = {"by": hat.by, "unit": hat.unit, "at": request.now}  # type: ignore[attr-defined]
    if do == "merge":
        made = actions.confirm(
            pk, key, given.get("lead", ""), title=given.get("title", ""), more=given.getlist("more"), **who
        )
        messages.success(request, _("已立为一项任务"))
        return redirect("task", made.pk)
    if do == "split":
        parts = [actions.Part(title, lead) for title, lead in _given_parts(request, "") if title.strip()]
        some = actions.split(pk, key, parts, **who)
        messages.success(
            request, ngettext("拆成了 %(n)d 项", "拆成了 %(n)d 项", len(some)) % {"n": len(some)}
        )
        return redirect("task-table", pk)
    if do == "reject":
        actions.reject(pk, key, given.get("why", ""), **who)
        messages.success(request, _("不立为任务，理由已记下"))
    elif do == "take_up":
        actions.take_up(pk, key, given.get("why", ""), **who)
        messages.success(request, _("已恢复，可以确认了"))
    return redirect(reverse("shape", args=[pk, key]))


def near(mark: living.Mark, every: list[Proposal], chosen: Collection[str]) -> list[Proposal]:
    """Other proposals that may be the same matter: of the same indicator, of the same section, near in the text."""
    section, name = mark.fact.get("section"), mark.fact.get("canonical")

    def far(one: Proposal) -> tuple[bool, bool, bool, int]:
        fact = one.mark.fact
        same = bool(name) and fact.get("canonical") == name
        return (
            one.mark.key not in chosen,
            not same,
            fact.get("section") != section,
            abs(one.mark.start - mark.start),
        )

    others = sorted(
        (
            one
            for one in every
            if one.mark.key != mark.key and not (one.doubts or one.followed or one.rejected)
        ),
        key=far,
    )
    return sorted(others[:NEAR], key=lambda one: (*far(one)[:2], one.mark.start))


def _given_parts(request: HttpRequest, lead: str) -> list[tuple[str, str]]:
    titles, leads = request.POST.getlist("part"), request.POST.getlist("part_lead")
    rows = [(title, leads[i] if i < len(leads) else "") for i, title in enumerate(titles)][:12]
    return rows + [("", lead)] * (PARTS - len(rows))
