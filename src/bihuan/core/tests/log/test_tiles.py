"""Tiles: addresses, widths, bundles, and an edge that grows by any batches to the same root."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.log import tiles
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.tiles import Edge, Place
from bihuan.core.log.tree import (
    EMPTY,
    consistency,
    fold,
    inclusion,
    leaf_hash,
    proves_consistency,
    proves_inclusion,
    root,
)
from bihuan.core.tests.log.made import over

ENTRIES = [i.to_bytes(3, "big") * 20 for i in range(70_000)]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(0, 1234067, 256), "tile/0/x001/x234/067"), (Place(1, 0, 17), "tile/1/000.p/17"),
        (Place(None, 999, 256), "tile/entries/999"), (Place(63, 1000, 255), "tile/63/x001/000.p/255"),
    ],
)  # fmt: skip
def test_addresses(place: Place, text: str):
    assert tiles.path(place) == text
    assert tiles.parse(text) == place


@pytest.mark.parametrize(
    "text",
    ["tile/64/000", "tile/00/000", "tile/0/1", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256",
     "tile/0/000.p/999", "tile/0/000.p/01", "tile/entry/000", "/tile/0/000", "tile/0/001/000", "tile/0/000\n", ""],
)  # fmt: skip
def test_other_spellings_are_no_addresses(text: str):
    with pytest.raises(Doubt):
        tiles.parse(text)


def test_tiles_of_the_example_in_the_specification():
    """A tree of 70,000: 273 full and one of 112 at level 0, one full and one of 17 at level 1, one of 1 at level 2."""
    found = [place for place in tiles.places(70_000) if place.level is not None]
    assert sum(p.level == 0 and p.width == 256 for p in found) == 273
    assert [p for p in found if p.width < 256] == [Place(0, 273, 112), Place(1, 1, 17), Place(2, 0, 1)]
    assert Place(1, 0, 1) in list(tiles.places(256))
    assert list(tiles.places(0)) == []
    widths = [
        tiles.width(level, n, 70_000) for level, n in ((0, 272), (0, 273), (0, 274), (1, 1), (1, 2), (3, 0))
    ]
    assert widths == [256, 112, 0, 17, 0, 0], "none beyond the edge"


def test_bundles():
    some = [b"", b"a" * 80, b"b" * 60_080]
    assert tiles.unbundle(tiles.bundle(some)) == some
    for short in (b"\0", b"\0\2a"):
        with pytest.raises(Doubt):
            tiles.unbundle(short)


def stored(entries: list[bytes], batches: list[int]) -> tuple[Edge, dict[tuple[int, int], bytes]]:
    edge, kept, at = Edge(), {}, 0
    for many in [*batches, len(entries)]:
        full = edge.add(entries[at : at + many])
        kept |= {(tile.level, tile.n): tile.data for tile in full}
        edge = Edge(edge.size, [bytes(one) for one in edge.partial])  # as it comes back from the database
        at += many
    return edge, kept


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1500), st.lists(st.integers(0, 400), max_size=6), st.data())
def test_any_batches_give_the_same_tree(size: int, batches: list[int], data: st.DataObject):
    edge, kept = stored(ENTRIES[:size], batches)
    leaves = [leaf_hash(one) for one in ENTRIES[:size]]
    assert edge.size == size
    assert edge.root() == (fold(leaves) if leaves else EMPTY)
    look = tiles.reader(lambda level, n: kept.get((level, n)) or bytes(edge.partial[level]))
    assert root(size, look) == edge.root()
    if size:
        index = data.draw(st.integers(0, size - 1))
        old = data.draw(st.integers(0, size))
        assert proves_inclusion(leaves[index], index, size, inclusion(index, size, look), edge.root())
        proof = consistency(old, size, look)
        assert proves_consistency(old, size, proof, root(old, over(leaves)), edge.root())


def test_tiles_of_a_second_level():
    edge, kept = stored(ENTRIES, [65_536])
    assert {level for level, _ in kept} == {0, 1}
    assert len(kept) == 274
    assert edge.root() == fold([leaf_hash(one) for one in ENTRIES])
    assert [len(one) // 32 for one in edge.partial[:4]] == [112, 17, 1, 0]


def test_an_edge_that_does_not_fit():
    with pytest.raises(Doubt):
        Edge(3, [bytes(32)])
    with pytest.raises(Doubt):
        tiles.reader(lambda level, n: b"")(0, 0)
