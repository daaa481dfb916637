"""Looks for signals: the cases alive in a period with their pictures and near pictures, read for the core to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, to_instant
from bihuan.cases.stories import BATCH, BEFORE, story_of
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.core.signal.all import look
from bihuan.core.signal.parts import Found, Seen, Shot, Told, Twin
from bihuan.core.signal.prints import NEAR, probes, unsigned
from bihuan.lines.signals import rules, watches_cases, words
from bihuan.people import queries as people

SHOT = f"""d.id, d.event_seq, d.kind, extract(epoch from d.server_at)::bigint + {OFFSET},
    extract(epoch from d.taken_at)::bigint + {OFFSET}, d.taken_lon, d.taken_lat, d.taken_bearing"""
TOLD = f"""select c.id, c.number, c.version, c.matter, c.parent_id, c.lon, c.lat, {BEFORE},
    (select json_agg(json_build_array({SHOT}) order by d.id) from cases_document d
     where d.case_id = c.id and d.server_at < to_timestamp(%s))::text
    from cases_case c where c.line = %s and c.opened_at < to_timestamp(%s)
      and (c.closed_at is null or c.closed_at >= to_timestamp(%s)) and c.id > %s order by c.id limit %s"""
PRINTED = """select d.id, p.prints[1] from cases_document d join cases_print p on p.document_id = d.id
    where d.server_at >= to_timestamp(%s) and d.server_at < to_timestamp(%s) and d.id > %s order by d.id limit %s"""
PICTURE = f"""json_build_array({SHOT}, c.number, e.by, e.unit)::text
    from cases_document d join cases_case c on c.id = d.case_id
    join cases_event e on e.case_id = d.case_id and e.seq = d.event_seq"""
NEARBY = """select n.id, o.document_id, o.apart, o.whole from json_to_recordset(%s) n(id bigint, whole bigint, probes int[])
    cross join lateral (select p.document_id,
        (select min(bit_count((one # n.whole)::bit(64))) from unnest(p.prints) one) apart,
        bit_count((p.prints[1] # n.whole)::bit(64)) whole
        from cases_print p where p.bands && n.probes and p.document_id < n.id) o
    where o.apart <= %s order by n.id, o.document_id"""


def signals(
    line: str, since: datetime | int, until: datetime | int, *, pictures_since: datetime | int | None = None
) -> list[Found]:
    """The leads of one line in [since, until), the heaviest first; nothing is stored and nobody is told.

    Pictures are compared with all earlier ones; where the older of the period were compared before, from
    `pictures_since` on only.
    """
    text = lines.at(line, to_instant(until) // 86400)
    if not watches_cases(text):
        return []
    a, b = to_instant(since), to_instant(until)
    return look(seen(text, a, b, a if pictures_since is None else to_instant(pictures_since)), rules(text))


def watched(at: datetime | int) -> list[str]:
    """Codes of the lines in force whose work is looked at."""
    return [code for code, text in lines.in_force(to_instant(at) // 86400).items() if watches_cases(text)]


def seen(text: Line, since: int, until: int, pictures_since: int) -> Seen:
    """What lies before the signals of a line."""
    told = list(_told(text.code, since, until))
    doers = {event.by for one in told for event in one.events}
    names = dict(people.known(people.change()).names)
    names |= {pk: Say(*both) for pk, both in people.names_of(doers).items()}
    return Seen(
        told,
        since,
        until,
        lines.calendar(),
        words(text),
        list(_twins(text.code, pictures_since, until)),
        names,
    )


def _told(code: str, since: int, until: int) -> Iterator[Told]:
    last, a, b = 0, since - OFFSET, until - OFFSET
    while rows := wall.ask(TOLD, [b, b, code, b, a, last, BATCH], wall.SYSTEM):
        for pk, number, version, matter, parent, lon, lat, happened, shots in rows:
            last = pk
            story = story_of(pk, number, code, version, matter, parent, happened)
            if story is None:
                continue
            events = story.events
            taken = [
                _shot(row, number, events[row[1] - 1].by, events[row[1] - 1].unit)
                for row in orjson.loads(shots or "[]")
                if 0 < row[1] <= len(events)
            ]
            yield Told(number, story.case, events, story.parties, taken, lon, lat)


def _shot(row: Sequence[Any], number: str, by: str, unit: str) -> Shot:
    pk, seq, kind, at, taken, lon, lat, bearing = row[:8]
    return Shot(pk, number, seq, kind, by, unit, at, taken, lon, lat, bearing)


def _twins(code: str, since: int, until: int) -> Iterator[Twin]:
    """Every picture of the period with the earlier ones near it, looked up by bands."""
    last = 0
    while rows := wall.ask(PRINTED, [since - OFFSET, until - OFFSET, last, BATCH], wall.SYSTEM):
        last = rows[-1][0]
        asked = [{"id": pk, "whole": whole, "probes": probes(unsigned(whole))} for pk, whole in rows]
        near = wall.ask(NEARBY, [orjson.dumps(asked).decode(), NEAR], wall.SYSTEM)
        shots = pictures(code, {pk for row in near for pk in row[:2]})
        yield from (
            Twin(shots[new], shots[old], apart, whole)
            for new, old, apart, whole in near
            if {new, old} <= set(shots)
        )


def pictures(code: str, ids: set[int]) -> Mapping[int, Shot]:
    """Documents of a line by id, as signals look at them."""
    sql = f"select {PICTURE} where d.id = any(%s) and c.line = %s"
    rows = [orjson.loads(text) for (text,) in wall.ask(sql, [sorted(ids), code], wall.SYSTEM)]
    return {row[0]: _shot(row, *row[8:]) for row in rows}
