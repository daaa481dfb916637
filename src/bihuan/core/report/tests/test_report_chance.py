"""The chance of a goal: bands, probability, refusals, base rates, series of one basis."""

from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report.chance import PRIORS, chance, kind_of
from bihuan.core.report.follow.shapes import Basis, Statement
from bihuan.core.report.series import every, one_basis
from bihuan.core.report.shapes import Period
from bihuan.core.report.student import below, quantile
from bihuan.core.score.formula import wilson

GDP = [(2012, 430.0), (2013, 480.0), (2014, 530.0), (2015, 590.0), (2016, 648.0)]


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [
        (0.95, 1, 6.314),
        (0.95, 2, 2.920),
        (0.95, 7, 1.895),
        (0.75, 5, 0.727),
        (0.995, 10, 3.169),
        (0.9, 30, 1.310),
    ],
)
def test_student_as_printed_in_tables(share: float, freedom: int, value: float) -> None:
    assert quantile(share, freedom) == pytest.approx(value, abs=0.0006)
    assert below(value, freedom) == pytest.approx(share, abs=0.0001)
    assert below(-value, freedom) == pytest.approx(1 - share, abs=0.0001)


def test_the_worked_example_of_the_docs() -> None:
    """100, 110, 121: the drift of 10 % is drawn back by one year of rest, the spread by two of the prior."""
    found = chance([(2014, 100.0), (2015, 110.0), (2016, 121.0)], 140.0, 2017)
    drift = 2 * log(1.1) / 3
    spread = sqrt((2 * 0.02**2 + 2 / 3 * log(1.1) ** 2) / 4)
    wide = spread * sqrt(1 + 1 / 3)
    assert found.years == (2016, 2017) and found.median[0] == found.low90[0] == 121.0
    assert found.median[1] == pytest.approx(121 * exp(drift)) and round(found.median[1], 1) == 128.9
    assert found.high90[1] == pytest.approx(121 * exp(drift + 2.1318 * wide), rel=1e-4)
    assert found.probability == pytest.approx(1 - below((log(140 / 121) - drift) / wide, 4))
    assert round(found.probability or 0, 3) == 0.08


def test_the_goal_of_the_nankai_report() -> None:
    found = chance(GDP, 1000.0, 2021)
    assert found.years == (2016, 2017, 2018, 2019, 2020, 2021) and found.n == 5
    assert found.median[0] == 648.0 and found.median[-1] == pytest.approx(974, rel=0.02)
    assert found.low is not None and found.high is not None and found.probability is not None
    assert found.low < found.probability < found.high
    assert "5个读数" in found.rests_on[0] and "2012–2016" in found.rests_on[0].en
    assert any("years ahead" in s.en for s in found.rests_on)


def test_a_stated_rate_draws_the_path_and_is_named() -> None:
    plain, stated = chance(GDP, 1000.0, 2021), chance(GDP, 1000.0, 2021, rate=0.085)
    assert plain.probability is not None and stated.probability is not None
    assert stated.median[-1] > plain.median[-1] and stated.probability > plain.probability
    assert any("8.5%" in s for s in stated.rests_on)


def test_a_base_rate_draws_the_chance_and_is_named() -> None:
    alone, with_rate = chance(GDP, 1200.0, 2021), chance(GDP, 1200.0, 2021, (86, 157))
    assert alone.probability is not None and with_rate.probability is not None
    assert with_rate.probability == pytest.approx(4 / 6 * alone.probability + 2 / 6 * 86 / 157)
    assert with_rate.median == alone.median
    assert "同类目标157个里做到86个" in with_rate.rests_on


def test_too_few_readings_give_the_base_rate_only() -> None:
    found = chance(GDP[-2:], 700.0, 2017, (86, 157))
    assert found.refused and "不足3个" in found.refused and "fewer than 3" in found.refused.en
    assert found.years == () and found.median == ()
    assert found.probability == pytest.approx(86 / 157)
    assert (found.low, found.high) == wilson(86, 157, 0.8)
    nothing = chance([], 700.0, 2017)
    assert nothing.refused and nothing.probability is None and nothing.rests_on == ()


def test_what_cannot_be_projected_is_refused_with_the_reason() -> None:
    zero = chance([(2014, 0.0), (2015, 3.0), (2016, 4.0)], 5.0, 2017)
    assert zero.refused and "zero or negative" in zero.refused.en
    assert chance([(2014, 0.0), (2015, 0.0), (2016, 0.0)], 5.0, 2017, kind="rate").refused
    with pytest.raises(ValueError, match="two readings"):
        chance([(2014, 1.0), (2014, 2.0), (2016, 4.0)], 5.0, 2017)
    with pytest.raises(ValueError, match="2016 is not after"):
        chance(GDP, 700.0, 2016)
    with pytest.raises(ValueError, match="unknown kind"):
        chance(GDP, 700.0, 2017, kind="wish")


def test_a_ceiling_is_kept_below() -> None:
    jobless = [(2012, 3.6), (2013, 3.6), (2014, 3.5), (2015, 3.5), (2016, 3.4)]
    under = chance(jobless, 3.8, 2017, kind="rate", ceiling=True)
    over = chance(jobless, 3.8, 2017, kind="rate")
    assert under.probability is not None and over.probability is not None
    assert under.probability > 0.95 and under.probability + over.probability == pytest.approx(1)
    assert under.sure is not None and under.sure.en == "fairly sure"


def test_kinds() -> None:
    assert kind_of("level", "元") == "amount" and kind_of("share", "%") == "rate"
    assert kind_of("growth_yoy", "%") == kind_of("change_pp", "百分点") == "growth"
    assert {kind_of("rate", "‰"), "amount", "growth"} == set(PRIORS)


@given(
    st.lists(st.floats(10, 1000), min_size=3, max_size=8), st.floats(10, 2000), st.integers(1, 8),
    st.sampled_from(sorted(PRIORS)),
)  # fmt: skip
def test_bands_hold_together(values: list[float], goal: float, ahead: int, kind: str) -> None:
    readings = [(2000 + i, v) for i, v in enumerate(values)]
    by = readings[-1][0] + ahead
    found = chance(readings, goal, by, kind=kind)
    rows = list(zip(found.low90, found.low50, found.median, found.high50, found.high90, strict=True))
    assert len(rows) == len(found.years) == ahead + 1
    assert all(list(row) == sorted(row) for row in rows)
    assert found.probability is not None and 0 <= found.probability <= 1
    assert found.low is not None and found.high is not None and found.low <= found.probability <= found.high
    more = chance(readings, goal * 1.1, by, kind=kind)
    assert more.probability is not None and more.probability <= found.probability


def told(
    year: int, value: float, scope: str = "", role: str = "level", first: int | None = None
) -> Statement:
    """What the report of the year after says of one year."""
    return Statement(
        report=f"{year + 1}", year=year + 1, span=(0, 1), text=str(value), sentence_span=(0, 1), sentence="", name="工业增加值",
        printed="工业增加值", value=value, unit="元", role=role, comparator="eq", status="achieved",
        period=Period(year if first is None else first, year), basis=Basis(scope, "", "", year + 1),
    )  # fmt: skip


def test_a_series_keeps_one_basis_and_says_what_it_left_out() -> None:
    series = one_basis(
        [
            told(2012, 90, "全口径"),
            told(2013, 50, "规模以上"),
            told(2014, 60, "规模以上"),
            told(2015, 70, "规模以上"),
        ]
    )
    assert series.readings == ((2013, 50), (2014, 60), (2015, 70))
    ((left, why),) = series.refused
    assert left.value == 90 and "口径不同" in why and "Different scope" in why.en


def test_a_series_takes_no_sum_no_later_vintage_and_no_contradiction() -> None:
    late = told(2012, 41)
    late = Statement(**{**{k: getattr(late, k) for k in late.__slots__}, "year": 2015, "report": "2015"})
    series = one_basis(
        [told(2016, 300, first=2012), late, told(2013, 50), told(2014, 60), told(2014, 61), told(2015, 70)]
    )
    assert series.readings == ((2013, 50), (2015, 70))
    reasons = " ".join(why.en for _, why in series.refused)
    assert (
        "several years together" in reasons
        and "not the one first printed" in reasons
        and "2 different figures" in reasons
    )
    with pytest.raises(ValueError, match="no statements"):
        one_basis([])
    assert [s.name for s in every([told(2013, 50), told(2014, 60)])] == ["工业增加值"]
