"""The pages of the table of tasks: what they show, what they set, what they refuse, and how often they ask the database."""

import base64
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.core.time.instant import at
from bihuan.record.models import Audit
from bihuan.targets import actions, board
from bihuan.targets.models import Commitment, GoalChange, Rejection
from bihuan.targets.table.opened import open_sheet
from bihuan.targets.tests.conftest import GDP, JOBS, SOFT_TASK, TASK
from bihuan.targets.tests.sheets import again, export, fresh, number, put

GROWTH = "goal-11767-11779"


def plain(answer):
    text = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


@pytest.fixture
def desk(three, log_in, monkeypatch):
    from bihuan.cases.edge import to_datetime

    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-11-25 09:00")))
    return log_in("duban")


@pytest.fixture
def page(office):
    return f"/desk/promises/{office.report.pk}"


# --- the table --------------------------------------------------------------------------------------------------


def test_the_table_says_what_is_missing(desk, page, three):
    words = plain(desk.get(f"{page}/table"))
    assert "分解成 3 项任务，3 项没有填齐" in words
    assert "缺：分管领导、责任人、季度节点" in words and "区住房和建设委员会" in words
    assert "1000亿元" in words and "2017-03-31 完成设计；报审" in words


def test_filters_and_groups(desk, page, three):
    assert "全年新增就业4万人" not in plain(desk.get(f"{page}/table?lead=nk.fgw"))
    assert "没有符合的" in plain(desk.get(f"{page}/table?state=closed"))
    by_unit = desk.get(f"{page}/table?by=unit").content.decode()
    assert re.findall(r"<h2 id=\"g\d+\"><span>([^<]+)", by_unit) == [
        "区发展和改革委员会",
        "区人力资源和社会保障局",
        "区商务局",
    ]


def test_a_fixed_number_of_queries(desk, page, office, three):
    desk.get(f"{page}/table")
    with CaptureQueriesContext(connection) as few:
        desk.get(f"{page}/table")
    office.confirm(SOFT_TASK, "nk.scjg")
    office.confirm(GROWTH, "nk.fgw")
    with CaptureQueriesContext(connection) as more:
        desk.get(f"{page}/table")
    assert len(more) == len(few) <= 23


def test_one_value_for_many(desk, page, three):
    _, jobs, task = three
    chosen = {"task": [jobs.pk, task.pk]}
    assert (
        desk.post(f"{page}/table", chosen | {"set": "leader", "to_leader": "常务副区长"}).status_code == 302
    )
    assert {fresh(one).leader for one in (jobs, task)} == {"常务副区长"}
    desk.post(f"{page}/table", chosen | {"set": "nodes", "to_nodes": "一季度：开工"})
    assert len(board.plan_of(fresh(task)).nodes) == 1
    desk.post(f"{page}/table", chosen | {"set": "lead", "to_lead": "nk.zjw"})
    assert fresh(task).lead_id == "nk.zjw" and board.plan_of(fresh(task)).responsible == ()
    wrong = desk.post(f"{page}/table", chosen | {"set": "assisting", "to_assisting": "环保局"})
    assert wrong.status_code == 422 and "没有单位“环保局”" in plain(wrong)
    assert (
        "环保局" in wrong.content.decode()
        and f'value="{jobs.pk}" id="t{jobs.pk}" aria-labelledby="n{jobs.pk}" checked'
        in wrong.content.decode()
    )
    assert "先勾选" in plain(desk.post(f"{page}/table", {"set": "leader", "to_leader": "x"}))


@pytest.mark.parametrize("name", ["fagai", "quzhang", "inspector"])
def test_others_see_the_table_and_change_nothing(three, log_in, page, name):
    desk = log_in(name)
    words = plain(desk.get(f"{page}/table"))
    assert "3 项任务" in words and "改表由区政府督查室" in words
    answer = desk.post(f"{page}/table", {"task": [three[1].pk], "set": "leader", "to_leader": "别人"})
    assert answer.status_code == 422 and "须由" in plain(answer)
    assert fresh(three[1]).leader == ""


# --- one task ---------------------------------------------------------------------------------------------------


def test_one_task_with_its_record(desk, three):
    _, _, task = three
    words = plain(desk.get(f"/desk/promises/task/{task.pk}/"))
    assert (
        "测试duban" in words and "季度节点" in words and "建成南马路、天拖等公建配套菜市场并投入使用" in words
    )
    assert desk.get("/desk/promises/task/999999/").status_code == 404


def test_the_last_progress_stands_on_the_page_of_the_task(desk, office, three):
    office.do(
        three[0].case_id,
        "progress",
        "fagai",
        "2026-11-24 15:00",
        text="完成上半年核算",
        problem="一项数据未到",
    )
    assert "完成上半年核算" in plain(desk.get(f"/desk/promises/task/{three[0].pk}/"))
    assert desk.get(f"/desk/promises/{office.report.pk}/table").status_code == 200


def form(made, **more):
    kept = board.values(made.title, made.lead_id, board.plan_of(made))
    names = board.units()
    given = kept | {
        name: names.said([c for c in kept[name].split("、") if c], False)
        for name in ("lead", "responsible", "assisting")
    }
    return given | more


def test_the_form_takes_short_names_and_suggestions(desk, three):
    _, jobs, _ = three
    address = f"/desk/promises/task/{jobs.pk}/edit"
    seen = desk.get(address)
    assert "建议" in plain(seen)
    sent = form(
        jobs,
        responsible="发改委、区民政局",
        nodes="二季度：开 3 场招聘会",
        leader="常务副区长",
        add_assisting=["nk.cl"],
    )
    assert desk.post(address, sent).status_code == 302
    plan = board.plan_of(fresh(jobs))
    assert (plan.responsible, plan.assisting, str(plan.nodes[0][0])) == (
        ("nk.fgw", "nk.mzj"),
        ("nk.cl",),
        "2017-06-30",
    )


def test_bad_input_keeps_what_was_typed(desk, three):
    _, jobs, _ = three
    answer = desk.post(
        f"/desk/promises/task/{jobs.pk}/edit",
        form(jobs, nodes="年底完成", responsible="没有这个单位", leader="副区长"),
    )
    words = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("年底完成", "没有这个单位", "副区长"):
        assert kept in words
    assert 'href="#f-nodes"' in words and 'id="f-nodes"' in words and fresh(jobs).leader == ""


def test_the_lead_of_an_approved_task_is_not_asked_for(desk, three):
    gdp, _, _ = three
    address = f"/desk/promises/task/{gdp.pk}/edit"
    assert "readonly" in desk.get(address).content.decode()
    assert desk.post(address, form(fresh(gdp), answerable="主任")).status_code == 302
    assert fresh(gdp).answerable == "主任"


# --- the goal ---------------------------------------------------------------------------------------------------

NEW = {"text": "地区生产总值达到900亿元", "value": "900", "unit": "亿元", "year": "2022", "scope": "", "reason": "基数核减", "basis": "示例政〔2026〕9号"}  # fmt: skip


def test_a_goal_is_proposed_by_one_and_agreed_by_another(desk, log_in, three, office):
    gdp, _, _ = three
    address = f"/desk/promises/task/{gdp.pk}/goal/{gdp.target_id}"
    wrong = desk.post(address, NEW | {"reason": "", "value": "九百"})
    assert wrong.status_code == 422 and "地区生产总值达到900亿元" in wrong.content.decode()
    assert desk.post(address, NEW).status_code == 302
    assert "这是你提出的" in plain(desk.get(address))
    assert "等第二个人批" in plain(desk.get(f"/desk/promises/{office.report.pk}/table"))
    change = GoalChange.objects.get()
    assert change.value == 90_000_000_000 and change.unit == "元"
    assert (
        desk.post(address, {"change": change.pk, "agreed": "yes"}).status_code == 422
    )  # an officer, and the same person
    head = log_in("quzhang")
    seen = head.get(address).content.decode()
    assert "<del>" in seen and "<ins>" in seen
    assert head.post(address, {"change": change.pk, "agreed": "no", "why": ""}).status_code == 422
    assert head.post(address, {"change": change.pk}).status_code == 422
    assert head.post(address, {"change": change.pk, "agreed": "yes"}).status_code == 302
    public = head.get(f"/promises/{office.report.pk}/changes")
    words = plain(public)
    assert "1 个目标变更过" in words and "基数核减" in words and "示例政〔2026〕9号" in words
    assert "1000亿元" in words and "900亿元" in words
    assert "测试" not in words  # units, never persons
    mark = plain(head.get(f"/promises/{office.report.pk}/mark/{GDP}"))
    assert "报告的目标，已变更" in mark and "900亿元" in mark


def test_what_is_not_public_is_not_on_the_public_page(desk, client, three, office):
    gdp, _, _ = three
    change = actions.propose_change(gdp.target_id, actions.Goal("地区生产总值达到900亿元", "90000000000", "元", "", "2022"), "基数", actions.Basis("文号"), **office.who("duban"), at=at("2026-11-24 16:00"))  # fmt: skip
    public = f"/promises/{office.report.pk}/changes"
    assert "没有目标变更过" in plain(client.get(public))  # nobody has agreed yet
    actions.rule_change(change.pk, True, "", **office.who("quzhang"), at=at("2026-11-24 17:00"))
    assert "1 个目标变更过" in plain(client.get(public))
    actions.set_for_all([gdp.pk], "public", False, **office.who("duban"), at=at("2026-11-25 08:00"))
    assert "没有目标变更过" in plain(client.get(public))
    assert client.get("/promises/999/changes").status_code == 404


# --- the workbook -----------------------------------------------------------------------------------------------


def test_the_workbook_is_what_the_filter_shows(desk, page):
    answer = desk.get(f"{page}/table.xlsx?lead=nk.rsj")
    assert (
        answer["Content-Type"].endswith("spreadsheetml.sheet")
        and "filename*=UTF-8''" in answer["Content-Disposition"]
    )
    opened = open_sheet(answer.content)
    assert len(opened.lines) == 1 and opened.exported == at("2026-11-25 09:00")
    (taken,) = Audit.objects.filter(kind="export")  # one row says who took it along
    assert taken.said == {"rows": 1} and taken.about.startswith("tasks/") and taken.by and taken.unit


def upload(body, name="表.xlsx"):
    return {"file": SimpleUploadedFile(name, body)}


def test_a_sheet_is_shown_before_it_is_saved(desk, page, office, three):
    _, jobs, task = three

    def change(grid):
        put(number=number(jobs), leader="常务副区长")(grid)
        return put(number=number(task), assisting="环保局")(grid)

    shown = desk.post(f"{page}/import", upload(again(export(office), change)))
    words = plain(shown)
    assert "1 行会改，1 行收不了" in words and "没有单位“环保局”" in words and fresh(jobs).leader == ""
    hidden = dict(re.findall(r'name="(sheet|expect)" value="([^"]+)"', shown.content.decode()))
    assert open_sheet(base64.b64decode(hidden["sheet"])).lines
    done = plain(desk.post(f"{page}/import", hidden))
    assert "收了 1 行，1 行没有收" in done and fresh(jobs).leader == "常务副区长"


def test_a_sheet_that_has_become_another_is_shown_again(desk, page, office, three):
    _, jobs, _ = three
    shown = desk.post(
        f"{page}/import", upload(again(export(office), put(number=number(jobs), leader="常务副区长")))
    )
    hidden = dict(re.findall(r'name="(sheet|expect)" value="([^"]+)"', shown.content.decode()))
    actions.set_for_all([jobs.pk], "leader", "常务副区长", **office.who("duban"), at=at("2026-11-25 09:00"))
    words = plain(desk.post(f"{page}/import", hidden))
    assert "请再看一遍" in words


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "选好文件"),
        (upload(b"nothing"), "没有找到表头"),
        (upload(b"x" * 1_000_001), "1 MB"),
        ({"sheet": "%%%"}, "选好文件"),
    ],
)
def test_a_bad_file_is_refused_in_words(desk, page, files, said):
    answer = desk.post(f"{page}/import", files)
    assert answer.status_code == 422 and said in plain(answer)


def test_others_do_not_import(three, log_in, page, office):
    desk = log_in("fagai")
    assert desk.post(f"{page}/import", upload(export(office))).status_code == 422


# --- proposals take shape ---------------------------------------------------------------------------------------


def test_proposals_are_merged_split_and_set_aside(office, log_in):
    desk, page = log_in("duban"), f"/desk/promises/{office.report.pk}/shape"
    assert JOBS in desk.get(f"{page}/{TASK}").content.decode()
    wrong = desk.post(f"{page}/{GDP}", {"do": "merge", "more": [GROWTH], "title": "", "lead": ""})
    assert wrong.status_code == 422 and f'value="{GROWTH}" checked' in wrong.content.decode()
    assert (
        desk.post(
            f"{page}/{GDP}", {"do": "merge", "more": [GROWTH], "title": "地区生产总值", "lead": "nk.fgw"}
        ).status_code
        == 302
    )
    assert Commitment.objects.get().sources.count() == 2
    assert desk.get(f"{page}/{GDP}").status_code == 302  # it is a task now
    parts = {"do": "split", "part": ["招聘", "", "园区岗位"], "part_lead": ["nk.rsj", "", ""]}
    wrong = desk.post(f"{page}/{JOBS}", parts)
    assert wrong.status_code == 422 and "园区岗位" in wrong.content.decode()
    assert desk.post(f"{page}/{JOBS}", parts | {"part_lead": ["nk.rsj", "", "nk.shangwu"]}).status_code == 302
    assert Commitment.objects.count() == 3
    assert desk.post(f"{page}/{TASK}", {"do": "reject", "why": ""}).status_code == 422
    desk.post(f"{page}/{TASK}", {"do": "reject", "why": "日常工作"})
    assert "日常工作" in plain(desk.get(f"{page}/{TASK}"))
    desk.post(f"{page}/{TASK}", {"do": "take_up", "why": "单列"})
    assert [row.withdrawn for row in Rejection.objects.all()] == [False, True]


def test_every_page_speaks_english(desk, page, three):
    desk.cookies["django_language"] = "en"
    gdp, _, _ = three
    for path in (
        f"{page}/table",
        f"{page}/import",
        f"/desk/promises/task/{gdp.pk}/",
        f"/desk/promises/task/{gdp.pk}/edit",
        f"/desk/promises/task/{gdp.pk}/goal/{gdp.target_id}",
    ):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        words = re.sub(r"<(\w+)[^>]*lang=\"zh-Hans\"[^>]*>.*?</\1>", "", answer.content.decode(), flags=re.S)
        assert "任务分解" not in words and "牵头单位" not in words, path
