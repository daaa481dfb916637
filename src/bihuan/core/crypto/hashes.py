"""SHA-256 (FIPS 180-4) and SM3 (GB/T 32905), one call or a million."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SHA256, SM3 = 1, 2  # as entries of the public record say it
NAMES = {SHA256: "sha256", SM3: "sm3"}  # as manifests of draws say it


def digest(name: str, data: bytes) -> bytes:
    """The 32 bytes of `sha256` or `sm3`."""
    return hashlib.sha256(data).digest() if name == "sha256" else hashlib.new(name, data).digest()


def digests(name: str, prefix: bytes, items: Iterable[bytes]) -> list[bytes]:
    """digest(name, prefix ‖ item) of each item."""
    copy, found = hashlib.new(name, prefix).copy, []  # cheaper than to begin anew each time
    for item in items:
        one = copy()
        one.update(item)
        found.append(one.digest())
    return found
