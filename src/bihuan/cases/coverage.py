"""The five lists of blind spots of a moment, from places, people and cases; each with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, day_of, to_date, to_datetime, to_instant
from bihuan.core.place import blind
from bihuan.core.place.beats import DAY
from bihuan.core.place.blind import Blind
from bihuan.core.place.cover import Faults
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.places import queries as places
from bihuan.places.roster import LINE
from bihuan.places.zones import zoned_cells, zones_on

TODAY, TOMORROW = Say("今天", "Today"), Say("明天", "Tomorrow")
ON_FOOT = ("report", "verify", "not_there", "fix_self", "check_ok", "check_bad")
POSTS = ("collector", "checker")
# What people of the centre did on the spot, by cell. The range of `at` is read from cases_event_at, a summary of
# where in the table each stretch of time lies: events are only ever added.
WALKED = """select c.cell, count(*) from cases_event e join cases_case c on c.id = e.case_id
    where e.at >= to_timestamp(%s) and e.name = any(%s) and e.by = any(%s) and c.line = %s and c.cell <> ''
    group by 1"""
LOST = """select number, cell from cases_case where not final and line = %s and not cell = any(%s)
    order by id limit 1000"""
OPEN = "select count(*) from cases_case where not final and line = %s"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The lists as of a moment."""

    at: datetime
    lists: tuple[Blind, ...]

    @property
    def empty(self) -> int:
        return sum(not one.spots for one in self.lists)

    def of(self, key: str) -> Blind:
        return next(one for one in self.lists if one.key == key)


_ground: dict[int, Faults] = {}  # by the stamp of places: the comparison of the polygons takes a second
_components: dict[tuple[int, int], Blind] = {}


def coverage(at: datetime | int) -> Coverage:
    """All five; NotHere where no grid is loaded."""
    now = to_instant(at)
    ground = places.ground()
    faults = _faults(ground)
    cells = ground.tiling.codes
    return Coverage(
        to_datetime(now),
        (
            blind.ground(faults),
            duty(cells, now),
            components(ground, faults),
            walked(cells, now),
            reports(cells),
        ),
    )


def _faults(ground: places.Ground) -> Faults:
    stamp = ground.change or 0
    if stamp not in _ground:
        _ground.clear()
        shape = {"type": "MultiPolygon", "coordinates": [[ring] for ring in ground.boundary.rings]}
        _ground[stamp] = ground.tiling.faults(shape)
    return _ground[stamp]


def duty(cells: tuple[str, ...], now: int) -> Blind:
    day = now // DAY
    roster = places.roster(day, day + 1)
    text = lines.at(LINE, day)
    centre = str(text.param("centre", day).value)
    held = {d: frozenset(people.holders(centre, "collector", d)) for d in (day, day + 1)}
    zoned = zoned_cells(zones_on(to_date(day)))
    found = [
        one
        for d in (day, day + 1)
        for one in roster.idle(cells, d, lambda person, on: person in held[on], zoned)
    ]
    return blind.duty(found, roster.shifts, len(cells), len(zoned), [(day, TODAY), (day + 1, TOMORROW)])


def components(ground: places.Ground, faults: Faults) -> Blind:
    """The register is large and rarely changes: located again when either has."""
    key = (ground.change or 0, places.newest_component())
    if key not in _components:
        _components.clear()
        overlapping = {cell for piece in faults.overlaps for cell in piece.cells}
        _components[key] = blind.components(ground.tiling, places.component_points(), overlapping)
    return _components[key]


def walked(cells: tuple[str, ...], now: int) -> Blind:
    text = lines.at(LINE, now // DAY)
    days = int(text.param("cycle_days", now // DAY).value)
    centre = str(text.param("centre", now // DAY).value)
    since = now - days * DAY
    staff = [person for post in POSTS for person in people.holders(centre, post, day_of(now))]
    rows = wall.ask(WALKED, [since - OFFSET, list(ON_FOOT), staff, LINE], wall.SYSTEM)
    found = {cell: int(n) for cell, n in rows}
    for cell, n in places.visits_since(to_datetime(since)).items():
        found[cell] = found.get(cell, 0) + n
    return blind.unwalked(cells, found, days, sum(found.values()))


def reports(cells: tuple[str, ...]) -> Blind:
    lost = wall.ask(LOST, [LINE, list(cells)], wall.SYSTEM)
    return blind.reports(lost, int(wall.ask(OPEN, [LINE], wall.SYSTEM)[0][0]))
