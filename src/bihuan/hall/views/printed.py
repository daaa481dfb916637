"""A form on paper: every field of an action with room to write, for people without a phone or a screen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases import materials, undertaken
from bihuan.cases.compound import KINDS, PAPERS
from bihuan.cases.edge import day_of
from bihuan.core.line.folder import Line
from bihuan.items.queries import catalogue
from bihuan.lines.asking import of_people
from bihuan.lines.forms import FILES, Field, fields

BLANK_ROWS = range(4)
BY_OFFICE = frozenset({"unit", "person", "place", "children", "limit", "case", "condition"})


@require_safe
def form(request: HttpRequest, line: str, action: str) -> HttpResponse:
    """The blank form of an action that people take themselves; others are not found."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    found = lines.in_force(day).get(line)
    if found is None or action not in found.actions or not of_people(found, action):
        raise Http404
    by_clerk = found.actions[action].effective  # the lawful moment, which the window writes on receipt
    code = request.GET.get("item", "")[:32]
    asked = [
        one
        for one in papers_of(found, action, code, day)
        if one.kind not in BY_OFFICE and not one.device and one.key != by_clerk
    ]
    given = {
        "section": "hall", "line": found, "action": found.actions[action], "blank": BLANK_ROWS,
        "item": catalogue().items.get(code), "kinds": KINDS.values(), "papers": PAPERS.values(),
        "asked": [one for one in asked if one.kind not in FILES],
        "files": [one for one in asked if one.kind in FILES],
    }  # fmt: skip
    return render(request, "hall/printed.html", given)


def papers_of(line: Line, action: str, item: str, day: int) -> tuple[Field, ...]:
    """The fields of the action for an item; of the opening form only those that it has."""
    found = materials.each(fields(line, action), item)
    if line.code != undertaken.LINE or action != line.opens_with:
        return found
    return undertaken.fields_for(line, found, item, day)
