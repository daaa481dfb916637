"""Apply for government information: the form is the line's own, the receipt carries number and code."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases import actions, entry, lookup
from bihuan.cases.edge import day_of
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.lines.forms import Field, fields

LINE = "disclosure"
# What the hall knows without asking: the channel is the internet, the applicant is whoever holds the code.
KNOWN = frozenset({"applicant", "channel", "submitted_on", "office"})


def asked_fields(day: int) -> list[Field]:
    """The fields an applicant fills in."""
    line = lines.at(LINE, day)
    return [field for field in fields(line, line.opens_with) if field.key not in KNOWN]


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form, and filing it; a repeated send files once."""
    now: Any = request.now  # type: ignore[attr-defined]
    day = day_of(now)
    shown = asked_fields(day)
    faults: list[tuple[str, Say]] = []
    if request.method == "POST":
        key = request.POST.get("request_key", "")[:64]
        try:
            opened = actions.open_case(
                LINE, "", by=None, unit="", at=now, data=entry.read(shown, request.POST) | {"channel": "internet"},
                files=entry.read_files(shown, request.FILES), key=f"apply:{key}" if key else None,
            )  # fmt: skip
        except BadInput as bad:
            faults = bad.faults
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
        else:
            request.session.setdefault("tracked", {})[opened.number] = opened.case
            request.session.modified = True
            return redirect("applied", opened.number)
    asked = entry.ask(
        lines.at(LINE, day), shown, day, entered=request.POST if request.method == "POST" else request.GET
    )
    given = {
        "section": "apply",
        "asked": asked,
        "faults": faults,
        "key": request.POST.get("request_key") or token_hex(16),
    }
    return render(request, "hall/apply.html", given, status=422 if faults else 200)


@require_safe
def applied(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of an application, for whoever filed it."""
    case = request.session.get("tracked", {}).get(number)
    if case is None:
        return redirect("track")
    found = tracked(case, request.now)  # type: ignore[attr-defined]
    return render(
        request,
        "hall/applied.html",
        {"section": "apply", "found": found, "head": found.head, "code": lookup.code_of(number)},
    )
