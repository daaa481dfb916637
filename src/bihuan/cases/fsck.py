"""Recomputes every case from its events and says what differs from what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import COLUMNS, MEMBER_SIZE, Member, member_of
from bihuan.cases.project import Projection, project
from bihuan.cases.rows import FILES, KEPT_OF, Sealed, sealed_again, shut_of, whose
from bihuan.core.difference import Difference
from bihuan.record.canonical import key_of

BATCH = 500
STORED = f"""c.state, c.outcome, c.final, c.parties::text, c.holder, c.units,
    extract(epoch from c.opened_at)::bigint + {OFFSET}, extract(epoch from c.closed_at)::bigint + {OFFSET},
    extract(epoch from c.due_at)::bigint + {OFFSET}, extract(epoch from c.plain_due_at)::bigint + {OFFSET},
    extract(epoch from c.wake_at)::bigint + {OFFSET}, c.rank, c.stopped, c.late, c.provisional"""
SEALED = f"""(select json_agg(json_build_array(e.seq, o.digest, encode(o.salts, 'hex'),
    encode(coalesce(l.entry, p.entry), 'hex'), {FILES}, {KEPT_OF}) order by e.seq) from cases_event e
    left join record_outbox o on o.event_id = e.id left join record_leaf l on l.event_id = e.id
    left join record_pending p on p.event_id = e.id where e.case_id = c.id)::text"""
KEY = "(select k.key from record_key k where k.case_id = c.id)"
SETTLED = """(select json_agg(json_build_array(k.id, k.final, k.outcome)) from cases_case k
    where k.parent_id = c.id)::text"""


@dataclass(slots=True)
class Tally:
    """What was looked at; `waiting` are cases the worker has not come by yet, which is no difference."""

    cases: int = 0
    events: int = 0
    waiting: int = 0


def check(now: int, tally: Tally, fix: dict[int, Projection] | None = None) -> Iterator[Difference]:
    """Every difference, case by case in the order of ids; `fix` collects the projections that are wrong."""
    last = 0
    while rows := _rows(last):
        for row in rows:
            last = row[0]
            tally.cases += 1
            yield from _check_case(row, now, tally, fix)
    yield from _strays()


def _rows(last: int) -> list[tuple[Any, ...]]:
    sql = f"select {COLUMNS}, {STORED}, {KEY}, {SEALED}, {SETTLED} from cases_case c where c.id > %s order by c.id limit %s"
    return wall.ask(sql, [last, BATCH], wall.SYSTEM)


def _check_case(
    row: tuple[Any, ...], now: int, tally: Tally, fix: dict[int, Projection] | None
) -> Iterator[Difference]:
    number = row[1]
    columns = list(row[MEMBER_SIZE:-3])
    columns[3] = orjson.loads(columns[3])
    stored = Projection._make(columns)
    sealed = orjson.loads(row[-2] or "[]")
    yield from _check_sequence(number, [one[0] for one in sealed])
    try:
        member = member_of(row[:MEMBER_SIZE], lines.calendar())
        member.key = key_of(row[-3])
    except (ValueError, KeyError) as error:
        yield Difference(f"{number}: events cannot be folded", "", str(error))
        return
    tally.events += len(member.events)
    yield from _check_digests(member, sealed)
    asof = now
    if stored.wake is not None and stored.wake <= now:
        tally.waiting += 1
        asof = stored.wake - 1
    computed = project(member.case, lines.calendar(), asof)
    wrong = [name for name in Projection._fields if getattr(stored, name) != getattr(computed, name)]
    for name in wrong:
        yield Difference(f"{number}: projection {name}", getattr(stored, name), getattr(computed, name))
    if wrong and fix is not None:
        fix[member.id] = computed
    yield from _check_family(
        member, {pk: (final, outcome) for pk, final, outcome in orjson.loads(row[-1] or "[]")}
    )


def _check_sequence(number: str, seqs: list[int]) -> Iterator[Difference]:
    if seqs != list(range(1, len(seqs) + 1)):
        missing = sorted(set(range(1, max(seqs, default=0) + 1)) - set(seqs))
        yield Difference(f"{number}: event sequence", seqs, f"1..{max(seqs, default=0)}, missing {missing}")
    if not seqs:
        yield Difference(f"{number}: events", "none", "at least the opening event")


def _check_digests(member: Member, sealed: list[list[Any]]) -> Iterator[Difference]:
    of = whose(member)
    for (seq, said, salts, entry, files, kept), event in zip(sealed, member.events, strict=False):
        was = Sealed(said, *(None if one is None else bytes.fromhex(one) for one in (salts, entry)))
        right = sealed_again(of, seq, event, files or [], was, shut_of(kept))
        which = f"event {seq} {event.name}"
        if said is None:
            yield Difference(f"{member.number}: {which}: no digest in the outbox", None, right.digest)
        elif said != right.digest:
            yield Difference(f"{member.number}: {which}: digest", said, right.digest)
        if was.entry != right.entry:
            yield Difference(
                f"{member.number}: {which}: entry in the public log", entry, (right.entry or b"").hex()
            )


def _check_family(member: Member, children: dict[int, tuple[bool, str]]) -> Iterator[Difference]:
    """What the parent's events say of its children against the children themselves."""
    for key, child in member.case.children.items():
        found = children.get(int(key)) if key.isdecimal() else None
        if found is None:
            yield Difference(f"{member.number}: child {key}", "not there", f"opened for {child.unit}")
        elif child.settled is None and found[0]:
            yield Difference(f"{member.number}: child {key}", "final", "not settled on its parent")
        elif (
            child.settled is not None
            and child.outcome != "released"
            and (not found[0] or found[1] != child.outcome)
        ):
            yield Difference(
                f"{member.number}: child {key}", found, f"settled on its parent as {child.outcome!r}"
            )


def _strays() -> Iterator[Difference]:
    """Digests of events that are no longer there."""
    sql = (
        "select o.event_id, o.digest from record_outbox o left join cases_event e on e.id = o.event_id "
        "where e.id is null order by o.id"
    )
    for event_id, said in wall.ask(sql, [], wall.SYSTEM):
        yield Difference(f"event id {event_id}: digest without its event", said, "event deleted")
