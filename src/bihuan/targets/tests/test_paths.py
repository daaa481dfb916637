"""The path to a goal, its card and its chart, from the real report and from invented figures."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report import as_dict, path, read
from bihuan.targets.goalcard import card, chart, scale
from bihuan.targets.paths import GoalPath, Point, goal_path
from bihuan.targets.seed import nankai


@pytest.fixture(scope="module")
def findings():
    return as_dict(read(nankai()["text"]))


def goal(findings, words):
    return next(t for t in findings["targets"] if t["text"] == words)


def test_gdp_from_648_to_1000(findings):
    way = goal_path(findings, goal(findings, "地区生产总值力争超千亿"))
    assert (way.base.year, way.base.value, way.base.expected) == (2016, 64.8e9, True)
    assert (way.goal.year, way.goal.value, way.strict) == (2021, 1e11, True)
    assert round(way.required_rate * 100, 2) == 9.06
    assert (way.rate, way.rate_year) == (0.085, 2017)
    assert round(way.reached / 1e8) == 974 and round(way.gap / 1e8) == 26


def test_a_goal_without_a_rate_has_a_path_and_no_comparison(findings):
    way = goal_path(findings, goal(findings, "上市挂牌企业突破50家"))
    assert (way.base.value, way.goal.value, way.at_rate, way.gap) == (25, 50, (), 0.0)


@pytest.mark.parametrize("words", ["人均可支配收入稳步增长", "建成残疾人服务中心", "地区生产总值增长8.5%"])
def test_a_goal_without_a_level_has_no_path(findings, words):
    assert goal_path(findings, goal(findings, words)) is None


def test_a_doubtful_goal_has_no_path(findings):
    doubted = goal(findings, "地区生产总值力争超千亿") | {"suspicious": True}
    assert goal_path(findings, doubted) is None


def test_readings_outside_the_path_are_left_out(findings):
    points = [Point(2015, 6e10), Point(2017, 7e10), Point(2022, 9e10)]
    assert [
        p.year for p in goal_path(findings, goal(findings, "地区生产总值力争超千亿"), points).readings
    ] == [2017]


@pytest.mark.parametrize(
    ("english", "figures"), [(False, ("648", ">1000", "974", "26")), (True, ("64.8", ">100", "97.4", "2.56"))]
)
def test_card_and_chart_say_the_same_figures(findings, english, figures):
    fact = goal(findings, "地区生产总值力争超千亿")
    made = card(goal_path(findings, fact), fact, None, english)
    base, target, reached, gap = figures
    assert (made.base, made.goal, made.rate, made.short) == (base, target, "9.06%", True)
    words = re.findall(r">([^<>]+)</text>", made.chart)
    assert {base, target.strip(">"), reached, gap} <= set(words)
    assert (made.rows[0].reading, made.rows[-1].at_rate, made.rows[-1].reading) == (base, reached, "")
    assert not made.has_readings


def test_a_rate_that_is_enough_is_said_so(findings):
    fact = goal(findings, "地区生产总值力争超千亿")
    way = goal_path(findings, fact)
    enough = path(2016, 64.8e9, 2021, 1e11, 0.1)
    made = card(replace(way, at_rate=enough.at_rate, rate=0.1), fact, None, False)
    assert not made.short and made.verdict == "两个数对得上"


@given(
    base=st.floats(1, 1e13), goal=st.floats(1, 1e13), rate=st.floats(-0.3, 0.5), years=st.integers(1, 15),
    english=st.booleans(),
)  # fmt: skip
def test_every_line_stays_inside_the_picture(base, goal, rate, years, english):
    plan = path(2016, base, 2016 + years, goal, rate)
    way = GoalPath(
        "元", Point(2016, base), Point(2016 + years, goal), False, plan.years, plan.required, plan.required_rate,
        plan.at_rate, rate, 2017,
    )  # fmt: skip
    svg = chart(way, scale("元", goal, english), "图", english)
    for line in re.findall(r'points="([^"]+)"', svg):
        for point in line.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 344 and 0 <= y <= 208, point
