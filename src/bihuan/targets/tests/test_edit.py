"""Editing an assignment: what changes is written down; the quote stays; who may, and until when the lead changes."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions, board
from bihuan.targets.models import Commitment, Edit
from bihuan.targets.plan import Plan
from bihuan.targets.tests.conftest import GDP, JOBS, NOW, TASK

FULL = Plan(
    "project", "分管商务的副区长", "主任", ("nk.zjw",), ("nk.scjg", "nk.gzfj"),
    ((date(2017, 3, 31), "完成设计"), (date(2017, 9, 30), "主体完工")), "两处菜市场开业", "竣工验收单、现场照片", False,
)  # fmt: skip


def edit(office, made, title="", lead="", plan=FULL, name="duban"):
    return actions.edit(
        made.pk, title or made.title, lead or made.lead_id, plan, **office.who(name), at=at(NOW)
    )


def fresh(made):
    return Commitment.objects.get(pk=made.pk)


def test_a_confirmed_task_starts_with_what_its_category_calls_for(office):
    made = office.confirm(JOBS, "nk.rsj")
    assert (made.category, made.public) == ("people", True)  # 就业: for the people
    assert "业务系统" in office.confirm(GDP, "nk.fgw").evidence


def test_every_field_is_changed_and_written_down(office):
    made = office.confirm(TASK, "nk.shangwu")
    changes = edit(office, made, title="两处公建菜市场开业", lead="nk.zwb")
    row = fresh(made)
    assert board.plan_of(row) == FULL
    assert (row.title, row.lead_id, row.quote) == ("两处公建菜市场开业", "nk.zwb", made.quote)
    said = {one.field: (one.old, one.new) for one in changes}
    assert said["lead"] == ("nk.shangwu", "nk.zwb")
    assert said["nodes"] == ("", "2017-03-31 完成设计\n2017-09-30 主体完工")
    assert said["public"] == ("是", "否")
    assert set(said) >= {"title", "leader", "responsible", "assisting", "result"}


def test_saving_the_same_writes_nothing(office):
    made = office.confirm(TASK, "nk.shangwu")
    edit(office, made)
    assert edit(office, fresh(made)) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [({"category": "other"}, "category"), ({"leader": "长" * 41}, "leader"), ({"responsible": ("nk.nowhere",)}, "responsible"),
     ({"responsible": ("nk.shangwu",)}, "responsible"), ({"assisting": ("nk.zjw",)}, "assisting"),
     ({"assisting": ("nk.scjg", "nk.scjg")}, "assisting"), ({"nodes": ((date(2017, 1, 1), ""),)}, "nodes"),
     ({"nodes": ((date(1017, 1, 1), "开工"),)}, "nodes"), ({"evidence": "长" * 201}, "evidence")],
)  # fmt: skip
def test_bad_input_names_its_field_and_changes_nothing(office, change, field):
    made = office.confirm(TASK, "nk.shangwu")
    with pytest.raises(BadInput) as caught:
        edit(office, made, plan=replace(FULL, **change))
    assert {name for name, _ in caught.value.faults} == {field}
    assert not Edit.objects.exists()


@pytest.mark.parametrize("name", ["fagai", "quzhang", "inspector"])
def test_others_may_not_edit(office, name):
    made = office.confirm(TASK, "nk.shangwu")
    with pytest.raises(Refused, match="督查室"):
        edit(office, made, name=name)


def test_the_lead_stays_once_the_case_is_assigned(office):
    made = office.working(GDP)
    with pytest.raises(BadInput, match="已经批准立项"):
        edit(office, made, lead="nk.rsj", plan=board.plan_of(made))
    edit(office, made, title="地区生产总值")  # the rest may still be put right
    assert fresh(made).lead_id == "nk.fgw"


def test_many_get_the_same_value_or_none_does(office):
    one, two = office.confirm(TASK, "nk.shangwu"), office.confirm(JOBS, "nk.rsj")

    def give(field, value):
        return actions.set_for_all([one.pk, two.pk], field, value, **office.who("duban"), at=at(NOW))

    assert give("leader", "常务副区长") == 2
    assert give("assisting", ("nk.rsj", "nk.scjg")) == 2  # not for the one that the unit leads itself
    assert board.plan_of(fresh(two)).assisting == ("nk.scjg",)
    with pytest.raises(BadInput, match="没有单位"):
        give("responsible", ("nk.nowhere",))
    with pytest.raises(BadInput, match="逐项改"):
        give("title", "同一个名称")


def test_nobody_alters_the_record_of_edits(office):
    edit(office, office.confirm(TASK, "nk.shangwu"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Edit.objects.update(new="没改过")
    with pytest.raises(DatabaseError), transaction.atomic():
        Edit.objects.all().delete()


def test_cooperating_units_are_suggested_with_the_reason(office):
    found = board.beside(office.report, [TASK], "nk.zjw", at(NOW))
    assert "nk.shangwu" in {one.unit for one in found}
    assert all(one.why and one.why.en != str(one.why) for one in found)
    assert "nk.shangwu" not in {
        one.unit for one in board.beside(office.report, [TASK], "nk.shangwu", at(NOW))
    }
