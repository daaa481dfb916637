"""A bin that three dispatches send to the wrong door: returned with reason and proposal, ruled on, and the list learns."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bihuan.cases import actions
from bihuan.cases.shapes import Opened
from bihuan.cases.tests.conftest import BIN, POINT, upload
from bihuan.core.time.instant import at
from bihuan.people.models import Duty
from tests.journeys.site import Site, barriers, button, send

pytestmark = pytest.mark.journey
COMMISSION, STREET, CENTRE = "区城市管理委员会", "长虹街道办事处", "区城市管理指挥中心"


def test_three_bounces_end_in_a_ruling_that_the_list_remembers(site: Site) -> None:
    second_lead()
    case = reported(site, "2026-10-12")
    dispatch_wrongly(site, case)
    bounce(site, case, "cgw", "10:00", "桶是街道放的", "nk.s001", "10:20")
    bounce(site, case, "jie", "10:50", "桶归环卫清掏", "nk.cgw", "11:10")
    bounce_without_a_name(site, case)
    rule(site, case)
    see_who_pays(site, case)
    site.at("2026-10-13 09:30")
    see_the_list(site, case)
    suggest_next_time(site, case)


def second_lead() -> None:
    """On the list the street office leads bins too: the place alone does not tell."""
    row = Duty.objects.get(matter=BIN, role="lead")
    row.pk, row.unit_id, row.area = None, "nk.s001", "街道:120104001"
    row.save()


def reported(site: Site, day: str) -> Opened:
    """A resident's report, verified on site and opened at 09:20."""
    case = actions.open_case(
        "urban_management", BIN, by=None, unit="", at=at(f"{day} 09:00"), data={"what": "桶满了"}, place=POINT
    )
    caiji = str(site.persons["caiji"].pk)
    for minute, name, who, data, files in (
        ("05", "send", "shouli", {"collector": caiji}, []),
        ("15", "verify", "caiji", {}, [upload("before")]),
        ("20", "accept", "shouli", {}, []),
    ):
        by = str(site.persons[who].pk)
        actions.act(
            case.case, name, by=by, unit="nk.jiandu", at=at(f"{day} 09:{minute}"), data=data, files=files
        )
    return case


def form(page: Page, case: Opened, name: str, title: str) -> None:
    page.goto(f"/desk/{case.number}/do/{name}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def dispatch_wrongly(site: Site, case: Opened) -> None:
    """Both units stand there with their reasons; one without the duty is refused."""
    site.at("2026-10-12 09:30")
    paiqian = site.desk("paiqian")
    form(paiqian, case, "dispatch", "派遣")
    options = paiqian.locator(".suggestion .options li")
    expect(options.filter(has_text=f"可选：{COMMISSION}")).to_contain_text("范围为全区")
    expect(options.filter(has_text=f"可选：{STREET}")).to_contain_text("范围为本街道")
    assert barriers(paiqian) == []
    unit = paiqian.get_by_label("派给")
    unit.select_option("nk.s002")
    button(paiqian, "派遣").click()
    expect(paiqian.get_by_role("alert")).to_contain_text("不能派给")
    unit.select_option("nk.cgw")
    send(paiqian, "派遣")


def bounce(site: Site, case: Opened, who: str, back: str, words: str, better: str, on: str) -> None:
    """Sent back with a code, words and the unit it should go to; the dispatcher sends it there in one step."""
    site.at(f"2026-10-12 {back}")
    handler = site.desk(who)
    form(handler, case, "back", "申请退回")
    handler.get_by_label("部件是别的单位的").check()
    handler.get_by_label("说明", exact=True).fill(words)
    button(handler, "申请退回").click()
    expect(handler.get_by_role("alert")).to_contain_text("要指认应派给谁")
    expect(handler.locator("#f-reason")).to_have_value(words)
    handler.locator("#f-should_be").select_option(better)
    send(handler, "申请退回")
    site.at(f"2026-10-12 {on}")
    paiqian = site.desk("paiqian")
    form(paiqian, case, "take_back", "同意退回")
    told = paiqian.locator(".sent-back")
    for said in ("部件是别的单位的", words, "权责清单上它有这里的职权"):
        expect(told).to_contain_text(said)
    expect(paiqian.locator("#f-unit")).to_have_value(better)
    send(paiqian, "同意退回")
    assert site.case(number=case.number).holder == better


def bounce_without_a_name(site: Site, case: Opened) -> None:
    site.at("2026-10-12 11:30")
    cgw = site.desk("cgw")
    form(cgw, case, "back", "申请退回")
    cgw.get_by_label("不是本单位职责").check()
    cgw.get_by_label("说明", exact=True).fill("还是街道的桶")
    cgw.locator("#f-nobody").fill("街道也退过了，要裁定")
    send(cgw, "申请退回")
    site.at("2026-10-12 11:40")
    paiqian = site.desk("paiqian")
    form(paiqian, case, "take_back", "同意退回")
    expect(paiqian.locator(".sent-back")).to_contain_text("街道也退过了，要裁定")
    expect(paiqian.locator("#f-unit")).to_have_value("")
    send(paiqian, "同意退回")
    paiqian.goto(f"/desk/{case.number}/do/dispatch/")
    expect(paiqian.locator("main")).to_contain_text("已有 3 次")


def rule(site: Site, case: Opened) -> None:
    """The chief names the unit and lets the list learn; without grounds it is refused and nothing is lost."""
    site.at("2026-10-12 11:50")
    chief = site.desk("zhihui")
    form(chief, case, "rule", "指定")
    chief.locator("#f-unit").select_option("nk.s001")
    chief.get_by_label("本街道").check()
    button(chief, "指定").click()
    expect(chief.get_by_role("alert")).to_contain_text("要写明指定的依据")
    expect(chief.get_by_label("本街道")).to_be_checked()
    chief.get_by_label("指定的依据").fill("桶由街道购置、清掏")
    send(chief, "指定")
    assert site.case(number=case.number).holder == "nk.s001"
    site.at("2026-10-12 12:00")
    jie = site.desk("jie")
    jie.goto(f"/desk/{case.number}/do/back/")
    expect(jie.locator("main")).to_contain_text("不得再退")


def see_who_pays(site: Site, case: Opened) -> None:
    """Every minute of the three bounces is the command centre's: 09:20 to 11:50, on the desk and for the resident."""
    paiqian, phone = site.desk("paiqian"), site.phone()
    paiqian.goto(f"/desk/{case.number}/")
    phone.goto("/track/")
    phone.get_by_label("编号").fill(case.number)
    phone.get_by_label("查询码").fill(case.code)
    phone.get_by_role("button", name="查进度").tap()
    for page in (paiqian, phone):
        held = page.locator(".bh-hold li")
        # 10 to dispatch, 30 + 30 + 20 with those who sent it back, 10 to rule; 20 + 20 + 10 to decide on returns
        centre = held.filter(has_text=re.compile(rf"^\s*{CENTRE}"))
        expect(centre.locator("b")).to_have_text("1 小时 40 分")
        expect(centre).to_contain_text("含退回前在")
        expect(centre).to_contain_text("1 小时 20 分")
        expect(held.filter(has_text="停表").locator("b")).to_have_text("50 分")
        expect(held.filter(has_text=re.compile(rf"^\s*{COMMISSION}"))).to_have_count(0)
        expect(held.filter(has_text=re.compile(rf"^\s*{STREET}")).locator("b")).to_have_text("10 分")
        assert barriers(page) == []


def see_the_list(site: Site, case: Opened) -> None:
    paiqian = site.desk("paiqian")
    paiqian.goto("/desk/duties/")
    row = paiqian.locator("main li")
    for said in ("长虹街道", STREET, "2026-10-13 起", "桶由街道购置、清掏"):
        expect(row).to_contain_text(said)
    assert barriers(paiqian) == []
    row.get_by_role("link").click()
    expect(paiqian.locator(".crumb")).to_contain_text(case.number)


def suggest_next_time(site: Site, case: Opened) -> None:
    """The next bin of this street goes to the right door at once."""
    new = reported(site, "2026-10-13")
    paiqian = site.desk("paiqian")
    form(paiqian, new, "dispatch", "派遣")
    expect(paiqian.locator(".suggestion")).to_contain_text(f"建议派给{STREET}（待确认）")
    expect(paiqian.locator(".suggestion .options li").first).to_contain_text(case.number)
    expect(paiqian.get_by_label("派给")).to_have_value("nk.s001")
    send(paiqian, "派遣")
    assert site.case(number=new.number).holder == "nk.s001"
