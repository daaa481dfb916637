"""A food licence from the hall to the counter: told once what is missing, tested with the clock stopped, checked on site
by two, granted, issued. And one that nobody answers: accepted by law from the day it came."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bihuan.core.codes import invent_uscc
from tests.journeys.site import Site, button, paper, photo, send, take_up

pytestmark = pytest.mark.journey
SHOP = "示例面馆，长虹街道示例路 1 号"


def test_a_food_licence_is_corrected_once_tested_granted_and_issued(licensing: Site) -> None:
    site = licensing
    site.at("2026-03-02 09:00")
    resident = site.phone()
    number = apply(resident)
    site.at("2026-03-03 09:00")
    tell_once(site)
    correct(site, resident, number)
    site.at("2026-03-05 09:00")
    window = site.desk("scjg-window")
    take_up(window, SHOP, "受理")
    send(window, "受理")
    stop_for_a_test(site, resident, number)
    check_on_site_by_two(site, resident, number)
    grant_and_issue(site)
    site.at("2026-03-24 09:00")
    see_the_end(resident, number)


def test_silence_of_the_window_is_acceptance_from_the_day_it_came(licensing: Site) -> None:
    site = licensing
    site.at("2026-09-21 09:00")
    resident = site.phone()
    number = apply(resident)
    assert site.let_clocks_act("2026-09-29 23:59") == 0 and site.case(number=number).state == "submitted"
    assert site.let_clocks_act("2026-09-30 00:05") >= 1
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("审查")
    step = resident.locator(".bh-tl > li").filter(has_text="视为受理")
    expect(step).to_contain_text("生效：9月21日 09:00")
    window = site.desk("scjg-window")
    window.goto("/desk/")
    window.get_by_role("link", name=SHOP).first.click()
    expect(window.locator("#actions").get_by_role("link", name="一次告知", exact=True)).to_have_count(0)
    expect(window.locator("#actions")).to_contain_text("只有“待受理”时才能办")


def apply(resident: Page) -> str:
    """From the occasion of life to the receipt."""
    resident.goto("/hall/?life=开餐馆")
    resident.locator(".item-list li").filter(has_text="食品经营许可").get_by_role("link", name="新办").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("食品经营许可")
    resident.get_by_role("link", name="网上申请").tap()
    resident.get_by_label("为什么事申请").fill(SHOP)
    resident.locator(".bh-choice").filter(has_text="单位").first.tap()
    resident.locator("#f-uscc").fill(invent_uscc(7))
    resident.locator("#f-contact_name").fill("示例申请人")
    resident.locator("#f-contact_phone").fill("19900001234")
    for key in ("m1", "m4", "m5", "m6"):
        resident.locator(f"[name='papers.{key}']").set_input_files(paper(key))
    resident.locator(".bh-choice").filter(has_text="窗口领取").tap()
    resident.get_by_role("button", name="递交申请").tap()
    expect(resident.get_by_role("heading", level=1)).to_have_text("申请递交了")
    return resident.locator(".bh-receipt .no").first.inner_text()


def tell_once(site: Site) -> None:
    """Everything that is missing is told once; a second time is refused."""
    window = site.desk("scjg-window")
    take_up(window, SHOP, "一次告知")
    button(window, "一次告知").click()
    expect(window.get_by_role("alert")).to_contain_text("要补正的全部内容")
    window.get_by_label("要补正的全部内容").fill("场所布局图、设备清单")
    send(window, "一次告知")


def correct(site: Site, resident: Page, number: str) -> None:
    """The applicant sees what is asked and sends it from the telephone; nothing new may be asked then."""
    site.at("2026-03-04 10:00")
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("待补正")
    expect(resident.locator(".bh-tl")).to_contain_text("场所布局图、设备清单")
    resident.get_by_role("link", name="收到补正").tap()
    resident.get_by_label("补正的材料").set_input_files(paper("plan"))
    resident.get_by_role("button", name="收到补正").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("待受理")
    window = site.desk("scjg-window")
    window.goto("/desk/")
    window.get_by_role("link", name=SHOP).first.click()
    expect(window.locator("#actions").get_by_role("link", name="一次告知", exact=True)).to_have_count(0)
    expect(window.locator("#actions")).to_contain_text("已有 1 次，不能再多")


def stop_for_a_test(site: Site, resident: Page, number: str) -> None:
    """A test stops the clock only with its ground on file and the time told; the result starts it again."""
    site.at("2026-03-06 10:00")
    officer = site.desk("scjg-officer")
    take_up(officer, SHOP, "启动特别程序")
    officer.locator(".bh-choice").filter(has_text="检测").first.click()
    officer.locator("#f-limit").fill("5")
    button(officer, "启动特别程序").click()
    expect(officer.get_by_role("alert")).to_contain_text("依据材料")
    expect(officer.locator("#f-limit")).to_have_value("5")
    officer.get_by_label("依据材料").set_input_files(paper("commission"))
    send(officer, "启动特别程序")
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_have_text("特别程序，停表中")
    expect(resident.locator(".lead").first).to_contain_text("3月13日 24:00 自动恢复计时")
    site.at("2026-03-11 10:00")
    take_up(officer, SHOP, "特别程序结束")
    officer.get_by_label("结束的时间").fill("2026-03-11T10:00")
    officer.get_by_label("报告或者结论").set_input_files(paper("report"))
    send(officer, "特别程序结束")
    resident.goto(f"/track/{number}")
    clocks = resident.locator(".clock-pair").first.locator(".bh-clock")
    expect(clocks.filter(has_text="扣除停表").first).to_contain_text("4月8日 24:00")
    expect(clocks.filter(has_text="全程，不扣停表")).to_contain_text("4月2日 24:00")


def check_on_site_by_two(site: Site, resident: Page, number: str) -> None:
    """A site check takes two officials, and who reviews does not decide."""
    site.at("2026-03-16 10:00")
    officer = site.desk("scjg-officer")
    take_up(officer, SHOP, "审查意见")
    officer.locator("textarea[name=opinion]").fill("现场与申请一致，符合条件")
    officer.locator(".bh-choice").filter(has_text="是").first.click()
    button(officer, "审查意见").click()
    expect(officer.get_by_role("alert")).to_contain_text("还没有登记现场核查")
    visit(officer)
    resident.goto(f"/track/{number}")
    clocks = resident.locator(".clock-pair").first.locator(".bh-clock")
    expect(clocks.filter(has_text="扣除停表").first).to_contain_text("4月8日 24:00")  # a visit stops nothing
    step = resident.locator(".bh-tl > li").filter(has_text="现场核查")
    expect(step).to_contain_text("操作间 12 平方米")
    expect(step.locator("img")).to_have_count(1)
    take_up(officer, SHOP, "审查意见")
    officer.locator("textarea[name=opinion]").fill("现场与申请一致，符合条件")
    officer.locator(".bh-choice").filter(has_text="是").first.click()
    send(officer, "审查意见")
    expect(officer.locator("#actions").get_by_role("link", name="准予", exact=True)).to_have_count(0)


def visit(officer: Page) -> None:
    """On the spot with a telephone: what was found, signed record, a picture; one official alone is not enough."""
    take_up(officer, SHOP, "现场核查")
    expect(officer.get_by_text("现场核查不停表")).to_be_visible()
    officer.get_by_label("什么时候去的").fill("2026-03-16T09:00")
    officer.get_by_label("看到什么").fill("操作间 12 平方米，布局、设备与申请一致")
    officer.locator(".bh-choice").filter(has_text="符合条件").first.click()
    officer.get_by_label("核查记录").set_input_files(paper("site"))
    button(officer, "现场核查").click()
    expect(officer.get_by_role("alert")).to_contain_text("同去的工作人员")
    officer.get_by_label("同去的工作人员").fill("同所经办人")
    officer.get_by_label("核查记录").set_input_files(paper("site"))
    officer.get_by_label("现场照片").set_input_files(photo("kitchen"))
    send(officer, "现场核查")


def grant_and_issue(site: Site) -> None:
    site.at("2026-03-18 10:00")
    reviewer = site.desk("scjg-reviewer")
    take_up(reviewer, SHOP, "准予")
    send(reviewer, "准予")
    site.at("2026-03-20 10:00")
    window = site.desk("scjg-window")
    take_up(window, SHOP, "发证送达")
    window.get_by_label("送达时间").fill("2026-03-20T09:30")
    window.get_by_label("送达凭证").set_input_files(paper("delivery"))
    send(window, "发证送达")


def see_the_end(resident: Page, number: str) -> None:
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_have_text("已发证")
    told = (
        "收件", "一次告知", "收到补正", "受理", "启动特别程序", "特别程序结束", "现场核查", "审查意见", "准予", "发证送达",
    )  # fmt: skip
    steps = resident.locator(".bh-tl > li")
    expect(steps).to_have_count(len(told))
    for step, action in zip(steps.all(), told, strict=True):
        expect(step.get_by_role("heading", include_hidden=True)).to_contain_text(action)
    held = resident.locator(".bh-hold li")
    expect(held.filter(has_text="申请人").first).to_be_visible()
