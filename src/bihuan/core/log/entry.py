"""One entry of the log: 80 public bytes that hold no personal data, and the commitment they carry."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.core.crypto.hashes import NAMES, SHA256, digest
from bihuan.core.log.doubt import Doubt
from bihuan.core.say import Say

EVENT, DRAW, DRAWN, CHANGE, DELETION, SCORE, AUDIT_DAY, RELEASE = range(1, 9)
WITH_PAYLOAD = frozenset({DRAW, DRAWN, CHANGE, AUDIT_DAY, RELEASE})
KINDS = {
    EVENT: Say("办件的一步", "a step of a case"),
    DRAW: Say("抽取方案", "the manifest of a draw"),
    DRAWN: Say("抽取结果", "the result of a draw"),
    CHANGE: Say("密钥、角色、设置的改动", "a change of keys, roles or settings"),
    DELETION: Say("删除说明", "a notice of deletion"),
    SCORE: Say("考评或信用等级改动", "a change of a score or class"),
    AUDIT_DAY: Say("一天审计的摘要", "the digest of a day's audit"),
    RELEASE: Say("开放数据发布", "a release of open data"),
}
MAGIC, HEAD, PAYLOAD, HASH = b"DGE1", 80, 60_000, 32
MINUTE = 60_000
PUBLIC, INTERNAL, PERSONAL = range(3)
SAFE = 1 << 53  # whole numbers that every JSON reader keeps


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log holds of one thing that happened; `ms` is milliseconds of the epoch, told to the minute."""

    kind: int
    ms: int
    tag: bytes
    commitment: bytes
    hash: int = SHA256
    payload: bytes = b""


def pack(entry: Entry) -> bytes:
    """The 80 bytes and the payload; a value that has no place in them is a Doubt."""
    if not EVENT <= entry.kind <= RELEASE or entry.hash not in NAMES:
        raise Doubt("条目种类或杂凑算法不认识", "the kind or the hash of the entry is unknown")
    if len(entry.tag) != HASH or len(entry.commitment) != HASH or not 0 <= entry.ms < 1 << 63:
        raise Doubt("条目的标签、承诺或时间不对", "tag, commitment or time of the entry is wrong")
    if len(entry.payload) > PAYLOAD or (entry.payload and entry.kind not in WITH_PAYLOAD):
        raise Doubt("这种条目不能带这样的正文", "this kind of entry carries no such payload")
    minute = entry.ms - entry.ms % MINUTE
    head = bytes((entry.kind, entry.hash, 0, 0)) + minute.to_bytes(8, "big")
    return MAGIC + head + entry.tag + entry.commitment + entry.payload


def unpack(data: bytes) -> Entry:
    """The entry that packs to exactly these bytes, else Doubt."""
    if len(data) < HEAD or data[:4] != MAGIC:
        raise Doubt("不是公开记录的条目", "this is no entry of the public record")
    ms = int.from_bytes(data[8:16], "big")
    entry = Entry(data[4], ms, data[16:48], data[48:80], data[5], data[80:])
    if pack(entry) != data:
        raise Doubt("条目有不该有的位", "the entry has bits that must not be there")
    return entry


def hash_of(data: bytes | None) -> int:
    """By which hash the commitment in these bytes was made; SHA-256 where they do not say one."""
    return data[5] if data is not None and len(data) >= HEAD and data[5] in NAMES else SHA256


def tag(case_key: bytes, seq: int) -> bytes:
    """What marks the event for whoever has the key of its case, and nobody else."""
    return hmac.digest(case_key, b"dg-tag1\0" + seq.to_bytes(4, "big"), "sha256")


def group(kind: int, number: int, salt: bytes, data: bytes) -> bytes:
    """The commitment to one group: 0 public, 1 internal, 2 personal; the salt is 32 random bytes."""
    return digest(NAMES[kind], b"dg-grp1\0" + bytes((number,)) + salt + data)


def commitment(kind: int, groups: Sequence[bytes]) -> bytes:
    """The commitment to three groups; it stays checkable when the bytes and salt of one are gone."""
    first, second, third = groups
    return digest(NAMES[kind], b"dg-cmt1\0" + first + second + third)


def canonical(value: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys and no blanks (RFC 8785 without fractions); a float or a huge number is a Doubt."""
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check(value: Any) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise Doubt(f"键不是文字：{key!r}", f"the key is not a text: {key!r}")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif isinstance(value, bool) or value is None or isinstance(value, str):
        return
    elif not isinstance(value, int) or abs(value) >= SAFE:
        raise Doubt(f"只能写整数，不能写 {value!r}", f"whole numbers only, not {value!r}")
