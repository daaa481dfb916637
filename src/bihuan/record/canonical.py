"""The canonical bytes of an event and their digest: what the public record commits to."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson


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
    return sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()
