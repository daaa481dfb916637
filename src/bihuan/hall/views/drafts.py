"""Going on with a form somewhere else: number and code open it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bihuan.cases.shapes import BadInput, TooMany
from bihuan.core.say import Say
from bihuan.hall import bundles
from bihuan.hall.filing import remember
from bihuan.hall.views import disclosure
from bihuan.residents import actions
from bihuan.residents.queries import Begun


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Number and code of a draft; the form it belongs to, as it was left."""
    number, code = request.POST.get("number", "")[:40], request.POST.get("code", "")[:64]
    faults: list[tuple[str, Say]] = []
    if request.method == "POST":
        try:
            at = request.now  # type: ignore[attr-defined]
            found = actions.open_draft(number, code, source=request.META.get("REMOTE_ADDR", ""), at=at)
        except BadInput as bad:
            faults = list(bad.faults)
        except TooMany as many:
            faults = [("", many.reason)]
        else:
            remember(request, found)
            return form_of(found)
    given = {"section": "hall", "number": number, "faults": faults}
    return render(request, "hall/drafts.html", given, status=422 if faults else 200)


def form_of(draft: Begun) -> HttpResponse:
    """To the form that a draft belongs to."""
    if draft.line == bundles.LINE:
        return redirect("bundle-apply", draft.matter)
    return redirect("apply") if draft.line == disclosure.LINE else redirect("permit", draft.matter)
