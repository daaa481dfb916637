"""The summary of cases for counting is told further: cases with new events are laid flat again, what changed is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, transaction

from bihuan import lines
from bihuan.assess.counting import PLACES
from bihuan.assess.models import Horizon
from bihuan.assess.schemes import wanted
from bihuan.cases import stories, wall
from bihuan.cases.edge import OFFSET, to_instant
from bihuan.core.score.flat import Flat, flat
from bihuan.core.time.instant import DAY
from bihuan.places.zones import zone_finder

LAG = 60  # seconds: events that were on their way belong to the next telling
BACK = 20_000  # events looked at again: a transaction may have committed after one with a higher number
BATCH = 500
COLUMNS = (
    "number, line, matter, street, community, zone, kind, name, n, begun, ended, due, plain, last, how, stopped, extended, "
    "state, outcome, acts, parties"
)
EVERY = "select id from cases_case where line = any(%s) order by id"
STALE = """select distinct e.case_id from cases_event e join cases_case c on c.id = e.case_id
    left join assess_told t on t.case_id = e.case_id where c.line = any(%s) and e.id > %s and e.at < to_timestamp(%s) and (t.seq is null or t.seq < e.seq) order by 1"""
SEEN = """select coalesce((select min(id) - 1 from cases_event where id > %s and at >= to_timestamp(%s)),
    (select max(id) from cases_event), 0)"""

# case by case: on a table filled in this very transaction nothing is known of it, and all of it would be read
LAID = f"""select t.* from unnest(%s::bigint[]) w(id) cross join lateral (
    select id, case_id, {COLUMNS} from assess_thing where case_id = w.id and dropped is null offset 0) t"""

Row = tuple[Any, ...]


def tell(at: datetime | int) -> int:
    """Tell the summary up to a minute before `at`; how many cases were laid flat. It never goes back in time."""
    asof = to_instant(at) - LAG
    every = [
        [line, *thing, *sorted(of)] for line, mine in wanted().items() for thing, of in sorted(mine.items())
    ]
    every.append(list(PLACES))  # another kind of area is laid flat anew, too
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        mark = _lock()
        if asof <= mark.until:
            return 0
        with connection.cursor() as cursor:
            if mark.wanted == every:
                cursor.execute(STALE, [list(wanted()), max(0, mark.event - BACK), asof - OFFSET])
            else:  # a formula counts something that was not laid flat before
                cursor.execute(EVERY, [list(wanted())])
            stale = [pk for (pk,) in cursor.fetchall()]
            cursor.execute(SEEN, [max(0, mark.event - BACK), asof - OFFSET])
            seen = cursor.fetchone()[0]
        told = sum(_lay(stale[first : first + BATCH], asof) for first in range(0, len(stale), BATCH))
        Horizon.objects.filter(pk=mark.pk).update(until=asof, event=seen, wanted=every)
        return told


def _lock() -> Horizon:
    """The one row, locked: two tellings never run at once."""
    Horizon.objects.get_or_create(pk=1)
    return Horizon.objects.select_for_update().get(pk=1)


def _lay(cases: Sequence[int], asof: int) -> int:
    """Lay these cases flat as of a moment. Rows that say the same stay, the others are dropped and kept."""
    cal = lines.calendar()
    with connection.cursor() as cursor:
        cursor.execute(
            LAID,
            [list(cases)],
        )
        there = {_same(row[1:]): row[0] for row in cursor.fetchall()}
    fresh: list[Row] = []
    told: list[tuple[int, int]] = []
    zone_of = zone_finder()
    for one in stories.stories_of(cases, asof):
        told.append((one.case, len(one.story.events)))
        mine = wanted()[one.story.case.line.code]
        opened = one.story.case.opened or asof
        zone = zone_of(
            one.lon, one.lat, opened // DAY
        )  # that of the day it was reported, for all that came of it
        for row in (_row(one, zone, thing) for thing in flat(one.story, cal, mine)):
            if there.pop(_same(row), None) is None:
                fresh.append(row)
    with connection.cursor() as cursor:
        if there:
            cursor.execute(
                "update assess_thing set dropped = %s where id = any(%s)", [asof, list(there.values())]
            )
        _copy(
            cursor,
            f"copy assess_thing (case_id, {COLUMNS}, known) from stdin",
            ((*row[:-1], orjson.dumps(row[-1]).decode(), asof) for row in fresh),
        )
        cursor.execute(
            "insert into assess_told (case_id, seq) select * from unnest(%s::bigint[], %s::int[])"
            " on conflict (case_id) do update set seq = excluded.seq",
            [[pk for pk, _ in told], [seq for _, seq in told]],
        )
    return len(told)


def _copy(cursor: Any, sql: str, rows: Iterable[Row]) -> None:
    with cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _row(one: stories.Told, zone: str, thing: Flat) -> Row:
    last = max(x for x in (thing.begun, thing.ended, thing.due, thing.plain) if x is not None)
    return (
        one.case, one.story.number, one.story.case.line.code, one.matter if thing.kind == "case" else "",
        one.street, one.community, zone, thing.kind,
        thing.name, thing.n, thing.begun, thing.ended, thing.due, thing.plain, last, thing.how, thing.stopped,
        thing.extended, thing.state, thing.outcome, list(thing.acts), dict(thing.parties),
    )  # fmt: skip


def _same(row: Row) -> tuple[Any, ...]:
    """A row as a key: two rows that say the same are one."""
    parties = row[-1] if isinstance(row[-1], dict) else orjson.loads(row[-1])
    return (*row[:-2], tuple(row[-2]), tuple(sorted(parties.items())))
