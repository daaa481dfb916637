"""Confirming a proposal: indicator, base reading, target and case; by whom, and what is refused."""

from decimal import Decimal

import pytest

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions
from bihuan.targets.models import Commitment, Reading, Target
from bihuan.targets.tests.conftest import BUILDINGS, DOUBT, GDP, JOBS, NOW, SOFT_GOAL, SOFT_TASK, TASK


def case_of(made):
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=made.case_id)


def test_a_goal_becomes_indicator_reading_target_and_case(office):
    made = office.confirm(GDP, "nk.fgw")
    target = made.target
    assert (target.indicator.name, target.indicator.unit) == ("地区生产总值", "元")
    assert (target.comparator, target.value, target.by_year) == ("gt", Decimal(100_000_000_000), 2021)
    base = Reading.objects.get()
    assert (base.year, base.value, base.status) == (2016, Decimal(64_800_000_000), "expected")
    assert office.report.text[base.start : base.end] == "648亿元"
    case = case_of(made)
    assert (case.line, case.state, case.title) == ("supervision", "proposed", "地区生产总值力争超千亿")
    assert case.data["quote"] == "地区生产总值力争超千亿"
    assert "超过1000亿元" in case.data["target"]
    assert (made.suggested_id, made.measurability, made.rated) == ("nk.fgw", "quantified", True)


def test_a_task_becomes_a_case_without_a_target(office):
    made = office.confirm(TASK, "nk.shangwu", title="公建配套菜市场投入使用")
    assert made.target is None
    assert case_of(made).title == made.title == "公建配套菜市场投入使用"
    assert made.quote == "建成南马路、天拖等公建配套菜市场并投入使用。"


@pytest.mark.parametrize("name", ["fagai", "quzhang", "inspector", "chuangkou"])
def test_others_are_refused(office, name):
    with pytest.raises(Refused) as caught:
        office.confirm(GDP, "nk.fgw", name)
    assert "督查室" in caught.value.reasons[0] and "Supervision Office" in caught.value.reasons[0].en
    assert not Commitment.objects.exists()


def test_the_head_of_the_office_may_confirm_too(office):
    assert office.confirm(GDP, "nk.fgw", "ducha").pk


def test_a_doubtful_number_waits_for_a_decision(office):
    with pytest.raises(Refused) as caught:
        office.confirm(BUILDINGS, "nk.shangwu")
    assert "210亿元" in caught.value.reasons[0]
    assert not Target.objects.exists()
    actions.decide(office.report.pk, DOUBT, "2个10亿元", "列了两处", **office.who("duban"), at=at(NOW))
    made = office.confirm(BUILDINGS, "nk.shangwu")
    assert made.target.value is None  # the damaged figure is never followed


@pytest.mark.parametrize("key", [SOFT_GOAL, SOFT_TASK])
def test_a_soft_promise_is_followed_and_never_rated(office, key):
    made = office.confirm(key, "nk.fgw")
    assert made.measurability == "soft" and not made.rated


def test_twice_is_said_with_the_first_title(office):
    office.confirm(JOBS, "nk.rsj", title="新增就业")
    with pytest.raises(BadInput, match="已经确认为“新增就业”"):
        office.confirm(JOBS, "nk.rsj")
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "lead", "title", "field"),
    [("goal-1-2", "nk.fgw", "", "key"), ("num-635-640", "nk.fgw", "", "key"), (JOBS, "nk.nowhere", "", "lead"),
     (JOBS, "", "", "lead"), (JOBS, "nk.rsj", "字" * 201, "title")],
)  # fmt: skip
def test_bad_input_names_its_field(office, key, lead, title, field):
    with pytest.raises(BadInput) as caught:
        office.confirm(key, lead, title=title)
    assert [name for name, _ in caught.value.faults] == [field]
    assert not Commitment.objects.exists()
    with wall.open_to(wall.SYSTEM):
        assert not Case.objects.exists()


def test_the_same_base_figure_is_kept_once(office):
    office.confirm(GDP, "nk.fgw")
    office.confirm("goal-11767-11779", "nk.fgw")  # 地区生产总值增长8.5%: another scope, no level
    assert Reading.objects.count() == 1
    assert {t.indicator.scope for t in Target.objects.all()} == {"", "同比增长"}
