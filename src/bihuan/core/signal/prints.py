"""A picture as 64 bits that survive resizing and compression, and the keys by which near ones are found.

The print is a difference hash: each bit says whether one patch of a 9 by 8 grid is darker than its right neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

WIDE, HIGH = 9, 8
BITS = 64
BANDS, BAND = 4, 16
NEAR = 7  # prints at most so far apart are always found by `probes`
SHADES, STEPS = (
    3,
    20,
)  # a picture with fewer than STEPS steps of SHADES grey levels shows nothing to know it by
CROPS = (0.0, 0.02, 0.04, 0.06, 0.09)  # what is cut off at each side before a kept picture is printed
_FULL, _HALF = 1 << BITS, 1 << (BITS - 1)


def print_of(grey: Sequence[int]) -> int | None:
    """The print of 9 × 8 grey levels, row by row; None of a picture that is flat (fog, a wall, a lens cap)."""
    if len(grey) != WIDE * HIGH:
        raise ValueError(f"{len(grey)} grey levels, not {WIDE * HIGH}")
    bits = steps = 0
    for y in range(HIGH):
        for x in range(WIDE - 1):
            left, right = grey[y * WIDE + x], grey[y * WIDE + x + 1]
            bits = bits << 1 | (left < right)
            steps += abs(left - right) >= SHADES
    return bits if steps >= STEPS else None


def apart(a: int, b: int) -> int:
    """How many bits differ."""
    return (a ^ b).bit_count()


def nearest(one: int, others: Iterable[int]) -> int:
    """The least distance to any of the prints; BITS where there is none."""
    return min((apart(one, other) for other in others), default=BITS)


def keys(one: int) -> tuple[int, ...]:
    """The four bands of a print with their place, as they are kept in the index."""
    return tuple(band << BAND | value for band, value in _bands(one))


def probes(one: int) -> tuple[int, ...]:
    """What to look up: every band, and every band with one bit turned.

    Of two prints at most 7 bits apart one of four bands differs by at most one bit, so a kept picture within NEAR is
    always among those found; at most 3 apart, one band is equal and `keys` alone would find it.
    """
    found = []
    for band, value in _bands(one):
        found.append(band << BAND | value)
        found += [band << BAND | value ^ 1 << bit for bit in range(BAND)]
    return tuple(found)


def signed(one: int) -> int:
    """The same bits as a bigint holds them."""
    return one - _FULL if one >= _HALF else one


def unsigned(one: int) -> int:
    """What `signed` gave, back."""
    return one % _FULL


def _bands(one: int) -> Iterator[tuple[int, int]]:
    for band in range(BANDS):
        yield band, one >> band * BAND & (1 << BAND) - 1
