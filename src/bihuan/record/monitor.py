"""Reads the whole log again and says what no longer fits: entries, tiles, edge, checkpoints and their signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from bihuan.core.log import checkpoint, note
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.note import Key
from bihuan.core.log.policy import Policy
from bihuan.core.log.tiles import HASH, WIDTH, Edge
from bihuan.core.log.tree import leaf_hash
from bihuan.core.say import Say
from bihuan.record import queries
from bihuan.record.models import Checkpoint as Published
from bihuan.record.models import State, Tile

BATCH = 4096


@dataclass(slots=True)
class Log:
    """The log as it is read again; `policy` says whose signatures are asked for, None: none are; one of `sm2` must hold."""

    policy: Policy | None
    sm2: Key | None = None
    edge: Edge = field(default_factory=Edge)

    def check(self) -> Iterator[tuple[str, Say]]:
        """(row, what is wrong) of everything that does not fit, in the order of the log."""
        size = queries.size()
        for told in Published.objects.filter(size__lte=size).order_by("size").iterator(BATCH):
            yield from self.go_on(told.size)
            if self.edge.size != told.size:
                return  # a missing entry was named; nothing after it can be recomputed
            yield from self.check_checkpoint(told)
        yield from self.go_on(size)
        yield from self.check_edge(size)
        for told in Published.objects.filter(size__gt=size).order_by("size"):
            yield (
                f"record_checkpoint {told.size}",
                Say(
                    f"公布过 {told.size} 条，现在只有 {size} 条",
                    f"{told.size} entries were published, there are {size}",
                ),
            )

    def go_on(self, end: int) -> Iterator[tuple[str, Say]]:
        """Read the entries up to before this place; each full tile is compared with the one that is stored."""
        while self.edge.size < end:
            first = self.edge.size
            found = list(queries.entries(first, min(end, first + BATCH), BATCH))
            yield from self.check_tiles(first, found)
            if not found or (len(found) < BATCH and self.edge.size < end):
                yield f"record_leaf {self.edge.size}", Say("这一条没有了", "this entry is missing")
                return

    def check_tiles(self, first: int, entries: list[bytes]) -> Iterator[tuple[str, Say]]:
        full = {(one.level, one.n): one.data for one in self.edge.add(entries)}
        if not full:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                f"select t.level, t.n, t.data from {Tile._meta.db_table} t join unnest(%s::int[], %s::bigint[]) "
                "as w (level, n) on t.level = w.level and t.n = w.n",
                [[level for level, _ in full], [n for _, n in full]],
            )
            stored = {(level, n): bytes(data) for level, n, data in cursor.fetchall()}
        for (level, n), data in full.items():
            row = f"record_tile {level}/{n}"
            there = stored.get((level, n))
            if there is None:
                yield row, Say("这一块没有了", "this tile is missing")
            elif there != data:
                yield row, Say("这一块和条目对不上", "this tile does not fit the entries")
                if level == 0:
                    yield from self.name_leaves(n, there)

    def name_leaves(self, n: int, there: bytes) -> Iterator[tuple[str, Say]]:
        """Which entries of a bundle the stored tile does not know; none where the tile itself is cut off."""
        for i, entry in enumerate(queries.entries(n * WIDTH, (n + 1) * WIDTH)):
            if there[i * HASH : (i + 1) * HASH] != leaf_hash(entry):
                yield (
                    f"record_leaf {n * WIDTH + i}",
                    Say("条目和它的杂凑值对不上", "the entry does not fit its hash"),
                )

    def check_checkpoint(self, told: Published) -> Iterator[tuple[str, Say]]:
        """The entries give the root that was published, and the log and enough witnesses signed it."""
        row, root = f"record_checkpoint {told.size}", self.edge.root()
        if bytes(told.root) != root:
            yield row, Say("条目算出来的根不是公布的根", "the entries do not give the published root")
        if self.policy is None:
            return
        try:
            said = note.parse(told.note)
            key = self.policy.logs[0]
            if said.text != str(Checkpoint(key.name, told.size, root)):
                yield row, Say("公布的文字和条目对不上", "what was published does not fit the entries")
            seen = {
                name
                for name, one in self.policy.witnesses.items()
                if checkpoint.cosigned(one, said) is not None
            }
            if not checkpoint.sealed(key, said) or not self.policy.enough(seen):
                yield row, Say("签名不够", "signatures are missing")
            if self.sm2 is not None:
                checkpoint.sealed(self.sm2, said)  # none on what was published before there was this key
        except Doubt as doubt:
            yield row, doubt.say

    def check_edge(self, size: int) -> Iterator[tuple[str, Say]]:
        state = State.objects.first()
        if state is None or self.edge.size != size or state.size != size:
            return  # it went on while we read: the sequencer compares it at each signature
        if [bytes(one) for one in state.edge] != [bytes(one) for one in self.edge.partial]:
            yield "record_state", Say("右边缘和条目对不上", "the stored right edge does not fit the entries")
            first = size - size % WIDTH
            for i, entry in enumerate(queries.entries(first, size)):
                if bytes(state.edge[0])[i * HASH : (i + 1) * HASH] != leaf_hash(entry):
                    yield (
                        f"record_leaf {first + i}",
                        Say("条目和它的杂凑值对不上", "the entry does not fit its hash"),
                    )
