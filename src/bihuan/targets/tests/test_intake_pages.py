"""The desk's pages from a file to its proposals: what was found before saving, refusals, originals, two texts of a year."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.core.report.tests.papers import docx, paragraph
from bihuan.targets.models import Adoption, Commitment, Original, Reading, Report
from bihuan.targets.seed import nankai
from bihuan.targets.tests.conftest import BUILDINGS, DOUBT, GDP, JOBS, SOFT_TASK, TASK
from bihuan.targets.tests.test_reread import FOUND

TEXT = nankai()["text"]
OTHER = TEXT.replace("648亿元", "684亿元").replace("全年新增就业4万人", "全年新增就业5万人")
ALL = len(FOUND["targets"]) + len(FOUND["tasks"])
NEW = "/desk/promises/new"


def plain(answer):
    return unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def send(desk, data, name="报告.txt"):
    return desk.post(NEW, {"file": SimpleUploadedFile(name, data)})


def save(desk, data, name="报告.txt", **given):
    """From the file to the saved report; the last answer."""
    address = send(desk, data, name)["Location"]
    return desk.post(address, {"place": "天津市南开区", "year": "2016", "save": "1"} | given)


def test_before_saving_it_shows_what_was_found_and_saves_nothing(office, log_in):
    desk = log_in("duban")
    answer = send(desk, OTHER.encode("gb18030"))
    assert answer.status_code == 302
    page = desk.get(answer["Location"])
    words = plain(page)
    for told in (
        f"读出 {len(FOUND['targets'])} 个目标、{len(FOUND['tasks'])} 项任务，还没有保存", "陈玉恒", "2016-12-25", "标题写 2016，安排的是 2017 年", "文本 · GB18030",
        "587241万平方米", "可能原为“587栋、241万平方米”", "这个数大得不可能", "放在一边 9 行", "今天是:2021年09月26日", "天津市南开区 2016 年已有另外 1 份",
    ):  # fmt: skip
        assert told in words, told
    assert (
        'name="place" value="天津市南开区"' in page.content.decode()
        and 'name="year" value="2016"' in page.content.decode()
    )
    assert Report.objects.count() == 1 and not Original.objects.exists()


def test_it_is_saved_with_its_file_which_can_be_fetched_again(office, log_in):
    desk = log_in("ducha")
    body = docx("".join(paragraph(line) for line in OTHER.splitlines()))
    answer = save(desk, body, "印发稿.docx", source="大会印发", place="天津市河西区", year="2017")
    added = Report.objects.get(year=2017)
    assert answer["Location"] == f"/desk/promises/{added.pk}/proposals" and added.source == "大会印发"
    kept = added.originals.get()
    assert (kept.by_id, kept.form) == (office.persons["ducha"].pk, "docx")
    fetched = desk.get(f"/desk/promises/{added.pk}/original/{kept.sha256}")
    assert fetched.content == body and fetched["X-Content-Type-Options"] == "nosniff"
    assert (
        fetched["Content-Disposition"].startswith("attachment")
        and fetched["Content-Type"] == "application/octet-stream"
    )
    assert "印发稿.docx" in plain(desk.get(NEW))
    assert desk.get(f"/desk/promises/{added.pk}/original/{'0' * 64}").status_code == 404
    desk.logout()
    assert desk.get(f"/desk/promises/{added.pk}/original/{kept.sha256}").status_code == 302  # staff only


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        ("今天天气很好，我们去公园散步。".encode() * 200, "日记.txt", "不是政府工作报告"),
        ("".join(chr(0x4E00 + (i * 7919) % 20000) + "|~^"[i % 3] for i in range(9000)).encode(), "扫描.txt", "不是政府工作报告"),
        (b"1l|!~ ''`; 0O8B " * 900, "噪声.txt", "汉字不到四成"), (b"", "空.txt", "空"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图.png", "文字识别"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "旧.doc", "另存为 .docx"), (TEXT.encode() * 60, "太长.txt", "太长"),
        (b"%PDF-1.4 broken", "坏.pdf", "损坏"), (b"PK\x03\x04" + b"\0" * 99, "坏.docx", "损坏"),
    ],
    ids=["diary", "characters at random", "ocr noise", "empty", "picture", "old doc", "2 MB", "broken pdf", "broken docx"],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_its_reason_at_the_field(office, log_in, data, name, reason):
    answer = send(log_in("duban"), data, name)
    words = plain(answer)
    if data:  # a browser sends an empty file too; Django hands over none
        assert name in words
    assert answer.status_code == 422 and (reason in words or "请选一个文件" in words)
    assert 'class="bh-field err"' in answer.content.decode() and Report.objects.count() == 1


def test_no_file_is_said(office, log_in):
    answer = log_in("duban").post(NEW, {})
    assert answer.status_code == 422 and "请选一个文件" in plain(answer)


def test_a_wrong_place_or_year_loses_nothing(office, log_in):
    desk = log_in("duban")
    answer = save(desk, OTHER.encode(), place=" ", year="一六", source="大会印发")
    words = plain(answer)
    assert answer.status_code == 422 and "哪里的报告" in words and "年份应在" in words
    assert 'value="大会印发"' in answer.content.decode() and 'value="一六"' in answer.content.decode()
    assert Report.objects.count() == 1


def test_the_same_report_again_is_said_before_and_kept_as_one_more_original(office, log_in):
    desk = log_in("duban")
    address = send(desk, TEXT.encode("utf-16"))["Location"]
    assert "一字不差" in plain(desk.get(address)) and "存为又一份原件" in plain(desk.get(address))
    save(desk, TEXT.encode("utf-16"))
    assert "早已录入" in plain(desk.get(NEW))
    assert Report.objects.count() == 1 and Original.objects.count() == 1


def test_a_file_given_up_leaves_nothing_behind(office, log_in):
    desk = log_in("duban")
    address = send(desk, OTHER.encode())["Location"]
    assert desk.post(address, {"drop": "1"})["Location"] == NEW
    assert desk.get(address)["Location"] == NEW
    assert "放了一天以上" in plain(desk.get(NEW)) and Report.objects.count() == 1


def test_a_file_that_waits_is_open_to_its_own_session_only(office, log_in, client):
    address = send(log_in("duban"), OTHER.encode())["Location"]
    client.logout()
    assert log_in("ducha").get(address)["Location"] == NEW


def test_others_read_why_they_may_not_and_are_refused(office, log_in):
    desk = log_in("fagai")
    assert "录入由区政府督查室的经办人或负责人办" in plain(desk.get(NEW))
    answer = send(desk, OTHER.encode())
    assert answer.status_code == 422 and "督查室" in plain(answer)
    assert client_get_anonymous(desk, NEW) == 302


def client_get_anonymous(desk, path):
    desk.logout()
    return desk.get(path).status_code


def test_two_texts_of_a_year_stand_side_by_side_and_a_person_decides(office, log_in, client):
    desk = log_in("duban")
    answer = save(desk, OTHER.encode(), source="大会印发")
    other = Report.objects.latest("pk")
    address = f"/promises/{office.report.pk}/beside/{other.pk}"
    assert answer["Location"] == address
    words = plain(desk.get(address))
    for told in ("2 句数不同，0 句文字不同", "还没有人定", "地区生产总值", "改以这份为准：大会印发"):
        assert told in words, told
    marked = re.findall(r"<mark>(.*?)</mark>", desk.get(address).content.decode())
    assert marked == ["648", "684", "4", "5"]
    adopt = f"/desk/promises/{office.report.pk}/adopt/{other.pk}"
    assert "请写明理由" in plain(desk.post(adopt, {"report": other.pk, "why": ""}))
    assert "请选以哪一份为准" in plain(desk.post(adopt, {"report": "999", "why": "x"}))
    assert desk.post(adopt, {"report": other.pk, "why": "以大会印发的为准"}).status_code == 302
    assert Adoption.objects.get().report == other
    client.logout()
    public = plain(client.get(address))
    assert "以大会印发的为准" in public and "现在定" not in public
    assert "684亿元" in plain(client.get("/promises/"))  # what readers see first is the text in force
    assert "648亿元" in plain(client.get(f"/promises/{office.report.pk}/"))
    assert client.get(f"/promises/{office.report.pk}/beside/{office.report.pk}").status_code == 404


def test_the_proposals_stand_by_section_with_the_doubtful_numbers_first(office, log_in):
    desk = log_in("duban")
    address = f"/desk/promises/{office.report.pk}/proposals"
    page = desk.get(address).content.decode()
    words = plain(desk.get(address))
    assert f"还有 {ALL} 项等人确认" in words and f"读出 {ALL}已确认 0已驳回 0" in words
    assert (
        page.index("先定这几个数")
        < page.index("587241万平方米")
        < page.index("今后五年发展目标和主要任务</span>")
    )
    assert page.index(f"/decide/{DOUBT}?back=proposals") < page.index("今后五年发展目标和主要任务</span>")
    assert page.count('class="bh-card in-chapter"') == len(re.findall(r'<h2 id="c-', page)) > 8
    assert (
        desk.post(
            f"/desk/promises/{office.report.pk}/decide/{DOUBT}",
            {"value": "2个10亿元", "why": "查了原件", "back": "proposals"},
        )["Location"]
        == address
    )
    assert f'value="{BUILDINGS}"' in desk.get(address).content.decode()


def test_a_goal_goes_with_the_task_of_the_same_words_into_one_commitment(office, log_in):
    desk = log_in("duban")
    report = office.report
    task = next(t for t in report.findings["tasks"] if t["span"][0] <= int(JOBS.split("-")[1]) < t["span"][1])
    key = f"task-{task['span'][0]}-{task['span'][1]}"
    address = f"/desk/promises/{report.pk}/proposals"
    assert f'data-within="{key}"' in desk.get(address).content.decode()
    desk.post(address, {"key": [JOBS, key, GDP]})
    assert "确认了 3 项，立成 2 件" in plain(desk.get(address))
    made = Commitment.objects.get(key=key)
    assert (
        [one.key for one in made.sources.all()] == [key, JOBS]
        and made.target.key == JOBS
        and made.lead_id == "nk.rsj"
    )
    assert "已确认 3" in plain(desk.get(address))


def test_one_by_one_the_goal_is_offered_with_its_task_and_may_be_left_out(office, log_in):
    desk = log_in("duban")
    task = next(
        t for t in office.report.findings["tasks"] if t["span"][0] <= int(JOBS.split("-")[1]) < t["span"][1]
    )
    key = f"task-{task['span'][0]}-{task['span'][1]}"
    address = f"/desk/promises/{office.report.pk}/confirm/{key}"
    assert f'name="more" value="{JOBS}" checked' in desk.get(address).content.decode()
    desk.post(address, {"lead": "nk.rsj", "title": "新增就业", "more": JOBS})
    assert Commitment.objects.get().sources.count() == 2


def test_more_than_are_confirmed_at_once_is_said(office, log_in, monkeypatch):
    monkeypatch.setattr("bihuan.targets.desk_views.proposals.AT_ONCE", 2)
    desk = log_in("duban")
    answer = desk.post(
        f"/desk/promises/{office.report.pk}/proposals", {"key": [GDP, TASK, SOFT_TASK], "lead": "nk.fgw"}
    )
    assert answer.status_code == 422 and "其余 1 项还勾着" in plain(answer)
    assert Commitment.objects.count() == 2 and f'value="{SOFT_TASK}" ' in answer.content.decode()


def test_a_figure_is_typed_in_the_unit_in_which_offices_write_it(office, log_in):
    office.confirm(GDP, "nk.fgw")
    desk = log_in("fagai")
    address = f"/desk/promises/{office.report.pk}/reading/{GDP}"
    assert "648亿元" in plain(desk.get(address))
    given = {"year": "2017", "value": "702.5", "in": "亿元", "status": "achieved", "source": "示例公报"}
    assert desk.post(address, given).status_code == 302
    assert Reading.objects.get(year=2017).value == 70_250_000_000
    wrong = desk.post(address, given | {"value": "七百亿"})
    assert (
        wrong.status_code == 422
        and 'value="七百亿"' in wrong.content.decode()
        and "<option selected>亿元" in wrong.content.decode()
    )
