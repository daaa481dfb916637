"""Escrow of a nonce in shares, any `k` of which give it back: Shamir over GF(2^8) with 0x11b."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from bihuan.core.draw.words import Refused

SECRET = 32


def _tables() -> tuple[list[int], list[int]]:
    powers, logs, x = [0] * 510, [0] * 256, 1
    for i in range(255):
        powers[i] = powers[i + 255] = x
        logs[x] = i
        x ^= (x << 1) ^ (0x11B if x & 0x80 else 0)  # times 3, a generator
    return powers, logs


POWERS, LOGS = _tables()


def times(a: int, b: int) -> int:
    """a · b in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1."""
    return POWERS[LOGS[a] + LOGS[b]] if a and b else 0


def over(a: int, b: int) -> int:
    """a / b in the same field; b is not 0."""
    return POWERS[LOGS[a] + 255 - LOGS[b]] if a else 0


def split(secret: bytes, noise: bytes, shares: int = 5) -> list[bytes]:
    """Shares x ‖ 32 bytes for x = 1 … `shares`; `noise` is (k−1)·32 fresh random bytes, 64 for 3 of 5.

    Byte j of the share at x is secret[j] + noise[j]·x + noise[32+j]·x² + …
    """
    if (
        len(secret) != SECRET
        or not noise
        or len(noise) % SECRET
        or not 1 + len(noise) // SECRET <= shares <= 255
    ):
        raise Refused("escrow", secret=len(secret), noise=len(noise), shares=shares)
    rows = [secret, *(noise[at : at + SECRET] for at in range(0, len(noise), SECRET))]
    return [
        bytes([x]) + bytes(_at(x, [row[j] for row in rows]) for j in range(SECRET))
        for x in range(1, shares + 1)
    ]


def join(shares: Sequence[bytes], needed: int = 3) -> bytes:
    """The secret from at least `needed` shares of different x; one more that does not fit is refused."""
    xs = [share[0] for share in shares if len(share) == SECRET + 1]
    if len(xs) != len(shares) or 0 in xs or len(set(xs)) != len(xs) or len(xs) < needed:
        raise Refused("shares", n=len(shares), needed=needed)
    used, rest = shares[:needed], shares[needed:]
    for share in rest:
        if _through(used, share[0]) != share[1:]:
            raise Refused("share", x=share[0])
    return _through(used, 0)


def fitting(shares: Sequence[bytes], good: Callable[[bytes], bool], needed: int = 3) -> bytes | None:
    """The secret that any `needed` of these shares give and that is `good`; None where no choice of them gives one.

    A share that its dealer made badly, while others are sound, hinders nothing.
    """
    found = (join(chosen, needed) for chosen in combinations(shares, needed))
    return next((secret for secret in found if good(secret)), None)


def _at(x: int, coefficients: Sequence[int]) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = times(value, x) ^ coefficient
    return value


def _through(shares: Sequence[bytes], x: int) -> bytes:
    """The polynomial through these shares, at x (Lagrange)."""
    weights = []
    for share in shares:
        top = bottom = 1
        for other in shares:
            if other is not share:
                top, bottom = times(top, x ^ other[0]), times(bottom, share[0] ^ other[0])
        weights.append(over(top, bottom))
    out = bytearray(SECRET)
    for weight, share in zip(weights, shares, strict=True):
        for j in range(SECRET):
            out[j] ^= times(weight, share[j + 1])
    return bytes(out)
