"""Several proposals become one commitment, one becomes several, some are rejected; by whom, and what is refused."""

import pytest

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions, queries
from bihuan.targets.actions import Part
from bihuan.targets.models import Commitment, Rejection, Target
from bihuan.targets.tests.conftest import BUILDINGS, GDP, JOBS, NOW, SOFT_TASK, TASK

GROWTH = "goal-11767-11779"  # 地区生产总值增长8.5%


def split(office, key, *parts, name="duban"):
    return actions.split(
        office.report.pk, key, [Part(*part) for part in parts], **office.who(name), at=at(NOW)
    )


def reject(office, key, why="并入另一项", name="duban", act=actions.reject):
    return act(office.report.pk, key, why, **office.who(name), at=at(NOW))


def test_merged_proposals_keep_every_quote_and_both_goals(office):
    made = office.confirm(GDP, "nk.fgw", more=[GROWTH], title="地区生产总值：年增 8.5%，2021 年超千亿")
    sources = list(made.sources.all())
    assert [s.quote for s in sources] == ["地区生产总值力争超千亿", "地区生产总值增长8.5%"]
    assert {s.target.kind for s in sources} == {"level_by_year", "growth_yoy"}
    assert made.target == sources[0].target
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.get()
    assert "超过1000亿元" in case.data["target"] and "8.5%" in case.data["target"]
    page = queries.mark_page(office.report.pk, GROWTH, at(NOW))
    assert page.followed and page.followed.row == made  # either mark leads to it


def test_a_merged_commitment_is_as_checkable_as_its_best_part(office):
    assert office.confirm(SOFT_TASK, "nk.scjg", more=[JOBS]).measurability == "quantified"


def test_a_merged_mark_cannot_be_confirmed_again(office):
    office.confirm(GDP, "nk.fgw", more=[GROWTH])
    with pytest.raises(BadInput, match="已经确认为"):
        office.confirm(GROWTH, "nk.fgw")
    assert Commitment.objects.count() == 1


def test_merging_stops_at_a_doubtful_number(office):
    with pytest.raises(Refused):
        office.confirm(GDP, "nk.fgw", more=[BUILDINGS])
    assert not Commitment.objects.exists()


def test_one_proposal_becomes_several_with_their_own_leads(office):
    first, second = split(office, JOBS, ("新增就业：招聘", "nk.rsj"), ("新增就业：园区岗位", "nk.shangwu"))
    assert (first.part, second.part) == (1, 2)
    assert {first.lead_id, second.lead_id} == {"nk.rsj", "nk.shangwu"}
    assert first.quote == second.quote == "全年新增就业4万人"  # the words of the report stay
    assert first.target == second.target and Target.objects.count() == 1
    assert first.case_id != second.case_id


@pytest.mark.parametrize(
    ("parts", "said"),
    [([("一项", "nk.rsj")], "拆成 2 到"), ([("同名", "nk.rsj"), ("同名", "nk.fgw")], "各不相同"),
     ([("甲", "nk.rsj"), (" ", "nk.fgw")], "请写任务名称"), ([("甲", "nk.rsj"), ("乙", "nk.nowhere")], "请选责任单位")],
)  # fmt: skip
def test_a_bad_split_leaves_nothing(office, parts, said):
    with pytest.raises(BadInput, match=said):
        split(office, JOBS, *parts)
    assert not Commitment.objects.exists() and not Target.objects.exists()


def test_a_rejected_proposal_waits_until_it_is_taken_up_again(office):
    reject(office, TASK)
    with pytest.raises(BadInput, match="已经驳回：并入另一项"):
        office.confirm(TASK, "nk.shangwu")
    with pytest.raises(BadInput, match="已经驳回"):
        reject(office, TASK)
    reject(office, TASK, "单独立项", act=actions.take_up)
    with pytest.raises(BadInput, match="没有被驳回"):
        reject(office, TASK, "再一次", act=actions.take_up)
    assert office.confirm(TASK, "nk.shangwu").pk
    assert [(r.withdrawn, r.why) for r in Rejection.objects.all()] == [
        (False, "并入另一项"),
        (True, "单独立项"),
    ]


@pytest.mark.parametrize("why", ["", "  ", "长" * 301])
def test_a_rejection_needs_its_reason(office, why):
    with pytest.raises(BadInput, match="请写明理由"):
        reject(office, TASK, why)


def test_what_is_confirmed_cannot_be_rejected(office):
    office.confirm(TASK, "nk.shangwu")
    with pytest.raises(BadInput, match="已经确认为"):
        reject(office, TASK)


@pytest.mark.parametrize("name", ["fagai", "quzhang", "inspector", "chuangkou"])
def test_others_neither_split_nor_reject(office, name):
    with pytest.raises(Refused, match="督查室"):
        split(office, JOBS, ("甲", "nk.rsj"), ("乙", "nk.fgw"), name=name)
    with pytest.raises(Refused, match="督查室"):
        reject(office, JOBS, name=name)
    assert not Commitment.objects.exists() and not Rejection.objects.exists()


def test_what_is_not_public_is_not_on_the_public_pages(office, client):
    made = office.confirm(TASK, "nk.shangwu", title="内部掌握的名称")
    assert "内部掌握的名称" in client.get("/promises/").content.decode()
    Commitment.objects.filter(pk=made.pk).update(public=False)
    for page in ("/promises/", f"/promises/{office.report.pk}/mark/{TASK}"):
        assert "内部掌握的名称" not in client.get(page).content.decode()
