"""The Merkle tree of RFC 6962 §2.1 over the lines of the avoid file, with the hash of the manifest."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.crypto.hashes import digest, digests
from bihuan.core.log.tree import Join, inclusion, proves_inclusion


def leaves(name: str, lines: Sequence[bytes]) -> list[bytes]:
    """H(0x00 ‖ line) of each line; a line is taken without its LF."""
    return digests(name, b"\0", lines)


def levels(name: str, hashed: Sequence[bytes]) -> list[list[bytes]]:
    """The tree from its leaves up to its root; a node without a neighbour moves up as it is."""
    found = [list(hashed)]
    while len(found[-1]) > 1:
        level = found[-1]
        joined = [left + right for left, right in zip(level[::2], level[1::2], strict=False)]
        found.append(digests(name, b"\1", joined) + ([level[-1]] if len(level) & 1 else []))
    return found


def root(name: str, hashed: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of no leaves it is H of nothing."""
    return levels(name, hashed)[-1][0] if hashed else digest(name, b"")


def path(name: str, grown: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The audit path of one leaf through `levels`, from the leaf upwards."""
    if not 0 <= index < len(grown[0]):
        raise IndexError(index)
    return inclusion(index, len(grown[0]), lambda height, at: grown[height][at], join_of(name))


def rises(name: str, leaf: bytes, index: int, size: int, way: Sequence[bytes], to: bytes) -> bool:
    """Does the leaf at `index` of `size` lead to the root `to` along this audit path?"""
    return proves_inclusion(leaf, index, size, way, to, join_of(name))


def join_of(name: str) -> Join:
    """H(0x01 ‖ left ‖ right)."""
    return lambda left, right: digest(name, b"\1" + left + right)
