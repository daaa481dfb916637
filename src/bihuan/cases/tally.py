"""How many open cases one view has, which are late, what is due next: one query, whatever the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, to_datetime
from bihuan.cases.queue import PAGE, narrowed, page_of, page_sql
from bihuan.cases.shapes import Queue
from bihuan.cases.sight import Sight, sight
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import DAY

MOST = 60  # cases shown on the axis of the day
MODES = ("mine", "me", "involved", "raised", "all")


@dataclass(frozen=True, slots=True)
class Coming:
    """A case due today, as the axis shows it."""

    title: str
    opened_at: datetime
    due_at: datetime
    late: bool
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one view under its filters, the next due, what is due today; `mine` is what the unit holds."""

    total: int
    late: int
    stopped: int
    next_due: datetime | None
    today: Sequence[Coming]
    mine: int
    groups: dict[str, int]


def tally(
    actor: Actor,
    at: datetime | int,
    mode: str,
    line: str = "",
    street: str = "",
) -> Tally:
    """Of the open cases that the actor's grants show."""
    seen = sight(actor, at)
    question = tally_sql(seen, mode, line, street)
    return tally_of(wall.ask(*question, seen.scope)[0], seen.now)


def page_and_tally(
    seen: Sight, mode: str, line: str = "", street: str = "", after: str = ""
) -> tuple[Queue, Tally]:
    """One page of a view and its counts, in one round trip."""
    page = page_sql(seen, mode, line, street, after, PAGE)
    rows, (counts,) = wall.ask_each([page, tally_sql(seen, mode, line, street)], seen.scope)
    return page_of(rows, seen, PAGE), tally_of(counts, seen.now)


def tally_sql(seen: Sight, mode: str, line: str, street: str) -> tuple[str, list[Any]]:
    """(SQL, parameters) of the counts: one row."""
    now, actor = seen.now, seen.actor
    terms, given = narrowed(seen.condition, actor, mode, line, street)
    whose = "count(*) filter (where held)"
    of_mine: list[Any] = []
    if line or street or mode not in ("mine", "all"):  # else what the unit holds is among what is shown
        mine, of_mine = narrowed(seen.condition, actor, "mine", "", "")
        whose = f"(select count(*) from cases_case c where not c.final and {' and '.join(mine)})"
    moving = "due_at is not null and not stopped"
    sql = f"""with shown as materialized (select c.title, c.opened_at, c.due_at, c.stopped, c.late,
            c.holder = %s held from cases_case c
            where not c.final and {" and ".join(terms)})
        select count(*), count(*) filter (where stopped and due_at is not null),
            count(*) filter (where due_at is null), count(*) filter (where {moving} and due_at < %s),
            count(*) filter (where {moving} and due_at >= %s and due_at < %s),
            count(*) filter (where {moving} and due_at >= %s and due_at < %s),
            count(*) filter (where {moving} and due_at >= %s),
            extract(epoch from min(due_at) filter (where {moving} and due_at >= %s))::bigint + {OFFSET},
            (select json_agg(json_build_array(title, extract(epoch from opened_at)::bigint + {OFFSET},
                extract(epoch from due_at)::bigint + {OFFSET}, late) order by due_at)
             from (select * from shown where {moving} and due_at >= %s and due_at < %s order by due_at limit {MOST}) d),
            {whose}
        from shown"""  # one walk over the table, however much is asked of it
    moment, t0, t1, t2 = (to_datetime(t) for t in (now, *(now // DAY * DAY + n * DAY for n in range(3))))
    params: list[Any] = [actor.unit, *given, moment, moment, t1, t1, t2, t2, moment, t0, t1, *of_mine]
    return sql, params


def tally_of(row: Sequence[Any], now: int) -> Tally:
    """The counts of the row that `tally_sql` asked for."""
    total, stopped, none, late, today, tomorrow, later, soonest, coming, held = row
    shown = tuple(
        Coming(t, to_datetime(a), to_datetime(b), past or b < now) for t, a, b, past in coming or ()
    )
    groups = {
        "late": late,
        "today": today,
        "tomorrow": tomorrow,
        "later": later,
        "stopped": stopped,
        "none": none,
    }
    return Tally(total, late, stopped, None if soonest is None else to_datetime(soonest), shown, held, groups)
