"""The receipt of one event for the person concerned: its entry opened, its way to the published checkpoint."""

from __future__ import annotations

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import COLUMNS, MEMBER_SIZE, member_of
from bihuan.cases.rows import FILES, bodies, whose
from bihuan.core.log.entry import EVENT, HASH, INTERNAL, MINUTE
from bihuan.core.log.entry import group as commit
from bihuan.core.log.hashes import SHA256
from bihuan.core.log.receipt import Group, Opened, Receipt, write_extra
from bihuan.core.log.tiles import WIDTH, reader
from bihuan.core.log.tree import inclusion
from bihuan.record import queries as record

SQL = f"""select {COLUMNS}, k.key, o.salts, {FILES}::text, l.idx from cases_case c join record_key k on k.case_id = c.id
    join cases_event e on e.case_id = c.id and e.seq = %s join record_outbox o on o.event_id = e.id
    join record_leaf l on l.event_id = e.id where c.id = %s"""


def receipt(case_id: int, seq: int) -> str | None:
    """The receipt with the public and the personal group opened; None while the entry is not published.

    Who handled the case is told by its commitment only: the receipt is the person's to pass on.
    """
    size, note = record.latest()
    rows = wall.ask(SQL, [seq, case_id], wall.SYSTEM)
    if not rows or rows[0][-1] >= size:
        return None
    *columns, key, salts, files, index = rows[0]
    member = member_of(columns[:MEMBER_SIZE], lines.calendar())
    event = member.events[seq - 1]
    groups = [
        Group(bytes(salts[i * HASH : (i + 1) * HASH]), body)
        for i, body in enumerate(bodies(whose(member), seq, event, orjson.loads(files or "[]")))
    ]
    inner = groups[INTERNAL]
    groups[INTERNAL] = Group(b"", b"", commit(SHA256, INTERNAL, inner.salt, inner.data))
    ms = (event.at - OFFSET) * 1000
    opened = Opened(SHA256, (groups[0], groups[1], groups[2]), EVENT, ms - ms % MINUTE, bytes(key), seq)
    path = inclusion(index, size, reader(lambda level, n: record.hashes(level, n, WIDTH)))
    return str(Receipt(write_extra(opened), index, tuple(path), note))
