"""One task of the table: everything about it, and its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.targets import actions, board
from bihuan.targets.board import NoSuchTask
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.plan import CATEGORIES, QUARTERS
from bihuan.targets.table import history
from bihuan.targets.table import rows as table
from bihuan.targets.table.columns import PLAN
from bihuan.targets.table.entries import BadEntry, plan_fields, taken, written
from bihuan.targets.table.rows import Row
from bihuan.targets.views import english

Faults = list[tuple[str, Any]]


def row_of(request: HttpRequest, pk: int) -> Row:
    try:
        return table.row(pk, request.now)  # type: ignore[attr-defined]
    except NoSuchTask:
        raise Http404 from None


@at_desk
@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: who, what, until when, the goal in all its versions, who changed what."""
    one = row_of(request, pk)
    return show(
        request, "task", one=one, report=one.row.report, plan=one.task.plan, category=CATEGORIES[one.task.plan.category],
        goals=history.goals_of(one), log=history.log(one, board.units(), english()), may=may(request),
        merged=board.merged(one.row, one.number),
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one task, with the units that the duty list suggests and why."""
    one, faults = row_of(request, pk), Faults()
    year, units = table.plan_year(one.row.report), board.units()
    kept = board.values(one.row.title, one.row.lead_id, one.task.plan)
    given = {name: written(name, kept[name], units, english()) for name in PLAN}
    given["public"] = "yes" if one.task.plan.public else "no"
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in PLAN}
        for role in ("responsible", "assisting"):
            more = [
                units.said([code], english())
                for code in request.POST.getlist(f"add_{role}")
                if code in units.names
            ]
            given[role] = "、".join(dict.fromkeys([words for words in [given[role]] if words.strip()] + more))
        faults = _save(request, one, given, year)
        if not faults:
            return redirect("task", pk)
    keys = [source.key for source in one.row.sources.all()]
    there = {*one.task.plan.responsible, *one.task.plan.assisting}
    beside = board.beside(one.row.report, keys, one.row.lead_id, request.now)  # type: ignore[attr-defined]
    return show(
        request, "task_edit", one=one, report=one.row.report, given=given, faults=faults, categories=CATEGORIES,
        units=[(code, name) for code, name in board.lead_units()], lead_open=board.lead_open(one.task.one),
        beside=[some for some in beside if some.unit not in there], year=year, quarters=list(QUARTERS),
        may=may(request), answer=422 if faults else 200,
    )  # fmt: skip


def _save(request: HttpRequest, one: Row, given: dict[str, str], year: int) -> Faults:
    hat, now, units = request.hat, request.now, board.units()  # type: ignore[attr-defined]
    kept, faults = dict[str, str](), Faults()
    for name in PLAN:
        try:
            kept[name] = taken(name, given[name], units, year)
        except BadEntry as bad:
            faults.append((name, bad.say))
    if faults:
        return faults
    plan = type(one.task.plan)(**plan_fields(kept))
    try:
        made = actions.edit(one.row.pk, kept["title"], kept["lead"], plan, by=hat.by, unit=hat.unit, at=now)
    except BadInput as bad:
        return list(bad.faults)
    except Refused as no:
        return [("", say) for say in no.reasons]
    messages.success(request, _("已保存，每一处改动都在记录里") if made else _("和原来一样，没有改动"))
    return []
