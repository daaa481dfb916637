"""A restaurant at once: three units, one form, one code; the registration first, then two at the same time, one asks for
more, one stays silent, and the window hands over all results."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.site import Site, barriers, button, paper, send, take_up

pytestmark = pytest.mark.journey
SHOP = "示例小馆，长虹街道示例路 2 号"
REGISTER, FOOD, FIRE, SIGN = "个体工商户设立", "食品经营许可", "消防安全检查", "户外广告"


def test_a_restaurant_is_opened_with_one_form_across_three_units(licensing: Site) -> None:
    site = licensing
    site.at("2026-03-02 09:00")
    resident = site.phone()
    number = apply_once(resident)
    expect(part(resident, REGISTER)).to_contain_text("待受理")
    for waiting in (FOOD, FIRE, SIGN):
        expect(part(resident, waiting)).to_contain_text("自动开始")
    accept(site, "scjg", "2026-03-03 09:00")
    decide(site, "scjg", "2026-03-04")
    resident.goto(f"/track/{number}")
    for begun in (FOOD, FIRE, SIGN):
        expect(part(resident, begun)).to_contain_text("待受理")
    ask_for_more_and_get_it(site, resident, number)
    accept(site, "xfzd", "2026-03-06 11:00")
    assert site.let_clocks_act("2026-03-12 00:05") >= 1  # the third says nothing for five working days
    resident.goto(f"/track/{number}")
    expect(part(resident, SIGN)).to_contain_text("审查")
    accept(site, "scjg", "2026-03-12 09:00")
    decide(site, "scjg", "2026-03-16")
    decide(site, "zwb", "2026-03-17", good=False)
    resident.goto(f"/track/{number}")
    expect(part(resident, SIGN)).to_contain_text("不予许可")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("各项办理中")
    decide(site, "xfzd", "2026-03-18")
    hand_over(site)
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_have_text("已交付")
    expect(part(resident, FOOD)).to_contain_text("已发证")
    expect(resident.locator(".bh-hold li")).to_have_count(1)
    expect(resident.locator(".bh-hold li").first).to_contain_text("区政务服务办")
    assert site.case(number=number).outcome == "partly"
    assert barriers(resident) == []


def part(page: Page, title: str) -> Locator:
    return page.locator(".parts-of > li").filter(has_text=title).first


def apply_once(resident: Page) -> str:
    """From the hall to one receipt; what cannot be left out is not asked, what is optional is ticked."""
    resident.goto("/hall/")
    resident.locator(".bundle-list").get_by_role("link", name="开餐馆（个体工商户）").tap()
    expect(resident.locator("#saves")).to_contain_text("申请表")
    assert barriers(resident) == []
    resident.get_by_role("link", name="一次申请").tap()
    resident.locator(".bh-choice").filter(has_text="户外广告").tap()
    resident.get_by_label("为什么事申请").fill(SHOP)
    resident.get_by_label("公民身份号码").fill("110105194912310021")
    resident.locator("#f-contact_name").fill("示例申请人")
    resident.get_by_label("联系电话").fill("19900001234")
    resident.locator(".bh-choice").filter(has_text="窗口领取").tap()
    for name in ("layout", "equipment", "food_rules", "fire_rules"):
        resident.locator(f"[name={name}]").set_input_files(paper(name))
    resident.get_by_role("button", name="递交申请").tap()
    expect(resident.get_by_role("alert")).to_contain_text("公民身份号码")
    expect(resident.get_by_label("为什么事申请")).to_have_value(SHOP)
    assert barriers(resident) == []
    resident.get_by_label("公民身份号码").fill("11010519491231002X")
    expect(resident.locator("main form")).to_contain_text("layout.pdf")  # kept, it is not chosen again
    resident.get_by_role("button", name="递交申请").tap()
    expect(resident.get_by_role("heading", level=1)).to_have_text("申请递交了")
    number = resident.locator(".bh-receipt .no").first.inner_text()
    resident.get_by_role("link", name="看进度").tap()
    expect(resident.locator(".parts-of > li")).to_have_count(4)
    return number


def accept(site: Site, office: str, when: str) -> None:
    site.at(when)
    window = site.desk(f"{office}-window")
    take_up(window, SHOP, "受理")
    send(window, "受理")


def decide(site: Site, office: str, day: str, good: bool = True) -> None:
    """Review, decision by somebody else, and if it is good the licence."""
    site.at(f"{day} 09:30")
    officer, reviewer = site.desk(f"{office}-officer"), site.desk(f"{office}-reviewer")
    take_up(officer, SHOP, "审查意见")
    officer.locator("textarea[name=opinion]").fill("已审")
    officer.locator(".bh-choice").filter(has_text="没有，不需要").or_(
        officer.locator(".bh-choice").filter(has_text="没有,不需要")
    ).first.click()
    send(officer, "审查意见")
    site.at(f"{day} 10:30")
    take_up(reviewer, SHOP, "准予" if good else "不予许可")
    if not good:
        reviewer.get_by_label("不予许可的理由").fill("位置在禁设路段")
        send(reviewer, "不予许可")
        return
    send(reviewer, "准予")
    site.at(f"{day} 14:00")
    window = site.desk(f"{office}-window")
    take_up(window, SHOP, "发证送达")
    window.get_by_label("送达时间").fill(f"{day}T14:00")
    window.get_by_label("送达凭证").set_input_files(paper("delivery"))
    send(window, "发证送达")


def ask_for_more_and_get_it(site: Site, resident: Page, number: str) -> None:
    """One unit asks once; the applicant answers with the one code, on the page of that part."""
    site.at("2026-03-05 09:00")
    window = site.desk("scjg-window")
    take_up(window, SHOP, "一次告知")
    window.get_by_label("要补正的全部内容").fill("设备清单")
    send(window, "一次告知")
    resident.goto(f"/track/{number}")
    expect(resident.locator(".lead").first).to_contain_text("有 1 项等你")
    expect(part(resident, FOOD)).to_contain_text("等你")
    assert barriers(resident) == []
    part(resident, FOOD).get_by_role("link").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("待补正")
    resident.get_by_role("link", name="收到补正").tap()
    resident.get_by_label("说明").fill("清单已附")
    site.at("2026-03-05 15:00")
    resident.get_by_role("button", name="收到补正").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("待受理")
    resident.get_by_role("link", name=number).tap()
    expect(part(resident, FOOD)).to_contain_text("待受理")


def hand_over(site: Site) -> None:
    """The lead unit sees the whole with its parts, and hands over once every part is settled."""
    site.at("2026-03-19 09:00")
    window = site.desk("zwb-window")
    take_up(window, SHOP, "一次交付结果")
    button(window, "一次交付结果").click()
    expect(window.get_by_role("alert")).to_contain_text("每一项的结果")
    window.get_by_label("每一项的结果").fill("登记、食品、消防准予；户外广告不予")
    send(window, "一次交付结果")
    expect(window.locator(".c-children li")).to_have_count(4)
