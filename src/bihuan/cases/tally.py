"""How many open cases an actor's queue has, which are late, what is due next: one query, whatever the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, to_datetime, to_instant
from bihuan.cases.queries import chosen_by, scope_of
from bihuan.core.case import Actor
from bihuan.core.grants import compile
from bihuan.people import queries as people

MOST = 60  # cases shown on the axis of the day
MODES = ("mine", "me", "involved", "all")


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
    """Counts of one view under its filters, the next due, what is due today; `views` counts all views without."""

    total: int
    late: int
    stopped: int
    next_due: datetime | None
    today: Sequence[Coming]
    views: dict[str, int]
    groups: dict[str, int]


def tally(actor: Actor, at: datetime | int, mode: str, line: str = "", street: str = "") -> Tally:
    """Of the open cases that the actor's grants show."""
    now = to_instant(at)
    midnight = to_datetime(now // 86400 * 86400)
    grants = people.grants_of(sorted(actor.posts), actor.unit, now // 86400)
    condition = compile(grants, actor, now // 86400, "see", "c")
    views = [chosen_by(actor, name) for name in MODES]
    sql = f"""with seen as (select c.*, ({chosen_by(actor, mode)[0]}) and (%s = '' or c.line = %s) and (%s = '' or c.street = %s) here
            from cases_case c where not c.final and ({condition.sql})),
        mine as (select * from seen where here),
        moving as (select * from mine where not stopped and due_at is not null)
        select (select count(*) from mine), (select count(*) from mine where stopped and due_at is not null),
        (select count(*) from mine where due_at is null),
        (select json_build_array(count(*) filter (where due_at < %s), count(*) filter (where due_at >= %s and due_at < %s),
            count(*) filter (where due_at >= %s and due_at < %s), count(*) filter (where due_at >= %s)) from moving),
        (select extract(epoch from min(due_at) filter (where due_at >= %s))::bigint + {OFFSET} from moving),
        (select json_agg(json_build_array(title, extract(epoch from opened_at)::bigint + {OFFSET},
            extract(epoch from due_at)::bigint + {OFFSET}, late) order by due_at) from (select * from moving
            where due_at >= %s and due_at < %s order by due_at limit {MOST}) d),
        (select json_build_array({", ".join(f"count(*) filter (where {term})" for term, _ in views)}) from seen c)"""
    t0, t1, t2 = midnight, midnight + timedelta(days=1), midnight + timedelta(days=2)
    moment = to_datetime(now)
    params: list[Any] = [*chosen_by(actor, mode)[1], line, line, street, street, *condition.params]
    params += [moment, moment, t1, t1, t2, t2, moment, t0, t1]
    for _, given in views:
        params += given
    row = wall.ask(sql, params, scope_of(grants, actor, now // 86400))[0]
    total, stopped, none, counts, soonest, coming, numbers = row
    today = tuple(
        Coming(t, to_datetime(a), to_datetime(b), late or b < now) for t, a, b, late in coming or ()
    )
    groups = dict(zip(("late", "today", "tomorrow", "later"), counts, strict=True)) | {
        "stopped": stopped,
        "none": none,
    }
    following = None if soonest is None else to_datetime(soonest)
    return Tally(total, counts[0], stopped, following, today, dict(zip(MODES, numbers, strict=True)), groups)
