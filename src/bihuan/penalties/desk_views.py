"""The page of credit classes: what the rule suggests, what waits for the second person, fines that look split."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.penalty import yuan
from bihuan.penalties import actions, queries
from bihuan.subjects.queries import CLASSES, classes_waiting, names_of

Faults = list[tuple[str, Any]]
MAY = actions.PROPOSE | actions.DECIDE


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: HttpRequest) -> HttpResponse:
    """Propose what the rule suggests, decide what another proposed."""
    hat = request.hat  # type: ignore[attr-defined]
    now = request.now  # type: ignore[attr-defined]
    if not MAY & set(hat.posts):
        raise PermissionDenied
    faults: Faults = []
    if request.method == "POST":
        faults = _do(request)
        if not faults:
            messages.success(request, _("已经记下。"))
            return redirect("desk-credit")
    split = [(some[-1].code, some[-1].name, [one.number for one in some], yuan(sum(one.amount for one in some))) for some in queries.split_fines(now)]  # fmt: skip
    waiting = list(classes_waiting())
    names = {one.code: "" for one in waiting} | names_of(one.code for one in waiting)
    shown = {
        "names": names, "acting": hat, "section": "credit", "faults": faults, "suggested": queries.suggested(now), "waiting": waiting,
        "split": split, "classes": CLASSES, "may_propose": bool(actions.PROPOSE & set(hat.posts)),
        "may_decide": bool(actions.DECIDE & set(hat.posts)),
    }  # fmt: skip
    return render(request, "penalties/credit.html", shown, status=422 if faults else 200)


def _do(request: HttpRequest) -> Faults:
    hat, given = request.hat, request.POST  # type: ignore[attr-defined]
    said = {"by": hat.by, "unit": hat.unit, "at": request.now}  # type: ignore[attr-defined]
    try:
        if given.get("do") == "propose":
            actions.propose(given.get("number", "")[:40], given.get("reason", ""), **said)
        elif given.get("agree") in ("yes", "no") and given.get("proposal", "").isdecimal():
            actions.decide(int(given["proposal"]), given["agree"] == "yes", given.get("note", ""), **said)
        else:
            return [("", _("请选同意或者不同意"))]
    except BadInput as bad:
        return list(bad.faults)
    except Refused as refused:
        return [("", reason) for reason in refused.reasons]
    return []
