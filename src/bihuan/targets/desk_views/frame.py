"""What the desk's pages of promises have in common: the frame, the mark asked for, who may write."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.targets import actions, board, queries
from bihuan.targets.queries import NoSuchReport
from bihuan.targets.views import english


def page_of(request: HttpRequest, pk: int, key: str) -> queries.MarkPage:
    try:
        return queries.mark_page(pk, key, request.now, staff=True)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None


def may(request: HttpRequest) -> bool:
    """Whether this hat is one that confirms; the pages say who else does."""
    hat = request.hat  # type: ignore[attr-defined]
    return hat.unit == queries.office(board.day_of(request.now)) and bool(actions.POSTS & set(hat.posts))  # type: ignore[attr-defined]


def show(request: HttpRequest, template: str, /, *, answer: int = 200, **context: Any) -> HttpResponse:
    said = {"acting": request.hat, "section": "commitments", "english": english()} | context  # type: ignore[attr-defined]
    return render(request, f"targets/{template}.html", said, status=answer)
