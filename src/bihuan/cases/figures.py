"""Public figures with what they leave out: open cases now, and how those closed lately did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.core.authority.duty_list import CATEGORIES, CATEGORIES_EN
from bihuan.core.say import Say
from bihuan.core.score.formula import wilson
from bihuan.core.time import formats
from bihuan.lines.scores import indicators
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


FIRST = """select d.unit, d.sent, substr(split_part(c.matter, ':', 2), 1, 2), count(*),
    count(*) filter (where not exists (select 1 from cases_event b where b.case_id = c.id and b.name = 'take_back'))
    from cases_case c join lateral (select e.unit, e.data ->> 'unit' as sent from cases_event e
        where e.case_id = c.id and e.name = 'dispatch' order by e.seq limit 1) d on true
    where c.line = %s and c.opened_at >= %s and c.opened_at <= %s and c.parent_id is null group by 1, 2, 3"""


@dataclass(frozen=True, slots=True)
class Right:
    """Of `n` cases dispatched, how many stayed where they were sent first; `low` is the lower bound of the share."""

    title: Say
    right: int
    n: int
    low: float | None

    @property
    def share(self) -> Say:
        """The rate as it is printed, no rate under the least number."""
        return formats.rate(self.right, self.n)

    @property
    def bound(self) -> Say:
        """The lower bound as it is printed, empty under the least number."""
        return Say("", "") if self.low is None else Say(f"{100 * self.low:.1f}%", f"{100 * self.low:.1f} %")


@dataclass(frozen=True, slots=True)
class FirstRight:
    """一派到位率 of cases opened in the last `days`: by who dispatched, by class of matter, by where it was sent first."""

    days: int
    least: int
    by_dispatcher: Sequence[Right]
    by_class: Sequence[Right]
    by_unit: Sequence[Right]


def first_right(now: datetime, days: int) -> FirstRight | None:
    """One query over the cases opened lately, None before the line is in force; under the least number there is no bound."""
    line = lines.in_force(day_of(now)).get("urban_management")
    if line is None:
        return None
    least = next(one.minimum_n for one in indicators(line) if one.key == "dispatched_right")
    rows = wall.ask(FIRST, [line.code, now - timedelta(days=days), now], wall.SYSTEM)
    names = people.known(people.change()).names
    classes = {key: Say(f"{word}类", CATEGORIES_EN[key]) for key, word in CATEGORIES.items()}

    def table(column: int, titles: Mapping[str, Say]) -> list[Right]:
        found: dict[str, list[int]] = {}
        for row in rows:
            sums = found.setdefault(row[column] or "", [0, 0])
            sums[0] += row[4]
            sums[1] += row[3]
        made = [
            Right(titles.get(key) or Say(key, key), k, n, wilson(k, n)[0] if n >= least else None)
            for key, (k, n) in found.items()
        ]
        return sorted(made, key=lambda one: (-one.n, one.title))

    return FirstRight(days, least, table(0, names), table(2, classes), table(1, names))
