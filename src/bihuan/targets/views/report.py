"""Public pages: the living report, one mark of it, the original text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.cases.hat import hat_of
from bihuan.core.say import Say
from bihuan.targets import beside, goalcard, living, queries, shown, sift, texts, words
from bihuan.targets.parts import Section
from bihuan.targets.paths import why_not
from bihuan.targets.queries import Living, NoSuchReport
from bihuan.targets.sift import Sift
from bihuan.targets.views import english


@require_safe
def report(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The report with its marks and notes, or the part of it that is asked for: `?show=goal&unit=…&topic=…`."""
    ask = sift.read(request.GET)
    try:
        page = queries.living_page(pk, request.now, ask)  # type: ignore[attr-defined]
    except NoSuchReport:
        if pk is not None:
            raise Http404 from None
        return render(request, "targets/none.html", {"section": "promises"})
    chips = [
        (
            kind,
            words.CHIPS[kind],
            page.counts[kind],
            query(replace(ask, kind="" if ask.kind == kind else kind)),
        )
        for kind in ("num", "goal", "task", "term", "doubt")
    ]
    in_force, other_texts = texts.others(page.report)
    return render(
        request,
        "targets/report.html",
        {
            "section": "promises", "page": page, "report": page.report, "runs": shown.runs(page, english()),
            "ask": ask, "chips": chips, "units": units(page), "standings": standings(page), "chapters": chapters(page),
            "states": {key: one.lead for key, one in page.followed.items()}, "tally": queries.tally(page.followed.values()),
            "hat": hat_of(request), "here": request.build_absolute_uri(reverse("living-report-of", args=[page.report.pk])),
            "in_force": in_force, "other_texts": other_texts, "folded": page.kept.count(False), "demo": settings.DEMO,
        },
    )  # fmt: skip


def query(ask: Sift) -> str:
    """The wish as the end of an address."""
    asked = {
        "show": ask.kind,
        "unit": ask.unit,
        "standing": ask.standing,
        "topic": ask.topic if ask.topic >= 0 else "",
    }
    return "?" + urlencode({key: value for key, value in asked.items() if value != ""})


def units(page: Living) -> list[tuple[str, Say, int]]:
    """Units that lead a commitment of this report, with how many."""
    rows: dict[str, list[Say]] = {}
    for one in page.followed.values():
        rows.setdefault(one.row.lead_id, []).append(one.lead)
    return [(code, rows[code][0], len(rows[code])) for code in sorted(rows)]


def standings(page: Living) -> list[tuple[str, Say, int]]:
    """Standings with how many commitments are so; those that none has are left out."""
    found = Counter(sift.standing(one) for one in page.followed.values())
    found["none"] = page.counts["goal"] + page.counts["task"] - len(page.followed)
    return [(code, say, found[code]) for code, say in sift.STANDINGS.items() if found[code]]


def chapters(page: Living) -> list[tuple[Section, list[Section]]]:
    """The contents as chapters with their sections."""
    out: list[tuple[Section, list[Section]]] = []
    for one in page.sections:
        if one.level == 1 or not out:
            out.append((one, []))
        else:
            out[-1][1].append(one)
    return out


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
            "sentence": living.sentence_at(page.report.text, page.report.findings, page.mark.start),
            "measure": words.MEASURES.get(page.measurability), "measure_why": words.MEASURE_WHY.get(page.measurability),
            "demo": settings.DEMO, "pairs": beside.pairs(page.readings, page.mark.fact.get("norm_unit", "")),
            "no_path": why_not(page.mark.fact) if page.mark.kind == "goal" and not card else None,
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
