"""Files that offices send: what is no report, other forms and encodings, two texts of one year; by keyboard, for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from bihuan.core.report.tests.papers import docx, page, paragraph
from bihuan.core.time.instant import at
from bihuan.targets.actions import add_report
from bihuan.targets.models import Adoption, Commitment, Report
from bihuan.targets.seed import nankai
from tests.journeys.site import DESK, PHONE, Site, barriers, tabs_to

pytestmark = pytest.mark.journey
TEXT = nankai()["text"]
OTHER = TEXT.replace("648亿元", "684亿元").replace("全年新增就业4万人", "全年新增就业5万人")


def file(name: str, body: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


def read(desk: Page, given: FilePayload) -> None:
    desk.goto("/desk/promises/new")
    desk.get_by_label("报告文件").set_input_files(given)
    desk.get_by_role("button", name="读一读，先不保存").click()


def test_what_is_no_report_is_told_why_and_other_forms_are_read(site: Site) -> None:
    desk = site.desk("ducha")
    noise = "".join(chr(0x4E00 + (i * 7919) % 20000) + "|~^"[i % 3] for i in range(9000))
    for name, body, reason in (
        ("日记.txt", "今天天气很好，我们去公园散步。".encode() * 200, "不是政府工作报告：没有“各位代表”"),
        ("扫描.txt", noise.encode(), "不是政府工作报告"),
        ("太长.txt", (TEXT * 45).encode(), "太长"),
        ("照片.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "图片"),
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 200, "另存为 .docx"),
    ):
        read(desk, file(name, body))
        alert = desk.get_by_role("alert")
        expect(alert).to_contain_text(reason)
        expect(alert).to_contain_text(name)
        expect(alert).to_be_focused()
        alert.get_by_role("link").first.click()
        expect(desk.get_by_label("报告文件")).to_be_focused()
    for name, body, form in (
        ("网页.html", page(TEXT).encode(), "网页 · UTF-8"), ("报告.docx", docx("".join(map(paragraph, TEXT.splitlines()))), "Word 文档"),
        ("国标码.txt", TEXT.encode("gb18030"), "文本 · GB18030"), ("十六位.txt", TEXT.encode("utf-16"), "文本 · UTF-16"),
    ):  # fmt: skip
        read(desk, file(name, body))
        expect(desk.get_by_role("heading", level=1)).to_contain_text("还没有保存")
        expect(desk.locator("main")).to_contain_text(form)
        expect(desk.locator("main")).to_contain_text("陈玉恒")
        desk.get_by_role("button", name="不要了，换一个文件").click()
        expect(desk.get_by_role("status").first).to_contain_text("没有保存")
    assert not Report.objects.exists()


def test_two_texts_of_a_year_are_compared_and_one_is_put_in_force(site: Site) -> None:
    first = add_report(**nankai(), by=None, at=at("2026-10-09 09:00")).report
    desk = site.desk("duban")
    read(desk, file("印发稿.txt", OTHER.encode("gb18030")))
    expect(desk.locator(".notice.warn")).to_contain_text("文字不同")
    desk.get_by_label("年份").fill("一六")
    desk.get_by_label("出处").fill("大会印发")
    desk.get_by_role("button", name="保存这份报告").click()
    expect(desk.get_by_role("alert")).to_contain_text("年份应在 1949 到 2100 之间")
    expect(desk.get_by_label("出处")).to_have_value("大会印发")
    desk.get_by_label("年份").fill("2016")
    desk.get_by_role("button", name="保存这份报告").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("2 句数不同")
    pair = desk.locator(".in-pairs li").first.locator("mark")
    expect(pair.nth(0)).to_have_text("648")
    expect(pair.nth(1)).to_have_text("684")
    for size in (DESK, PHONE):
        desk.set_viewport_size(size)
        assert barriers(desk) == []
    desk.get_by_role("button", name="定下来").click()
    expect(desk.get_by_role("alert")).to_contain_text("请写明理由")
    desk.get_by_label("理由").fill("以大会印发的为准")
    desk.get_by_role("button", name="定下来").click()
    expect(desk.get_by_role("status").first).to_contain_text("另一份照样看得到")
    assert Adoption.objects.get().report_id != first.pk
    visitor = site.phone()
    visitor.goto("/promises/")
    expect(visitor.locator(".rp-paper")).to_contain_text("684亿元")
    visitor.goto(f"/promises/{first.pk}/")
    expect(visitor.locator(".rp-paper")).to_contain_text("648亿元")
    other = visitor.locator(".rp-head").get_by_role("link", name="逐句对照")
    expect(visitor.locator(".rp-head")).to_contain_text("不以这份为准")
    other.tap()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("2 句数不同")
    expect(visitor.get_by_role("button", name="定下来")).to_have_count(0)


def test_promises_are_confirmed_with_the_keyboard_alone(site: Site) -> None:
    report = add_report(**nankai(), by=None, at=at("2026-10-09 09:00")).report
    desk = site.desk("duban")
    desk.goto(f"/desk/promises/{report.pk}/proposals?kind=goal&measure=quantified&open=1")
    boxes = desk.locator(".in-chapter").first.locator("input[name=key]")
    tabs_to(desk, boxes.first)
    desk.keyboard.press("Space")
    expect(desk.locator("[data-count] b")).to_have_text("1")
    tabs_to(desk, desk.get_by_role("button", name="确认所选"), most=400)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").first).to_contain_text("确认了 1 项，立成 1 件")
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_keep_nobody_out(site: Site, language: str) -> None:
    report = add_report(**nankai(), by=None, at=at("2026-10-09 09:00")).report
    desk = site.desk("duban")
    read(desk, file("印发稿.txt", OTHER.encode()))
    desk.wait_for_url("**/new/*")
    check = desk.url
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    doubt = next(d for d in report.findings["suspicious"] if d["text"] == "210亿元")["span"]
    base = f"/desk/promises/{report.pk}"
    for address in (
        check,
        "/desk/promises/new",
        f"{base}/proposals",
        f"{base}/decide/doubt-{doubt[0]}-{doubt[1]}",
    ):
        for size in (DESK, PHONE):
            desk.set_viewport_size(size)
            desk.goto(address)
            assert barriers(desk) == [], (address, size)
