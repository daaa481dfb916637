"""The receipt of one event for the person concerned: its entry opened, its way to the published checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bihuan import lines
from bihuan.cases import lookup, wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import COLUMNS, MEMBER_SIZE, member_of
from bihuan.cases.rows import FILES, KEPT_OF, bodies, kind_of, shut_of, whose
from bihuan.cases.shapes import Tracked
from bihuan.core.log import promise as promises
from bihuan.core.log.entry import HASH, INTERNAL, MINUTE, hash_of
from bihuan.core.log.entry import group as commit
from bihuan.core.log.policy import promise_key
from bihuan.core.log.receipt import Group, Opened, write_extra
from bihuan.core.log.tree import leaf_hash
from bihuan.record import keeping
from bihuan.record import queries as record
from bihuan.record.canonical import tag_of

MOMENT = "select id, extract(epoch from at)::bigint from cases_event where case_id = %s and seq = %s"
SQL = f"""select {COLUMNS}, k.key, o.salts, {FILES}::text, {KEPT_OF}::text, l.entry, l.idx from cases_case c join record_key k on k.case_id = c.id
    join cases_event e on e.case_id = c.id and e.seq = %s join record_outbox o on o.event_id = e.id
    join record_leaf l on l.event_id = e.id where c.id = %s"""


class Promised(NamedTuple):
    """By which moment the step stands in the log, and the signed text that says so."""

    due: int
    text: str


def card(found: Tracked, home: Path) -> dict[str, Any]:
    """What the receipt card shows whoever filed a case: the case, its look-up code, the promise for its first step."""
    head = found.head
    return {
        "found": found,
        "head": head,
        "code": lookup.code_of(head.number),
        "promise": promise(head.id, 1, home),
    }


def promise(case_id: int, seq: int, home: Path) -> Promised | None:
    """The site's promise for one step, the same each time it is asked for; None where there is no key for promises."""
    vkey = record.promise_vkey(home)
    rows = wall.ask(MOMENT, [case_id, seq], wall.SYSTEM) if vkey else []
    entry = record.entry_of(rows[0][0]) if rows else None
    if entry is None:
        return None
    seed = keeping.seed_of(home / "record" / "promise.key")
    made = promises.make(seed, promise_key(vkey), rows[0][1] * 1000, leaf_hash(entry))
    return Promised(rows[0][1] + OFFSET + promises.DELAY, str(made))


def place_of(case_id: int, seq: int) -> int | None:
    """The place of an event's entry in the published record; None while it is not published."""
    size, _ = record.latest()
    sql = """select l.idx from cases_event e join record_leaf l on l.event_id = e.id
        where e.case_id = %s and e.seq = %s"""
    rows = wall.ask(sql, [case_id, seq], wall.SYSTEM)
    return rows[0][0] if rows and rows[0][0] < size else None


def receipt(case_id: int, seq: int) -> str | None:
    """The receipt with the public and the personal group opened; None while the entry is not published. A group whose
    words were deleted is told by its commitment.

    Who handled the case is told by its commitment only: the receipt is the person's to pass on.
    """
    rows = wall.ask(SQL, [seq, case_id], wall.SYSTEM)
    if not rows:
        return None
    *columns, key, salts, files, kept, entry, index = rows[0]
    member = member_of(columns[:MEMBER_SIZE], lines.calendar())
    event = member.events[seq - 1]
    groups = [
        Group(bytes(salts[i * HASH : (i + 1) * HASH]), body)
        for i, body in enumerate(bodies(whose(member), seq, event, orjson.loads(files or "[]")))
    ]
    inner, kind = groups[INTERNAL], hash_of(bytes(entry))
    groups[INTERNAL] = Group(b"", b"", commit(kind, INTERNAL, inner.salt, inner.data))
    if (shut := shut_of(orjson.loads(kept) if kept else None)) is not None:
        groups[shut.part] = Group(b"", b"", shut.kept)
    ms = (event.at - OFFSET) * 1000
    opened = Opened(kind, (groups[0], groups[1], groups[2]), kind_of(event), ms - ms % MINUTE)
    opened = (
        opened._replace(case_key=bytes(key), seq=seq) if key else opened._replace(tag=tag_of(bytes(entry)))
    )
    return record.receipt(index, write_extra(opened))
