"""Public pages: the living report, one mark of it, the original text."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bihuan.targets import goalcard, living, queries, shown, words
from bihuan.targets.queries import NoSuchReport


@require_safe
def report(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The report with its marks and notes; `?show=goal` keeps one kind of mark."""
    show = request.GET.get("show", "")
    show = show if show in living.ORDER else ""
    try:
        page = queries.living_page(pk, request.now, show)  # type: ignore[attr-defined]
    except NoSuchReport:
        if pk is not None:
            raise Http404 from None
        return render(request, "targets/none.html", {"section": "promises"})
    blocks = shown.blocks(page, english())
    return render(
        request,
        "targets/report.html",
        {
            "section": "promises", "page": page, "report": page.report, "blocks": blocks, "show": show,
            "chips": [(kind, words.CHIPS[kind], page.counts[kind]) for kind in ("num", "goal", "task", "term", "doubt")],
            "states": {key: one.lead for key, one in page.followed.items()}, "tally": queries.tally(page.followed.values()),
            "demo": settings.DEMO,
        },
    )  # fmt: skip


@require_safe
def mark(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Everything about one mark."""
    try:
        page = queries.mark_page(pk, key, request.now)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    caveat = next((words.check_words(c)[1] for c in page.checks if c["kind"] == "pace_vs_goal"), None)
    card = goalcard.card(page.path, page.mark.fact, caveat, english()) if page.path else None
    checks = [(words.check_title(c), *words.check_words(c), shown.LOOKS[c["severity"]]) for c in page.checks]
    return render(
        request,
        "targets/mark.html",
        {
            "section": "promises", "page": page, "report": page.report, "mark": page.mark, "card": card,
            "checks": checks, "facts": words.facts(page.mark), "kind": words.MARKS[page.mark.kind],
            "doubts": [(m, words.DAMAGE[m.fact["kind"]], words.doubt_words(m.fact)) for m in _doubts(page)],
            "measure": words.MEASURES.get(page.measurability), "measure_why": words.MEASURE_WHY.get(page.measurability),
            "demo": settings.DEMO,
        },
    )  # fmt: skip


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The original, byte for byte as it was found."""
    try:
        found = queries.report(pk)
    except NoSuchReport:
        raise Http404 from None
    answer = HttpResponse(
        found.text.encode("utf-8", "surrogatepass"), content_type="text/plain; charset=utf-8"
    )
    answer["Content-Disposition"] = f'inline; filename="report-{found.year}-{found.pk}.txt"'
    return answer


def _doubts(page: queries.MarkPage) -> list[living.Mark]:
    own = [page.mark] if page.mark.kind == "doubt" else []
    return [*own, *page.doubts]


def english() -> bool:
    return (get_language() or "").startswith("en")
