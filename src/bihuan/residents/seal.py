"""What people wrote and have not filed yet, sealed: whoever gets hold of the database or the store reads nothing."""

from __future__ import annotations

from functools import cache
from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes


def seal(body: bytes, name: str) -> bytes:
    """The body closed under `name`: it opens under no other one."""
    nonce = token_bytes(NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, body, name.encode())


def unseal(sealed: bytes, name: str) -> bytes:
    """What was sealed under `name`; InvalidTag where it was changed, or sealed under another name or key."""
    return _cipher(settings.SECRET_KEY).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())


@cache
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"bihuan residents").derive(secret.encode())
    return AESGCM(derived)
