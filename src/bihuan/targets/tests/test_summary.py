"""The leader's page and the page of all goals: honest counts, the holder, what is off track first, nothing internal in public."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from bihuan.core.time.instant import at
from bihuan.targets import actions, goalboard, summary
from bihuan.targets.plan import usual
from bihuan.targets.tests.conftest import BUILDINGS, GDP, JOBS, NOW, SOFT_GOAL, TASK
from bihuan.targets.tests.test_pages import plain

pytestmark = pytest.mark.django_db
SOON, LATER = "2026-11-25 10:00", "2027-06-01 10:00"


def page(office: Any, when: str = SOON, staff: bool = False) -> summary.Summary:
    return summary.summary(office.report.pk, at(when), staff)


def read(office: Any, made: Any, year: int, value: str) -> None:
    actions.add_reading(
        made.target.indicator_id, year, value, "achieved", "示例年报", **office.who("duban"), at=at(NOW)
    )


def test_a_promise_in_time_without_readings_is_not_said_to_be_on_track(office):
    office.working()
    found = page(office)
    assert (found.rated, len(found.open), found.off, found.open[0].has_data) == (1, 1, (), False)


def test_a_late_clock_and_figures_behind_are_each_a_reason(office):
    made = office.working()
    read(office, made, 2017, "70200000000")
    (one,) = page(office).off
    assert [str(why) for why in one.why] == [
        "2017 年实际 702 亿元，这一年须达到 706.7 亿元，少 4.74 亿元。余下 4 年须年均 9.25%。"
    ]
    (late,) = page(office, LATER).off
    assert len(late.why) == 2 and "已经超期" in late.why[0]


def test_figures_that_keep_up_are_no_reason(office):
    made = office.working()
    read(office, made, 2017, "71000000000")
    assert (page(office).off, page(office).read) == ((), 1)


def test_the_arithmetic_of_the_report_is_no_reason(office):
    office.working()  # 8.5 % a year does not reach the goal, but nothing has been measured
    assert page(office).off == ()


def test_who_holds_it_and_for_how_many_working_days(office):
    office.working()
    (one,) = page(office, "2026-12-01 10:00").open
    assert one.held is not None and (one.held.holder, one.held.days) == ("nk.fgw", 5)
    assert one.one.head.holder_title == "区发展和改革委员会"


def test_a_step_that_leaves_it_with_the_same_holder_begins_nothing(office):
    made = office.working()
    office.do(made.case_id, "progress", "fagai", "2026-11-30 15:00", text="已开工")
    one = next(iter(page(office, "2026-12-01 10:00").open))
    assert one.held is not None and one.held.days == 5


def test_soft_promises_are_counted_apart(office):
    office.confirm(SOFT_GOAL, "nk.rsj")
    office.confirm(TASK, "nk.shangwu")
    found = page(office)
    assert (found.rated, found.soft) == (1, 1)
    assert [row.unit for row in found.units] == ["nk.shangwu"]


def test_counts_add_up_by_unit(office):
    office.working()
    for key, lead in ((JOBS, "nk.rsj"), (TASK, "nk.shangwu"), ("goal-11767-11779", "nk.fgw")):
        office.confirm(key, lead)
    found = page(office, LATER)
    assert sum(row.all for row in found.units) == found.rated == 4
    assert sum(row.off for row in found.units) == len(found.off) == 4
    assert found.units[0].unit == "nk.fgw"


def test_the_node_that_is_due_before_the_limit_comes_next(office):
    from datetime import date

    plan = replace(usual("project"), nodes=((date(2026, 11, 26), "完成设计"), (date(2027, 3, 31), "开工")))
    office.confirm(TASK, "nk.shangwu", plan=plan)
    (one,) = page(office).open
    assert one.next is not None and (one.next.what, one.next.is_node) == ("完成设计", True)
    (later,) = page(office, "2026-11-30 10:00").open
    assert (
        later.next is not None and not later.next.is_node
    )  # the limit of the step comes before the next node


def test_the_public_page_has_no_internals_and_the_desk_has_them(office, client, log_in):
    plan = replace(usual("figure"), leader="分管副区长岗位", public=True)
    made = office.confirm(GDP, "nk.fgw", plan=plan)
    office.do(
        made.case_id, "approve", "quzhang", "2026-11-24 10:30", basis="decision", decision="示例政〔2026〕1号"
    )
    office.do(
        made.case_id,
        "assign",
        "duban",
        "2026-11-24 11:00",
        "letter:assign",
        lead="nk.fgw",
        limit="8 working days",
    )
    office.do(made.case_id, "sign", "fagai", "2026-11-24 14:00")
    office.do(made.case_id, "progress", "fagai", "2026-11-24 15:00", text="内部说的进展")
    office.confirm(JOBS, "nk.rsj", plan=replace(usual("figure"), public=False))
    public = plain(client.get(f"/promises/{office.report.pk}/summary").content.decode())
    assert "1 项能评的承诺" in public and "地区生产总值力争超千亿" in public
    for inside in ("分管副区长岗位", "内部说的进展", "全年新增就业4万人"):
        assert inside not in public, inside
    desk = log_in("duban").get(f"/desk/promises/{office.report.pk}/summary")
    words = plain(desk.content.decode())
    for inside in ("分管副区长岗位", "内部说的进展", "全年新增就业4万人", "不公开"):
        assert inside in words, inside


def test_the_desk_page_wants_a_log_in(office, client):
    assert client.get(f"/desk/promises/{office.report.pk}/summary").status_code == 302


def test_the_pages_speak_english(office, client):
    office.working()
    client.cookies["django_language"] = "en"
    for name, said in (("summary", "1 promise can be rated"), ("goals", "No goal has readings yet")):
        html = client.get(f"/promises/{office.report.pk}/{name}").content.decode()
        assert said in html, name


def test_the_page_asks_the_same_number_of_questions_with_more_promises(office, client):
    from django.db import connection

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/promises/{office.report.pk}/summary").status_code == 200
        return len(found)

    office.working()
    asked()
    few = asked()
    for key, lead in ((JOBS, "nk.rsj"), (TASK, "nk.shangwu")):
        office.confirm(key, lead)
    assert asked() == few <= 16


def test_every_goal_with_a_figure_is_on_the_page_drawn_or_with_a_reason(office, client):
    board = goalboard.board(office.report.pk, at(SOON))
    figures = [t for t in office.report.findings["targets"] if t["norm_value"] is not None]
    assert len(board.goals) == len(figures) == sum(board.counts.values())
    html = client.get(f"/promises/{office.report.pk}/goals").content.decode()
    for one in board.goals:
        assert f"/mark/{one.mark.key}" in html, one.mark.key
    doubtful = next(one for one in board.goals if one.mark.key == BUILDINGS)
    assert doubtful.path is None and "存疑" in doubtful.why_not


def test_a_horizon_narrows_and_an_unknown_one_does_not(office):
    every = goalboard.board(office.report.pk, at(SOON))
    term = goalboard.board(office.report.pk, at(SOON), "5y")
    assert dict(every.horizons)["5y"] == len(term.goals) < len(every.goals)
    assert goalboard.board(office.report.pk, at(SOON), "1984").goals == every.goals


def test_a_goal_behind_comes_first_and_is_counted(office, client):
    made = office.confirm(JOBS, "nk.rsj")
    read(office, made, 2017, "31000")
    board = goalboard.board(office.report.pk, at(SOON))
    assert (board.counts["behind"], board.counts["abreast"]) == (2, 0)  # the year and the term
    html = client.get(f"/promises/{office.report.pk}/goals").content.decode()
    cards = html.split('class="bh-card rp-card"')
    assert f'id="{JOBS}"' in "".join(cards[1:3]) and "2 个目标有读数，2 个比须达到的慢" in html


def test_unknown_reports_are_not_found(office, client, log_in):
    for path in ("goals", "summary"):
        assert client.get(f"/promises/{office.report.pk + 9}/{path}").status_code == 404
    assert log_in("duban").get(f"/desk/promises/{office.report.pk + 9}/summary").status_code == 404
