"""Which algorithms the public record uses: `intl` everywhere, `gm` where the state's commercial cryptography is asked for.

The tree is SHA-256 and the first signature of a checkpoint Ed25519 in both: the formats fix them.
"""

from __future__ import annotations

from typing import NamedTuple

from bihuan.core.crypto.hashes import SHA256, SM3


class Suite(NamedTuple):
    """The hash of commitments, and whether checkpoints bear a second signature, in SM2."""

    hash: int
    sm2: bool


SUITES = {"intl": Suite(SHA256, False), "gm": Suite(SM3, True)}


def suite(name: str) -> Suite:
    """The suite of this name; another name is a ValueError."""
    if name not in SUITES:
        raise ValueError(f"unknown suite {name!r}: {' or '.join(SUITES)}")
    return SUITES[name]
