"""SM2 signatures (GB/T 32918.2 on the curve of GB/T 32918.5, with SM3), the same each time for the same message.

The number that the standard draws at random is derived from key and message instead (RFC 6979 §3.2 with SM3): who
verifies sees no difference, and after a crash the same bytes are signed again.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from functools import cache

from gmalg import SM2

from bihuan.core.crypto.hashes import digest

WHO = b"1234567812345678"  # the identity that GM/T 0009 gives where none is agreed
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
HALF = 32  # bytes of a coordinate, of a secret and of either number of a signature
PUBLIC = 1 + 2 * HALF


def public_of(secret: bytes) -> bytes:
    """The 65 public bytes 04 ‖ x ‖ y that belong to 32 secret ones; a number out of range is a ValueError."""
    if len(secret) != HALF or not 0 < int.from_bytes(secret, "big") < ORDER - 1:
        raise ValueError("a secret key of SM2 is a number from 1 to n - 2 in 32 bytes")
    return bytes(SM2(secret, WHO).generate_pk(secret))


def sign(secret: bytes, message: bytes) -> bytes:
    """The 64 bytes r ‖ s."""
    numbers = _numbers(secret, digest("sm3", message))
    r, s = SM2(secret, WHO, public_of(secret), rnd_fn=lambda _: next(numbers)).sign(message)
    return bytes(r).rjust(HALF, b"\0") + bytes(s).rjust(HALF, b"\0")


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Was the message signed by whoever has the key? Malformed keys and signatures were not."""
    if len(signature) != 2 * HALF or not _on_curve(public):
        return False
    return bool(SM2(uid=WHO, pk=public).verify(message, signature[:HALF], signature[HALF:]))


@cache
def _on_curve(public: bytes) -> bool:
    return len(public) == PUBLIC and public[0] == 4 and bool(SM2().verify_pk(public))


def _numbers(secret: bytes, said: bytes) -> Iterator[int]:
    """The candidates of RFC 6979 §3.2 for a message that hashes to `said`."""
    reduced = (int.from_bytes(said, "big") % ORDER).to_bytes(HALF, "big")
    key, value = bytes(HALF), b"\1" * HALF
    for mark in (b"\0", b"\1"):
        key = _mac(key, value + mark + secret + reduced)
        value = _mac(key, value)
    while True:
        value = _mac(key, value)
        yield int.from_bytes(value, "big")
        key = _mac(key, value + b"\0")
        value = _mac(key, value)


def _mac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sm3")
