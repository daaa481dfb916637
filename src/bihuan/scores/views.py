"""Public pages of scores: what is published, one version with its formulas, one unit down to the cases, CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.scores import queries, shown
from bihuan.scores.queries import NoSuchScore, Table


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every published period, the newest first."""
    rows = [(one, shown.period_title(one)) for one in queries.published()]
    return render(request, "scores/published.html", {"section": "scores", "rows": rows})


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One published version: units by group, the district's figures, appeals, formulas, other versions."""
    return render(request, "scores/version.html", {"section": "scores"} | context(_table(pk)))


def context(found: Table) -> dict[str, Any]:
    """What both the public page and the desk's preview show of a computation."""
    titles = {one.key: one.title for one in found.scheme.items}
    return {
        "found": found, "title": shown.period_title(found.scoring), "formulas": shown.formulas(found),
        "groups": [(title, [(row, shown.cells(found, row), shown.added(found, row)) for row in rows if row.score.total is not None],
                    [row for row in rows if row.score.total is None]) for title, rows in found.groups],
        "whole": [(one, shown.rate_words(queries.as_part(one), one.part.of.minimum_n)) for one in found.whole],
        "appeals": [(one, queries.title_of(found.scoring, one.unit), titles.get(one.item, one.item), queries.ruling_of(one))
                    for one in found.appeals],
        "gaps": found.scoring.frozen["scheme"]["gaps"],
    }  # fmt: skip


@require_safe
def unit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One unit of a version: every item with the cases that met it, that did not, that were left out."""
    found = _table(pk)
    try:
        page = queries.unit_page(found, code)
    except NoSuchScore:
        raise Http404 from None
    by_key = {row["item"].key: row for row in shown.formulas(found)}
    listed = [
        (one, by_key[one.item.key], shown.rate_words(one.part, one.item.of.minimum_n) if one.part else None,
         shown.interval(one.part) if one.part else "", shown.by_reason(one.left_out))
        for one in page.listed
    ]  # fmt: skip
    return render(
        request,
        "scores/unit.html",
        {
            "section": "scores",
            "page": page,
            "found": found,
            "title": shown.period_title(found.scoring),
            "listed": listed,
        },
    )


@require_safe
def results_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as CSV."""
    return _csv(shown.results_csv(_table(pk)), f"scores-{pk}.csv")


@require_safe
def cases_file(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The cases of one unit as CSV."""
    try:
        page = queries.unit_page(_table(pk), code)
    except NoSuchScore:
        raise Http404 from None
    return _csv(shown.cases_csv(page), f"scores-{pk}-{page.row.unit}.csv")


def _table(pk: int) -> Table:
    try:
        there = queries.publication(pk)
    except NoSuchScore:
        raise Http404 from None
    return queries.table(there.scoring, there)


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
