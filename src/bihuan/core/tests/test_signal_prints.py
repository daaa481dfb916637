"""Prints of pictures: what is near is always found, what is flat has no print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.signal.prints import BITS, NEAR, apart, keys, nearest, print_of, probes, signed, unsigned

prints = st.integers(0, 2**BITS - 1)


def turned(one: int, bits: set[int]) -> int:
    for bit in bits:
        one ^= 1 << bit
    return one


@given(prints, st.sets(st.integers(0, BITS - 1), max_size=3))
def test_three_bits_apart_one_band_is_equal(one: int, bits: set[int]) -> None:
    assert set(keys(one)) & set(keys(turned(one, bits)))


@given(prints, st.sets(st.integers(0, BITS - 1), max_size=NEAR))
def test_whatever_is_near_is_found_by_the_probes(one: int, bits: set[int]) -> None:
    other = turned(one, bits)
    assert apart(one, other) == len(bits)
    assert set(probes(one)) & set(keys(other))


@pytest.mark.parametrize("bit", range(16))
def test_each_single_bit_of_a_band_is_probed(bit: int) -> None:
    """The worst that is still near: two bits turned in three bands, one in the fourth, whichever bit it is."""
    others = {(bit + 1) % 16, (bit + 2) % 16}
    for band in range(4):
        bits = {16 * band + bit} | {16 * other + one for other in range(4) if other != band for one in others}
        assert len(bits) == NEAR
        assert set(probes(0)) & set(keys(turned(0, bits)))


def test_the_guarantee_ends_where_it_is_said_to_end() -> None:
    two_in_each_band = turned(0, {0, 1, 16, 17, 32, 33, 48, 49})
    assert apart(0, two_in_each_band) == NEAR + 1
    assert not set(probes(0)) & set(keys(two_in_each_band))


@given(prints)
def test_a_bigint_holds_every_print(one: int) -> None:
    assert -(2**63) <= signed(one) < 2**63
    assert unsigned(signed(one)) == one


@given(st.lists(st.integers(0, 200), min_size=72, max_size=72), st.integers(-0, 55))
def test_light_over_the_whole_picture_changes_nothing(grey: list[int], light: int) -> None:
    assert print_of(grey) == print_of([level + light for level in grey])


def test_a_flat_picture_has_no_print() -> None:
    assert print_of([90] * 72) is None
    assert print_of([90, 91] * 36) is None


def test_a_bit_says_which_of_two_neighbours_is_darker() -> None:
    rising = print_of(list(range(0, 90, 10)) * 8)
    falling = print_of(list(range(90, 0, -10)) * 8)
    assert rising == 2**64 - 1
    assert falling == 0


def test_another_number_of_grey_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="71"):
        print_of([1] * 71)


def test_nearest_of_none_is_as_far_as_can_be() -> None:
    assert nearest(5, []) == BITS
    assert nearest(5, [4, 7]) == 1
