"""Tiles of 256 hashes (C2SP tlog-tiles): where they are served, what is in them, and the right edge that grows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bihuan.core.log.doubt import Doubt
from bihuan.core.log.tree import EMPTY, Look, fold, leaf_hash, node_hash

WIDTH, HASH, HEIGHT = 256, 32, 8
FULL = WIDTH * HASH  # bytes
LEVELS = 8  # 256^8 = 2^64 leaves
ENTRIES = "entries"
PATH = re.compile(
    r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


class Tile(NamedTuple):
    """A full or partial tile: its level, its number in the level, its hashes one after the other."""

    level: int
    n: int
    data: bytes


class Place(NamedTuple):
    """What a path asks for; level None means the entries themselves, width 256 a full tile."""

    level: int | None
    n: int
    width: int


def path(place: Place) -> str:
    """The address below the log's prefix: tile/<L>/x001/x234/067[.p/<W>]."""
    digits = f"{place.n:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    number = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    partial = "" if place.width == WIDTH else f".p/{place.width}"
    return f"tile/{ENTRIES if place.level is None else place.level}/{number}{partial}"


def parse(text: str) -> Place:
    """The place of an address in its only spelling, else Doubt."""
    found = PATH.fullmatch(text)
    if found:
        level, number, width = found.groups()
        place = Place(
            None if level == ENTRIES else int(level),
            int(number.replace("x", "").replace("/", "")),
            int(width or WIDTH),
        )
        if place.width <= WIDTH and path(place) == text:
            return place
    raise Doubt(f"没有这样的地址：{text[:80]}", f"there is no such address: {text[:80]}")


def width(level: int, n: int, size: int) -> int:
    """How many hashes this tile has in a tree of so many leaves: 0 to 256."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - n * WIDTH))


def places(size: int) -> Iterator[Place]:
    """Every hash tile and bundle of a tree of so many leaves."""
    for level in range(LEVELS):
        hashes = size >> (HEIGHT * level)
        for n in range(-(-hashes // WIDTH)):
            wide = width(level, n, size)
            yield Place(level, n, wide)
            if level == 0:
                yield Place(None, n, wide)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; one that is cut off is a Doubt."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + size]
        if at + 2 > len(data) or len(entry) != size:
            raise Doubt("条目包被截断了", "the bundle of entries is cut off")
        found.append(entry)
        at += 2 + size
    return found


def split(data: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [data[i : i + HASH] for i in range(0, len(data), HASH)]


class Edge:
    """The right edge of a growing tree: the size and one partial tile per level."""

    def __init__(self, size: int = 0, partial: Sequence[bytes] = ()) -> None:
        self.size = size
        self.partial = [bytearray(one) for one in partial] + [
            bytearray() for _ in range(LEVELS - len(partial))
        ]
        for level, one in enumerate(self.partial):
            if len(one) != (size >> (HEIGHT * level)) % WIDTH * HASH:
                raise Doubt("右边缘和大小不符", "the right edge does not fit the size")

    def add(self, entries: Iterable[bytes]) -> list[Tile]:
        """Append entries; the tiles that became full."""
        hashes = [leaf_hash(entry) for entry in entries]
        full: list[Tile] = []
        level, count = 0, len(hashes)
        while hashes:  # each level hands the roots of its full tiles up
            n = self.size >> (HEIGHT * (level + 1))
            tile, data = self.partial[level], bytes(self.partial[level]) + b"".join(hashes)
            made = [
                Tile(level, n + i, data[at : at + FULL])
                for i, at in enumerate(range(0, len(data) - FULL + 1, FULL))
            ]
            tile[:] = data[len(made) * FULL :]
            full += made
            hashes = [fold(split(one.data)) for one in made]
            level += 1
        self.size += count
        return full

    def root(self) -> bytes:
        """The root of the tree up to here."""
        found: bytes | None = None
        for tile in self.partial:
            hashes = split(bytes(tile))
            while hashes:
                peak = len(hashes) & -len(hashes)
                top = fold(hashes[-peak:])
                found = top if found is None else node_hash(top, found)
                del hashes[-peak:]
        return EMPTY if found is None else found


def reader(fetch: Callable[[int, int], bytes]) -> Look:
    """Hashes of subtrees out of tiles: `fetch` gives (level, number) as bytes, full or partial."""

    def look(height: int, index: int) -> bytes:
        level, up = divmod(height, HEIGHT)
        first = index << up
        at = first % WIDTH
        hashes = split(fetch(level, first // WIDTH))[at : at + (1 << up)]
        if len(hashes) != 1 << up:
            raise Doubt("这一块里没有要的杂凑值", "the tile does not hold the hash that is asked for")
        return fold(hashes)

    return look
