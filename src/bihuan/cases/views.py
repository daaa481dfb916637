"""Serves documents, and papers as PDF, to the bearer of number and code and to staff who may see the case."""

from __future__ import annotations

from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bihuan.cases.actions.pictures import public_copy
from bihuan.cases.actions.reading import note_opened
from bihuan.cases.addressed import addressee
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.papers import Paper, paper_of_bearer, paper_of_staff, sees_case
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.case.fold import Actor
from bihuan.papers import queries as issued
from bihuan.papers.queries import Issued
from bihuan.people import queries as people

INLINE = ("image/jpeg", "image/png", "image/webp")


def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The public copy of a document; a page that is not there and one that may not be seen answer alike."""
    paper = _find(request, pk)
    if paper is None:
        raise Http404
    if paper.personal and not _opens(request, paper.case, paper.kind):
        return _closed()
    # The public copy of a picture is always JPEG, whatever the original was.
    mime = (
        "image/jpeg"
        if paper.mime in INLINE
        else "text/plain; charset=utf-8"
        if paper.mime == "text/markdown"
        else paper.mime
    )
    try:
        copy = public_copy(paper.file, paper.original)
    except BadInput as bad:
        return HttpResponse(bad.faults[0][1], content_type="text/plain; charset=utf-8", status=404)
    response = FileResponse(copy, content_type=mime, filename=paper.name)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A stored letter as PDF, for whoever may open it; letters without a number have none."""
    paper = _find(request, pk)
    if paper is None:
        raise Http404
    found = issued.of_document(pk, _today(request))
    named = found is not None and addressee(found).person  # its PDF names the person it goes to
    if (paper.personal or named) and not _opens(request, paper.case, paper.kind):
        return _closed()
    return _pdf(request, found)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A certificate as PDF, for the bearer of number and code and for staff who may see the case."""
    found = issued.by_id(pk, _today(request))
    if found is None or found.kind != "certificate":
        raise Http404
    if found.case not in request.session.get("tracked", {}).values():
        actor = _actor(request)
        if actor is None or not sees_case(found.case, actor, request.now):  # type: ignore[attr-defined]
            raise Http404
        if found.personal and not _opens(request, found.case, f"certificate:{found.number}"):
            return _closed()
    return _pdf(request, found)


def _pdf(request: HttpRequest, found: Issued | None) -> HttpResponse:
    from bihuan.cases import prints  # typesetting is loaded when a paper is printed

    if found is None:
        raise Http404
    kept = prints.printed(found, _today(request), request.build_absolute_uri("/"))
    answer = HttpResponse(prints.bytes_of(kept), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{kept.case_number}-{kept.key}.pdf"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _closed() -> HttpResponse:
    return HttpResponseForbidden(_("这份材料含个人信息。先在办件页写明用途再看。"))


def _today(request: HttpRequest) -> date:
    return to_date(day_of(request.now))  # type: ignore[attr-defined]


def _find(request: HttpRequest, pk: int) -> Paper | None:
    for case in request.session.get("tracked", {}).values():
        paper = paper_of_bearer(pk, case)
        if paper is not None:
            return paper
    actor = _actor(request)
    return None if actor is None else paper_of_staff(pk, actor, request.now)  # type: ignore[attr-defined]


def _actor(request: HttpRequest) -> Actor | None:
    """Who asks, at the unit they sit in; None for somebody without an account."""
    if not request.user.is_authenticated:
        return None
    return people.actor(str(request.user.pk), request.session.get("unit", ""), day_of(request.now))  # type: ignore[attr-defined]


def _opens(request: HttpRequest, case: int, kind: str) -> bool:
    """Whether this session may see a paper with personal data: the bearer's own, or one of a case that staff read for a
    stated purpose; then it is written down."""
    if case in request.session.get("tracked", {}).values():
        return True
    if case not in request.session.get("revealed", ()):
        return False
    try:
        note_opened(case, kind, by=str(request.user.pk), unit=request.session.get("unit", ""), at=request.now)  # type: ignore[attr-defined]
    except Refused:
        return False
    return True
