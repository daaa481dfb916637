"""A confirmed promise's case has its object and its measure, so that its pace needs nothing typed again."""

import re
from typing import Any

import pytest

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.cases.paced import paced
from bihuan.cases.shapes import Refused
from bihuan.core.time.instant import at, day
from bihuan.targets import actions
from bihuan.targets.board import plan_of
from bihuan.targets.models import Commitment, Report
from bihuan.targets.tests.conftest import TASK as TASK_OF_2016
from bihuan.targets.tests.conftest import Office, office

__all__ = ["office"]
WHEN = "2026-12-28 10:00"
TREES, GDP, JOBS = "新建提升绿化面积40万平方米", "地区生产总值力争超千亿", "全年新增就业4万人"
GROWTH, CEILING = "地区生产总值增长8.5%", "城镇登记失业率控制在3.8%以内"
MEASURE = ("goal", "goal_unit", "base", "year", "since_year", "curve")


@pytest.fixture
def later(office: Office) -> Office:
    """The report as if it were given ten years later, for goals whose years have not passed."""
    text = re.sub(r"20(1\d|2\d)(?!\d)", lambda year: f"20{int(year[1]) + 10}", office.report.text)
    added = actions.add_report(text, "天津市南开区", 2026, "测试", by=None, at=at(WHEN))
    return Office(added.report, office.persons)


def key_of(report: Report, words: str) -> str:
    one = next(t for t in report.findings["targets"] if t["text"] == words)
    return f"goal-{one['span'][0]}-{one['span'][1]}"


def confirm(office: Office, words: str, lead: str = "nk.cgw", **rest: Any) -> Commitment:
    made: Commitment = office.confirm(key_of(office.report, words), lead, when=WHEN, **rest)
    return made


def said(made: Commitment) -> dict[str, Any]:
    with wall.open_to(wall.SYSTEM):
        data = Case.objects.get(pk=made.case_id).data
    assert data["object"] == made.lead_id
    return {key: data[key] for key in MEASURE if key in data}


def test_what_the_year_adds_is_counted_from_nothing_along_the_fitting_curve(later: Office) -> None:
    trees = {"goal": 40, "goal_unit": "万平方米", "year": 2027, "curve": "planting"}
    assert said(confirm(later, TREES)) == trees
    assert said(confirm(later, JOBS, "nk.rsj")) == {"goal": 4, "goal_unit": "万人", "year": 2027}


def test_a_level_runs_from_the_base_of_the_report_over_all_its_years(later: Office) -> None:
    gdp = {"goal": 1000, "goal_unit": "亿元", "base": 648, "year": 2031, "since_year": 2027}
    made = confirm(later, GDP, "nk.fgw")
    assert said(made) == gdp
    plan = paced([made.case_id], at(WHEN))[made.case_id].plan
    assert plan is not None and (plan.first, plan.last) == (day("2027-01-01"), day("2031-12-31"))
    assert (plan.base, plan.goal) == (648, 1000)


def test_the_pace_needs_nothing_typed_again(later: Office) -> None:
    case = confirm(later, TREES).case_id
    later.do(case, "approve", "quzhang", "2026-12-28 11:00", basis="decision", decision="示例政〔2026〕1号")
    later.do(case, "assign", "duban", "2026-12-28 14:00", "letter:assign", lead="nk.cgw", limit="12 months")
    pace = paced([case], at("2027-04-05 09:00"))[case].pace
    assert pace is not None and pace.standing == "no_data" and "绿化种植季" in pace.basis


@pytest.mark.parametrize("words", [GROWTH, CEILING])
def test_a_rate_and_a_ceiling_are_no_way_to_go(later: Office, words: str) -> None:
    assert said(confirm(later, words, "nk.fgw")) == {}


def test_a_task_without_a_figure_has_its_object_only(office: Office) -> None:
    assert said(office.confirm(TASK_OF_2016, "nk.shangwu")) == {}


def test_a_goal_whose_year_is_past_is_followed_over_the_time_set(office: Office) -> None:
    made = confirm(office, TREES)
    assert said(made) == {"goal": 40, "goal_unit": "万平方米", "curve": "planting"}


def test_merged_goals_keep_the_only_figure_and_several_give_none(later: Office) -> None:
    one = confirm(later, TREES, more=[key_of(later.report, "节能减排任务圆满完成")])
    assert said(one)["goal"] == 40
    two = confirm(later, JOBS, more=[key_of(later.report, "提升改造15条道路")])
    assert said(two) == {}


def test_the_parts_of_a_split_goal_have_no_share_of_its_figure(later: Office) -> None:
    parts = [actions.Part("河西片绿化", "nk.cgw"), actions.Part("学校绿化", "nk.jyj")]
    key = key_of(later.report, TREES)
    made = actions.split(later.report.pk, key, parts, **later.who("duban"), at=at(WHEN))
    assert [said(one) for one in made] == [{}, {}]


def test_the_case_keeps_to_its_object_and_follows_a_corrected_lead(later: Office) -> None:
    made = confirm(later, JOBS, "nk.fgw")
    plan = plan_of(made)
    actions.edit(made.pk, made.title, "nk.rsj", plan, **later.who("duban"), at=at("2026-12-28 10:30"))
    decided = {"basis": "decision", "decision": "示例政〔2026〕1号"}
    later.do(made.case_id, "approve", "quzhang", "2026-12-28 11:00", **decided)
    given = ("2026-12-28 14:00", "letter:assign")
    with pytest.raises(Refused, match="不得随意变更"):
        later.do(made.case_id, "assign", "duban", *given, lead="nk.fgw", limit="90 days")
    later.do(made.case_id, "assign", "duban", *given, lead="nk.rsj", limit="90 days")
