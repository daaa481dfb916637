"""Figures that formulas give month by month: in the pace of the case, in the picture, beside what was reported by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bihuan.cases.edge import to_datetime
from bihuan.core.time.instant import at, day_of
from bihuan.targets import actions, measured, queries, summary
from bihuan.targets.goalcard import card
from bihuan.targets.models import Commitment, Reading
from bihuan.targets.paths import Point, goal_path, so_far
from bihuan.targets.tests.conftest import Office, office
from bihuan.targets.tests.test_beside import FORMULA, VERSION, followed, number, page, report, write
from bihuan.targets.tests.test_measure import JOBS, key_of, later
from bihuan.targets.tests.test_paths import findings, goal, points

__all__ = ["findings", "followed", "later", "office"]
NOW = at("2027-07-05 10:00")


def compute(month: int, value: str, year: int = 2027) -> Reading:
    return actions.add_computed(
        "新增就业", "人", "当年", "天津市南开区", year, Decimal(value), formula=FORMULA, version=VERSION,
        source=f"/scores/{month}/", at=at(f"{year}-{month + 1:02}-02 09:00") if month < 12 else at(f"{year + 1}-01-02 09:00"),
        month=month,
    )  # fmt: skip


def months(*values: float, year: int = 2027) -> list[Point]:
    return [Point(year, value, month=n, computed=True) for n, value in enumerate(values, 1)]


# --- adding up --------------------------------------------------------------------------------------------------


def test_months_are_added_up_within_their_year_and_go_on_after_a_whole_year() -> None:
    found = so_far([Point(2026, 40)], months(3, 4), 2026)
    assert [(p.year, p.month, p.value) for p in found] == [(2027, 1, 43), (2027, 2, 47)]


def test_after_a_month_without_a_figure_no_sum_is_known() -> None:
    held = [p for p in months(3, 4, 5, 6) if p.month != 3]
    assert [p.month for p in so_far([], held, 2027)] == [1, 2]
    assert so_far([], months(3), 2026) == ()  # a year without a figure before it


@given(st.lists(st.integers(0, 100), min_size=24, max_size=24), st.integers(0, 24))
def test_the_sum_after_n_months_is_the_sum_of_n_months(values: list[int], n: int) -> None:
    held = [*months(*values[:12], year=2027), *months(*values[12:], year=2028)][:n]
    found = so_far([], held, 2027)
    assert [p.value for p in found] == [sum(values[: i + 1]) for i in range(n)]


def test_a_level_stands_at_the_end_of_its_month_and_growth_has_no_months(findings: Any) -> None:
    wanted = goal(findings, "上市挂牌企业突破50家")
    way = goal_path(findings, wanted, {}, {("上市挂牌企业", "家", ""): months(26, 27, year=2017)})
    assert (
        way
        and [(p.place, p.value) for p in way.months] == [(2016 + 1 / 12, 26), (2016 + 2 / 12, 27)]
        and way.drawn
    )
    growth = goal(findings, "一般公共预算收入年均增长12%以上")
    known = {("一般公共预算收入", "%", "同比增长"): months(12, 13)}
    assert goal_path(findings, growth, known, known).months == ()  # type: ignore[union-attr]


# --- the picture ------------------------------------------------------------------------------------------------


def test_the_card_draws_the_months_and_lists_them(findings: Any) -> None:
    wanted = goal(findings, "上市挂牌企业突破50家")
    given = {("上市挂牌企业", "家", ""): months(26, 27.5, year=2017)}
    way = goal_path(findings, wanted, {}, given)
    assert way
    one = card(way, wanted, None, False)
    assert one.chart.count("month-dot") == 2 and "2017 年 2 月 27.5 家" in one.chart
    assert one.months == (("2017-01", "26", ""), ("2017-02", "27.5", ""))
    assert "还没有一整年的数，只有月度的" in one.missing and not one.has_readings
    later = goal_path(findings, wanted, {("上市挂牌企业", "家", ""): points((2017, 26))}, given)
    assert later and "month-dot" in card(later, wanted, None, True).chart


def test_the_goal_of_one_year_stands_as_far_as_its_months_go(later: Office, followed: Commitment) -> None:
    compute(1, "3000")
    compute(2, "3500")
    shown = queries.mark_page(later.report.pk, key_of(later.report, JOBS), NOW)
    assert shown.path and [p.value for p in shown.path.months] == [3000, 6500]
    assert "到 2 月" in card(shown.path, shown.mark.fact, None, False).chart


# --- the case ---------------------------------------------------------------------------------------------------


def test_the_pace_is_that_of_the_months_added_up(later: Office, followed: Commitment) -> None:
    report(later, followed, 2.1, "2027-06-30")
    for month in range(1, 7):
        compute(month, "2000")
    found = measured.paced([followed.case_id], NOW)[followed.case_id]
    assert found.computed and found.pace and found.pace.reading
    assert (found.pace.reading.day, found.pace.reading.value) == (day_of(2027, 6, 30), Decimal("1.2"))
    assert [node.reached for node in found.nodes if node.past] == ["0.6", "1.2"]


def test_months_with_a_gap_leave_the_pace_to_what_was_reported(later: Office, followed: Commitment) -> None:
    report(later, followed, 2.1, "2027-06-30")
    compute(6, "2000")
    found = measured.paced([followed.case_id], NOW)[followed.case_id]
    assert (
        not found.computed
        and found.pace
        and found.pace.reading
        and found.pace.reading.value == Decimal("2.1")
    )


def test_the_case_page_shows_both_where_a_month_contradicts(
    later: Office, followed: Commitment, client: Any, monkeypatch: Any
) -> None:
    report(later, followed, 2.1, "2027-06-30")
    for month in range(1, 7):
        compute(month, "2000")
    shown = page(later, client, monkeypatch, f"/desk/{number(followed)}/")
    assert "2027 年 6 月" in shown and "手填比系统计算多 9000人" in shown.replace("0.9万人", "9000人")
    assert 'href="/scores/6/"' in shown


def test_the_leaders_page_goes_by_the_same_pace(later: Office, followed: Commitment) -> None:
    report(later, followed, 2.1, "2027-06-30")
    for month in range(1, 7):
        compute(month, "1000")
    found = summary.summary(later.report.pk, NOW)
    [one] = [p for p in (*found.off, *found.open) if p.one.row.pk == followed.pk]
    assert one.measured and one.measured.computed and one in found.off


def test_a_month_by_hand_is_refused_by_the_database(later: Office, followed: Commitment) -> None:
    row = write(later, followed, "39000")
    assert row is None
    indicator = Reading.objects.get().indicator
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(
            indicator=indicator, year=2027, month=3, value=1, status="achieved", added_at=to_datetime(NOW),
            by=later.persons["duban"],
        )  # fmt: skip


def test_a_month_does_not_pass_for_a_year(later: Office, followed: Commitment, client: Any) -> None:
    compute(1, "3000")
    assert queries.readings_of(later.report)[0] == {}
    rows = client.get("/api/open/readings.csv")
    text = b"".join(rows.streaming_content).decode()
    assert ",2027,1,3000," in text
