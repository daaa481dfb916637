"""The path to each kind of goal, from the real report and from invented figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report import as_dict, read
from bihuan.targets.paths import (
    Point,
    goal_path,
    mean_growth,
    running,
    still_needed,
    unbroken,
    why_not,
    yearly,
)
from bihuan.targets.seed import nankai


@pytest.fixture(scope="module")
def findings():
    return as_dict(read(nankai()["text"]))


def goal(findings, words, **more):
    return next(t for t in findings["targets"] if t["text"] == words) | more


def points(*pairs):
    return [Point(year, value, source="年鉴") for year, value in pairs]


def test_gdp_from_648_to_1000(findings):
    way = goal_path(findings, goal(findings, "地区生产总值力争超千亿"))
    assert (way.shape, way.base.year, way.base.value, way.base.expected) == ("level", 2016, 64.8e9, True)
    assert (way.goal.year, way.goal.value, way.strict) == (2021, 1e11, True)
    assert round(way.required_rate * 100, 2) == 9.06
    assert (way.rate, way.rate_year) == (0.085, 2017)
    assert round(way.reached / 1e8) == 974 and round(way.gap / 1e8) == 26


def test_a_count_goes_by_steps_and_not_by_a_rate(findings):
    way = goal_path(findings, goal(findings, "上市挂牌企业突破50家"))
    assert (way.base.value, way.goal.value, way.at_rate, way.gap) == (25, 50, (), 0.0)
    assert (way.step, way.required) == (5, (25, 30, 35, 40, 45, 50))


def test_a_level_without_a_base_says_so_and_has_nothing_to_draw(findings):
    words = "国家级高新技术企业总数达到150家"
    way = goal_path(findings, goal(findings, words))
    assert not way.drawn and "没有写现在有多少" in way.missing[0]
    read = {("国家级高新技术企业", "家", ""): points((2017, 60), (2018, 75))}
    assert [p.value for p in goal_path(findings, goal(findings, words), read).readings] == [60, 75]


def test_yearly_growth_over_the_term_with_the_past_mean(findings):
    read = {("一般公共预算收入", "%", "同比增长"): points((2016, 14), (2017, 12.5), (2018, 9.1))}
    way = goal_path(findings, goal(findings, "一般公共预算收入年均增长12%以上"), read)
    assert (way.shape, way.first, way.goal.year, way.past.value, way.past.years) == (
        "growth",
        2017,
        2021,
        17.2,
        5,
    )
    assert [p.year for p in way.readings] == [2017, 2018] and [p.year for p in way.before] == [2016]


def test_means_of_the_years_so_far_give_the_growth_of_each_year(findings):
    read = {("一般公共预算收入", "%", "年均增长"): points((2017, 12), (2018, 10))}
    way = goal_path(findings, goal(findings, "一般公共预算收入年均增长12%以上"), read)
    assert [round(p.value, 2) for p in way.readings] == [12, 8.04]
    assert yearly([], points((2018, 10)), 2017) == ()  # the mean of two years says nothing of each


def test_a_total_is_a_running_sum_of_yearly_figures(findings):
    words, name = "实现新增就业20万人", "新增就业"
    way = goal_path(
        findings, goal(findings, words), {(name, "人", "当年"): points((2017, 41000), (2018, 38000))}
    )
    assert (way.shape, way.years[0], way.step, way.past.value) == ("total", 2016, 40000, 216000)
    assert [p.value for p in way.readings] == [41000, 79000]
    stated = goal_path(
        findings, goal(findings, words), {(name, "人", "累计"): points((2017, 40000), (2018, 80000))}
    )
    assert [p.value for p in stated.readings] == [40000, 80000]


def test_after_a_year_without_a_figure_no_sum_is_known():
    totals, missing = running(points((2017, 4), (2019, 5)), [], 2017)
    assert [(p.year, p.value) for p in totals] == [(2017, 4)]
    assert missing[0].startswith("2018 年没有数")
    again, none = running(points((2017, 4), (2019, 5)), points((2018, 9)), 2017)
    assert ([p.value for p in again], none) == ([4, 9, 14], ())


def test_a_goal_of_one_year_stands_beside_a_usual_year(findings):
    way = goal_path(findings, goal(findings, "盘活闲置楼宇30万平方米"))
    assert (way.shape, way.first, way.goal.year, way.past.a_year) == ("year", 2017, 2017, 162000)


def test_a_ceiling_keeps_the_past_and_the_readings_of_the_term(findings):
    read = {("城镇登记失业率", "%", ""): points((2015, 3.9), (2017, 3.7))}
    way = goal_path(findings, goal(findings, "城镇登记失业率控制在3.8%以内"), read)
    assert (way.shape, way.goal.value, way.past.value) == ("ceiling", 3.8, 3.8)
    assert [p.year for p in way.readings] == [2017] and [p.year for p in way.before] == [2015]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("人均可支配收入稳步增长", "没有写数"),
        ("建成残疾人服务中心", "没有写数"),
        ("各街均建成500平方米以上的社区综合服务中心", "每一处的规格"),
        ("做到网格化监管体系全覆盖、无盲区", "一共多少"),
        ("打造海光寺、奥城商业广场210亿元楼宇聚集区", "存疑"),
    ],
)
def test_a_goal_without_a_path_says_why(findings, words, why):
    fact = goal(findings, words)
    assert goal_path(findings, fact) is None and why in why_not(fact)


def test_figures_of_another_scope_are_never_drawn(findings):
    fact = goal(findings, "地区生产总值力争超千亿")
    for scope in ("同比增长", "当年", "不变价"):
        assert goal_path(findings, fact, {("地区生产总值", "元", scope): points((2018, 7e10))}).readings == ()


def test_readings_outside_the_path_are_left_out(findings):
    read = {("地区生产总值", "元", ""): points((2015, 6e10), (2017, 7e10), (2022, 9e10))}
    way = goal_path(findings, goal(findings, "地区生产总值力争超千亿"), read)
    assert [p.year for p in way.readings] == [2017] == [p.year for p in way.later]


@given(st.lists(st.floats(-20, 40), min_size=1, max_size=9), st.floats(-5, 30), st.integers(1, 6))
def test_what_is_still_needed_brings_the_mean_to_the_goal(rates, aim, left):
    need = still_needed(aim, rates, len(rates) + left)
    assert abs(mean_growth([*rates, *[need] * left]) - aim) < 1e-6
    assert still_needed(aim, rates, len(rates)) is None


def test_unbroken_stops_at_the_first_year_left_out():
    assert [p.year for p in unbroken(points((2017, 1), (2018, 1), (2020, 1)), 2017)] == [2017, 2018]
    assert unbroken(points((2018, 1)), 2017) == ()
