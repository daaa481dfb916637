"""The receipt of what was filed in the hall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.cases import receipts
from bihuan.cases.mine import covered_answers
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import Head


def show_receipt(
    request: HttpRequest, number: str, template: str, section: str,
    more: Callable[[Head], Mapping[str, Any]] = lambda _: {},
) -> HttpResponse:  # fmt: skip
    """Number, code, promise and what was said, covered, for whoever filed it or showed its code; others go to look it up."""
    case = request.session.get("tracked", {}).get(number)
    if case is None:
        return redirect("track")
    found = tracked(case, request.now)  # type: ignore[attr-defined]
    said = {"section": section, "said": covered_answers(found.head), **more(found.head)}
    return render(request, template, receipts.card(found, settings.HOME) | said)
