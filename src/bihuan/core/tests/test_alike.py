"""Titles that name the same task, and titles that do not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.alike import alike, bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新增就业4万人", "新增就业 4 万人。"),
        ("新增就业４万人", "新增就业4万人"),
        ("打通“断头路”15条", "打通断头路15条"),
        ("GDP growth of 8.5 %", "gdp growth of 8.5%"),
    ],
)
def test_punctuation_and_width_make_no_difference(one: str, other: str) -> None:
    assert alike(one, other) == 1


def test_a_changed_word_is_close_and_another_task_is_not() -> None:
    close = alike("新建改造城市道路十五条并完善照明设施", "新建改造城市道路十五条和完善照明设施")
    assert Fraction(8, 10) < close < 1
    assert alike("新增就业4万人", "绿化提升40万平方米") < Fraction(1, 10)


def test_empty_and_single_signs_are_counted_without_dividing_by_nothing() -> None:
    assert alike("", "。") == 1  # both say nothing
    assert alike("路", "桥") == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_alike_is_symmetric_within_bounds_and_one_for_itself(one: str, other: str) -> None:
    assert alike(one, one) == 1
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert (alike(one, other) == 1) or bare(one) != bare(other)
