"""Ed25519 (RFC 8032) by the library that is kept for it."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def public_of(seed: bytes) -> bytes:
    """The 32 public bytes that belong to 32 secret ones."""
    public: bytes = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return public


def sign(seed: bytes, message: bytes) -> bytes:
    """64 bytes, the same each time for the same message."""
    signature: bytes = Ed25519PrivateKey.from_private_bytes(seed).sign(message)
    return signature


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Was the message signed by whoever has the key? Malformed keys and signatures were not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
