"""Number and look-up code: what a person keeps to follow a case without an account."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
LENGTH = 8
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def code_of(number: str) -> str:
    """The 40-bit look-up code of a case: derived, so that a repeated request gets the same one again."""
    raw = int.from_bytes(_mac(f"code:{number}")[:5], "big")
    return "".join(ALPHABET[raw >> shift & 31] for shift in range(35, -5, -5))


def hash_of(number: str, code: str) -> str:
    """What is stored and compared instead of the code."""
    return _mac(f"hash:{number}:{tidy(code)}").hex()


def tidy(code: str) -> str:
    """The code as printed, however it was typed: lower case, blanks, hyphens, O for 0."""
    return code.strip().upper().translate(MISREAD)[:64]


def resident(number: str) -> str:
    """The identity under which whoever has number and code acts on their own case."""
    return f"r:{number}"


def _mac(text: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).digest()
