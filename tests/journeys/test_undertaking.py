"""A hair salon undertakes (告知承诺): told conditions and consequences, signed, decided at once, checked on site, put right."""

from __future__ import annotations

from os import getenv

import pytest
from playwright.sync_api import Page, expect

from bihuan.core.codes import invent_uscc
from tests.journeys.site import Site, barriers, button, paper, send, take_up

pytestmark = pytest.mark.journey
SHOP = "示例理发店，长虹街道示例路 3 号"


def test_a_salon_undertakes_and_is_checked_later(licensing: Site) -> None:
    site = licensing
    site.at("2026-03-02 09:00")
    resident = site.phone()
    number = apply(resident)
    site.at("2026-03-02 10:00")
    window = site.desk("zwb-window")
    take_up(window, SHOP, "按告知承诺受理")
    send(window, "按告知承诺受理")
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("告知承诺待决定")
    reviewer = site.desk("zwb-reviewer")
    take_up(reviewer, SHOP, "告知承诺准予")
    send(reviewer, "告知承诺准予")
    take_up(window, SHOP, "发证送达,待核查")
    window.get_by_label("送达时间").fill("2026-03-02T09:45")
    window.get_by_label("送达凭证").set_input_files(paper("delivery"))
    button(window, "发证送达,待核查").click()
    expect(window.get_by_role("alert")).to_be_visible()  # before the decision
    window.get_by_label("送达时间").fill("2026-03-02T10:00")
    window.get_by_label("送达凭证").set_input_files(paper("delivery"))
    send(window, "发证送达,待核查")
    check_and_put_right(site, resident, number)
    resident.goto("/hall/undertakings")
    assert barriers(resident) == []
    listed = resident.locator(".bh-card").filter(has_text="公共场所卫生许可")
    expect(listed.locator("dl")).to_contain_text("核查属实")
    assert listed.locator("dd").all_inner_texts() == ["1", "1", "0", "0", "0"]


def apply(resident: Page) -> str:
    """The form explains both ways; the promised paper is put away, the signed undertaking asked for."""
    resident.goto("/hall/items/P010-1")
    resident.get_by_role("link", name="看条件、后果和承诺书").tap()
    expect(resident.get_by_role("heading", level=1)).to_have_text("告知承诺书")
    assert barriers(resident) == []
    resident.get_by_role("link", name="回到申请").tap()
    expect(resident.get_by_role("heading", name="两种办法，由你选")).to_be_visible()
    assert barriers(resident) == []
    resident.get_by_label("为什么事申请").fill(SHOP)
    resident.locator(".bh-choice").filter(has_text="单位").first.tap()
    resident.locator("#f-uscc").fill(invent_uscc(17))
    resident.locator("#f-contact_name").fill("示例申请人")
    resident.locator("#f-contact_phone").fill("19900001234")
    tested = resident.locator("[name='papers.m5']")
    resident.locator(".bh-choice").filter(has_text="一般程序").tap()
    expect(tested).to_be_visible()
    expect(resident.locator("[name=undertaking]")).to_be_hidden()
    resident.locator(".bh-choice").filter(has_text="告知承诺").tap()
    expect(tested).to_be_hidden()
    if shots := getenv("BIHUAN_SHOTS"):
        resident.screenshot(path=f"{shots}/undertaking-form.png", full_page=True)
    for key in ("m1", "m4", "m6"):
        resident.locator(f"[name='papers.{key}']").set_input_files(paper(key))
    resident.locator(".bh-choice").filter(has_text="窗口领取").tap()
    resident.get_by_role("button", name="递交申请").tap()
    expect(resident.get_by_role("alert")).to_contain_text("签了字的承诺书")
    resident.locator("[name=undertaking]").set_input_files(paper("signed"))
    resident.get_by_role("button", name="递交申请").tap()
    expect(resident.get_by_role("heading", level=1)).to_have_text("申请递交了")
    return resident.locator(".bh-receipt .no").first.inner_text()


def check_and_put_right(site: Site, resident: Page, number: str) -> None:
    """Two officials find something; it is put right within the time and checked again."""
    site.at("2026-03-16 10:00")
    officer = site.desk("zwb-officer")
    take_up(officer, SHOP, "核查:不符,责令限期改正")
    officer.get_by_label("与承诺哪里不符").fill("消毒柜没有通电")
    officer.locator("#f-limit").fill("5")
    officer.locator(".bh-choice").filter(has_text="是").first.click()
    officer.get_by_label("同去的工作人员").fill("同所经办人")
    officer.get_by_label("核查记录").set_input_files(paper("check"))
    send(officer, "核查:不符,责令限期改正")
    site.at("2026-03-18 10:00")
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("限期改正")
    resident.get_by_role("link", name="报告已改正").tap()
    resident.get_by_label("怎样改正的").fill("已经通电，贴了消毒记录")
    resident.get_by_role("button", name="报告已改正").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("已发证待核查")
    site.at("2026-03-20 10:00")
    take_up(officer, SHOP, "核查:承诺属实")
    officer.locator(".bh-choice").filter(has_text="是").first.click()
    officer.get_by_label("同去的工作人员").fill("同所经办人")
    officer.get_by_label("核查记录").set_input_files(paper("again"))
    send(officer, "核查:承诺属实")
    resident.goto(f"/track/{number}")
    expect(resident.get_by_role("heading", level=1)).to_have_text("已发证")
