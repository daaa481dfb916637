"""The canonical bytes of an event: their digest, and the three groups that its entry in the log commits to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import orjson

from bihuan.core.log.entry import EVENT, HASH, HEAD, Entry, commitment, group, pack

SALTS = 3 * HASH  # bytes of the salts of one event


class Shut(NamedTuple):
    """A group whose words and salt were destroyed, and the commitment that was kept of it."""

    part: int
    kept: bytes


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


def commitments(kind: int, salts: bytes, bodies: Sequence[bytes], shut: Shut | None = None) -> list[bytes]:
    """The commitments to the three groups under 3 × 32 bytes of salt; that of a group that was shredded is the kept one."""
    found = [group(kind, i, salts[i * HASH : (i + 1) * HASH], body) for i, body in enumerate(bodies)]
    if shut is not None:
        found[shut.part] = shut.kept
    return found


def key_of(stored: bytes | None) -> bytes | None:
    """The key of a case as its row holds it: b"" where there is no row (a case from before the log), None where it was
    destroyed at the end of keeping."""
    return b"" if stored is None else bytes(stored) or None


def tag_of(stored: bytes | None) -> bytes:
    """The tag in the bytes of an entry; none where they are too short to be one."""
    return stored[16 : 16 + HASH] if stored is not None and len(stored) >= HEAD else b""


def entry(
    mark: bytes, ms: int, salts: bytes, bodies: Sequence[bytes], kind: int, what: int = EVENT, shut: Shut | None = None
) -> bytes:  # fmt: skip
    """The 80 bytes of the event in the log; `mark` is its tag, `ms` milliseconds of the epoch, `kind` the hash of the
    commitment, `what` the kind of the entry."""
    said = commitment(kind, commitments(kind, salts, bodies, shut))
    return pack(Entry(what, ms, mark, said, kind))


def overwritten(salts: bytes, part: int) -> bytes:
    """The salts without that of one group: zeros, so that nobody can try words against its commitment."""
    return salts[: part * HASH] + bytes(HASH) + salts[(part + 1) * HASH :]


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
