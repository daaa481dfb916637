"""Receipts: what an entry says, its way to a checkpoint, and who vouches for it. C2SP tlog-proof.

The `extra` line opens the entry. It is JSON in one of three spellings, keys in this order, no blanks:
{"cmt":1,"g0":G,"g1":G,"g2":G,"kind":1,"ms":N,"key":B,"seq":N}   an event, for whoever has the key of its case
{"cmt":1,"g0":G,"g1":G,"g2":G,"kind":1,"ms":N,"tag":B}           the same without the key
{"entry":B}                                                     the entry as it stands
B is base64, N a number, G is "o" + base64(salt ‖ bytes) of an opened group or "c" + base64(its commitment).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from bihuan.core.crypto.hashes import NAMES
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_base64, from_decimal, to_base64
from bihuan.core.log.entry import HASH, Entry, commitment, group, pack, tag, unpack

FIRST = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 63
B, N, G = r'"([A-Za-z0-9+/=]*)"', r"([0-9]+)", r'"([oc][A-Za-z0-9+/=]*)"'
GROUPS = rf'\{{"cmt":{N},"g0":{G},"g1":{G},"g2":{G},"kind":{N},"ms":{N},'
KEYED = re.compile(rf'{GROUPS}"key":{B},"seq":{N}\}}')
TAGGED = re.compile(rf'{GROUPS}"tag":{B}\}}')
WHOLE = re.compile(rf'\{{"entry":{B}\}}')


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


def entry_of(opened: Opened) -> Entry:
    """The entry that says this; values that cannot be in one are a Doubt."""
    if opened.hash not in NAMES or opened.ms % 60_000 or not 0 <= opened.seq < 1 << 32:
        raise Doubt("凭证里的数不对", "a number in the receipt is wrong")
    said = commitment(opened.hash, [close(one, opened.hash, i) for i, one in enumerate(opened.groups)])
    mark = tag(opened.case_key, opened.seq) if opened.case_key else opened.tag
    return Entry(opened.kind, opened.ms, mark, said, opened.hash)


def write_extra(opened: Opened) -> bytes:
    """The extra that opens an event."""
    groups = ",".join(f'"g{i}":"{_spell(one)}"' for i, one in enumerate(opened.groups))
    end = (
        f'"key":"{to_base64(opened.case_key)}","seq":{opened.seq}'
        if opened.case_key
        else f'"tag":"{to_base64(opened.tag)}"'
    )
    return f'{{"cmt":{opened.hash},{groups},"kind":{opened.kind},"ms":{opened.ms},{end}}}'.encode()


def whole_extra(entry: bytes) -> bytes:
    """The extra that shows an entry as it stands."""
    return f'{{"entry":"{to_base64(entry)}"}}'.encode()


def _spell(one: Group) -> str:
    return "c" + to_base64(one.closed) if one.closed else "o" + to_base64(one.salt + one.data)


def read_extra(extra: bytes) -> tuple[Entry, Opened | None]:
    """(entry, what it opens or None); any other spelling is a Doubt."""
    text = extra.decode("ascii", "replace")
    if found := WHOLE.fullmatch(text):
        return unpack(from_base64(found[1])), None
    found = KEYED.fullmatch(text) or TAGGED.fullmatch(text)
    if found is None:
        raise Doubt("凭证里的内容读不懂", "what the receipt opens cannot be read")
    first, second, third = (_group(found[i]) for i in (2, 3, 4))
    secret = from_base64(found[7], HASH)
    opened = Opened(
        from_decimal(found[1]), (first, second, third), from_decimal(found[5]), from_decimal(found[6])
    )
    if found.re is KEYED:
        opened = opened._replace(case_key=secret, seq=from_decimal(found[8]))
    else:
        opened = opened._replace(tag=secret)
    entry = entry_of(opened)
    return unpack(pack(entry)), opened


def _group(text: str) -> Group:
    if text[0] == "c":
        return Group(b"", b"", from_base64(text[1:], HASH))
    data = from_base64(text[1:])
    if len(data) < HASH:
        raise Doubt("随机盐太短", "the salt is too short")
    return Group(data[:HASH], data[HASH:])


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
