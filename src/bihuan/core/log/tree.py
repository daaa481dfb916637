"""The Merkle tree of RFC 6962 §2.1: hashes, proofs and their verification. Every `join` is that of two nodes: SHA-256
where none is given, which is what the log's format fixes; draws may choose another.

`Look` gives the hash of a whole subtree: (height, index) stands for the leaves [index << height, (index + 1) << height).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

Look = Callable[[int, int], bytes]
Join = Callable[[bytes, bytes], bytes]
EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry)."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\1" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (of at least one), whatever their number."""
    level = list(hashes)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        # node_hash written out: a log spends half of its time here
        level = [
            sha256(b"\1" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ] + odd
    return level[0]


def root(size: int, look: Look) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _over(0, size, look, node_hash) if size else EMPTY


def inclusion(index: int, size: int, look: Look, join: Join = node_hash) -> list[bytes]:
    """The audit path of a leaf, from its sibling up (RFC 6962 §2.1.1); an index outside is a ValueError."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return _path(index, 0, size, look, join)


def consistency(old: int, new: int, look: Look) -> list[bytes]:
    """The proof that the tree of `old` leaves begins the tree of `new` (RFC 6962 §2.1.2); empty for 0 or equal."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} is not the beginning of a tree of {new}")
    return _subproof(old, 0, new, True, look) if 0 < old < new else []


def _split(size: int) -> int:
    """The largest power of two below a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _over(low: int, high: int, look: Look, join: Join) -> bytes:
    size = high - low
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return look(height, low >> height)
    middle = low + _split(size)
    return join(_over(low, middle, look, join), _over(middle, high, look, join))


def _path(index: int, low: int, high: int, look: Look, join: Join) -> list[bytes]:
    if high - low == 1:
        return []
    middle = low + _split(high - low)
    if index < middle:
        return [*_path(index, low, middle, look, join), _over(middle, high, look, join)]
    return [*_path(index, middle, high, look, join), _over(low, middle, look, join)]


def _subproof(old: int, low: int, high: int, whole: bool, look: Look) -> list[bytes]:
    """SUBPROOF of the RFC; `old` counts from 0, `whole` says that the verifier has this subtree's hash already."""
    if old == high:
        return [] if whole else [_over(low, high, look, node_hash)]
    middle = low + _split(high - low)
    if old <= middle:
        return [*_subproof(old, low, middle, whole, look), _over(middle, high, look, node_hash)]
    return [*_subproof(old, middle, high, False, look), _over(low, middle, look, node_hash)]


def proves_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], wanted: bytes, join: Join = node_hash
) -> bool:
    """Does the path lead from the leaf at this index to the root of a tree of this size? (RFC 9162 §2.1.3.2)"""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for one in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = join(one, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = join(found, one)
        at, last = at >> 1, last >> 1
    return last == 0 and found == wanted


def proves_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Does the proof show that the older tree begins the newer one? (RFC 9162 §2.1.4.2) Everything extends nothing."""
    if not 0 <= old <= new:
        return False
    if old == 0 or old == new:
        return not proof and (old_root == new_root if old else old_root == EMPTY)
    rest = list(proof)
    if old & (old - 1) == 0:
        rest.insert(0, old_root)
    if not rest:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = rest[0]
    for one in rest[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(one, before), node_hash(one, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, one)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
