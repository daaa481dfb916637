"""What may be rated: a matter that is closed, once; a visit that was served, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.cases.family import version_day
from bihuan.cases.heads import matter_title
from bihuan.core.say import Say
from bihuan.counters.queries import visit_of
from bihuan.lines import exact

LINE = "ratings"
CASE = """select number, line, version, matter, final, parties::text from cases_case where id = %s"""
NOT_YET = Say("还没有办结，办结以后再评价", "It is not closed yet; rate it when it is")
NOT_THIS = Say("这类办件不在这里评价", "Matters of this kind are not rated here")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is rated: a case or a visit, of which unit, by which window and person."""

    kind: str
    about: str
    title: Say
    line: str
    item: str
    unit: str
    window: str = ""
    served_by: str = ""


def rated_lines(at: datetime | int) -> dict[str, str]:
    """line → the party that is rated, as the parameters say on that day; none before the line is in force."""
    text = lines.in_force(day_of(at)).get(LINE)
    return dict(text.param("lines", day_of(at)).value) if text is not None else {}


def may_rate(line: str, final: bool, at: datetime | int) -> bool:
    """Whether a case of this line that stands so is one to rate."""
    return final and line in rated_lines(at)


def case_occasion(case: int, at: datetime | int) -> Occasion | Say:
    """The matter as it is rated, or the sentence why it is not yet, or not here."""
    number, code, version, matter, final, parties = wall.ask(CASE, [case], wall.SYSTEM)[0]
    party = rated_lines(at).get(code)
    unit = orjson.loads(parties).get(party or "", "")
    if not unit:
        return NOT_THIS
    if not final:
        return NOT_YET
    return Occasion("case", number, item_title(code, matter, version_day(version)), code, matter, unit)


def item_title(code: str, matter: str, version: int) -> Say:
    """What an item is called; a line without a catalogue is the item itself."""
    text = exact(code, version)
    return matter_title(text, matter) if matter in text.matters else text.title


def visit_occasion(number: str) -> Occasion | None:
    """A visit that was served, by the number on its ticket."""
    visit = visit_of(number)
    if visit is None:
        return None
    return Occasion(
        "visit", visit.number, visit.title, "", visit.service, visit.unit, visit.counter, visit.served_by
    )
