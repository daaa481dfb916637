"""Serves documents: the clean public copy, to the bearer of number and code and to staff who may see the case."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from bihuan.cases.edge import day_of
from bihuan.cases.papers import Paper, paper_of_bearer, paper_of_staff
from bihuan.people import queries as people

INLINE = ("image/jpeg", "image/png", "image/webp")


def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The public copy of a document; a page that is not there and one that may not be seen answer alike."""
    paper = _find(request, pk)
    if paper is None:
        raise Http404
    if paper.personal and paper.case not in _open_to(request):
        return HttpResponseForbidden(_("这份材料含个人信息。先在办件页写明用途再看。"))
    # The public copy of a picture is always JPEG, whatever the original was.
    mime = (
        "image/jpeg"
        if paper.mime in INLINE
        else "text/plain; charset=utf-8"
        if paper.mime == "text/markdown"
        else paper.mime
    )
    response = FileResponse(default_storage.open(paper.file), content_type=mime, filename=paper.name)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _find(request: HttpRequest, pk: int) -> Paper | None:
    for case in request.session.get("tracked", {}).values():
        paper = paper_of_bearer(pk, case)
        if paper is not None:
            return paper
    if not request.user.is_authenticated:
        return None
    unit = request.session.get("unit", "")
    actor = people.actor(str(request.user.pk), unit, day_of(request.now))  # type: ignore[attr-defined]
    return paper_of_staff(pk, actor, request.now)  # type: ignore[attr-defined]


def _open_to(request: HttpRequest) -> set[int]:
    """Cases whose personal data this session may see: the bearer's own, and those read for a stated purpose."""
    return {*request.session.get("tracked", {}).values(), *request.session.get("revealed", ())}
