"""The demo's time machine: lives of cases take turns in the order of their moments, through the ordinary write path."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, NamedTuple, Protocol

import orjson

from bihuan import lines
from bihuan.cases import actions, wall
from bihuan.cases.shapes import BadInput, Opened, Refused, Upload, Written
from bihuan.config.demo.pictures import paper, picture
from bihuan.config.demo.staff import Staff
from bihuan.core.authority.duty import Answer, Place, who
from bihuan.core.time.instant import DAY
from bihuan.people import queries as people
from bihuan.places import queries as places


class Way(Protocol):
    """How the world's people write: through the product (`Through`), or in memory for a bulk fill."""

    def open(
        self, line: str, matter: str, by: str | None, unit: str, at: int, *, data: Mapping[str, Any],
        place: Mapping[str, Any] | None = None, contact: Mapping[str, str] | None = None,
        files: Sequence[Upload] = (),
    ) -> Opened: ...  # fmt: skip
    def act(
        self, case: int, name: str, by: str, unit: str, at: int, data: dict[str, Any], files: Sequence[Upload]
    ) -> Written: ...
    def case(self, number: int) -> Any: ...
    def tick(self, at: int, limit: int) -> int: ...
    def spot(self, rng: Random) -> dict[str, Any]: ...
    def duty(self, case: Any, day: int) -> Answer: ...


class Look(NamedTuple):
    """What lives ask of a case row."""

    line: str
    matter: str
    state: str
    parties: Any  # who is what on it, by party
    due_at: datetime | None
    cell: str
    community: str
    street: str


class Through:
    """The ordinary write path, one transaction an act."""

    def open(
        self, line: str, matter: str, by: str | None, unit: str, at: int, *, data: Mapping[str, Any],
        place: Mapping[str, Any] | None = None, contact: Mapping[str, str] | None = None,
        files: Sequence[Upload] = (),
    ) -> Opened:  # fmt: skip
        return actions.open_case(
            line, matter, by=by, unit=unit, at=at, data=data, place=place, contact=contact, files=files
        )

    def act(
        self, case: int, name: str, by: str, unit: str, at: int, data: dict[str, Any], files: Sequence[Upload]
    ) -> Written:
        return actions.act(case, name, by=by, unit=unit, at=at, data=data, files=files)

    def case(self, number: int) -> Look:
        sql = f"select {', '.join(Look._fields)} from cases_case where id = %s"
        row = Look(*wall.ask(sql, [number], wall.SYSTEM)[0])
        return row._replace(parties=orjson.loads(row.parties))

    def tick(self, at: int, limit: int) -> int:
        return actions.tick(at, limit)

    def spot(self, rng: Random) -> dict[str, Any]:
        ground = places.ground()
        return spot_in(ground, box(ground), rng)

    def duty(self, case: Any, day: int) -> Answer:
        return duty_of(people.known(people.change()), case, day)


Life = Generator[int, None, None]
Part = Generator[int, None, bool]  # a part of a life that says how it ended


class Photo(Protocol):
    """Takes a picture of a spot, "before" or "after"; `again` sends the one taken there before once more."""

    def __call__(self, kind: str, number: int, state: str, again: bool = False) -> Upload: ...


TICK = 900  # seconds of demo time between two turns of the clocks


@dataclass(slots=True)
class World:
    """Everything a life needs: chance, people, places, the calendar and the write path."""

    rng: Random
    staff: Staff
    until: int
    now: int = 0
    way: Way = field(default_factory=Through)
    photo: Photo = field(default_factory=lambda: photo)
    spots: Iterator[int] | None = None  # each problem has a spot of its own; none: drawn from a million
    self_fixing: float = 0.0  # how often a collector puts a small thing right at once
    crooked: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (cheat, actor): how often
    planted: list[tuple[str, str, int]] = field(default_factory=list)  # (cheat, actor, case)
    refused: Counter[str] = field(default_factory=Counter)
    _turns: list[tuple[int, int, Life]] = field(default_factory=list)
    _number: int = 0

    def start(self, at: int, life: Life) -> None:
        """Let a life begin at a moment."""
        self._number += 1
        heapq.heappush(self._turns, (at, self._number, life))

    def run(self, told: Callable[[int], None]) -> None:
        """Run every life up to `until`; clocks act every quarter of an hour, as the worker lets them."""
        ticked = self._turns[0][0] if self._turns else self.until
        while self._turns and self._turns[0][0] <= self.until:
            at, number, life = heapq.heappop(self._turns)
            while ticked + TICK <= at:
                ticked += TICK
                if self.way.tick(ticked, 500):
                    continue
            self.now = at
            try:
                following = next(life)
            except StopIteration:
                told(at)
                continue
            except (Refused, BadInput) as refused:
                # the clocks or somebody else was quicker: the life ends here, the case goes on by itself
                self.refused[str(refused)] += 1
                told(at)
                continue
            heapq.heappush(self._turns, (max(following, at), number, life))
        self.way.tick(self.until, 5000)

    # --- time ------------------------------------------------------------------------------------------------
    def work(self, low: float, high: float) -> int:
        """A moment after so many working minutes, chosen between two figures."""
        return lines.calendar().add_work(self.now, int(self.rng.uniform(low, high) * 60))

    def days(self, low: float, high: float) -> int:
        """A moment after so many working days, in office hours."""
        cal = lines.calendar()
        return cal.add_work(self.now, int(self.rng.uniform(low, high) * 27_000))

    def later(self, rng: Random, low: float, high: float) -> int:
        """The same by somebody's own chance, which leaves that of the world as it is."""
        return lines.calendar().add_work(self.now, int(rng.uniform(low, high) * 27_000))

    def hours(self, low: float, high: float) -> int:
        """A moment after so many hours on the wall clock."""
        return self.now + int(self.rng.uniform(low, high) * 3600)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def new_spot(self) -> int:
        """Where the next problem is photographed."""
        return self.rng.randrange(1_000_000) if self.spots is None else next(self.spots)

    def cheats(self, cheat: str, actor: str, case: int = 0) -> bool:
        """Whether this actor cheats so here; it is written down for whoever counts, and nobody else is told."""
        share = self.crooked.get((cheat, actor))
        if share is None or self.rng.random() >= share:
            return False
        if case:
            self.planted.append((cheat, actor, case))
        return True

    # --- people and places -----------------------------------------------------------------------------------
    def one(self, unit: str, post: str, *others: str) -> str:
        """Somebody who holds the post, none of the others."""
        return self.rng.choice([p for p in self.staff.of(unit, post) if p not in others])

    def spot(self) -> dict[str, Any]:
        """A point inside the district."""
        return self.way.spot(self.rng)

    def duty(self, case: Any) -> Answer:
        """Who must handle this case here."""
        return self.way.duty(case, self.now // DAY)

    # --- writing ---------------------------------------------------------------------------------------------
    def open(self, line: str, matter: str, by: str | None, unit: str, /, **rest: Any) -> Opened:
        return self.way.open(line, matter, by, unit, self.now, **rest)

    def act(self, case: int, name: str, by: str, unit: str, /, *files: Upload, **data: Any) -> Written:
        return self.way.act(case, name, by, unit, self.now, data, files)

    def case(self, number: int) -> Any:
        """The case as it is now: state, due_at, parties, matter and place."""
        return self.way.case(number)

    def party(self, number: int, name: str) -> str:
        parties: Mapping[str, str] = self.case(number).parties
        return parties.get(name, "")


Box = tuple[float, float, float, float]


def box(ground: places.Ground) -> Box:
    """West, south, east and north of the district."""
    corners = [point for ring in ground.boundary.rings for point in ring]
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    return min(lons), min(lats), max(lons), max(lats)


def spot_in(ground: places.Ground, within: Box, rng: Random) -> dict[str, Any]:
    """A point inside the district."""
    west, south, east, north = within
    while True:
        lon, lat = round(rng.uniform(west, east), 6), round(rng.uniform(south, north), 6)
        if ground.tiling.locate(lon, lat):
            return {"lon": lon, "lat": lat, "datum": "WGS-84"}


def duty_of(known: people.Known, case: Any, day: int) -> Answer:
    """Who must handle a case with this matter and place."""
    place = Place(case.cell, case.community, case.street, case.cell[:6])
    return who(known.duties, case.line, case.matter, place, day, known.names)


def photo(kind: str, number: int, state: str, again: bool = False) -> Upload:
    """A drawn picture as evidence."""
    return Upload(f"evidence:{kind}", f"{kind}.jpg", picture(number, state, kind))


def sheet(kind: str, title: str) -> Upload:
    """An example paper, as evidence or as a letter."""
    return Upload(kind, f"{kind.split(':')[1]}.pdf", paper(title))
