"""What an actor may see on a day, worked out once for a page: grants, one SQL condition, the wall's scope, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_instant
from bihuan.cases.heads import STAMPS, Stamps, Titles
from bihuan.core.authority.grants import Condition, Grant, compile, held
from bihuan.core.case.fold import Actor
from bihuan.core.say import Say
from bihuan.people import queries as people


@dataclass(frozen=True, slots=True)
class Sight:
    """An actor's view at `now`: `condition` over cases_case c, `scope` for row-level security."""

    actor: Actor
    now: int
    grants: tuple[Grant, ...]
    scope: str
    titles: Titles

    @property
    def condition(self) -> Condition:
        """The rows shown, as SQL over the alias c, with the reason a page may give."""
        return compile(self.grants, self.actor, self.now // 86400, "see", "c", self.name)

    def name(self, code: str) -> Say:
        """What a line or a division is called."""
        if code in lines.all_lines():
            return lines.all_lines()[code][max(lines.all_lines()[code])].title
        return Say(*self.titles.places.get(code, (code, code)))


def sight(actor: Actor, at: datetime | int, stamps: Stamps | None = None) -> Sight:
    """One query (the stamps of people and places), none where `seats` of this request has read them; everything else is kept in
    memory until the stamps change."""
    now, titles = to_instant(at), Titles(stamps)
    grants = titles.known.grants
    return Sight(actor, now, grants, scope_of(grants, actor, now // 86400), titles)


def seats(person: Any, day: int) -> tuple[people.Seats, Stamps]:
    """The units a person may act for on a day, with the posts there, and the stamps of this moment: one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(f"{STAMPS}; {people.SEATS}", people.seats_params(person, day))
        stamps: Stamps = cursor.fetchone()
        cursor.nextset()
        return people.seats(cursor.fetchall()), stamps


def scope_of(grants: Sequence[Grant], actor: Actor, day: int) -> str:
    """What the wall shows this actor: everything, or the unit's own cases and the places granted."""
    own = held(grants, actor, day, "see")
    if any(not grant.area for grant in own):
        return wall.ALL
    codes = {actor.unit} if any(grant.area in ("own", "held") for grant in own) else set()
    codes |= {grant.area.partition(":")[2] for grant in own if ":" in grant.area}
    return ",".join(sorted(code for code in codes if code))
