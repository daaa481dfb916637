"""Seasonal pace: worked by hand, then what must hold for every curve, plan and reading."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.say import Say
from bihuan.core.score.pace import (
    AHEAD,
    BEHIND,
    FAR_BEHIND,
    NO_DATA,
    ON_PACE,
    Bands,
    Curve,
    Node,
    Plan,
    Reading,
    curve_on,
    exact,
    expected,
    figure,
    pace,
    quarters,
)
from bihuan.core.time.formats import THIN
from bihuan.core.time.instant import day
from bihuan.lines.calendar import calendar

CAL = calendar()
FIRST, LAST = day("2026-01-01"), day("2026-12-31")
BANDS = Bands(near=5, far=15, stale=92)
# nothing in the first quarter, half of the year's work in the second
BUILDING = Curve("building", Say("施工季", "Building season"), day("2021-01-01"), (0, 0, 0, 20, 20, 10, 10, 10, 10, 10, 10, 0), "例")  # fmt: skip


def plan(**rest: object) -> Plan:
    given = {"first": FIRST, "last": LAST, "goal": Fraction(40), "unit": "万人", "curve": BUILDING} | rest
    return Plan(**given)  # type: ignore[arg-type]


def at(text: str, value: float) -> Reading:
    return Reading(day(text), exact(value))


# --- by hand ---------------------------------------------------------------------------------------------------


def test_the_ends_of_months_are_the_sums_of_the_weights() -> None:
    assert expected(plan(), day("2026-03-31"), CAL) == 0
    assert expected(plan(), day("2026-04-30"), CAL) == Fraction(20, 100)
    assert expected(plan(), day("2026-06-30"), CAL) == Fraction(50, 100)
    assert expected(plan(), day("2026-11-30"), CAL) == expected(plan(), LAST, CAL) == 1


def test_within_a_month_working_days_count() -> None:
    # April 2026 has 21 working days (04-06 is a holiday); to the 10th there are 1, 2, 3, 7, 8, 9, 10
    assert CAL.count(day("2026-03-31"), day("2026-04-30")) == 21
    assert expected(plan(), day("2026-04-10"), CAL) == Fraction(20, 100) * Fraction(7, 21)
    assert expected(plan(), day("2026-04-11"), CAL) == expected(plan(), day("2026-04-10"), CAL)  # a Saturday


def test_without_a_curve_working_days_decide_and_it_says_so() -> None:
    even = plan(curve=None)
    part = Fraction(CAL.count(FIRST - 1, day("2026-06-30")), CAL.count(FIRST - 1, LAST))
    assert expected(even, day("2026-06-30"), CAL) == part
    said = pace(even, [at("2026-06-30", 20)], day("2026-06-30"), CAL, BANDS).basis
    assert said == "没有季节曲线，按工作日均摊" and said.en == "No seasonal curve: working days alone"


def test_half_the_year_is_not_half_the_work() -> None:
    """时间过半任务过半 would call this behind; the season says it is on pace."""
    to_march = pace(plan(), [at("2026-03-31", 0.5)], day("2026-03-31"), CAL, BANDS)
    assert (to_march.standing, to_march.expected, to_march.actual) == (ON_PACE, 0, Fraction(1, 80))
    straight = pace(plan(curve=None), [at("2026-03-31", 0.5)], day("2026-03-31"), CAL, BANDS)
    assert straight.standing == FAR_BEHIND


@pytest.mark.parametrize(
    ("value", "standing", "zh", "en"),
    [
        (30, AHEAD, "到 2026-06-30 应到 20万人，实际 30万人，快 25 个百分点", "25 percentage points ahead"),
        (22, ON_PACE, "到 2026-06-30 应到 20万人，实际 22万人，与序时相当", "on pace"),
        (18, ON_PACE, "到 2026-06-30 应到 20万人，实际 18万人，与序时相当", "on pace"),
        (17.5, BEHIND, "到 2026-06-30 应到 20万人，实际 17.5万人，慢 6.3 个百分点", "6.3 percentage points behind"),
        (14, BEHIND, "到 2026-06-30 应到 20万人，实际 14万人，慢 15 个百分点", "15 percentage points behind"),
        (13.9, FAR_BEHIND, "到 2026-06-30 应到 20万人，实际 13.9万人，慢 15.3 个百分点", "percentage points behind"),
    ],
)  # fmt: skip
def test_the_word_and_the_sentence(value: float, standing: str, zh: str, en: str) -> None:
    found = pace(plan(), [at("2026-06-30", value)], day("2026-07-02"), CAL, BANDS)
    assert (found.standing, found.says) == (standing, zh)
    assert en in found.says.en and found.title.en


def test_a_reading_is_compared_with_what_was_due_on_its_own_day() -> None:
    found = pace(plan(), [at("2026-04-30", 8)], day("2026-06-30"), CAL, BANDS)
    assert (found.standing, found.due_then, found.expected) == (ON_PACE, Fraction(1, 5), Fraction(1, 2))


def test_no_data_is_said_and_is_neither_fast_nor_slow() -> None:
    assert pace(plan(), [], day("2026-06-30"), CAL, BANDS).standing == NO_DATA
    old = pace(plan(), [at("2026-03-31", 9)], day("2026-07-02"), CAL, BANDS)
    assert old.standing == NO_DATA and "已经 93 天" in old.says and "93 days old" in old.says.en
    assert pace(plan(), [at("2026-03-31", 9)], day("2026-07-01"), CAL, BANDS).standing == AHEAD
    early = pace(plan(), [], day("2025-12-31"), CAL, BANDS)
    assert early.standing == NO_DATA and "2026-01-01 才开始" in early.says
    future = pace(plan(), [at("2026-06-30", 9)], day("2026-06-29"), CAL, BANDS)
    assert future.standing == NO_DATA and future.reading is None


def test_age_is_counted_to_the_end_of_the_plan() -> None:
    assert pace(plan(), [at("2026-12-20", 40)], day("2027-09-01"), CAL, BANDS).standing == ON_PACE


def test_on_the_last_day_only_the_whole_goal_will_do() -> None:
    assert pace(plan(), [at("2026-12-31", 39)], LAST, CAL, BANDS).standing == BEHIND
    assert pace(plan(), [at("2026-12-31", 40)], LAST, CAL, BANDS).standing == ON_PACE


def test_a_later_word_on_the_same_day_corrects_the_first() -> None:
    found = pace(plan(), [at("2026-06-30", 30), at("2026-06-30", 13)], day("2026-06-30"), CAL, BANDS)
    assert found.reading == at("2026-06-30", 13) and found.standing == FAR_BEHIND


def test_a_falling_goal_counts_downwards() -> None:
    falling = plan(base=Fraction(83), goal=Fraction(0), unit="座")
    found = pace(falling, [at("2026-06-30", 41.5)], day("2026-06-30"), CAL, BANDS)
    assert (found.standing, found.actual) == (ON_PACE, Fraction(1, 2))


def test_agreed_nodes_bend_the_curve_and_are_said() -> None:
    bent = plan(nodes=(Node(day("2026-06-30"), Fraction(3, 10)),))
    assert expected(bent, day("2026-06-30"), CAL) == Fraction(3, 10)
    assert expected(bent, day("2026-04-30"), CAL) == Fraction(3, 10) * Fraction(20, 50)
    assert expected(bent, day("2026-09-30"), CAL) == Fraction(3, 10) + Fraction(7, 10) * Fraction(30, 50)
    assert "经过约定的 1 个节点" in pace(bent, [], day("2026-06-30"), CAL, BANDS).basis


def test_quarters_end_with_the_last_day() -> None:
    assert quarters(plan(), CAL) == (
        Node(day("2026-03-31"), Fraction(0)),
        Node(day("2026-06-30"), Fraction(1, 2)),
        Node(day("2026-09-30"), Fraction(8, 10)),
        Node(LAST, Fraction(1)),
    )
    short = plan(first=day("2026-02-10"), last=day("2026-05-15"))
    assert [node.day for node in quarters(short, CAL)] == [day("2026-03-31"), day("2026-05-15")]


def test_a_plan_wholly_in_idle_months_goes_by_working_days() -> None:
    idle = plan(first=day("2026-01-01"), last=day("2026-02-28"))
    part = Fraction(CAL.count(FIRST - 1, day("2026-01-31")), CAL.count(FIRST - 1, day("2026-02-28")))
    assert expected(idle, day("2026-01-31"), CAL) == part


@pytest.mark.parametrize(
    "wrong",
    [
        {"goal": Fraction(0)},
        {"last": FIRST - 1},
        {"nodes": (Node(day("2026-06-30"), Fraction(1, 2)), Node(day("2026-05-30"), Fraction(3, 4)))},
        {"nodes": (Node(day("2026-06-30"), Fraction(1, 2)), Node(day("2026-09-30"), Fraction(1, 4)))},
        {"nodes": (Node(LAST, Fraction(1, 2)),)},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"plan|goal|nodes"):
        plan(**wrong)


@pytest.mark.parametrize("weights", [(1,) * 11, (0,) * 12, (-1, *(1,) * 11)])
def test_a_curve_that_makes_no_sense_is_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="twelve weights"):
        Curve("x", Say("例", "x"), 0, weights, "例")


def test_the_curve_of_the_day_is_taken() -> None:
    newer = Curve("building", BUILDING.title, day("2026-01-01"), (1,) * 12, "例")
    both = [newer, BUILDING]
    assert curve_on(both, "building", day("2025-12-31")) is BUILDING
    assert curve_on(both, "building", FIRST) is newer
    with pytest.raises(KeyError, match="planting"):
        curve_on(both, "planting", FIRST)
    with pytest.raises(KeyError, match="2020"):
        curve_on(both, "building", day("2020-12-31"))


def test_figures_are_written_without_idle_noughts() -> None:
    written = [figure(Fraction(one)) for one in ("40", "17.5", "1234567.891", "-0.5", "1/3")]
    assert written == ["40", "17.5", f"1{THIN}234{THIN}567.89", "-0.5", "0.33"]


# --- for every one ---------------------------------------------------------------------------------------------

weights = st.lists(st.integers(0, 30), min_size=12, max_size=12).filter(any).map(tuple)
spans = st.tuples(st.integers(FIRST - 400, FIRST + 300), st.integers(0, 500))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    first, length = draw(spans)
    curve = draw(st.none() | weights.map(lambda w: Curve("c", Say("例", "c"), 0, w, "例")))
    days = (
        sorted(draw(st.sets(st.integers(first, max(first, first + length - 1)), max_size=3)))
        if length
        else []
    )
    shares = sorted(draw(st.lists(st.fractions(0, 1), min_size=len(days), max_size=len(days))))
    nodes = tuple(Node(*one) for one in zip(days, shares, strict=True))
    return Plan(first, first + length, Fraction(draw(st.integers(1, 100))), curve=curve, nodes=nodes)


@settings(max_examples=60, deadline=None)
@given(plan=plans(), data=st.data())
def test_expectation_rises_from_nothing_to_the_whole_through_every_node(
    plan: Plan, data: st.DataObject
) -> None:
    days = sorted(data.draw(st.lists(st.integers(plan.first - 5, plan.last + 5), min_size=2, max_size=8)))
    shares = [expected(plan, one, CAL) for one in days]
    assert shares == sorted(shares) and all(0 <= share <= 1 for share in shares)
    assert expected(plan, plan.first - 1, CAL) == 0 and expected(plan, plan.last, CAL) == 1
    assert all(expected(plan, node.day, CAL) == node.share for node in plan.nodes)


@settings(max_examples=60, deadline=None)
@given(plan=plans(), ago=st.integers(0, 200), more=st.fractions(0, 5), value=st.fractions(-2, 120))
def test_more_is_never_slower(plan: Plan, ago: int, more: Fraction, value: Fraction) -> None:
    order = [FAR_BEHIND, BEHIND, ON_PACE, AHEAD]
    asof = plan.last - ago
    one, other = (pace(plan, [Reading(asof, v)], asof, CAL, BANDS) for v in (value, value + more))
    if one.standing == NO_DATA:
        assert asof < plan.first and other.standing == NO_DATA
        return
    assert order.index(one.standing) <= order.index(other.standing)
    assert one.says and one.says.en and one.basis.en


@settings(max_examples=40, deadline=None)
@given(plan=plans(), factor=st.integers(2, 9), asof=st.integers(0, 500))
def test_heavier_weights_all_round_change_nothing(plan: Plan, factor: int, asof: int) -> None:
    if plan.curve is None:
        return
    heavy = Curve("c", plan.curve.title, 0, tuple(w * factor for w in plan.curve.weights), "例")
    same = Plan(plan.first, plan.last, plan.goal, curve=heavy, nodes=plan.nodes)
    assert expected(plan, plan.first + asof, CAL) == expected(same, plan.first + asof, CAL)
