"""Tails against sums written out, and against known answers."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.signal.chance import binomial_tail, holm, hypergeometric_tail


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 99))
def test_binomial_tail_is_the_sum_written_out(k: int, n: int, hundredths: int) -> None:
    k = min(k, n)
    share = Fraction(hundredths, 100)
    exact = sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k, n + 1))
    assert binomial_tail(k, n, float(share)) == pytest.approx(float(exact), rel=1e-9)


@given(st.data())
def test_hypergeometric_tail_is_the_sum_written_out(data: st.DataObject) -> None:
    whole = data.draw(st.integers(1, 80))
    good, n = data.draw(st.integers(0, whole)), data.draw(st.integers(0, whole))
    k = data.draw(st.integers(0, min(n, good)))
    exact = Fraction(
        sum(comb(good, i) * comb(whole - good, n - i) for i in range(k, min(n, good) + 1)), comb(whole, n)
    )
    assert hypergeometric_tail(k, n, good, whole) == pytest.approx(float(exact), rel=1e-9, abs=1e-300)


def test_the_lady_tasting_tea() -> None:
    assert hypergeometric_tail(4, 4, 4, 8) == pytest.approx(1 / 70)
    assert hypergeometric_tail(3, 4, 4, 8) == pytest.approx(17 / 70)


def test_holm_by_hand() -> None:
    """Holm 1979: 0.01·4, 0.013·3, 0.03·2: the third is above 0.05, and with it the fourth."""
    assert holm({"a": 0.013, "b": 0.01, "c": 0.03, "d": 0.04}, 0.05) == pytest.approx({"b": 0.04, "a": 0.04})
    assert holm({}, 0.05) == {}


def test_edges() -> None:
    assert binomial_tail(0, 0, 0.5) == 1
    assert binomial_tail(3, 3, 0) == 0
    assert binomial_tail(3, 3, 1) == 1
    with pytest.raises(ValueError, match="no count"):
        binomial_tail(4, 3, 0.5)
    with pytest.raises(ValueError, match="no count"):
        hypergeometric_tail(3, 3, 2, 9)
