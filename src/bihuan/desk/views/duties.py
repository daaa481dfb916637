"""What rulings have changed on the duty list: each row with its days, where it holds, and the case it was ruled on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.core.authority.duty import Duty
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.people import queries as people
from bihuan.places.queries import division_names

NUMBER = re.compile(r"[A-Z]{2}\d{8}-\d+")


@dataclass(frozen=True, slots=True)
class Ruling:
    """One row as the page shows it; `number` is the case it was ruled on."""

    matter: Say
    area: Say
    unit: Say
    since: str
    until: str
    basis: str
    number: str


@at_desk
@require_safe
def rulings(request: DeskRequest) -> HttpResponse:
    """The newest first; a row that a later ruling ended stays."""
    names, places = people.known(people.change()).names, division_names()
    rows = [shown(row, names.get(row.unit) or Say(row.unit, row.unit), places) for row in people.rulings()]
    return show(request, "duties", "queue", rows=rows)


def shown(row: Duty, unit: Say, places: dict[str, tuple[str, str]]) -> Ruling:
    number = NUMBER.search(row.basis)
    _, _, code = row.area.partition(":")
    area = Say(*places.get(code, (code, code))) if code else Say("全区", "the whole district")
    until = "" if row.until is None else day_text(row.until)
    return Ruling(
        matter_of(row), area, unit, day_text(row.since), until, row.basis, number[0] if number else ""
    )


def matter_of(row: Duty) -> Say:
    """What the matter is called on the day of the ruling; its code where the catalogue has it no more."""
    text = lines.at(row.line, row.since)
    if row.matter not in text.matters:
        return Say(row.matter, row.matter)
    found = text.matter(row.matter, row.since)
    return Say(found.name, found.name_en)
