"""The way to a goal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report.path import last_from_sum, path, sum_at_rate


def test_the_path_of_the_report() -> None:
    p = path(2016, 648.0, 2021, 1000.0, 0.085)
    assert p.years == (2016, 2017, 2018, 2019, 2020, 2021)
    assert p.reached == pytest.approx(974.37, abs=0.01) and p.gap == pytest.approx(25.63, abs=0.01)
    assert p.required_rate == pytest.approx(0.0906, abs=0.0001)
    assert p.required[-1] == pytest.approx(1000) and p.required[0] == p.at_rate[0] == 648
    assert p.reach_year == 2022


@given(st.floats(1, 1e12), st.floats(0.2, 5), st.floats(-0.2, 0.5), st.integers(1, 20))
def test_the_required_rate_reaches_the_goal(base: float, ratio: float, rate: float, years: int) -> None:
    p = path(2016, base, 2016 + years, base * ratio, rate)
    again = path(2016, base, 2016 + years, base * ratio, p.required_rate)
    assert again.reached == pytest.approx(base * ratio, rel=1e-6)
    assert (p.gap > 0) == (p.reached < base * ratio)
    assert len(p.years) == len(p.required) == len(p.at_rate) == years + 1


@given(st.floats(1, 1e9), st.floats(-0.1, 0.5), st.integers(1, 10))
def test_sum_and_last_are_inverse(last: float, rate: float, years: int) -> None:
    assert last_from_sum(sum_at_rate(last, rate, years), rate, years) == pytest.approx(last, rel=1e-9)


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        ((2021, 1.0, 2016, 2.0, 0.1), "goal_year 2016"),
        ((2016, 0.0, 2021, 2.0, 0.1), "base 0.0"),
        ((2016, 1.0, 2021, 2.0, -1.0), "rate -1.0"),
    ],
)
def test_impossible_paths_are_refused(args: tuple[int, float, int, float, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        path(*args)


def test_a_rate_of_nothing_never_arrives() -> None:
    assert path(2016, 1.0, 2021, 2.0, 0.0).reach_year is None
