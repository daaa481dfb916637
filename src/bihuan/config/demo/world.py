"""The demo's time machine: lives of cases take turns in the order of their moments, through the ordinary write path."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bihuan import lines
from bihuan.cases import actions, wall
from bihuan.cases.models import Case
from bihuan.cases.shapes import Opened, Refused, Upload, Written
from bihuan.config.demo.pictures import paper, picture
from bihuan.config.demo.staff import Staff
from bihuan.core.authority.duty import Answer, Place, who
from bihuan.core.time.instant import DAY
from bihuan.people import queries as people
from bihuan.places import queries as places

Life = Generator[int, None, None]
Part = Generator[int, None, bool]  # a part of a life that says how it ended
TICK = 900  # seconds of demo time between two turns of the clocks


@dataclass(slots=True)
class World:
    """Everything a life needs: chance, people, places, the calendar and the write path."""

    rng: Random
    staff: Staff
    until: int
    now: int = 0
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
                if actions.tick(ticked, 500):
                    continue
            self.now = at
            try:
                following = next(life)
            except StopIteration:
                told(at)
                continue
            except Refused as refused:
                # the clocks or somebody else was quicker: the life ends here, the case goes on by itself
                self.refused[str(refused.reasons[0])] += 1
                told(at)
                continue
            heapq.heappush(self._turns, (max(following, at), number, life))
        actions.tick(self.until, 5000)

    # --- time ------------------------------------------------------------------------------------------------
    def work(self, low: float, high: float) -> int:
        """A moment after so many working minutes, chosen between two figures."""
        return lines.calendar().add_work(self.now, int(self.rng.uniform(low, high) * 60))

    def days(self, low: float, high: float) -> int:
        """A moment after so many working days, in office hours."""
        cal = lines.calendar()
        return cal.add_work(self.now, int(self.rng.uniform(low, high) * 27_000))

    def hours(self, low: float, high: float) -> int:
        """A moment after so many hours on the wall clock."""
        return self.now + int(self.rng.uniform(low, high) * 3600)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # --- people and places -----------------------------------------------------------------------------------
    def one(self, unit: str, post: str, *others: str) -> str:
        """Somebody who holds the post, none of the others."""
        return self.rng.choice([p for p in self.staff.of(unit, post) if p not in others])

    def spot(self) -> dict[str, Any]:
        """A point inside the district."""
        corners = [point for ring in places.ground().boundary.rings for point in ring]
        lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
        while True:
            lon, lat = self.rng.uniform(min(lons), max(lons)), self.rng.uniform(min(lats), max(lats))
            if places.tiling().locate(lon, lat):
                return {"lon": round(lon, 6), "lat": round(lat, 6), "datum": "WGS-84"}

    def duty(self, case: Case) -> Answer:
        """Who must handle this case here."""
        known = people.known(people.change())
        place = Place(case.cell, case.community, case.street, case.cell[:6])
        return who(known.duties, case.line, case.matter, place, self.now // DAY, known.names)

    # --- writing ---------------------------------------------------------------------------------------------
    def open(self, line: str, matter: str, by: str | None, unit: str, /, **rest: Any) -> Opened:
        return actions.open_case(line, matter, by=by, unit=unit, at=self.now, **rest)

    def act(self, case: int, name: str, by: str, unit: str, /, *files: Upload, **data: Any) -> Written:
        return actions.act(case, name, by=by, unit=unit, at=self.now, data=data, files=files)

    def case(self, number: int) -> Case:
        """The case row as it is now."""
        with wall.open_to(wall.SYSTEM):
            return Case.objects.get(pk=number)

    def party(self, number: int, name: str) -> str:
        parties: Mapping[str, str] = self.case(number).parties
        return parties.get(name, "")


def photo(kind: str, number: int, state: str) -> Upload:
    """A drawn picture as evidence."""
    return Upload(f"evidence:{kind}", f"{kind}.jpg", picture(number, state, kind))


def sheet(kind: str, title: str) -> Upload:
    """An example paper, as evidence or as a letter."""
    return Upload(kind, f"{kind.split(':')[1]}.pdf", paper(title))
