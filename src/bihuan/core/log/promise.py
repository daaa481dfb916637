"""The promise made at once: this entry will stand in the log within a minute."""

from __future__ import annotations

import re
from typing import NamedTuple

from bihuan.core.crypto.ed25519 import sign, signed
from bihuan.core.log import note
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_base64, from_decimal, to_base64
from bihuan.core.log.note import Key

FIRST = "bihuan-promise"
DELAY = 60  # seconds within which the entry must stand in the log
SHAPE = re.compile(rf"{FIRST}\n([0-9]+)\n([A-Za-z0-9+/=]+)\n(\n—[^\n]*\n)")


class Promise(NamedTuple):
    """When it was made (milliseconds of the epoch), for which leaf, and the signature."""

    ms: int
    leaf: bytes
    line: note.Line

    def __str__(self) -> str:
        return f"{FIRST}\n{self.ms}\n{to_base64(self.leaf)}\n\n{self.line}"


def make(seed: bytes, key: Key, ms: int, leaf: bytes) -> Promise:
    """Ed25519 over "dg-promise1" 0x00 ‖ u64be ms ‖ leaf hash."""
    return Promise(ms, leaf, note.Line(key.name, key.id, sign(seed, _said(ms, leaf))))


def verify(text: str, key: Key) -> Promise:
    """The promise, if the key gave it; else Doubt."""
    found = SHAPE.fullmatch(text)
    if found is None:
        raise Doubt("这不是承诺", "this is no promise")
    ms, leaf = from_decimal(found[1]), from_base64(found[2], 32)
    (line,) = note.lines(found[3][1:])
    if (line.name, line.id) != (key.name, key.id) or not signed(key.public, _said(ms, leaf), line.signature):
        raise Doubt("承诺的签名不对", "the signature of the promise does not hold")
    return Promise(ms, leaf, line)


def _said(ms: int, leaf: bytes) -> bytes:
    return b"dg-promise1\0" + ms.to_bytes(8, "big") + leaf
