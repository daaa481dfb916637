"""The one process that orders the log and signs for it (rules R1 to R7 of docs/record.md).

It alone reads the log's key; the web process never does. `Keeper.turn` is one round.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db import connection

from bihuan.core.log import checkpoint, note, witness
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_decimal
from bihuan.core.log.note import Key, Line, Note
from bihuan.core.log.policy import Policy
from bihuan.core.log.tiles import WIDTH, Edge, reader
from bihuan.core.log.tree import consistency
from bihuan.record import actions, queries

LOCK = 0x64676C6F67  # the advisory lock of the only sequencer
PATIENCE = 5.0  # seconds for one witness
ROUNDS = 2  # a witness says where it stands, then it is asked again

Post = Callable[[str, bytes], tuple[int, str]]


class Stop(Exception):
    """The sequencer must not go on; the text says why. The process ends with status 3."""


class Alone(Exception):
    """Another sequencer is at work."""


def post(url: str, body: bytes) -> tuple[int, str]:
    """(status, body) of a request to a witness; (0, why) where it does not answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=PATIENCE) as answer:
            return answer.status, answer.read(100_000).decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read(1000).decode(errors="replace")
    except OSError as error:
        return 0, str(error)


@dataclass(slots=True)
class Keeper:
    """What the process holds: its key, whom to ask, how far it re-read the log, where each witness stands."""

    seed: bytes
    key: Key
    policy: Policy
    sm2: tuple[bytes, Key] | None = (
        None  # secret and key of the second signature, where the suite asks for it
    )
    post: Post = post
    edge: Edge = field(default_factory=Edge)
    stands: dict[str, int] = field(default_factory=dict)
    proven: tuple[int, int, list[bytes]] = (0, 0, [])  # the last proof: from, to
    missing: dict[str, str] = field(default_factory=dict)  # witness → why it did not sign

    def start(self) -> None:
        """Take the lock, read the whole log again and hear where the witnesses stand; Stop where anything differs."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise Alone
        public, said = queries.latest()
        self.read_again(public)
        text = str(Checkpoint(self.key.name, public, self.edge.root()))
        if public and note.parse(said).text != text:
            raise Stop(f"the entries do not give the root published at {public}: the log was changed")
        # witnesses may have seen more than was published: a crash came between their signatures and the publication
        size = queries.size()
        self.read_again(size)
        self.check_tiles(size)
        told = str(Checkpoint(self.key.name, size, self.edge.root()))
        signed = str(Note(told, self.seal(told)))
        for name in self.policy.witnesses:
            self.ask(name, signed, size)

    def read_again(self, size: int) -> None:
        """R4: go on to this size with what is stored, not with what was meant to be stored."""
        self.edge.add(queries.entries(self.edge.size, size))
        if self.edge.size != size:
            raise Stop(f"entry {self.edge.size} of {size} cannot be read")

    def turn(self, now: datetime) -> int:
        """One round: places, re-reading, signature, witnesses, publication; how many entries got a place."""
        many = actions.sequence()
        size = queries.size()
        if size < self.edge.size:
            raise Stop(f"the database has {size} entries, {self.edge.size} were there before")
        self.read_again(size)
        told = Checkpoint(self.key.name, size, self.edge.root())
        if size == queries.latest()[0]:
            return many
        self.check_tiles(size)
        signed = Note(str(told), self.seal(str(told)))
        lines = {name: self.ask(name, str(signed), size) for name in self.policy.witnesses}
        found = {name: line for name, line in lines.items() if line is not None}
        if self.policy.enough(found.keys()):  # R5: without a quorum the last public checkpoint stays
            actions.publish(told, str(Note(signed.text, (*signed.lines, *found.values()))), now)
        return many

    def seal(self, text: str) -> tuple[Line, ...]:
        """The log's own signature lines; the same each time (R2)."""
        keys = [(self.seed, self.key), *([self.sm2] if self.sm2 else [])]
        return tuple(checkpoint.seal(secret, key, text) for secret, key in keys)

    def check_tiles(self, size: int) -> None:
        """The stored right edge and the tiles give the same root as the entries."""
        told = self.edge.root()
        with connection.cursor() as cursor:
            cursor.execute("select size, edge from record_state")
            stored, partial = cursor.fetchone() or (0, [])
        if stored == size and Edge(stored, [bytes(one) for one in partial]).root() != told:
            raise Stop(f"the stored edge at {size} differs from the entries")

    def ask(self, name: str, signed: str, size: int) -> Line | None:
        """The witness's line, or None with the reason kept; one that stands further than we do is a Stop (R3)."""
        url = self.policy.urls.get(name, "").rstrip("/") + "/add-checkpoint"
        self.missing[name] = "no answer"
        for _ in range(ROUNDS):
            old = self.stands.get(name, 0)
            if old > size:
                raise Stop(f"rollback: witness {name} saw {old} entries, here are {size}")
            status, said = self.post(url, witness.ask(old, self.proof(old, size), signed).encode())
            if status != 409:
                break
            self.stands[name] = from_decimal(said.strip())
            if self.stands[name] == old == size:
                raise Stop(f"fork: witness {name} saw another history of {size} entries")
        if self.stands.get(name, 0) > size:
            raise Stop(f"rollback: witness {name} saw {self.stands[name]} entries, here are {size}")
        if status == 422:
            raise Stop(f"fork: witness {name} saw another history of {self.stands.get(name, 0)} entries")
        if status != 200:
            self.missing[name] = f"{status} {said.strip()[:200]}"
            return None
        self.stands[name] = size
        return self._line(name, signed, said)

    def proof(self, old: int, new: int) -> list[bytes]:
        """The proof between two sizes; witnesses that stand together are told the same."""
        if self.proven[:2] != (old, new):
            look = reader(cache(lambda level, n: queries.hashes(level, n, WIDTH)))
            self.proven = (old, new, consistency(old, new, look))
        return self.proven[2]

    def _line(self, name: str, signed: str, said: str) -> Line | None:
        key = self.policy.witnesses[name]
        try:
            line = note.of(key, note.lines(said))
            good = line is not None and checkpoint.cosigned(key, Note(note.parse(signed).text, (line,)))
        except Doubt as doubt:
            self.missing[name] = doubt.say.en
            return None
        if not good:
            self.missing[name] = "signed with another key"
            return None
        del self.missing[name]
        return line
