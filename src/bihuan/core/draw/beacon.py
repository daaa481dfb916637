"""Public values: which kinds there are, how their bytes look, what they are worth, and when they fall."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from bihuan.core.draw.words import Refused

LEAST_BITS = 60  # trust §1.1: below this an official could try rosters until one suits
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
QUICKNET_DST = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
GENESIS, PERIOD = 1692803367, 3  # of quicknet, in seconds
DICE_EXPECTED = 20  # mode C throws twenty; what was thrown counts once it is known
SHAPES = {
    "pot": "[^ ]{1,200}",
    "kl8": "[1-9][0-9]{0,14}",  # no leading zero: one issue has one name and counts once
    "pl5": "[1-9][0-9]{0,14}",
    "drand": "[0-9a-f]{64} [1-9][0-9]{0,9}",
    "dice": "[^ ]{1,200}",
}
DIGITS = re.compile(rb"[0-9](?: [0-9])*")


@dataclass(frozen=True, slots=True)
class Beacon:
    """One public value named in a manifest; `name` is the text after "beacon "."""

    kind: str
    rest: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.rest}"

    @property
    def round(self) -> int:
        """The round of a drand beacon."""
        return int(self.rest.split(" ")[1])


def beacon(text: str) -> Beacon:
    """Read the text after "beacon "; an unknown kind or a wrong shape is refused."""
    kind, _, rest = text.partition(" ")
    if kind not in SHAPES:
        raise Refused("beacon_kind", kind=kind)
    if not re.fullmatch(SHAPES[kind], rest):
        raise Refused("beacon_shape", beacon=text)
    return Beacon(kind, rest)


def check_value(one: Beacon, value: bytes) -> None:
    """Refuse a value that cannot be one of this kind.

    kl8: 20 different numbers 01–80 ascending, two digits, single spaces; pl5: 5 digits, single spaces; dice:
    digits in the order thrown, single spaces; drand: 48 bytes; pot: the 32 bytes of its file's hash.
    """
    if one.kind in ("pot", "drand"):
        good = len(value) == (32 if one.kind == "pot" else 48)
    elif one.kind == "kl8":
        numbers = value.split(b" ")
        good = len(numbers) == 20 and all(re.fullmatch(rb"0[1-9]|[1-7][0-9]|80", n) for n in numbers)
        good = good and all(a < b for a, b in pairwise(numbers))
    else:
        good = bool(DIGITS.fullmatch(value)) and (one.kind == "dice" or len(value) == 9)
    if not good:
        raise Refused("beacon_value", beacon=one.name)


def bits(one: Beacon, value: bytes | None = None) -> float:
    """How many bits nobody could know in advance; a pot and a drand chain that is not quicknet count nothing."""
    if one.kind == "kl8":
        return math.log2(math.comb(80, 20))
    if one.kind == "pl5":
        return math.log2(10**5)
    if one.kind == "dice":
        return math.log2(10) * (DICE_EXPECTED if value is None else (len(value) + 1) // 2)
    return 256.0 if one.kind == "drand" and one.rest.startswith(QUICKNET) else 0.0


def check_bits(found: float) -> None:
    """Refuse public values below 60 bits together."""
    if found < LEAST_BITS:
        raise Refused("bits", bits=f"{found:.1f}", least=LEAST_BITS)


def gain(found: float, chance: float, tries: float = 60.0) -> float:
    """The largest relative gain for a subject of this chance by 2^tries rosters tried, with 2^found seeds.

    sqrt(2 · ln q · (1 − p) / (p · 2^b)), trust §1.1.
    """
    return math.sqrt(2 * tries * math.log(2) * (1 - chance) / chance) * 2 ** (-found / 2)


def moment(one: Beacon) -> datetime | None:
    """When a quicknet round falls (UTC); of other kinds only the announcement knows."""
    if one.kind != "drand" or not one.rest.startswith(QUICKNET):
        return None
    return datetime.fromtimestamp(GENESIS, UTC) + timedelta(seconds=(one.round - 1) * PERIOD)


def round_at(when: datetime) -> int:
    """The quicknet round that is current at a moment: (T − genesis) // 3 + 1."""
    return (int(when.timestamp()) - GENESIS) // PERIOD + 1


def signed(one: Beacon) -> bytes:
    """The message a drand round signs: SHA-256 of u64be(round)."""
    return sha256(one.round.to_bytes(8, "big")).digest()


def worth(beacons: Iterable[tuple[Beacon, bytes | None]]) -> float:
    """The bits of several different public values together."""
    return sum(bits(one, value) for one, value in beacons)
