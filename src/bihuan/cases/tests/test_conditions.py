"""Limits by condition and stage: chosen when the case is opened, each stage with its own run, a late one stays late."""

from __future__ import annotations

import pytest

from bihuan.cases import actions, queries
from bihuan.cases.shapes import CasePage, Opened, Refused
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at

SHED, DAY = "管理事项:06001", "2026-10-12"


def shed(district: District) -> Opened:
    return actions.open_case(
        "urban_management", SHED, by=district.id("caiji"), unit="nk.jiandu", at=at(f"{DAY} 09:00"),
        data={"what": "楼顶在搭棚"}, place=POINT,
    )  # fmt: skip


def page(district: District, case: Opened, when: str) -> CasePage:
    return queries.case_page(
        case.case, Actor(district.id("jiandu"), "nk.jiandu", frozenset({"head"})), at(when)
    )


def in_hand(district: District) -> Opened:
    case = shed(district)
    district.do(case.case, "accept", "shouli", f"{DAY} 09:20", condition="halt")
    district.do(case.case, "rule", "zhihui", f"{DAY} 09:30", unit="nk.s001", nobody="测试清单没有这一项")
    return case


def test_the_condition_chosen_decides_the_limit_and_stages_follow(district: District) -> None:
    case = in_hand(district)
    shown = page(district, case, f"{DAY} 09:40")
    assert shown.main and shown.main.due_at.strftime("%m-%d %H:%M") == "10-12 15:00"
    assert ("立案条件", "正在施工的，责令停工") in [
        (str(k), str(v)) for step in shown.steps for k, v in step.data
    ]
    district.do(case.case, "stage", "jie", f"{DAY} 15:30", condition="fine", files=["stage"])
    shown = page(district, case, f"{DAY} 16:00")
    assert shown.main and shown.main.due_at.strftime("%m-%d %H:%M") == "10-21 23:59"
    first = next(clock for clock in shown.clocks if clock.code == "handle" and not clock.live)
    assert first.due.late and first.due.status == "late"  # half an hour over, whatever comes after
    with pytest.raises(Refused, match="一个接一个"):
        district.do(case.case, "stage", "jie", "2026-10-13 09:00", condition="halt", files=["stage"])


def test_where_a_matter_has_conditions_one_of_its_own_is_chosen(district: District) -> None:
    case = shed(district)
    with pytest.raises(Refused, match="立案条件只能是"):
        district.do(case.case, "accept", "shouli", f"{DAY} 09:20", condition="paint")
    with pytest.raises(Refused, match="要选一个"):
        district.do(case.case, "accept", "shouli", f"{DAY} 09:20")


def test_the_last_stage_has_none_after_it(district: District) -> None:
    case = shed(district)
    district.do(case.case, "accept", "shouli", f"{DAY} 09:20", condition="demolish")
    district.do(case.case, "rule", "zhihui", f"{DAY} 09:30", unit="nk.s001", nobody="测试清单没有这一项")
    shown = page(district, case, f"{DAY} 09:40")
    assert shown.main and shown.main.due_at.strftime("%m-%d") == "11-09"
    with pytest.raises(Refused, match="没有下一阶段"):
        district.do(case.case, "stage", "jie", f"{DAY} 10:00", condition="fine", files=["stage"])


def test_a_matter_without_conditions_takes_none(district: District) -> None:
    case = district.report(f"{DAY} 09:00")
    district.do(case.case, "send", "shouli", f"{DAY} 09:05", collector=district.id("caiji"))
    district.do(case.case, "verify", "caiji", f"{DAY} 09:15", files=["before"])
    with pytest.raises(Refused, match="不分立案条件"):
        district.do(case.case, "accept", "shouli", f"{DAY} 09:20", condition="halt")
    district.do(case.case, "accept", "shouli", f"{DAY} 09:20")


def test_a_stage_needs_its_picture_and_an_extension_counts_in_its_unit(district: District) -> None:
    case = in_hand(district)
    with pytest.raises(Exception, match="照片"):
        district.do(case.case, "stage", "jie", f"{DAY} 10:00", condition="fine")
    district.do(case.case, "ask_more", "jie", f"{DAY} 10:00", reason="人手不够")
    district.do(case.case, "extend", "jiandu", f"{DAY} 10:10")
    shown = page(district, case, f"{DAY} 10:20")
    assert shown.main and shown.main.due_at.strftime("%H:%M") == "17:00"
    assert shown.main.plain_due_at.strftime("%H:%M") == "15:00"
