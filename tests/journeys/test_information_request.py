"""A request for information: confirmed, stopped while two bodies are asked, answered before the moved deadline."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site, button, paper, send, take_up

pytestmark = pytest.mark.journey
WISH = "2025 年某厂排污检测记录"


def test_a_request_waits_for_two_bodies_and_meets_its_moved_deadline(site: Site) -> None:
    site.at("2026-03-02 09:50")
    resident = site.phone()
    number, code = apply(resident)
    site.at("2026-03-02 10:00")
    confirm(site)
    expect_clocks(site, resident, number, "3月30日 24:00", "3月30日 24:00")
    site.at("2026-03-05 10:00")
    ask_two_bodies(site)
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_have_text("征求意见，停表中")
    site.at("2026-03-10 10:00")
    one_answers(site)
    assert site.case(number=number).state == "consulting"
    assert site.let_clocks_act("2026-03-27 08:30") >= 1  # the other one's 15 working days are over
    answer(site)
    site.at("2026-04-24 09:00")
    see_the_stop_and_the_moved_deadline(site.phone(), number, code)


def test_part_is_given_and_what_is_held_back_has_its_ground(site: Site) -> None:
    """Whoever signs names the ground of §14 to §16 for the part that is held back; without it nothing is signed."""
    site.at("2026-03-02 09:50")
    resident = site.phone()
    number, _ = apply(resident)
    site.at("2026-03-02 10:00")
    confirm(site)
    officer, head, window = site.desk("gongkai"), site.desk("zhuren"), site.desk("chuangkou")
    take_up(officer, WISH, "拟答")
    officer.get_by_label("拟答内容").fill("记录公开，投诉人的住址不公开")
    officer.get_by_label("公开审查记录").set_input_files(paper("review"))
    send(officer, "拟答")
    site.at("2026-03-12 09:00")
    take_up(head, WISH, "部分公开")
    head.get_by_label("不予公开部分的理由").fill("含投诉人住址，公开会损害其合法权益")
    button(head, "部分公开").click()
    expect(head.get_by_role("alert")).to_contain_text("不公开的部分属于哪种情形")
    expect(head.get_by_label("不予公开部分的理由")).to_have_value("含投诉人住址，公开会损害其合法权益")
    head.locator(".bh-choice").filter(has_text="损害第三方合法权益").click()
    send(head, "部分公开")
    site.at("2026-03-13 10:00")
    take_up(window, WISH, "送达")
    window.get_by_label("送达时间").fill("2026-03-13T10:00")
    window.get_by_label("送达凭证").set_input_files(paper("delivery"))
    send(window, "送达")
    assert site.case(number=number).outcome == "part"
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_have_text("已送达")
    told = resident.locator(".bh-tl > li").filter(has_text="部分公开")
    expect(told).to_contain_text("损害第三方合法权益(§15)")
    expect(told).to_contain_text("含投诉人住址")


def apply(resident: Page) -> tuple[str, str]:
    resident.goto("/")
    resident.locator("main").get_by_role("link", name="要信息").tap()
    resident.get_by_label("要什么信息").fill(WISH)
    resident.get_by_role("radio", name="电子文本").check()
    resident.get_by_label("姓名或者名称").fill("示例申请人")
    resident.get_by_label("联系方式").fill("19900001234")
    resident.get_by_role("button", name="递交申请").tap()
    expect(resident.get_by_role("heading", level=1)).to_have_text("申请递交了")
    number = resident.locator(".bh-receipt .no").first.inner_text()
    code = resident.locator(".bh-receipt .code").inner_text()
    resident.get_by_role("link", name="看进度").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("待确认收到")
    return number, code


def confirm(site: Site) -> None:
    """The day of receipt needs its proof: without it the window is refused, and nothing written is lost."""
    window = site.desk("chuangkou")
    take_up(window, WISH, "确认收到")
    window.get_by_role("radio", name="互联网").check()
    window.get_by_label("收到申请之日").fill("2026-03-02T10:00")
    button(window, "确认收到").click()
    expect(window.get_by_role("alert")).to_contain_text("以双方确认之日为收到之日")
    expect(window.get_by_label("收到申请之日")).to_have_value("2026-03-02T10:00")
    window.get_by_label("怎么确认的").fill("当日与申请人电话确认")
    send(window, "确认收到")


def ask_two_bodies(site: Site) -> None:
    officer = site.desk("gongkai")
    take_up(officer, WISH, "征求意见")
    officer.get_by_label("涉及什么").fill("检测记录由两家共同制作")
    officer.get_by_label("征求谁的意见").select_option(["nk.cgw", "nk.s001"])
    officer.get_by_label("按哪一种征询").select_option("co_maker")
    officer.get_by_label("征求意见书").set_input_files(paper("consult"))
    send(officer, "征求意见")
    expect(officer.locator(".c-children li")).to_have_count(2)


def one_answers(site: Site) -> None:
    """One of the two agrees; the other stays silent."""
    body = site.desk("cgw")
    take_up(body, WISH, "同意")
    body.get_by_label("意见", exact=False).first.fill("同意公开")
    send(body, "同意")


def answer(site: Site) -> None:
    """Silence counts as consent; the answer is given after the plain deadline and before the moved one."""
    officer, head, window = site.desk("gongkai"), site.desk("zhuren"), site.desk("chuangkou")
    take_up(officer, WISH, "拟答")
    officer.get_by_label("拟答内容").fill("拟予公开，见附件")
    officer.get_by_label("公开审查记录").set_input_files(paper("review"))
    send(officer, "拟答")
    expect(officer.locator(".c-children")).to_contain_text("逾期未回复")
    site.at("2026-04-20 09:00")
    take_up(head, WISH, "予以公开")
    head.get_by_label("公开告知书").set_input_files(paper("answer"))
    send(head, "予以公开")
    site.at("2026-04-21 10:00")
    take_up(window, WISH, "送达")
    window.get_by_label("送达时间").fill("2026-04-21T10:00")
    window.get_by_label("送达凭证").set_input_files(paper("delivery"))
    send(window, "送达")


def expect_clocks(site: Site, page: Page, number: str, with_stops: str, without: str) -> None:
    page.goto(f"/track/{number}")
    clocks = page.locator(".clock-pair").first.locator(".bh-clock")
    expect(clocks.filter(has_text="扣除停表").first).to_contain_text(with_stops)
    expect(clocks.filter(has_text="全程，不扣停表")).to_contain_text(without)


def see_the_stop_and_the_moved_deadline(page: Page, number: str, code: str) -> None:
    page.goto("/track/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查进度").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("已送达")
    clocks = page.locator(".clock-pair").first.locator(".bh-clock")
    met, plain = clocks.filter(has_text="答复时限，扣除停表"), clocks.filter(has_text="全程，不扣停表")
    expect(met).to_contain_text("用了 19 个工作日")
    expect(met).to_contain_text("办结 · 期限是 4月21日 24:00")
    expect(plain).to_contain_text("超 14 个工作日")
    expect(plain).to_contain_text("期限是 3月30日 24:00")
    page.get_by_text("时间是这样算的").tap()
    stop = page.locator(".bh-ledger tr").filter(has_text="停表：区城市管理委员会、长虹街道办事处")
    expect(stop).to_contain_text("3月5日 10:00 – 3月26日 24:00")
    expect(stop.get_by_role("cell")).to_have_text(["不计", "15"])
    due = page.locator(".bh-ledger tr").filter(has_text="到期").last
    expect(due).to_contain_text("4月21日 24:00")
    expect(due).to_contain_text("3月30日 24:00")
    page.get_by_text("看全部 9 条").tap()
    steps = page.locator(".bh-tl > li")
    told = (
        "提出申请",
        "确认收到",
        "征求意见",
        "子件办结",
        "子件办结",
        "意见已齐",
        "拟答",
        "予以公开",
        "送达",
    )
    expect(steps).to_have_count(len(told))
    for step, action in zip(steps.all(), told, strict=True):
        expect(step).to_be_visible()
        expect(step.get_by_role("heading")).to_contain_text(action)
    expect(steps.nth(2)).to_contain_text("停表时间记给：长虹街道办事处")
    expect(steps.nth(5)).to_contain_text("生效：3月26日 24:00")
    held = page.locator(".bh-hold li")
    expect(held.filter(has_text="停表").locator("b")).to_have_text("118 小时 30 分")
    expect(held.filter(has_text="停表")).to_contain_text("记给：长虹街道办事处")
    expect(held.filter(has_text="区人民政府办公室").locator("b")).to_have_text("144 小时 10 分")
