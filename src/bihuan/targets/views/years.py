"""Public page: the promises of one place over years, both sentences side by side."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.core.report.follow import TITLES, Followed, Following, Statement
from bihuan.core.report.follow.shown import MARKS, RATED, answered, counts, finding, missing, rows, waiting
from bihuan.core.say import Say
from bihuan.targets.years import LISTED, NoSuchPlace, Years, asked, over_years, sentence_of

LOOKS = {
    "kept": "done",
    "partly": "soon",
    "not": "late",
    "base_changed": "stop",
    "dropped": "none",
    "incomparable": "quiet",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sentences: the report that says it, the words around what counts, and its permanent link."""

    year: int
    left: str
    mark: str
    right: str
    link: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A promise and its answer as the page shows them."""

    key: str
    name: str
    due: int
    verdict: str
    mark: str
    title: Say
    look: str
    reason: Say
    promise: Side
    answer: Side | None


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """What was promised for each year and what the report after says of it: `?place=…&verdict=not`."""
    place, verdict = request.GET.get("place", ""), request.GET.get("verdict", "")
    try:
        page = over_years(place)
    except NoSuchPlace:
        if place:
            raise Http404 from None
        return render(request, "targets/none.html", {"section": "promises"})
    verdict = verdict if verdict in MARKS else ""
    told = {
        "section": "promises",
        "page": page,
        "verdict": verdict,
        "demo": settings.DEMO,
        "base": _query(page, ""),
    }
    return render(
        request, "targets/years.html", told | (_followed(page, page.found, verdict) if page.found else {})
    )


def _followed(page: Years, found: Following, verdict: str) -> dict[str, object]:
    keys = {id(pair): f"p{n}" for n, pair in enumerate(found.pairs, 1)}
    tally = counts(found)
    chips = [("", Say("有结论的", "With a verdict"), "", sum(tally[one] for one in LISTED), _query(page, ""))]
    chips += [(one, TITLES[one], MARKS[one], n, _query(page, one)) for one, n in tally.items() if n]
    return {
        "finding": finding(found), "gaps": [say for say in (missing(found), waiting(found)) if say], "chips": chips,
        "columns": answered(found), "grid": _grid(found, keys, page),
        "groups": [(year, [_shown(page, pair, keys[id(pair)]) for pair in pairs]) for year, pairs in asked(found, verdict).items()],
        "clashes": [(one.reason, _side(page, one.one), _side(page, one.other)) for one in found.conflicts],
    }  # fmt: skip


def _query(page: Years, verdict: str) -> str:
    said = {"place": page.place if len(page.places) > 1 else "", "verdict": verdict}
    return "?" + urlencode({key: value for key, value in said.items() if value})


def _grid(found: Following, keys: dict[int, str], page: Years) -> list[tuple[str, list[object]]]:
    """Indicators with a cell for every year that can be answered."""
    return [
        (name, [_cell(pairs[year], keys, page) if year in pairs else None for year in answered(found)])
        for name, pairs in rows(found).items()
    ]


def _cell(pair: Followed, keys: dict[int, str], page: Years) -> dict[str, object]:
    figure = pair.answer.text if pair.answer and pair.verdict in RATED else ""
    verdict = "" if pair.verdict in LISTED else pair.verdict
    return {
        "mark": MARKS[pair.verdict], "figure": figure, "look": LOOKS[pair.verdict], "title": TITLES[pair.verdict],
        "reason": pair.reason, "link": f"{_query(page, verdict)}#{keys[id(pair)]}",
    }  # fmt: skip


def _shown(page: Years, pair: Followed, key: str) -> Shown:
    return Shown(
        key, pair.promise.printed or pair.promise.name, pair.due, pair.verdict, MARKS[pair.verdict], TITLES[pair.verdict],
        LOOKS[pair.verdict], pair.reason, _side(page, pair.promise), _side(page, pair.answer) if pair.answer else None,
    )  # fmt: skip


def _side(page: Years, one: Statement) -> Side:
    a, b = one.span[0] - one.sentence_span[0], one.span[1] - one.sentence_span[0]
    pk, key = sentence_of(page, one)
    link = reverse("living-report-of", args=[pk]) + (f"#{key}" if key else "")
    return Side(one.year, one.sentence[:a], one.sentence[a:b], one.sentence[b:], link)
