"""任务分解表: the table of a report's tasks, and one value set for many of them."""

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
from bihuan.targets import actions, board, queries
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.plan import CATEGORIES, LABELS
from bihuan.targets.queries import NoSuchReport
from bihuan.targets.table import rows as table
from bihuan.targets.table.entries import BadEntry, plan_fields, taken

MOST = 200  # tasks set in one request
FILTERS = ("by", "lead", "state", "gap")
ASKED = (  # what may be set for many, and how it is asked for
    ("leader", "text"), ("lead", "unit"), ("responsible", "text"), ("assisting", "text"), ("answerable", "text"),
    ("nodes", "long"), ("category", "choice"), ("result", "text"), ("evidence", "text"), ("public", "choice"),
)  # fmt: skip
CHOICES: dict[str, list[tuple[str, Say]]] = {
    "category": list(CATEGORIES.items()),
    "public": [("是", Say("公开", "Public")), ("否", Say("不公开", "Not public"))],
}


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks of a report under its sections or under their units; `?by=unit&lead=&state=&gap=any`."""
    try:
        report = queries.report(pk)
    except NoSuchReport:
        raise Http404 from None
    asked, faults = filters(request), list[tuple[str, Any]]()
    if request.method == "POST":
        done, faults = _set(request, table.plan_year(report))
        if not faults:
            said = (
                ngettext("改了 %(n)d 项", "改了 %(n)d 项", done) % {"n": done}
                if done
                else _("和原来一样，没有改动")
            )
            messages.success(request, said)
            return redirect(f"{reverse('task-table', args=[pk])}?{urlencode(asked)}")
    every = table.rows(report, request.now)  # type: ignore[attr-defined]
    shown = table.wanted(every, asked.get("lead", ""), asked.get("state", ""), asked.get("gap", ""))
    heads = [one.task.one.head for one in every if one.task.one.head]
    return show(
        request, "table", report=report, groups=table.grouped(shown, asked.get("by", "section")), every=every, shown=shown,
        asked=asked, query=urlencode(asked), gaps=sum(bool(one.missing) for one in every),
        waiting=sum(one.waiting for one in every), leads=sorted({(one.row.lead_id, one.lead) for one in every}),
        states=sorted({(head.state, head.state_title) for head in heads}), rejected=len(board.rejected(report.pk)),
        fields=[(name, kind, LABELS[name], CHOICES.get(name, [])) for name, kind in ASKED], units=board.lead_units(),
        chosen=set(request.POST.getlist("task")), given=request.POST, faults=faults, may=may(request),
        answer=422 if faults else 200,
    )  # fmt: skip


def filters(request: HttpRequest) -> dict[str, str]:
    return {name: value[:40] for name in FILTERS if (value := request.GET.get(name, ""))}


def _set(request: HttpRequest, year: int) -> tuple[int, list[tuple[str, Any]]]:
    """Set one field of every chosen task; how many changed, or what is wrong."""
    hat, field = request.hat, request.POST.get("set", "")  # type: ignore[attr-defined]
    chosen = [int(one) for one in request.POST.getlist("task")[:MOST] if one.isdecimal()]
    if not chosen:
        return 0, [("all", Say("先勾选要改的任务", "First choose the tasks"))]
    if field not in dict(ASKED):
        return 0, [("all", Say("选一栏再改", "Choose a column"))]
    words = request.POST.get(f"to_{field}", "")
    try:
        kept = taken(field, words, board.units(), year)
        value = kept if field == "lead" else plan_fields({field: kept})[field]
        done = actions.set_for_all(chosen, field, value, by=hat.by, unit=hat.unit, at=request.now)  # type: ignore[attr-defined]
    except BadEntry as bad:
        return 0, [(f"to_{field}", bad.say)]
    except BadInput as bad:
        return 0, [(f"to_{field}", say) for _name, say in bad.faults]
    except Refused as no:
        return 0, [("", say) for say in no.reasons]
    return done, []
