"""What the report proposes: many confirmed at once, one with its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

AT_ONCE = 200  # promises confirmed in one request; each opens a case
MATTERS = ("daily", "special", "general")


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """Goals and tasks that may become promises by the sections of the report; doubtful numbers stand first.

    Several are confirmed at once, each for the unit suggested or all for one unit.
    """
    chosen, faults = _filters(request), list[tuple[str, Any]]()
    if request.method == "POST":
        done, made, faults = _confirm_many(request, pk)
        if done:
            said = ngettext("确认了 %(n)d 项，立成 %(made)d 件", "确认了 %(n)d 项，立成 %(made)d 件", done)
            messages.success(request, said % {"n": done, "made": made})
        if not faults:
            return redirect(f"{reverse('proposals', args=[pk])}?{urlencode(chosen)}")
    try:
        report, every = proposing.proposals(pk, request.now)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    rows = [row for row in every if _wanted(row, chosen)]
    marked = set(request.POST.getlist("key"))
    return show(
        request, "proposals", report=report, chapters=proposing.chapters(rows), tally=proposing.tally(every),
        waiting=proposing.to_decide(report, every), units=board.lead_units(), chosen=chosen, faults=faults,
        kinds=[("goal", words.CHIPS["goal"]), ("task", words.CHIPS["task"])], measures=list(words.MEASURES.items()),
        keys={row.mark.key for row in rows if row.mark.kind == "task"},
        marked={row.mark.key for row in rows if row.mark.key in marked and proposing.is_open(row)}, may=may(request),
        answer=422 if faults else 200,
    )  # fmt: skip


def _wanted(row: proposing.Proposal, chosen: Mapping[str, str]) -> bool:
    """Whether a proposal is what the filters ask for."""
    unit = row.lead.unit if row.lead else ""
    return (
        chosen.get("kind", row.mark.kind) == row.mark.kind
        and chosen.get("measure", row.measurability) == row.measurability
        and ("unit" not in chosen or chosen["unit"] in (unit, "" if unit else "none"))
        and (chosen.get("open") != "1" or proposing.is_open(row))
    )


def _filters(request: HttpRequest) -> dict[str, str]:
    return {
        name: value[:40]
        for name in ("kind", "measure", "unit", "open")
        if (value := request.GET.get(name, ""))
    }


def _confirm_many(request: HttpRequest, pk: int) -> tuple[int, int, list[tuple[str, Any]]]:
    """(proposals confirmed, commitments made of them, what failed and why).

    Each goes to the unit picked, or to its own suggestion; a goal goes with the task of the same words.
    """
    chosen, lead = request.POST.getlist("key"), request.POST.get("lead", "")[:32]
    if not chosen:
        return 0, 0, [("key", Say("先勾选要确认的", "First choose what to confirm"))]
    try:
        _report, rows = proposing.proposals(pk, request.now)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    by_key, done, made, faults = {row.mark.key: row for row in rows}, 0, 0, list[tuple[str, Any]]()
    families = proposing.families(rows, chosen)
    for key, more in families[:AT_ONCE]:
        suggested = (by_key[one].lead for one in (key, *more) if one in by_key)
        unit = lead or next((one.unit for one in suggested if one), "")
        words_of = by_key[key].mark.fact["text"][:24] if key in by_key else key[:24]
        reasons = _try(request, pk, key, unit, "", "daily", more)
        done, made = (done, made) if reasons else (done + 1 + len(more), made + 1)
        faults += [(f"k-{key}", Say(f"“{words_of}”：{r}", f"“{words_of}”: {r.en}")) for _name, r in reasons]
    if len(families) > AT_ONCE:
        say = Say(
            f"一次最多确认 {AT_ONCE} 项，其余 {len(families) - AT_ONCE} 项还勾着，请再按一次",
            f"At most {AT_ONCE} at once; the other {len(families) - AT_ONCE} are still ticked: press once more",
        )
        faults.append(("key", say))
    return done, made, faults


def _try(
    request: HttpRequest, pk: int, key: str, lead: str, title: str, matter: str, more: Sequence[str] = ()
) -> list[tuple[str, Say]]:
    """Confirm one; the reasons where it was refused."""
    hat = request.hat  # type: ignore[attr-defined]
    try:
        actions.confirm(
            pk, key, lead, by=hat.by, unit=hat.unit, at=request.now, title=title, matter=matter, more=more,  # type: ignore[attr-defined]
        )  # fmt: skip
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
    inner = proposing.inner(pk, key, request.now)  # type: ignore[attr-defined]
    if request.method == "POST":
        matter = given.get("matter", "daily")
        faults = _try(
            request,
            pk,
            key,
            given.get("lead", ""),
            given.get("title", ""),
            matter if matter in MATTERS else "daily",
            given.getlist("more"),
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
        inner=inner, marked=given.getlist("more") if given else [row.mark.key for row in inner],
        undecided=proposing.undecided(page), may=may(request), answer=422 if faults else 200,
    )  # fmt: skip
