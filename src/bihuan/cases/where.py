"""A point on the ground in words: which cell it lies in, how far from its edge, and why it belongs to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan import lines
from bihuan.cases.edge import day_of, to_instant
from bihuan.core.authority.duty import Answer, Place, who
from bihuan.core.picture.cells import to_edge
from bihuan.core.place.beats import DAY
from bihuan.core.place.controls import controlled
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.places.queries import division_names, place_of
from bihuan.places.sheet import sheet


@dataclass(frozen=True, slots=True)
class Here:
    """Where a point lies; `edge` is metres to the border of its cell."""

    lon: float
    lat: float
    cell: str
    community: Say
    street: Say
    edge: float
    schematic: bool

    @property
    def short(self) -> str:
        return self.cell[-6:]


def here(lon: float, lat: float, datum: str = "WGS-84") -> Here:
    """The place of a point given in `datum`; NotHere with the reason outside the district."""
    from bihuan.core.place.datum import to_wgs

    place = place_of(lon, lat, datum)
    x, y = to_wgs(lon, lat, datum)
    names, ground = division_names(), sheet()
    return Here(
        round(x, 7), round(y, 7), place.cell, Say(*names.get(place.community, (place.community,) * 2)),
        Say(*names.get(place.street, (place.street,) * 2)), to_edge(ground.cells[place.cell].rings[0], x, y), ground.schematic,
    )  # fmt: skip


def who_handles(line: str, matter: str, cell: str, at: datetime | int) -> tuple[Answer, tuple[Say, ...]]:
    """The unit that has the duty for a matter in a cell, with the reason; and the names of those it may go to."""
    day = day_of(at)
    lines.at(line, day)
    known = people.known(people.change())
    place = Place(cell=cell, community=cell[:12], street=cell[:9])
    answer = who(known.duties, line, matter, place, day, known.names)
    return answer, tuple(known.names.get(unit, Say(unit, unit)) for unit in answer.takers)


def not_taken(line: str, matter: str, cell: str, at: datetime | int) -> Say | None:
    """Why the district does not take a matter in this cell at this moment; None where it does."""
    moment = to_instant(at)
    text = lines.at(line, moment // DAY)
    if "controls" not in text.params:
        return None
    return controlled(text.param("controls", moment // DAY).value, matter, cell, moment)
