"""A log and three witnesses in folders, for tests: the real ones, called without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bihuan.config.roles import as_sequencer
from bihuan.core.log import policy
from bihuan.core.log.note import Key
from bihuan.record import keeping
from bihuan.record.sequencer import Keeper
from bihuan.record.witnessing import Witness

ORIGIN = "log.example/nk"


class Apart(Keeper):
    """The sequencer as it runs: with its own database role, which the rest of a test is not."""

    def start(self) -> None:
        with as_sequencer():
            super().start()

    def turn(self, now: datetime) -> int:
        with as_sequencer():
            return super().turn(now)


@dataclass
class Office:
    """A log and three witnesses in their folders; `away` are those that do not answer."""

    folder: Path
    trusted: policy.Policy
    away: set[str]
    sm2: tuple[bytes, Key] | None = None

    def post(self, url: str, body: bytes) -> tuple[int, str]:
        name = url.split("/")[2]
        if name in self.away:
            return 0, "away"
        status, _, said = Witness(self.folder / name, lambda: 1_795_525_562).add_checkpoint(body)
        return status, said

    def keeper(self, start: bool = True) -> Keeper:
        made = Apart(
            keeping.seed_of(self.folder / "log.key"), self.trusted.logs[0], self.trusted, self.sm2, self.post
        )
        if start:
            made.start()
        return made


def make_office(folder: Path) -> Office:
    """Keys, names, policy: what `bihuan record new` and `bihuan witness new` make."""
    log = keeping.log_key(ORIGIN, keeping.new_key(folder / "log.key"))
    lines = [f"log {log}"]
    for name in ("w0", "w1", "w2"):
        seed = keeping.new_key(folder / name / "key")
        (folder / name / "name").write_text(f"witness.example/{name}\n")
        (folder / name / "logs").write_text(f"{log}\n")
        lines.append(f"witness {name} {keeping.witness_key(f'witness.example/{name}', seed)} http://{name}")
    text = "\n".join([*lines, "group q 2 w0 w1 w2", "quorum q\n"])
    (folder / "policy").write_text(text)
    return Office(folder, policy.read(text), set())


def give_sm2(office: Office) -> Key:
    """The log's second key, as `bihuan record sm2` makes it."""
    secret = keeping.new_key(office.folder / "sm2.key")
    key = keeping.sm2_key(ORIGIN, secret)
    (office.folder / "sm2.vkey").write_text(f"{key}\n")
    office.sm2 = (secret, key)
    return key
