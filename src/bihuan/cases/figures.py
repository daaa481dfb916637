"""Public figures with what they leave out: open cases now, and how those closed lately did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from bihuan.core.say import Say
from bihuan.people import queries as people


@dataclass(frozen=True, slots=True)
class Today:
    """Open cases of the public lines: of them late, of them stopped; who holds the late ones, most first."""

    open: int
    late: int
    stopped: int
    opened: int  # opened since midnight
    closed: int
    holders: Sequence[tuple[Say, int]]


@dataclass(frozen=True, slots=True)
class Closed:
    """Cases closed in the last `days`: never late, late at some clock; those dropped or joined to another are in neither."""

    days: int
    on_time: int
    late: int
    dropped: int

    @property
    def all(self) -> int:
        return self.on_time + self.late


def today(now: datetime, most: int = 5) -> Today:
    """Two queries, whatever the number of cases."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "select holder, count(*) filter (where not final), count(*) filter (where not final and (late or due_at < %s)),"
            " count(*) filter (where not final and stopped), count(*) filter (where opened_at >= %s),"
            " count(*) filter (where closed_at >= %s) from cases_public"
            " where not final or opened_at >= %s or closed_at >= %s group by holder",
            [now, midnight, midnight, midnight, midnight],
        )
        rows = cursor.fetchall()
    names = people.known(people.change()).names
    late = sorted(((names[r[0]], r[2]) for r in rows if r[2] and r[0] in names), key=lambda one: -one[1])
    opened, overdue, stopped, fresh, done = (sum(r[i] for r in rows) for i in range(1, 6))
    return Today(opened, overdue, stopped, fresh, done, late[:most])


def closed(now: datetime, days: int) -> Closed:
    """How the cases closed lately did, both figures from the same rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where not late and outcome not in ('dropped', 'joined')),"
            " count(*) filter (where late and outcome not in ('dropped', 'joined')),"
            " count(*) filter (where outcome in ('dropped', 'joined')) from cases_public where final and closed_at >= %s",
            [now - timedelta(days=days)],
        )
        return Closed(days, *cursor.fetchone())
