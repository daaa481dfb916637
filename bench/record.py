"""What the public record costs a durable `act`: as it is, against the same write without digest, key and entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench import act
from bench.measure import Line, race

MANY, ROUNDS = 24, 30  # cases a round, two steps each: short rounds, so that both sides see the same machine
LIMIT = 1.10


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
    return [Line("act，连公开记录 / act with the public record", found[0], found[1], 1 / LIMIT, note)]
