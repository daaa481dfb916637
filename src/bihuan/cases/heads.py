"""A case row as lists show it: columns in one place, with the names of everything in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from bihuan import lines
from bihuan.cases.edge import OFFSET, to_datetime
from bihuan.cases.family import version_day
from bihuan.cases.shapes import Head
from bihuan.cases.showing import holder_title
from bihuan.core.case.fold import Case
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.places import queries as places

GROUPS = {
    "late": Say("已超时", "Late"),
    "today": Say("今天", "Today"),
    "tomorrow": Say("明天", "Tomorrow"),
    "later": Say("以后", "Later"),
    "stopped": Say("停表", "Clock stopped"),
    "none": Say("没有时限", "No limit"),
}
HEAD = f"""c.id, c.number, c.line, c.version, c.matter, c.title, c.state, c.outcome, c.final, c.holder, c.units,
    extract(epoch from c.opened_at)::bigint + {OFFSET}, extract(epoch from c.closed_at)::bigint + {OFFSET},
    extract(epoch from c.due_at)::bigint + {OFFSET}, extract(epoch from c.plain_due_at)::bigint + {OFFSET},
    c.stopped, c.late, c.provisional, c.lon, c.lat, c.datum, c.cell, c.community, c.street, c.parent_id, c.rank"""
HEAD_SIZE = 26


Stamps = tuple[int | None, int | None]  # of the last change of people, and of places
STAMPS = "select (select n from people_change limit 1), (select n from places_change limit 1)"


def read_stamps() -> Stamps:
    """The stamps as of now; one small query."""
    with connection.cursor() as cursor:
        cursor.execute(STAMPS)
        found: Stamps = cursor.fetchone()
        return found


class Titles:
    """Names of units and places as of now, or as of the row of STAMPS that was read in a query of one's own."""

    def __init__(self, stamps: Stamps | None = None) -> None:
        of_people, self.ground = stamps or read_stamps()
        self.known = people.known(of_people)
        self.places = places.division_names(self.ground)


def head_of(
    row: Sequence[Any], titles: Titles, now: int, case: Case | None = None, raised_to: Say | None = None,
    data: Mapping[str, Any] | None = None,
) -> Head:  # fmt: skip
    """A row of HEAD with the names of everything in it."""
    (pk, number, code, version, matter, title, state, outcome, final, holder, units, opened, closed, due, plain,
     stopped, late, provisional, lon, lat, datum, cell, community, street, parent, _rank) = row[:HEAD_SIZE]  # fmt: skip
    line = case.line if case is not None else lines.exact(code, version_day(version))
    late = late or (due is not None and due < now and not final)
    return Head(
        id=pk, number=number, line=code, line_title=line.title, version=version, matter=matter,
        matter_title=matter_title(line, matter), title=title, state=state, state_title=state_title(line, state),
        outcome=outcome, final=final, holder=holder, holder_title=holder_title(holder, case, titles.known.names),
        units=tuple(units), opened_at=to_datetime(opened), closed_at=maybe(closed), due_at=maybe(due),
        plain_due_at=maybe(plain), stopped=stopped, late=late, provisional=provisional, lon=lon, lat=lat,
        datum=datum, cell=cell, community=community, community_title=place_title(titles.places, community),
        street=street, street_title=place_title(titles.places, street), parent=parent,
        group=group_of(due, stopped, final, now), raised_to=raised_to, data=data or {},
    )  # fmt: skip


def group_of(due: int | None, stopped: bool, final: bool, now: int) -> str:
    if final or due is None:
        return "none"
    if stopped:
        return "stopped"
    if due < now:
        return "late"
    days = due // 86400 - now // 86400
    return "today" if days == 0 else "tomorrow" if days == 1 else "later"


def maybe(instant: int | None) -> datetime | None:
    return None if instant is None else to_datetime(instant)


def matter_title(line: Line, matter: str) -> Say:
    rows = line.matters.get(matter)
    return Say(rows[-1].name, rows[-1].name_en) if rows else Say(matter, matter)


def state_title(line: Line, state: str) -> Say:
    """The state's name; after an amendment it may be one of a later text of the same line."""
    if state in line.states:
        return line.states[state].title
    later = [text for text in lines.all_lines()[line.code].values() if state in text.states]
    return later[-1].states[state].title if later else Say(state, state)


def raised_title(unit: str | None, titles: Titles) -> Say | None:
    """The name of the unit a case was escalated to."""
    return (titles.known.names.get(unit) or Say(unit, unit)) if unit else None


def place_title(names: Mapping[str, tuple[str, str]], code: str) -> Say:
    return Say(*names.get(code, (code, code)))
