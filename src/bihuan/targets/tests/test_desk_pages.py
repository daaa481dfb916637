"""The desk's pages: who gets in, what is proposed, confirming one and several, deciding, readings."""

import re
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.targets.models import Commitment, Decision, Reading
from bihuan.targets.tests.conftest import BUILDINGS, DOUBT, GDP, JOBS, SOFT_TASK, TASK


def plain(answer):
    return unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_only_staff_get_in(office, client):
    for path in ("", f"{office.report.pk}/proposals", f"{office.report.pk}/confirm/{GDP}"):
        assert client.get(f"/desk/promises/{path}").status_code == 302, path


def test_proposals_show_suggestion_and_reason_and_filter(office, log_in):
    desk = log_in("duban")
    base = f"/desk/promises/{office.report.pk}/proposals"
    words = plain(desk.get(base))
    assert "全年新增就业4万人" in words and "促进就业" in words and "“210亿元”存疑" in words
    goals = desk.get(f"{base}?kind=goal&measure=quantified&unit=nk.rsj").content.decode()
    assert f'value="{JOBS}"' in goals and TASK not in goals
    assert f'value="{BUILDINGS}"' not in desk.get(base).content.decode()  # waits for the decision
    assert "没有符合的" in plain(desk.get(f"{base}?unit=nk.haishi"))


def test_several_at_once_for_their_suggested_units(office, log_in):
    desk = log_in("duban")
    base = f"/desk/promises/{office.report.pk}/proposals"
    assert desk.post(base, {"key": [JOBS, TASK]}).status_code == 302
    assert dict(Commitment.objects.values_list("key", "lead_id")) == {JOBS: "nk.rsj", TASK: "nk.shangwu"}
    assert "确认了 2 项，立成 2 件" in plain(desk.get(base))
    assert f'value="{JOBS}"' not in desk.get(f"{base}?open=1").content.decode()


def test_several_at_once_for_one_unit_tell_what_failed(office, log_in):
    desk = log_in("duban")
    answer = desk.post(
        f"/desk/promises/{office.report.pk}/proposals", {"key": [GDP, BUILDINGS], "lead": "nk.fgw"}
    )
    assert answer.status_code == 422
    assert "210亿元" in plain(answer) and "还差一处" in plain(answer)
    assert Commitment.objects.get().key == GDP


def test_nothing_chosen_is_said(office, log_in):
    answer = log_in("duban").post(f"/desk/promises/{office.report.pk}/proposals", {})
    assert answer.status_code == 422 and "先勾选要确认的" in plain(answer)


def test_one_is_confirmed_with_its_form(office, log_in):
    desk = log_in("ducha")
    address = f"/desk/promises/{office.report.pk}/confirm/{GDP}"
    form = desk.get(address).content.decode()
    assert '<option value="nk.fgw" selected>' in form
    assert desk.post(address, {"lead": "", "title": "地区生产总值"}).status_code == 422
    assert (
        desk.post(address, {"lead": "nk.fgw", "title": "地区生产总值", "matter": "special"}).status_code
        == 302
    )
    assert Commitment.objects.get().title == "地区生产总值"
    assert desk.get(address).status_code == 302  # confirmed already: to its page


def test_other_units_see_and_may_not_confirm(office, log_in):
    desk = log_in("fagai")
    address = f"/desk/promises/{office.report.pk}/confirm/{GDP}"
    assert "督查室的经办人或负责人办" in plain(desk.get(address))
    answer = desk.post(address, {"lead": "nk.fgw"})
    assert answer.status_code == 422 and "督查室" in plain(answer)
    assert not Commitment.objects.exists()


def test_a_doubt_is_decided_with_its_reason(office, log_in):
    desk = log_in("duban")
    address = f"/desk/promises/{office.report.pk}/decide/{DOUBT}"
    assert "2个10亿元" in plain(desk.get(address))
    answer = desk.post(address, {"value": "2个10亿元", "why": ""})
    assert answer.status_code == 422 and "请写明理由" in plain(answer) and "2个10亿元" in plain(answer)
    assert desk.post(address, {"value": "other", "other": "10亿元", "why": "查了原件"}).status_code == 302
    assert Decision.objects.get().value == "10亿元"


def test_a_reading_is_added_and_faults_name_their_fields(office, log_in):
    office.confirm(GDP, "nk.fgw")
    desk = log_in("fagai")
    address = f"/desk/promises/{office.report.pk}/reading/{GDP}"
    answer = desk.post(address, {"year": "17", "value": "七百", "status": "achieved", "source": "公报"})
    assert answer.status_code == 422 and "数值要写成数字" in plain(answer) and "年份应在" in plain(answer)
    good = {"year": "2017", "value": "70250000000", "status": "achieved", "source": "示例公报"}
    assert desk.post(address, good).status_code == 302
    assert Reading.objects.filter(year=2017).exists()


def test_commitments_by_due_with_a_fixed_number_of_queries(office, log_in):
    desk = log_in("duban")
    office.working()
    desk.get("/desk/promises/")
    with CaptureQueriesContext(connection) as few:
        words = plain(desk.get("/desk/promises/"))
    assert "1 项承诺在办" in words and "区发展和改革委员会" in words and "办理中" in words
    for key, lead in ((JOBS, "nk.rsj"), (TASK, "nk.shangwu"), (SOFT_TASK, "nk.scjg")):
        office.confirm(key, lead)
    with CaptureQueriesContext(connection) as more:
        words = plain(desk.get("/desk/promises/"))
    assert len(more) == len(few) <= 14
    assert "软任务，不评" in words
    assert "全年新增就业4万人" not in plain(desk.get("/desk/promises/?lead=nk.fgw"))
