"""Commitment, seed, key and tickets of dr1, byte for byte (trust §1.2)."""

from __future__ import annotations

from collections.abc import Iterable

from bihuan.core.crypto.hashes import digest

NOT_OPENED = b"\xff\xff\xff\xff"


def commitment(name: str, draw: str, party: str, nonce: bytes) -> bytes:
    """c = H("dr1-commit\\0" ‖ draw ‖ 0x00 ‖ party ‖ 0x00 ‖ nonce): the party's name is bound in."""
    return digest(name, b"dr1-commit\0" + draw.encode() + b"\0" + party.encode() + b"\0" + nonce)


def sharing(name: str, draw: str, party: str, share: bytes) -> bytes:
    """H("dr1-share\\0" ‖ draw ‖ 0x00 ‖ party ‖ 0x00 ‖ x ‖ 32 bytes): what is published of a share of a party's nonce.

    Whoever holds the share shows later that it is the one handed over; 32 random bytes cannot be guessed from it.
    """
    return digest(name, b"dr1-share\0" + draw.encode() + b"\0" + party.encode() + b"\0" + share)


def blinding(name: str, blind: bytes) -> bytes:
    """H("dr1-blind\\0" ‖ blind), as the manifest carries it."""
    return digest(name, b"dr1-blind\0" + blind)


def seed(name: str, manifest: bytes, contributions: Iterable[tuple[str, bytes | None]]) -> bytes:
    """S = H("dr1-seed\\0" ‖ H(manifest) ‖ contributions in manifest order); None is a nonce not opened.

    A contribution is u16be(len(name)) ‖ name ‖ u32be(len(value)) ‖ value; without a value, 0xFFFFFFFF ends it.
    """
    parts = [b"dr1-seed\0", digest(name, manifest)]
    for who, value in contributions:
        called = who.encode()
        parts += [len(called).to_bytes(2, "big"), called]
        parts += [NOT_OPENED] if value is None else [len(value).to_bytes(4, "big"), value]
    return digest(name, b"".join(parts))


def key(name: str, seed: bytes, blind: bytes = b"") -> bytes:
    """K = H("dr1-key\\0" ‖ S ‖ blind); blind is empty where the manifest says `-`."""
    return digest(name, b"dr1-key\0" + seed + blind)


def ticket(name: str, key: bytes, sid: bytes) -> bytes:
    """t = H(K ‖ "S" ‖ sid)."""
    return digest(name, key + b"S" + sid)


def card(name: str, key: bytes, shuffle: int, pool: bytes, iid: bytes) -> bytes:
    """The place of an inspector's card in one round of a pool: H(K ‖ "I" ‖ u32be(r) ‖ pool ‖ 0x00 ‖ iid)."""
    return digest(name, key + b"I" + shuffle.to_bytes(4, "big") + pool + b"\0" + iid)
