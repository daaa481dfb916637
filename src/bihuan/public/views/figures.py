"""The public figures taken apart: by line, by street, by unit, each with what is left out and how it is counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases import figures, late
from bihuan.cases.counts import counts
from bihuan.cases.edge import day_of
from bihuan.cases.maps import names, streets_map
from bihuan.cases.shapes import Count
from bihuan.core.say import Say
from bihuan.core.time import formats
from bihuan.people import queries as people

DAYS = 30
NOWHERE = Say("没有地点的件", "without a place")
PERSON = Say("等申请人、上报人", "waiting for the person concerned")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Three tables of the same open cases; the map says the same as the second."""
    now = request.now  # type: ignore[attr-defined]
    by_street = counts("street", at=now)
    closed = figures.closed(now, days=DAYS)
    shown = {
        "late": late.late_counts(now), "late_days": late.DAYS, "allowed": late.allowed_days(now),
        "first": figures.first_right(now, DAYS), "section": "figures", "today": figures.today(now), "closed": closed, "rate": formats.rate(closed.on_time, closed.all),
        "map": streets_map({row.code: row for row in by_street}),
        "tables": [
            (Say("按业务", "By line"), rows_of(counts("line", at=now), line_titles(day_of(now)), Say("", ""))),
            (Say("按街道", "By subdistrict"), rows_of(by_street, names(), NOWHERE)),
            (Say("按现在的承办单位", "By the unit that holds them now"), rows_of(counts("holder", at=now), unit_titles(), PERSON)),
        ],
    }  # fmt: skip
    return render(request, "public/figures.html", shown)


def rows_of(found: list[Count], titles: dict[str, Say], other: Say) -> list[dict[str, Any]]:
    """The rows of a table, most late first; the code "" is called `other`."""
    rows = sorted(found, key=lambda row: (-row.late, -row.open, row.code))
    return [
        {"title": titles.get(row.code, Say(row.code, row.code)) if row.code else other, "n": row}
        for row in rows
    ]


def line_titles(day: int) -> dict[str, Say]:
    return {code: line.title for code, line in lines.in_force(day).items()}


def unit_titles() -> dict[str, Say]:
    return dict(people.known(people.change()).names)
