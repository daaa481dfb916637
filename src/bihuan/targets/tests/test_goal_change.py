"""A goal is changed by two people, neither of the lead unit; both versions stay visible, to the public too."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases import queries as cases
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.targets import actions, goals
from bihuan.targets.actions import Basis, Goal
from bihuan.targets.models import GoalChange, Target
from bihuan.targets.tests.conftest import GDP, NOW

SINCE = date(2020, 1, 1)
LOWER = Goal("地区生产总值达到900亿元", "90000000000", "元", "", "2022")


def propose(office, made, goal=LOWER, reason="基数核减", basis="示例政〔2026〕9号", name="duban"):
    return actions.propose_change(made.target_id, goal, reason, Basis(basis), **office.who(name), at=at(NOW))


def rule(office, change, agreed=True, why="", name="quzhang"):
    return actions.rule_change(change.pk, agreed, why, **office.who(name), at=at("2026-11-25 10:00"))


@pytest.fixture
def made(office):
    return office.working(GDP)


def test_two_people_change_a_goal_and_both_versions_stay(office, made):
    change = propose(office, made)
    target = Target.objects.get()
    assert target.value == Decimal(100_000_000_000)  # proposing changes nothing
    rule(office, change)
    target.refresh_from_db()
    assert (target.value, target.by_year, target.text) == (
        Decimal(90_000_000_000),
        2022,
        "地区生产总值力争超千亿",
    )
    first, second = goals.versions(target)
    assert (first.text, str(first.figure), first.year, first.change) == (
        "地区生产总值力争超千亿",
        "1000亿元",
        2021,
        None,
    )
    assert (second.text, str(second.figure), second.year) == ("地区生产总值达到900亿元", "900亿元", 2022)
    assert second.change and (second.change.reason, second.change.basis) == ("基数核减", "示例政〔2026〕9号")
    assert "督查室" in second.change.proposed_by and "人民政府" in (second.change.ruled_by or "")


def test_the_case_keeps_a_note_of_the_change(office, made):
    rule(office, propose(office, made))
    words = " ".join(
        str(value)
        for step in cases.tracked(made.case_id, at("2026-11-26 10:00")).steps
        for _, value in step.data
    )
    assert "目标变更" in words and "基数核减" in words


def test_another_scope_is_another_indicator(office, made):
    before = made.target.indicator
    rule(office, propose(office, made, replace(LOWER, scope="2020 年可比价")))
    target = Target.objects.get()
    assert target.indicator != before and target.indicator.scope == "2020 年可比价"
    assert not target.indicator.readings.exists()  # figures of the old scope are not carried over


def test_the_proposer_cannot_approve(office, made):
    people.give_post(office.persons["ducha"], "nk.duban", "officer", SINCE)
    change = propose(office, made, name="ducha")
    with pytest.raises(Refused, match="两个人"):
        rule(office, change, name="ducha")
    assert rule(office, change, name="quzhang").agreed


@pytest.mark.parametrize("name", ["duban", "fagaihead", "inspector", "chuangkou"])
def test_only_a_head_rules(office, made, name):
    change = propose(office, made, name="ducha")
    with pytest.raises(Refused, match="负责人"):
        rule(office, change, name=name)


@pytest.mark.parametrize("name", ["fagai", "quzhang", "inspector"])
def test_only_the_office_proposes(office, made, name):
    with pytest.raises(Refused, match="督查室"):
        propose(office, made, name=name)


def test_somebody_with_a_post_in_the_lead_unit_neither_proposes_nor_approves(office, made):
    people.give_post(office.persons["duban"], "nk.fgw", "officer", SINCE)
    with pytest.raises(Refused, match="牵头单位"):
        propose(office, made)
    change = propose(office, made, name="ducha")
    people.give_post(office.persons["quzhang"], "nk.fgw", "head", SINCE)
    with pytest.raises(Refused, match="牵头单位"):
        rule(office, change)
    assert Target.objects.get().value == Decimal(100_000_000_000)


def test_a_refusal_gives_its_reason_and_changes_nothing(office, made):
    change = propose(office, made)
    with pytest.raises(BadInput, match="要写明理由"):
        rule(office, change, agreed=False)
    rule(office, change, agreed=False, why="理由不成立")
    with pytest.raises(Refused, match="已经批过"):
        rule(office, change)
    (only,) = goals.versions(Target.objects.get())
    assert only.change is None
    (kept,) = goals.changes([made.target_id])[made.target_id]
    assert kept.agreed is False and kept.why == "理由不成立"


def test_one_change_at_a_time(office, made):
    propose(office, made)
    with pytest.raises(Refused, match="先批那一个"):
        propose(office, made, name="ducha")


@pytest.mark.parametrize(
    ("goal", "rest", "field"),
    [(replace(LOWER, value="九百亿"), {}, "value"), (replace(LOWER, year="22"), {}, "year"), (replace(LOWER, text=" "), {}, "text"),
     (replace(LOWER, unit=""), {}, "unit"), (LOWER, {"reason": ""}, "reason"), (LOWER, {"basis": " "}, "basis"),
     (Goal("地区生产总值力争超千亿", "100000000000", "元", "", "2021"), {}, "")],
)  # fmt: skip
def test_bad_input_names_its_field(office, made, goal, rest, field):
    with pytest.raises(BadInput) as caught:
        propose(office, made, goal, **rest)
    assert {name for name, _ in caught.value.faults} == {field}
    assert not GoalChange.objects.exists()


def test_nobody_alters_a_change(office, made):
    propose(office, made)
    with pytest.raises(DatabaseError), transaction.atomic():
        GoalChange.objects.update(old_value=1)


def test_wordings_are_compared_run_by_run():
    assert goals.diff("增长8.5%左右", "增长7%左右") == (
        ("same", "增长"),
        ("del", "8.5"),
        ("ins", "7"),
        ("same", "%左右"),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("地区生产总值力争超千亿", "地区生产总值达到900亿元"),
        ("", "新"),
        ("旧", ""),
        ("甲乙丙", "丁乙戊"),
        ("同", "同"),
    ],
)
def test_both_wordings_can_be_read_off_the_runs(old, new):
    runs = goals.diff(old, new)
    assert "".join(text for kind, text in runs if kind != "ins") == old
    assert "".join(text for kind, text in runs if kind != "del") == new
    assert all(len(text) > 1 or kind != "same" or text in (old[0], old[-1]) for kind, text in runs)
