"""Receipts: what an entry says, its way to a checkpoint, and who vouches for it. C2SP tlog-proof.

The `extra` line holds the entry as it stands ("DGE1"), or what opens the entry of an event (numbers are big-endian):

    off len
     0   4  "DGO1"
     4   1  kind of the entry
     5   1  its hash
     6   2  flags: bit i, group i is opened (0 public, 1 internal, 2 personal); bit 3, the key of the case follows
     8   8  milliseconds of the epoch, a whole minute
    16  36  bit 3: key of the case 32, number of the event 4; else 32: the tag
    ..      each group: opened, salt 32, length 4, bytes; closed, its commitment 32
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bihuan.core.crypto.hashes import NAMES
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_base64, from_decimal, to_base64
from bihuan.core.log.entry import HASH, MAGIC, MINUTE, Entry, commitment, group, pack, tag, unpack

FIRST = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 63
OPENING, KEYED = b"DGO1", 1 << 3


class Group(NamedTuple):
    """One group of an event: opened with its salt and bytes, or closed with its commitment only."""

    salt: bytes
    data: bytes
    closed: bytes = b""


class Opened(NamedTuple):
    """What the entry commits to. With the key of the case, the tag follows from the number of the event."""

    hash: int
    groups: tuple[Group, Group, Group]
    kind: int
    ms: int
    case_key: bytes = b""
    seq: int = 0
    tag: bytes = b""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The parts of a receipt: extra as bytes, place in the log, audit path, checkpoint with its signatures."""

    extra: bytes
    index: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        hashes = "".join(f"{to_base64(one)}\n" for one in self.path)
        return f"{FIRST}\nextra {to_base64(self.extra)}\nindex {self.index}\n{hashes}\n{self.note}"


def close(one: Group, kind: int, number: int) -> bytes:
    """The commitment of a group, opened or not."""
    return one.closed or group(kind, number, one.salt, one.data)


def _check(opened: Opened) -> None:
    fits = 0 <= opened.kind < 256 and 0 <= opened.ms < 1 << 63 and 0 <= opened.seq < 1 << 32
    if not fits or opened.hash not in NAMES or opened.ms % MINUTE:
        raise Doubt("凭证里的数不对", "a number in the receipt is wrong")


def entry_of(opened: Opened) -> Entry:
    """The entry that says this; values that cannot be in one are a Doubt."""
    _check(opened)
    said = commitment(opened.hash, [close(one, opened.hash, i) for i, one in enumerate(opened.groups)])
    mark = tag(opened.case_key, opened.seq) if opened.case_key else opened.tag
    return Entry(opened.kind, opened.ms, mark, said, opened.hash)


def write_extra(opened: Opened) -> bytes:
    """The extra that opens an event; values that cannot be in one are a Doubt."""
    _check(opened)
    flags = sum(1 << i for i, one in enumerate(opened.groups) if not one.closed)
    if opened.case_key:
        flags, mark = flags | KEYED, _exact(opened.case_key) + opened.seq.to_bytes(4, "big")
    else:
        mark = _exact(opened.tag)
    head = bytes((opened.kind, opened.hash)) + flags.to_bytes(2, "big") + opened.ms.to_bytes(8, "big")
    return OPENING + head + mark + b"".join(_spell(one) for one in opened.groups)


def _spell(one: Group) -> bytes:
    if one.closed:
        return _exact(one.closed)
    return _exact(one.salt) + len(one.data).to_bytes(4, "big") + one.data


def _exact(data: bytes) -> bytes:
    if len(data) != HASH:
        raise Doubt(f"应为 {HASH} 字节，实为 {len(data)}", f"expected {HASH} bytes, found {len(data)}")
    return data


class _Bytes:
    """Bytes taken from the front, a number of them at a time; more than there are is a Doubt."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def take(self, count: int) -> bytes:
        if count > len(self.rest):
            raise Doubt("凭证里的内容不全", "what the receipt opens is cut off")
        found, self.rest = self.rest[:count], self.rest[count:]
        return found

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")


def read_extra(extra: bytes) -> tuple[Entry, Opened | None]:
    """(entry, what opens it or None where the entry stands there itself); anything else is a Doubt."""
    if extra[:4] == MAGIC:
        return unpack(extra), None
    told = _Bytes(extra)
    if told.take(4) != OPENING:
        raise Doubt("凭证里的内容读不懂", "what the receipt opens cannot be read")
    kind, hash, flags, ms = (told.number(size) for size in (1, 1, 2, 8))
    mark, seq = told.take(HASH), told.number(4) if flags & KEYED else 0
    groups = (_group(told, flags & 1), _group(told, flags & 2), _group(told, flags & 4))
    if told.rest or flags >= KEYED << 1:
        raise Doubt("凭证里有多余的内容", "the receipt opens more than an entry")
    opened = Opened(hash, groups, kind, ms, tag=mark)
    if flags & KEYED:
        opened = Opened(hash, groups, kind, ms, mark, seq)
    entry = entry_of(opened)
    return unpack(pack(entry)), opened


def _group(told: _Bytes, is_open: int) -> Group:
    if not is_open:
        return Group(b"", b"", told.take(HASH))
    salt, size = told.take(HASH), told.number(4)
    return Group(salt, told.take(size))


def read(data: bytes) -> Receipt:
    """The parts of a receipt, nothing believed yet; a malformed one is a Doubt."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Doubt("凭证不是 UTF-8 文本", "the receipt is not UTF-8 text") from error
    head, gap, signed = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != FIRST or len(lines) < 3:
        raise Doubt("这不是凭证：第一行应为 " + FIRST, "this is no receipt: the first line must be " + FIRST)
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Doubt("凭证缺 extra 或 index 一行", "the receipt lacks its extra or index line")
    if len(lines) - 3 > LONGEST_PATH:
        raise Doubt("凭证里的路径太长", "the path in the receipt is too long")
    return Receipt(
        from_base64(lines[1].removeprefix("extra ")),
        from_decimal(lines[2].removeprefix("index ")),
        tuple(from_base64(line, HASH) for line in lines[3:]),
        signed,
    )
