"""The goal of a task: one person proposes another one with its document, a second one rules; all versions stay."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases import kept
from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused, Upload
from bihuan.core.say import Say
from bihuan.targets import actions, board, goals
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.desk_views.task import Faults, row_of
from bihuan.targets.table import history
from bihuan.targets.table.figures import NoFigure, read_figure, said, shown

DRAFT = "goal:"


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
    faults, key = Faults(), token_hex(8)
    if request.method == "POST":
        given, key = request.POST, request.POST.get("request_key", "")[:64] or key
        faults = _rule(request, found) if "change" in given else _propose(request, target, DRAFT + key)
        if not faults:
            return redirect("task-goal", pk, target)
    proposing = found.waiting is None
    return show(
        request, "goal", one=one, report=one.row.report, goal=found, given=given, faults=faults, may=may(request),
        may_rule=board.may_rule(request.hat, request.now), own=found.waiting is not None and str(found.waiting.proposer) == request.hat.by,  # type: ignore[attr-defined]
        proposing=proposing, key=key, kept=[one.name for one in kept.laid_aside(request.session, DRAFT + key)],
        answer=422 if faults else 200,
    )  # fmt: skip


def _propose(request: HttpRequest, target: int, draft: str) -> Faults:
    hat, now, given = request.hat, request.now, request.POST  # type: ignore[attr-defined]
    sent = request.FILES.get("paper")
    waiting = kept.laid_aside(request.session, draft)
    paper = Upload("paper", sent.name or "", sent.read()) if sent else waiting[0] if waiting else None
    faults = Faults()
    try:
        value, unit = read_figure(given.get("value", ""), given.get("unit", ""))
    except NoFigure:
        faults = [("value", Say("目标值要写成数字，例 900", "Write the figure as a number, for example 900"))]
    else:
        wanted = actions.Goal(
            given.get("text", ""), value, unit, given.get("scope", ""), given.get("year", "")
        )
        basis = actions.Basis(given.get("basis", ""), given.get("dated", ""), paper)
        try:
            actions.propose_change(
                target, wanted, given.get("reason", ""), basis, by=hat.by, unit=hat.unit, at=now,
            )  # fmt: skip
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as no:
            faults = [("", say) for say in no.reasons]
    if faults:
        bad_file = paper is None or any(name == "paper" for name, _say in faults)
        kept.lay_aside(request.session, draft, [] if bad_file or paper is None else [paper], now)
        return faults
    kept.drop(request.session, draft)
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


@at_desk
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of a change, for staff; the public is told its number and date."""
    found = goals.paper_of(pk)
    if found is None:
        raise Http404
    # the copy of a picture is always JPEG, whatever the original was
    picture = found.mime.startswith("image/")
    with default_storage.open(found.file) as file:
        response = HttpResponse(file.read(), content_type="image/jpeg" if picture else found.mime)
    response["Content-Disposition"] = content_disposition_header(False, found.name) or "inline"
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
