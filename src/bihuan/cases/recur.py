"""The same matter at the same spot soon after it was closed: found when the new case is opened, and charged back.

Both cases keep it as an event: the new one `recurs`, the closed one is `recurred`, which counts for the unit that
closed it (`recurrence_rate` of score.toml). Where a line has no `recur_on` in params.toml nothing recurs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import Family, Member, lock_family
from bihuan.cases.near import METRES
from bihuan.core.case.fold import Event
from bihuan.core.place.datum import metres
from bihuan.core.say import Say
from bihuan.core.time.instant import DAY

# the point of the case is looked up first, so that the index by matter and latitude is used for both
CLOSED = f"""with me as materialized (select id, line, lon, lat from cases_case where id = %s)
    select c.id, c.number, c.lon, c.lat, extract(epoch from c.closed_at)::bigint + {OFFSET},
        (select lon from me), (select lat from me)
    from cases_case c where c.line = (select line from me) and c.matter = any(%s) and c.id <> (select id from me)
      and c.final and c.outcome = %s and c.closed_at >= to_timestamp(%s)
      and c.lat between (select lat - %s from me) and (select lat + %s from me)
      and c.lon between (select lon - %s from me) and (select lon + %s from me)
    order by c.closed_at desc, c.id desc limit 50"""


@dataclass(frozen=True, slots=True)
class Again:
    """A case at the same spot: an `earlier` one that was closed, or a later one that came after closing."""

    number: str
    earlier: bool
    days: int
    metres: int

    @property
    def said(self) -> Say:
        """When the other one was closed or came."""
        far = Say(f"{self.metres} 米外", f"{self.metres} m away")
        if self.earlier:
            return Say(f"{far}，{self.days} 天前刚结案", f"{far.en}, closed {self.days} days before")
        return Say(f"{far}，结案 {self.days} 天后又立案", f"{far.en}, opened {self.days} days after closing")


def recurs_on(member: Member, at: int) -> str:
    """The action upon which a case of this line may turn out to recur, "" for none."""
    params = member.line.params.get("recur_on")
    return (
        str(member.line.param("recur_on", at // DAY).value) if params and params[0].since <= at // DAY else ""
    )


def find_closed(member: Member, at: int) -> tuple[int, Event, Event] | None:
    """(closed case, its event, the event of this case) of the latest closing near by within the days; or None."""
    line, day = member.line, at // DAY
    far, days = (int(line.param(name, day).value) for name in ("recur_metres", "recur_days"))
    kinds = [key for key in line.matters if key[-5:] == member.case.matter[-5:]]
    outcome = line.param("recur_outcome", day).value
    dy = far / METRES
    params = [member.id, kinds, outcome, at - OFFSET - days * DAY, dy, dy, dy * 2, dy * 2]
    for pk, number, lon, lat, closed, own_lon, own_lat in wall.ask(wall.planned(CLOSED), params, wall.SYSTEM):
        away = metres(own_lon, own_lat, lon, lat)
        if away <= far and at - closed <= days * DAY:
            said = {"days": (at - closed) // DAY, "metres": math.ceil(away)}
            return (
                pk,
                Event("recurred", at, "clock", "", {"later": member.number, **said}),
                Event("recurs", at, "clock", "", {"earlier": number, **said}),
            )
    return None


def lock_closed(family: Family, pk: int) -> Member | None:
    """The closed case, locked and taken into the family; None where it is open again or was charged since it closed.

    The new case is locked first and is not closed, so two openings wait for each other at most at the closed one.
    """
    other = lock_family(pk, lines.calendar())
    assert other is not None
    closed = other.members[pk]
    charged = any(
        event.name == "recurred" and event.at >= (closed.case.closed or 0) for event in closed.events
    )
    if not closed.case.final or charged:
        return None
    family.members |= other.members
    return closed


def again_of(member: Member) -> tuple[Again, ...]:
    """What the case says about its spot, oldest first."""
    return tuple(
        Again(
            str(event.data["earlier" if event.name == "recurs" else "later"]), event.name == "recurs",
            int(event.data["days"]), int(event.data["metres"]),
        )
        for event in member.events
        if event.name in ("recurs", "recurred")
    )  # fmt: skip
