"""The card of a goal: what it says, what it draws, and that both say the same."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.picture.frame import HIGH, WIDE
from bihuan.core.report import as_dict, path, read
from bihuan.core.report.base_rate import base_rate
from bihuan.core.report.chance import chance
from bihuan.targets import drawing, verdicts
from bihuan.targets.drawing import scale
from bihuan.targets.goalcard import card
from bihuan.targets.paths import SHAPES, GoalPath, Past, Point, goal_path
from bihuan.targets.prospects import prospect, tenths
from bihuan.targets.seed import nankai
from bihuan.targets.tests.test_paths import goal, points

GDP = ("地区生产总值", "元", "")


@pytest.fixture(scope="module")
def findings():
    return as_dict(read(nankai()["text"]))


def made(findings, words, readings=None, english=False):
    fact = goal(findings, words)
    return card(goal_path(findings, fact, readings), fact, None, english)


def drawn(svg):
    return set(re.findall(r">([^<>]+)</text>", svg))


@pytest.mark.parametrize(
    ("english", "figures"), [(False, ("648", ">1000", "974", "26")), (True, ("64.8", ">100", "97.4", "2.56"))]
)
def test_card_and_chart_say_the_same_figures(findings, english, figures):
    one = made(findings, "地区生产总值力争超千亿", english=english)
    base, target, reached, gap = figures
    assert [stat.figure for stat in one.stats] == [base, target, "9.06"]
    assert {base, target.strip(">"), reached, gap} <= drawn(one.chart)
    assert one.rows[0][1][-2].startswith(base) and one.rows[-1][1][1] == reached
    assert one.short and one.verdict == "两个数对不上" and not one.has_readings


def test_a_rate_that_is_enough_is_said_so(findings):
    fact = goal(findings, "地区生产总值力争超千亿")
    enough = path(2016, 64.8e9, 2021, 1e11, 0.1)
    one = card(replace(goal_path(findings, fact), at_rate=enough.at_rate, rate=0.1), fact, None, False)
    assert one.short is False and one.verdict == "两个数对得上"


def test_readings_are_judged_by_what_is_needed_by_then(findings):
    behind = made(findings, "地区生产总值力争超千亿", {GDP: points((2017, 7.02e10), (2018, 7.5e10))})
    assert behind.short and "2018 年实际 750 亿元，这一年须达到 770.8 亿元，少 20.8 亿元" in behind.finding
    ahead = made(findings, "亿元楼宇达到50座", {("亿元楼宇", "座", ""): points((2018, 36))})
    assert ahead.short is False and "多 1 座。余下 3 年须每年 4.67 座" in ahead.finding


def test_a_reading_says_its_source_to_whoever_points_at_it_and_in_the_table(findings):
    one = made(findings, "地区生产总值力争超千亿", {GDP: [Point(2017, 7.02e10, True, "区统计局年报第3页")]})
    labels = [
        g.get("aria-label") for g in ElementTree.fromstring(one.chart).iter("g") if g.get("tabindex") == "0"
    ]
    assert "2017 年 702 亿元，预计，区统计局年报第3页" in labels
    assert one.columns[-1] == "出处" and "区统计局年报第3页" in dict(one.rows)[2017]


@pytest.mark.parametrize(
    ("words", "key", "read", "short", "said"),
    [
        ("一般公共预算收入年均增长12%以上", ("一般公共预算收入", "%", "同比增长"), [(2017, 12.5), (2018, 9.1)], True, "余下 3 年须年均 12.82%"),
        ("地区生产总值增长8.5%", ("地区生产总值", "%", "同比增长"), [(2017, 8.2)], True, "低 0.3 个百分点"),
        ("城镇居民人均可支配收入年均增长9%左右", ("城镇居民人均可支配收入", "%", "同比增长"), [(2017, 8.6)], False, "8.6%"),
        ("实现新增就业20万人", ("新增就业", "人", "当年"), [(2017, 41000), (2018, 38000)], True, "匀速须 8 万人"),
        ("全年新增就业4万人", ("新增就业", "人", "当年"), [(2017, 41000)], False, "多 1000 人"),
        ("提升改造15条道路", ("道路", "条", "新增"), [(2017, 9)], True, "差 6 条"),
        ("城镇登记失业率控制在3.8%以内", ("城镇登记失业率", "%", ""), [(2017, 3.7), (2019, 3.9)], True, "2019 年超过上限 3.8%"),
        ("城镇登记失业率控制在3.8%以内", ("城镇登记失业率", "%", ""), [(2017, 3.8)], False, "都在 3.8% 以内"),
    ],
)  # fmt: skip
def test_each_kind_of_goal_is_judged_by_its_own_measure(findings, words, key, read, short, said):
    one = made(findings, words, {key: points(*read)})
    assert (one.short, said in one.finding) == (short, True), one.finding
    assert one.chart and one.has_readings


def test_more_than_a_figure_is_more(findings):
    words, key = "上市挂牌企业突破50家", ("上市挂牌企业", "家", "")
    assert made(findings, words, {key: points((2021, 50))}).short is True
    assert made(findings, words, {key: points((2021, 51))}).short is False
    assert made(findings, "亿元楼宇达到50座", {("亿元楼宇", "座", ""): points((2021, 50))}).short is False
    fact = goal(findings, "盘活闲置楼宇30万平方米", comparator="gt")
    read = {("闲置楼宇", "平方米", "当年"): points((2017, 300_000))}
    assert card(goal_path(findings, fact, read), fact, None, False).short is True


def test_a_mean_without_its_first_year_is_not_known(findings):
    one = made(
        findings,
        "一般公共预算收入年均增长12%以上",
        {("一般公共预算收入", "%", "同比增长"): points((2018, 9.1))},
    )
    assert one.short is None and one.finding == "2017 年没有数。"


def test_nothing_is_drawn_where_there_is_nothing_to_draw(findings):
    for words in ("总规模800万平方米", "在施面积400万平方米", "新增科技型企业300家"):
        one = made(findings, words)
        assert one.chart == "" and one.short is None and len(one.missing) == 2, words
        assert "还没有读数" in one.missing[-1]


def test_each_shape_looks_like_what_it_is(findings):
    svg = {
        words: made(findings, words).chart
        for words in ("城镇登记失业率控制在3.8%以内", "一般公共预算收入年均增长12%以上", "实现新增就业20万人", "盘活闲置楼宇30万平方米")
    }  # fmt: skip
    ceiling, growth, total, year = svg.values()
    shade = next(r for r in ElementTree.fromstring(ceiling).iter("rect") if r.get("class") == "forbidden")
    line = next(r for r in ElementTree.fromstring(ceiling).iter("line") if r.get("class") == "ceiling-line")
    assert float(shade.get("y")) + float(shade.get("height")) == pytest.approx(
        float(line.get("y1")), abs=0.02
    )
    assert growth.count("slot-empty") == 5 and "past-block" in growth
    assert "past-line" in total and 'class="req"' in total
    assert "past-block" in year and "没有数据" in year


def test_the_band_needs_three_readings_and_says_what_it_rests_on(findings):
    words = "地区生产总值力争超千亿"
    two = made(findings, words, {GDP: points((2017, 7.02e10))})
    kept, judged = base_rate("level_by_year")
    assert "band90" not in two.chart and "不足3个" in two.ahead[0]
    assert f"{judged} 个，做到 {kept} 个" in two.ahead[1]
    three = made(findings, words, {GDP: points((2017, 7.02e10), (2018, 7.5e10), (2019, 8.3e10))})
    assert "band90" in three.chart and "band50" in three.chart
    assert re.match(r"按现有 4 个读数推算，达到的可能.{1,3}成（.+到.+，.+）。依据：", three.ahead[0])
    assert "九成推算" in three.columns


def test_what_happened_is_not_projected(findings):
    one = made(
        findings,
        "地区生产总值增长8.5%",
        {("地区生产总值", "%", "同比增长"): points((2014, 9), (2015, 9), (2016, 8), (2017, 8))},
    )
    assert one.ahead == ()


def test_sums_with_years_to_go_are_not_projected_and_it_is_said(findings):
    read = {("新增就业", "人", "当年"): points((2017, 41000), (2018, 38000), (2019, 39000))}
    one = made(findings, "实现新增就业20万人", read)
    assert "band" not in one.chart and one.ahead[0].startswith("累计还差两年以上，不推算")


def test_a_sum_with_one_year_to_go_is_projected_by_that_year(findings):
    held = (41000, 38000, 39000, 40000)
    read = {("新增就业", "人", "当年"): points(*zip(range(2017, 2021), held, strict=True))}
    one = made(findings, "实现新增就业20万人", read)
    assert "band90" in one.chart and one.ahead[0].startswith("按现有 4 个读数推算，达到的可能")
    way = goal_path(findings, goal(findings, "实现新增就业20万人"), read)
    band, _said = prospect(way, "cumulative")
    assert band.years == (2020, 2021) and band.low90[0] == band.high90[0] == sum(held)
    year = chance(list(zip(range(2017, 2021), held, strict=True)), 200000 - sum(held), 2021)
    assert band.median[1] == sum(held) + year.median[1] and band.low90[1] == sum(held) + year.low90[1]


def test_sums_stated_as_sums_give_the_same_band(findings):
    flows = {("新增就业", "人", "当年"): points((2017, 41000), (2018, 38000), (2019, 39000), (2020, 40000))}
    sums = {("新增就业", "人", "累计"): points((2017, 41000), (2018, 79000), (2019, 118000), (2020, 158000))}
    wanted = goal(findings, "实现新增就业20万人")
    one, other = (prospect(goal_path(findings, wanted, read), "cumulative") for read in (flows, sums))
    assert one == other and one[0] is not None


def test_a_sum_that_is_reached_is_not_projected(findings):
    read = {("新增就业", "人", "累计"): points((2017, 41000), (2018, 79000), (2019, 118000), (2020, 201000))}
    assert made(findings, "实现新增就业20万人", read).ahead == ()


@pytest.mark.parametrize(("share", "said"), [(0.02, "不到一成"), (0.1, "约一成"), (0.58, "约六成"), (0.9, "约九成"), (0.97, "九成以上")])  # fmt: skip
def test_a_chance_is_said_in_tenths(share, said):
    assert tenths(share) == said


paths = st.builds(
    lambda shape, unit, first, years, aim, values, past, base: GoalPath(
        shape, unit, first, Point(first + years, aim), base=Point(first, base) if shape == "level" else None,
        past=Past(first - 5, first - 1, past, role="cumulative") if shape != "level" else None,
        years=tuple(range(first, first + years + 1)),
        required=tuple(base + (aim - base) * k / years for k in range(years + 1)) if shape in ("level", "total") else (),
        step=aim / years, readings=tuple(Point(first + i, v) for i, v in enumerate(values[: years + 1])),
    ),
    st.sampled_from(sorted({*SHAPES.values(), "year"})), st.sampled_from(["元", "人", "%", "座", "平方米"]), st.integers(2000, 2020),
    st.integers(1, 15), st.floats(0.1, 1e13), st.lists(st.floats(0, 1e13), max_size=8), st.floats(0, 1e13), st.floats(0.1, 1e13),
)  # fmt: skip


@given(paths, st.booleans())
def test_every_picture_is_sound_and_stays_inside(way, english):
    svg = drawing.chart(way, scale(way.unit, way.goal.value, english), "图", None)
    verdicts.judge(way)
    for node in ElementTree.fromstring(svg).iter():
        places = [
            ("x", WIDE),
            ("y", HIGH),
            ("x1", WIDE),
            ("x2", WIDE),
            ("y1", HIGH),
            ("y2", HIGH),
            ("cx", WIDE),
            ("cy", HIGH),
        ]
        for name, most in places:
            if node.get(name) is not None:
                assert -1 <= float(node.get(name)) <= most + 1, (node.tag, name, node.attrib)
        for pair in (node.get("points") or "").split():
            x, y = map(float, pair.split(","))
            assert -1 <= x <= WIDE + 1 and -1 <= y <= HIGH + 1
    assert (
        drawing.spark(way, "图") == ""
        or ElementTree.fromstring(drawing.spark(way, "图")).get("role") == "img"
    )
