"""What the public record costs a durable `act`: as it is, against the same write without digest, key and entry."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import act
from bench.measure import Line, race

MANY, ROUNDS = 24, 30  # cases a round, two steps each: short rounds, so that both sides see the same machine
LIMIT = 1.10
TURNS = 9  # of the sequencer
FLOOR = 0.2  # of the speed at which PostgreSQL copies the same rows into one table


def lines(people: dict[str, str]) -> list[Line]:
    """One comparison: the ratio is without / with, so 1 / 1.10 is wanted."""
    from bihuan.cases import actions, rows
    from bihuan.cases.family import Member
    from bihuan.core.case.fold import Event

    class Bare(rows.Writes):
        """Events and projections only."""

        def add_events(self, member: Member, fresh: Sequence[Event], kept: rows.Kept | None = None) -> None:
            for seq, e in enumerate(fresh, member.stored + 1):
                self.digests[member.id, seq] = ""
                self.events.append(rows.EVENT_MARKS)
                self.event_params += rows.event_values(member.id, seq, e)

        def statement(self) -> tuple[str, list[Any]]:
            events = f"insert into cases_event ({', '.join(rows.EVENT)}) values {', '.join(self.events)}"
            parts = [f"e as ({events})", *self.parts] if self.events else self.parts
            return f"with {', '.join(parts)} select 1", [*self.event_params, *self.params]

    waiting = act.ours(people)
    mine, bare = ([[next(waiting) for _ in range(MANY)] for _ in range(ROUNDS + 1)] for _ in range(2))

    def without() -> None:
        actions.Writes = Bare  # type: ignore[attr-defined,misc,assignment]
        try:
            act.do_ours(bare.pop(), people)
        finally:
            actions.Writes = rows.Writes  # type: ignore[attr-defined]

    found = race(
        [
            ("act", lambda: act.do_ours(mine.pop(), people), MANY * 2),
            ("act without the record", without, MANY * 2),
        ],
        ROUNDS,
    )
    note = f"{MANY} cases a round, interleaved; the record may cost {LIMIT - 1:.0%}"
    return [
        Line("act，连公开记录 / act with the public record", found[0], found[1], 1 / LIMIT, note),
        sequencing(),
    ]


def sequencing() -> Line:
    """One turn of the sequencer (places, tiles, re-reading, signature, three witnesses on disk, publication) against
    COPY of the same rows into a table of the same shape."""
    from django.db import connection

    from bihuan.config.roles import as_owner
    from bihuan.core.log.entry import EVENT, Entry, pack
    from bihuan.record.actions import BATCH
    from bihuan.record.tests.office import make_office

    chance, now = random.Random(1), datetime.now(UTC)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("create table bench_copied (like record_leaf including indexes)")
    with tempfile.TemporaryDirectory(prefix="bihuan-log-") as folder:
        keeper = make_office(Path(folder)).keeper()
        while keeper.turn(now):  # what the other benches left
            pass
        waiting, copied = (
            [
                [
                    (
                        turn * BATCH + i + (1 << 40),
                        pack(Entry(EVENT, 0, chance.randbytes(32), chance.randbytes(32))),
                    )
                    for i in range(BATCH)
                ]
                for turn in range(TURNS + 1)
            ]
            for _ in range(2)
        )
        for rows in waiting:
            copy_in("record_pending (event_id, entry)", rows)

        def copy() -> None:
            rows = copied.pop()
            copy_in("bench_copied (idx, event_id, entry)", [(key, key, entry) for key, entry in rows])

        def turn() -> None:
            if keeper.turn(now) != BATCH:
                raise RuntimeError("a turn did not take its entries")

        found = race([("sequencer", turn, BATCH), ("COPY", copy, BATCH)], TURNS)
    note = f"{BATCH} entries a turn, interleaved; wanted too: 20,000 a second"
    return Line("公开记录排序到公布 / sequenced to published", found[0], found[1], FLOOR, note)


def copy_in(where: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """COPY and commit."""
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"copy {where} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
