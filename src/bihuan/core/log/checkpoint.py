"""Checkpoints: size and root of the log, signed by the log and cosigned by witnesses."""

from __future__ import annotations

from typing import NamedTuple

from bihuan.core.crypto import ed25519, sm2
from bihuan.core.log import note
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_base64, from_decimal, to_base64
from bihuan.core.log.note import ED25519, SM2, Key, Line, Note

HASH = 32
SIGN = {ED25519: ed25519.sign, SM2: sm2.sign}  # how the log itself signs, by the type of its key
SIGNED = {ED25519: ed25519.signed, SM2: sm2.signed}


class Checkpoint(NamedTuple):
    """What the log says of itself: which log, how many entries, which root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


def read(text: str) -> Checkpoint:
    """The checkpoint of a note's text: exactly three lines, as this log writes them; else Doubt."""
    parts = text.split("\n")
    if len(parts) != 4 or parts[3] or not note.good_name(parts[0]):
        raise Doubt("检查点应有三行", "a checkpoint has three lines")
    return Checkpoint(parts[0], from_decimal(parts[1]), from_base64(parts[2], HASH))


def seal(seed: bytes, key: Key, text: str) -> Line:
    """A signature line of the log itself, in Ed25519 or SM2 as its key says; the same each time."""
    return Line(key.name, key.id, SIGN[key.type](seed, text.encode()))


def cosign(seed: bytes, key: Key, text: str, time: int) -> Line:
    """A witness's line; `time` in seconds of the epoch."""
    return Line(key.name, key.id, time.to_bytes(8, "big") + ed25519.sign(seed, _said(time, text)))


def sealed(key: Key, one: Note) -> bool:
    """Did the log sign? A line under its name that does not hold is a Doubt, none is False."""
    line = note.of(key, one.lines)
    if line is not None and not SIGNED[key.type](key.public, one.text.encode(), line.signature):
        raise Doubt(f"{key.name} 的签名不对", f"the signature of {key.name} does not hold")
    return line is not None


def cosigned(key: Key, one: Note) -> int | None:
    """When this witness cosigned, in seconds of the epoch; None if it did not. A line that does not hold is a Doubt."""
    line = note.of(key, one.lines)
    if line is None:
        return None
    time = int.from_bytes(line.signature[:8], "big")
    if len(line.signature) != 72 or time >= 1 << 63:
        raise Doubt(f"{key.name} 的见证签名写得不对", f"the cosignature of {key.name} is malformed")
    if not ed25519.signed(key.public, _said(time, one.text), line.signature[8:]):
        raise Doubt(f"{key.name} 的见证签名不对", f"the cosignature of {key.name} does not hold")
    return time


def _said(time: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
