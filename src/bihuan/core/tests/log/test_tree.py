"""Roots and proofs against the definition in RFC 6962, written down here as it stands there."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.log.tree import (
    EMPTY,
    consistency,
    fold,
    inclusion,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    root,
)
from bihuan.core.tests.log.made import over

LEAVES = [leaf_hash(bytes([i % 256, i // 256])) for i in range(600)]
LOOK = over(LEAVES)
size = st.integers(1, 600)


def defined(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(defined(leaves[:k]), defined(leaves[k:]))


@given(size)
def test_root_is_as_defined(n: int):
    assert root(n, LOOK) == fold(LEAVES[:n]) == defined(LEAVES[:n])


def test_empty_tree():
    assert root(0, LOOK) == defined([]) == EMPTY
    assert not proves_inclusion(LEAVES[0], 0, 0, [], EMPTY)


@given(size, st.data())
def test_inclusion_is_proven_and_nothing_else(n: int, data: st.DataObject):
    index = data.draw(st.integers(0, n - 1))
    other = data.draw(st.integers(0, 599))
    path = inclusion(index, n, LOOK)
    top = root(n, LOOK)
    assert proves_inclusion(LEAVES[index], index, n, path, top)
    assert proves_inclusion(LEAVES[other], index, n, path, top) == (other == index)
    assert not proves_inclusion(LEAVES[index], index, n, [*path, EMPTY], top)
    assert not proves_inclusion(LEAVES[index], index, n, path[:-1], top) or n == 1
    assert not proves_inclusion(LEAVES[index], n, n, path, top)
    assert not proves_inclusion(LEAVES[index], -1, n, path, top)
    if other != index and other < n:
        assert not proves_inclusion(LEAVES[index], other, n, path, top)


@given(size, size, st.data())
def test_consistency_is_proven_and_nothing_else(a: int, b: int, data: st.DataObject):
    old, new = sorted((a, b))
    proof = consistency(old, new, LOOK)
    before, after = root(old, LOOK), root(new, LOOK)
    assert proves_consistency(old, new, proof, before, after)
    assert not proves_consistency(old, new, [*proof, EMPTY], before, after)
    assert not proves_consistency(new, old, proof, after, before) or old == new
    assert not proves_consistency(old, new, proof, EMPTY, after)
    assert not proves_consistency(old, new, proof, before, EMPTY)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not proves_consistency(old, new, [*proof[:at], EMPTY, *proof[at + 1 :]], before, after)
        assert not proves_consistency(old, new, proof[:-1], before, after)


def test_a_new_log_extends_the_empty_one():
    assert proves_consistency(0, 5, [], EMPTY, root(5, LOOK))
    assert not proves_consistency(0, 5, [EMPTY], EMPTY, root(5, LOOK))
    assert not proves_consistency(0, 5, [], LEAVES[0], root(5, LOOK))
    assert consistency(0, 5, LOOK) == consistency(5, 5, LOOK) == []
    assert not proves_consistency(5, 6, [], root(5, LOOK), root(6, LOOK))


def test_what_is_outside_has_no_proof():
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion(5, 5, LOOK)
    with pytest.raises(ValueError, match="not the beginning"):
        consistency(6, 5, LOOK)


def test_the_answer_is_yes_or_no():
    top, path = root(7, LOOK), inclusion(3, 7, LOOK)
    assert proves_inclusion(LEAVES[3], 3, 7, path, top) is True
    for refused in (
        proves_inclusion(LEAVES[3], 7, 7, path, top), proves_inclusion(LEAVES[3], 3, 7, [*path, EMPTY], top),
        proves_inclusion(LEAVES[3], 3, 7, path, EMPTY), proves_consistency(7, 3, [], top, top),
        proves_consistency(3, 7, [], root(3, LOOK), top), proves_consistency(0, 7, [EMPTY], EMPTY, top),
        proves_consistency(3, 7, [*consistency(3, 7, LOOK), EMPTY], root(3, LOOK), top),
        proves_consistency(3, 7, consistency(3, 7, LOOK), EMPTY, top),
    ):  # fmt: skip
        assert refused is False
