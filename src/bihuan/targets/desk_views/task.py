"""One task of the table: everything about it, its form, and the goal that two people change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.targets import actions, board
from bihuan.targets.board import NoSuchTask
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.plan import CATEGORIES, QUARTERS
from bihuan.targets.table import history
from bihuan.targets.table import rows as table
from bihuan.targets.table.columns import PLAN
from bihuan.targets.table.entries import BadEntry, plan_fields, taken, written
from bihuan.targets.table.figures import NoFigure, read_figure, said, shown
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


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """A goal in its versions; one person proposes another, a second one agrees or refuses."""
    one = row_of(request, pk)
    found = next((goal for goal in history.goals_of(one) if goal.target == target), None)
    if found is None:
        raise Http404
    figure, unit = shown(found.terms[1], found.terms[2])
    given: Any = {
        "text": found.terms[0], "value": said(figure), "unit": unit, "scope": found.terms[3], "year": found.terms[4] or "",
    }  # fmt: skip
    faults = Faults()
    if request.method == "POST":
        given = request.POST
        faults = _rule(request, found) if "change" in given else _propose(request, target)
        if not faults:
            return redirect("task-goal", pk, target)
    proposing = found.waiting is None
    return show(
        request, "goal", one=one, report=one.row.report, goal=found, given=given, faults=faults, may=may(request),
        may_rule=board.may_rule(request.hat, request.now), own=found.waiting is not None and str(found.waiting.proposer) == request.hat.by,  # type: ignore[attr-defined]
        proposing=proposing, answer=422 if faults else 200,
    )  # fmt: skip


def _propose(request: HttpRequest, target: int) -> Faults:
    hat, now, given = request.hat, request.now, request.POST  # type: ignore[attr-defined]
    try:
        value, unit = read_figure(given.get("value", ""), given.get("unit", ""))
    except NoFigure:
        return [("value", Say("目标值要写成数字，例 900", "Write the figure as a number, for example 900"))]
    wanted = actions.Goal(given.get("text", ""), value, unit, given.get("scope", ""), given.get("year", ""))
    try:
        actions.propose_change(
            target, wanted, given.get("reason", ""), given.get("basis", ""), by=hat.by, unit=hat.unit, at=now,
        )  # fmt: skip
    except BadInput as bad:
        return list(bad.faults)
    except Refused as no:
        return [("", say) for say in no.reasons]
    messages.success(request, _("已提出，等第二个人批"))
    return []


def _rule(request: HttpRequest, found: history.GoalOf) -> Faults:
    hat, now, given = request.hat, request.now, request.POST  # type: ignore[attr-defined]
    if found.waiting is None or given["change"] != str(found.waiting.pk):
        return [("", Say("这个变更已经批过", "This change has been ruled on"))]
    agreed = given.get("agreed") == "yes"
    if given.get("agreed") not in ("yes", "no"):
        return [("agreed", Say("选同意或不同意", "Choose to agree or to refuse"))]
    try:
        actions.rule_change(found.waiting.pk, agreed, given.get("why", ""), by=hat.by, unit=hat.unit, at=now)
    except BadInput as bad:
        return list(bad.faults)
    except Refused as no:
        return [("", say) for say in no.reasons]
    messages.success(request, _("已批准，新旧两个目标都看得到") if agreed else _("没有批准，目标不变"))
    return []
