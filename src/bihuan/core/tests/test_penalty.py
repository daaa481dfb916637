"""What is reckoned about penalties: amounts in fen, the range of a basis, the surcharge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.penalty import KINDS, fen, fine_range, kinds_title, surcharge, yuan

ROW = {"fine_min": "50000", "fine_max": "100000", "times_from": "10000", "times_min": "10", "times_max": "20"}


@given(st.integers(0, 10**12))
def test_an_amount_survives_being_written_as_yuan(amount: int) -> None:
    text = f"{amount // 100}.{amount % 100:02d}"
    assert fen(text) == amount
    assert yuan(amount).replace(",", "").startswith(text.removesuffix(".00"))


@pytest.mark.parametrize(
    ("text", "value"), [("5000", 500_000), ("12.5", 1250), ("", 0), (None, 0), ("0.01", 1)]
)
def test_yuan_are_read_in_fen(text: str | None, value: int) -> None:
    assert fen(text) == value


def test_amounts_are_written_as_offices_do() -> None:
    assert (yuan(500_000), yuan(1_250).en) == ("5,000 元", "12.50 yuan")


def test_the_fine_goes_by_the_value_of_the_goods_from_ten_thousand_on() -> None:
    assert fine_range(ROW, fen("9999.99")) == (fen(50_000), fen(100_000))
    assert fine_range(ROW, fen("10000")) == (fen(100_000), fen(200_000))
    assert fine_range(ROW | {"times_from": ""}, fen("10000")) == (fen(50_000), fen(100_000))


@given(st.integers(1, 10**9), st.integers(-5, 4000))
def test_a_surcharge_never_falls_with_the_days_and_never_exceeds_the_fine(fine: int, days: int) -> None:
    now, later = surcharge(fine, days, 3), surcharge(fine, days + 1, 3)
    assert 0 <= now <= later <= fine
    assert surcharge(fine, 34, 3) == fine and (fine < 100 or surcharge(fine, 33, 3) < fine)


def test_an_unknown_kind_raises() -> None:
    assert kinds_title(["fine", "gains"]) == "罚款、没收违法所得" and all(one.en for one in KINDS.values())
    with pytest.raises(KeyError):
        kinds_title(["jail"])
