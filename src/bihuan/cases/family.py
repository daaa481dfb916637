"""A case with its relatives (parent, children), read under one lock and folded.

Whoever writes to any of them locks the topmost first, so two writers never meet halfway.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from django.db import connection

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, to_day
from bihuan.cases.shapes import NoSuchCase
from bihuan.cases.wall import SYSTEM, ask
from bihuan.core.authority.suggest import Standing
from bihuan.core.case.fold import Actor, Case, Event, begin, fold
from bihuan.core.line.folder import Line
from bihuan.core.time.calendar import Calendar
from bihuan.people import queries as people
from bihuan.people.queries import HELD, held_params, person_number
from bihuan.places import queries as places
from bihuan.record import queries as record
from bihuan.record.canonical import key_of

# Each statement of the message sees what was committed before it: the lock is had before the events are read.
SCOPE = "select current_setting('bihuan.scope', true), set_config('bihuan.scope', %s, true); "
LOCK = "select 1 from cases_case where id = (select root from cases_case where id = %s) for update"
CLAIM = f"{LOCK} skip locked"
EVENTS = f"""(select json_agg(json_build_array(e.name, extract(epoch from e.at)::bigint + {OFFSET}, e.by, e.unit,
    e.data, extract(epoch from e.effective)::bigint + {OFFSET}, e.role) order by e.seq)
    from cases_event e where e.case_id = c.id)::text"""
COLUMNS = f"""c.id, c.number, c.line, c.version, c.matter, c.parent_id, c.root, c.title, c.cell, c.community,
    c.street, c.data::text, {EVENTS},
    (select json_agg(json_build_array(d.kind, d.event_seq)) from cases_document d where d.case_id = c.id)::text"""
MEMBER_SIZE = 14  # columns of COLUMNS
MEMBERS = f"""select {COLUMNS}, (select k.key from record_key k where k.case_id = c.id) from cases_case c
where c.root = (select root from cases_case where id = %s) order by c.id"""
EXTRAS = f"""
select (select n from people_change limit 1), array({HELD}),
    (select json_build_array(k.case_id, k.seq, k.request_hash, c.number)::text
     from cases_key k join cases_case c on c.id = k.case_id where k.key = %s)"""
NEXT_IDS = ", array(select nextval('cases_case_id_seq') from generate_series(1, %s))"


@dataclass(slots=True, eq=False)
class Member:
    """One case of the family while it is worked on: `events` beyond `stored` are still to be written."""

    id: int
    number: str
    line: Line
    case: Case
    parent: int | None
    root: int
    title: str
    cell: str
    community: str
    street: str
    data: dict[str, Any]
    events: list[Event]
    stored: int
    docs: list[tuple[str, int]]
    new: dict[str, Any] | None = None  # columns only an insert has
    # A new part of a bundle: kinds of the whole's documents with what they become, and [kind, SHA-256] of what came.
    gets: dict[str, str] | None = None
    came: list[list[str]] = field(default_factory=list)
    # Marks its entries in the public log; b"" where a case is older than the log, None where it was destroyed.
    key: bytes | None = b""
    # Answers to questions of rules.py that only whoever opens the case can give.
    answers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    near: tuple[Standing, ...] | None = None  # registered components where it lies, once they were asked for

    @property
    def seq(self) -> int:
        """The number of the latest event, counted from 1."""
        return len(self.events)


@dataclass(frozen=True, slots=True)
class Around:
    """What an action asks of the rest of the district: whom a draw may take, what its seed is made of, and whether
    what comes again is looked for. A bulk fill answers from memory."""

    candidates: Callable[[str, str, int], list[Actor]] = people.candidates
    members_of: Callable[[Collection[str], int], frozenset[str]] = people.members_of
    own_collectors: Callable[[str, int, int | None], frozenset[str]] = places.own_collectors
    head: Callable[[], str] = record.head
    recurs: bool = True


Mark = dict[int, tuple[Case, int]]


@dataclass(slots=True, eq=False)
class Family:
    """The members by id (parents before children), and what was asked in the same round trip."""

    members: dict[int, Member] = field(default_factory=dict)
    scope_before: str = ""
    change: int | None = None
    posts: frozenset[str] = frozenset()
    key: tuple[int, int, str, str] | None = None  # case, seq, request hash, number
    ids: list[int] = field(default_factory=list)
    around: Around = field(default_factory=lambda: Around())

    def mark(self) -> Mark:
        """Where every member stands now, for `go_back`."""
        return {pk: (member.case, member.seq) for pk, member in self.members.items()}

    def go_back(self, mark: Mark) -> None:
        """Forget what came after the mark; nothing of it was stored."""
        self.members = {pk: member for pk, member in self.members.items() if pk in mark}
        for pk, (case, seq) in mark.items():
            self.members[pk].case = case
            del self.members[pk].events[seq:]

    def depth(self, member: Member) -> int:
        depth, parent = 0, member.parent
        while parent is not None and parent in self.members:
            depth, parent = depth + 1, self.members[parent].parent
        return depth


def ask_posts(by: str, unit: str, day: int) -> list[Any]:
    return held_params(person_number(by), unit, day)


def lock_family(
    case_id: int,
    cal: Calendar,
    *,
    by: str = "",
    unit: str = "",
    day: int = 0,
    key: str | None = None,
    skip: bool = False,
) -> Family | None:
    """The family of a case, locked until the transaction ends; NoSuchCase, or None with `skip` if another has it."""  # fmt: skip
    message = [wall.planned(sql) for sql in (CLAIM if skip else LOCK, MEMBERS, EXTRAS)]
    params: list[Any] = [SYSTEM, case_id, case_id, *ask_posts(by, unit, day), key]
    with connection.cursor() as cursor:
        cursor.execute(SCOPE + "; ".join(message), params)
        before = cursor.fetchone()[0] or ""
        cursor.nextset()
        locked = cursor.fetchone()
        cursor.nextset()
        rows = cursor.fetchall()
        cursor.nextset()
        extras = cursor.fetchone()
    if not rows:
        raise NoSuchCase(f"no case {case_id}")
    if skip and locked is None:
        return None
    family = Family(scope_before=before)
    _add_extras(family, extras)
    for row in rows:
        family.members[row[0]] = member = member_of(row[:MEMBER_SIZE], cal)
        member.key = key_of(row[MEMBER_SIZE])
    return family


def begin_family(*, by: str, unit: str, day: int, key: str | None, ids: int) -> Family:
    """An empty family for a case about to be opened, with new ids."""
    sql = SCOPE + wall.planned(EXTRAS + NEXT_IDS)
    with connection.cursor() as cursor:
        cursor.execute(sql, [SYSTEM, *ask_posts(by, unit, day), key, ids])
        before = cursor.fetchone()[0] or ""
        cursor.nextset()
        extras = cursor.fetchone()
    family = Family(scope_before=before, ids=list(extras[3]))
    _add_extras(family, extras)
    return family


def _add_extras(family: Family, extras: Sequence[Any]) -> None:
    family.change = extras[0]
    family.posts = frozenset(extras[1])
    family.key = tuple(orjson.loads(extras[2])) if extras[2] else None


def new_ids(count: int) -> list[int]:
    """Ids for cases about to be opened."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('cases_case_id_seq') from generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def member_of(row: Sequence[Any], cal: Calendar) -> Member:
    """A member from a row of MEMBERS, folded."""
    pk, number, code, version, matter, parent, root, title, cell, community, street, data, events, docs = row
    line = lines.exact(code, version_day(version))
    happened = events_of(events)
    return Member(
        pk, number, line, fold_case(line, happened, cal, pk, matter, parent), parent, root, title, cell, community,
        street, orjson.loads(data), happened, len(happened),
        [(kind, seq) for kind, seq in orjson.loads(docs)] if docs else [],
    )  # fmt: skip


def fold_case(
    line: Line, events: list[Event], cal: Calendar, pk: int, matter: str, parent: int | None
) -> Case:
    """The case of these events, with the ids the shell gives it."""
    return fold(line, events, cal, lines.all_lines(), id=str(pk), matter=matter, parent=str(parent or ""))


def version_day(version: date) -> int:
    return int(to_day(version))


def events_of(text: str | None) -> list[Event]:
    """The events of the json column EVENTS."""
    if not text:
        return []
    return [
        Event(name, at, by, unit, data, effective, role)
        for name, at, by, unit, data, effective, role in orjson.loads(text)
    ]


def new_member(
    pk: int,
    number: str,
    line: Line,
    matter: str,
    parent: Member | None,
    title: str,
    place: Any,
    data: dict[str, Any],
) -> Member:
    """A member that is not stored yet, before its opening event."""
    return Member(
        pk, number, line, begin(line, id=str(pk), matter=matter, parent=str(parent.id) if parent else ""),
        parent.id if parent else None, parent.root if parent else pk, title, place.cell, place.community,
        place.street, data, [], 0, [], new={},
    )  # fmt: skip


def waking(moment: int, limit: int) -> list[tuple[int, bool]]:
    """(id, failed before) of cases whose wake has come, the longest overdue first; failed ones wait for their try."""
    now = moment - OFFSET
    rows = ask(
        "select c.id, s.id is not null from cases_case c left join cases_stuck s on s.case_id = c.id "
        "where c.wake_at <= to_timestamp(%s) and (s.id is null or s.again_at <= to_timestamp(%s)) "
        "order by c.wake_at, c.id limit %s",
        [now, now, limit],
        SYSTEM,
    )
    return [(pk, stuck) for pk, stuck in rows]


def find_key(key: str) -> tuple[int, int, str, str]:
    """(case, seq, request hash, number) of an idempotency key that is there."""
    sql = (
        "select k.case_id, k.seq, k.request_hash, c.number from cases_key k "
        "join cases_case c on c.id = k.case_id where k.key = %s"
    )
    row = ask(sql, [key], SYSTEM)[0]
    return row[0], row[1], row[2], row[3]


def provisional() -> list[int]:
    """Ids of the live cases that have a date in a year without a published calendar, oldest first."""
    rows = ask("select id from cases_case where provisional and not final order by id", [], SYSTEM)
    return [row[0] for row in rows]


def stored_due(case_id: int) -> int | None:
    """The due moment in the case row, as it was computed when it was written."""
    sql = f"select extract(epoch from due_at)::bigint + {OFFSET} from cases_case where id = %s"
    rows = ask(sql, [case_id], SYSTEM)
    return None if rows[0][0] is None else int(rows[0][0])


def not_before(member: Member, moment: int, patience: int) -> int:
    """A request that waited for the lock is recorded after what was written meanwhile."""
    last = member.case.last or moment
    return last if moment < last <= moment + patience else moment
