"""Logs, witnesses and receipts made up for tests: all from one seed, so that a failure can be repeated."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from bihuan.core.crypto import sm2
from bihuan.core.crypto.ed25519 import public_of
from bihuan.core.log import checkpoint, note, receipt
from bihuan.core.log.entry import Entry, pack
from bihuan.core.log.note import COSIGNATURE, ED25519, SM2, Key, Note
from bihuan.core.log.receipt import Group, Opened, Receipt
from bihuan.core.log.tree import Look, fold, inclusion, leaf_hash, root

ORIGIN = "log.example.gov.cn/case"
SEED = bytes(32)
LOG = Key(ORIGIN, ED25519, public_of(SEED))
SECRET = b"s" * 32
LOG_SM2 = Key(ORIGIN, SM2, sm2.public_of(SECRET))
SEEDS = {f"w{i}": bytes([i + 1]) * 32 for i in range(3)}
WITNESSES = {
    name: Key(f"witness.example/{name}", COSIGNATURE, public_of(seed)) for name, seed in SEEDS.items()
}
POLICY = "\n".join(
    [
        f"log {LOG}",
        *(f"witness {name} {key}" for name, key in WITNESSES.items()),
        "group q 2 w0 w1 w2",
        "quorum q\n",
    ]
)
NOW = 1_795_525_562


def over(leaves: list[bytes]) -> Look:
    """Subtree hashes straight from the leaves."""

    @cache
    def look(height: int, index: int) -> bytes:
        found = leaves[index << height : (index + 1) << height]
        assert len(found) == 1 << height
        return fold(found)

    return look


def opened(chance: random.Random) -> Opened:
    """An event with some groups closed, some with the key of the case, some in SM3."""
    groups = [
        Group(chance.randbytes(32), chance.randbytes(chance.randrange(120)))
        if chance.random() < 0.7
        else Group(b"", b"", chance.randbytes(32))
        for _ in range(3)
    ]
    made = Opened(chance.choice((1, 1, 2)), (groups[0], groups[1], groups[2]), chance.choice((1, 5, 6)),
                  chance.randrange(1 << 41) // 60_000 * 60_000)  # fmt: skip
    if chance.random() < 0.7:
        return made._replace(case_key=chance.randbytes(32), seq=chance.randrange(1 << 32))
    return made._replace(tag=chance.randbytes(32))


def one(chance: random.Random) -> tuple[bytes, bytes]:
    """(entry, the extra that opens it)."""
    if chance.random() < 0.2:
        entry = pack(Entry(chance.choice((2, 3, 4, 7, 8)), chance.randrange(1 << 41), chance.randbytes(32),
                           chance.randbytes(32), 1, chance.randbytes(chance.randrange(200))))  # fmt: skip
        return entry, entry
    made = opened(chance)
    return pack(receipt.entry_of(made)), receipt.write_extra(made)


def signed(size: int, top: bytes, witnesses: list[str], gm: bool = False) -> Note:
    """A checkpoint signed by the log, with `gm` in SM2 too, and cosigned by these."""
    text = str(checkpoint.Checkpoint(ORIGIN, size, top))
    lines = [checkpoint.seal(SEED, LOG, text)]
    lines += [checkpoint.seal(SECRET, LOG_SM2, text)] if gm else []
    lines += [checkpoint.cosign(SEEDS[name], WITNESSES[name], text, NOW) for name in witnesses]
    return Note(text, tuple(lines))


def receipts(count: int, chance: random.Random, witnesses: int | None = None) -> list[bytes]:
    """Good receipts out of logs of many sizes; with 2 or 3 witnesses and some signed in SM2 too, or exactly so many."""
    found: list[bytes] = []
    while len(found) < count:
        made = [one(chance) for _ in range(chance.choice((1, 2, 3, 7, 8, 64, 257, 300)))]
        look = over([leaf_hash(entry) for entry, _ in made])
        names = chance.sample(list(WITNESSES), witnesses or chance.choice((2, 3)))
        gm = witnesses is None and chance.random() < 0.3
        top = signed(len(made), root(len(made), look), names, gm)
        for index in chance.sample(range(len(made)), min(len(made), 8)):
            path = tuple(inclusion(index, len(made), look))
            found.append(str(Receipt(made[index][1], index, path, str(top))).encode())
    return found[:count]


@dataclass
class Spoiled:
    """A receipt that must be refused, and by which change."""

    how: str
    data: bytes


def spoil(data: bytes, chance: random.Random) -> Spoiled:
    """One change to a receipt that has exactly as many witnesses as it needs."""
    while True:
        how = chance.choice(CHANGES)
        changed = how(data, chance)
        if changed != data:
            return Spoiled(how.__name__, changed)


def flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def drop(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + 1 :]


def put(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return (
        data[:at]
        + chance.choice((b"\n", b"\r", b" ", b"=", b"A", b"0", b"\xff", b"\t", b"\xef\xbb\xbf"))
        + data[at:]
    )


def swap_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    keep = lines.index(b"", 0, -1) + 5  # the order of signature lines means nothing
    a, b = chance.randrange(keep), chance.randrange(keep)
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def double_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(lines.index(b"") + 4)
    return b"\n".join([*lines[: at + 1], *lines[at:]])


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def windows(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", b"\r\n")


def lower(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines) - 1)
    lines[at] = lines[at].lower()
    return b"\n".join(lines)


def _again(data: bytes, change: Callable[[Receipt], Receipt]) -> bytes:
    return str(change(receipt.read(data))).encode()


def other_index(data: bytes, chance: random.Random) -> bytes:
    step = chance.choice((-1, 1, 2, 256))
    return _again(data, lambda one: replace(one, index=abs(one.index + step)))


def other_bits(data: bytes, chance: random.Random) -> bytes:
    """Bits that base64 leaves over: one more spelling of the same bytes."""
    lines = data.split(b"\n")
    found = [i for i, line in enumerate(lines) if line.endswith(b"=")]
    at = chance.choice(found)
    body = lines[at].rstrip(b"=")
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = alphabet[alphabet.index(body[-1]) | 1]
    lines[at] = body[:-1] + bytes([last]) + lines[at][len(body) :]
    return b"\n".join(lines)


def other_extra(data: bytes, chance: random.Random) -> bytes:
    """Another number in the head of what is opened: magic, kind, hash, flags or time."""

    def change(one: Receipt) -> Receipt:
        head = bytearray(one.extra)
        at = chance.randrange(16)
        head[at] = (head[at] + chance.randrange(1, 256)) % 256
        return replace(one, extra=bytes(head))

    return _again(data, change)


def longer_extra(data: bytes, chance: random.Random) -> bytes:
    """Bytes behind or before the end of what is opened."""

    def change(one: Receipt) -> Receipt:
        short = one.extra[: -chance.randrange(1, 40)]
        return replace(one, extra=chance.choice((short, one.extra + b"\0", one.extra + chance.randbytes(32))))

    return _again(data, change)


def stretch_path(data: bytes, chance: random.Random) -> bytes:
    return _again(data, lambda one: replace(one, path=(*one.path, chance.randbytes(32))))


def too_few(data: bytes, chance: random.Random) -> bytes:
    return data[: data.rindex("— witness".encode())]


def later(data: bytes, chance: random.Random) -> bytes:
    """A cosignature that claims another second."""

    def change(one: Receipt) -> Receipt:
        seen = note.parse(one.note)
        last = seen.lines[-1]
        time = (int.from_bytes(last.signature[:8], "big") + 1).to_bytes(8, "big")
        moved = last._replace(signature=time + last.signature[8:])
        return replace(one, note=str(Note(seen.text, (*seen.lines[:-1], moved))))

    return _again(data, change)


def liar(data: bytes, chance: random.Random) -> bytes:
    """The log signs another root; the witnesses do not."""

    def change(one: Receipt) -> Receipt:
        seen = note.parse(one.note)
        told = checkpoint.read(seen.text)._replace(root=chance.randbytes(32))
        lines = (checkpoint.seal(SEED, LOG, str(told)), *seen.lines[1:])
        return replace(one, note=str(Note(str(told), lines)))

    return _again(data, change)


CHANGES = (
    flip, flip, drop, put, swap_lines, double_line, cut, windows, lower, other_index, other_bits, other_extra,
    longer_extra, stretch_path, too_few, later, liar,
)  # fmt: skip
