"""The canonical bytes of an event: their digest, and the three groups that its entry in the log commits to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

from bihuan.core.log.entry import EVENT, HASH, Entry, commitment, group, pack, tag

SALTS = 3 * HASH  # bytes of the salts of one event


def digest(
    number: str,
    seq: int,
    name: str,
    by: str,
    unit: str,
    role: str,
    at: int,
    effective: int,
    data: Mapping[str, Any],
) -> str:
    """SHA-256 (hex) of the event as JSON with sorted keys and no blanks; moments are whole local seconds."""
    row = {
        "at": at, "by": by, "case": number, "data": data, "effective": effective, "name": name, "role": role,
        "seq": seq, "unit": unit,
    }  # fmt: skip
    return sha256(_json(row)).hexdigest()


def groups(
    public: Mapping[str, Any], by: str, role: str, data: Mapping[str, Any], personal: bool
) -> tuple[bytes, bytes, bytes]:
    """The bytes of the groups: public; who did it in which role, and what officials wrote; what residents said."""
    said = _whole(data)
    inner = {"by": by, "role": role} | ({} if personal else {"data": said})
    return _json(public), _json(inner), _json({"data": said} if personal else {})


def committed(kind: int, salts: bytes, bodies: Sequence[bytes]) -> bytes:
    """The commitment to the three groups under 3 × 32 bytes of salt."""
    return commitment(
        kind, [group(kind, i, salts[i * HASH : (i + 1) * HASH], body) for i, body in enumerate(bodies)]
    )


def entry(case_key: bytes, seq: int, ms: int, salts: bytes, bodies: Sequence[bytes], kind: int) -> bytes:
    """The 80 bytes of the event in the log; `ms` is milliseconds of the epoch, `kind` the hash of the commitment."""
    return pack(Entry(EVENT, ms, tag(case_key, seq), committed(kind, salts, bodies), kind))


def _json(value: Mapping[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _whole(value: Any) -> Any:
    """Fractions become text: a fraction has several spellings, and the groups must have one."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: _whole(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    return value
