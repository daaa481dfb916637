"""Lamp and pace of supervision cases in the database: from clocks, from readings, never one for the other."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases import queries
from bihuan.cases.paced import NO_GOAL, NO_SPAN, Measured, paced
from bihuan.cases.shapes import Opened, Refused
from bihuan.cases.tests.test_supervision import Office, office
from bihuan.core.time.instant import at, day

__all__ = ["office"]
TREES = {"goal": 40, "goal_unit": "万平方米", "year": 2026, "curve": "planting"}


def one(case: Opened, when: str) -> Measured:
    return paced([case.case], at(when))[case.case]


def report(office: Office, case: Opened, value: float, when: str, **rest: Any) -> None:
    said = {"text": "进展", "value": value, "source": "绿化台账（例）"} | rest
    office.do(case, "progress", "fagai", when, **said)


def test_a_promise_may_be_in_time_and_behind(office: Office) -> None:
    case = office.working("绿化提升40万平方米", **TREES)
    report(office, case, 9, "2026-04-20 09:00", value_on="2026-04-17")
    found = one(case, "2026-04-20 10:00")
    assert found.light.colour == "green" and "“完成”" in found.light.says
    assert found.pace is not None and found.pace.standing == "behind"
    assert found.pace.reading is not None and found.pace.reading.day == day("2026-04-17")
    assert (
        "应到" in found.pace.says and "万平方米" in found.pace.says and found.sources == ("绿化台账（例）",)
    )
    assert "绿化种植季" in found.pace.basis


def test_a_promise_may_be_late_and_ahead(office: Office) -> None:
    case = office.working("绿化提升40万平方米", **TREES)
    report(office, case, 39, "2026-05-06 09:00")
    found = one(
        case, "2026-05-07 09:00"
    )  # 60 days from 2 March, rolled off the May holiday, ended on the 6th
    assert (found.light.colour, found.light.clock) == ("red", "work") and "已经超期" in found.light.says
    assert found.pace is not None and found.pace.standing == "ahead"


def test_the_lamp_turns_yellow_three_working_days_before_the_end(office: Office) -> None:
    case = office.working()
    seen = {
        when: one(case, f"{when} 09:00").light.colour for when in ("2026-04-27", "2026-04-28", "2026-05-06")
    }
    assert seen == {"2026-04-27": "green", "2026-04-28": "yellow", "2026-05-06": "yellow"}
    assert "还有 2 个工作日" in one(case, "2026-04-29 09:00").light.says


def test_late_stays_red_whatever_comes_after(office: Office) -> None:
    case = office.working()
    office.do(case, "apply_close", "fagaihead", "2026-05-08 09:00", "evidence:result", facts="许可证（例）")
    assert one(case, "2026-05-08 10:00").light.colour == "red"
    done = office.closed(task="规范学校门前停车秩序")
    assert one(done, "2026-04-01 09:00").light.colour == "green"


def test_without_a_goal_or_an_assignment_there_is_a_lamp_and_no_pace(office: Office) -> None:
    found = one(office.working(), "2026-03-03 09:00")
    assert (found.pace, found.why_not) == (None, NO_GOAL) and found.light.colour == "green"
    waiting = office.propose("规范学校门前停车秩序", goal=3, goal_unit="条")
    assert one(waiting, "2026-03-03 09:00").why_not == NO_SPAN


def test_without_a_year_the_time_set_is_the_plan_and_working_days_decide(office: Office) -> None:
    case = office.working("打通断头路3条", goal=3, goal_unit="条")
    found = one(case, "2026-03-20 09:00")
    assert found.plan is not None and (found.plan.first, found.plan.last) == (
        day("2026-03-02"),
        day("2026-05-06"),
    )
    assert found.pace is not None and found.pace.standing == "no_data"
    assert found.pace.basis == "没有季节曲线，按工作日均摊"


def test_quarters_show_what_is_due_and_what_was_reached(office: Office) -> None:
    case = office.working("绿化提升40万平方米", **TREES)
    report(office, case, 8, "2026-03-31 16:00")
    nodes = one(case, "2026-04-20 09:00").nodes
    assert [(node.due, node.reached) for node in nodes] == [
        ("8.4", "8"),
        ("24", None),
        ("29.6", None),
        ("40", None),
    ]


def test_a_changed_goal_is_followed_from_then_on(office: Office) -> None:
    case = office.working("绿化提升40万平方米", **TREES)
    office.do(case, "ask_change", "fagaihead", "2026-03-09 09:00", change="target", reason="地块未移交")
    office.do(case, "agree_change", "ducha", "2026-03-10 09:00")
    said = {"target_old": "40万平方米", "target_new": "30万平方米", "goal": 30}
    office.do(case, "adjust", "quzhang", "2026-03-11 09:00", "letter:adjust", **said)
    plan = one(case, "2026-03-12 09:00").plan
    assert plan is not None and (plan.goal, plan.unit) == (30, "万平方米")


def test_a_figure_without_source_and_one_of_tomorrow_are_refused(office: Office) -> None:
    case = office.working("绿化提升40万平方米", **TREES)
    with pytest.raises(Refused, match="要写明出处"):
        report(office, case, 9, "2026-04-20 09:00", source="")
    with pytest.raises(Refused, match="2026-04-21 还没有到"):
        report(office, case, 9, "2026-04-20 09:00", value_on="2026-04-21")


def test_the_pages_carry_the_same_measure_and_other_lines_none(office: Office) -> None:
    case = office.working("绿化提升40万平方米", **TREES)
    when = at("2026-04-20 10:00")
    assert queries.case_page(case.case, office.actor("fagaihead"), when).measured == one(
        case, "2026-04-20 10:00"
    )
    assert queries.tracked(case.case, when).measured == one(case, "2026-04-20 10:00")
    assert paced([], when) == {}


def test_many_cases_cost_one_query(office: Office, django_assert_num_queries: Any) -> None:
    cases = [office.working(f"任务{word}", **TREES) for word in ("甲：修路灯", "乙：建公厕", "丙：清河道")]
    paced([cases[0].case], at("2026-04-20 09:00"))
    with django_assert_num_queries(1):
        assert len(paced([one.case for one in cases], at("2026-04-20 09:00"))) == 3
