"""A fine from its filing to its publication: two officers, the right to a hearing used by telephone, seven working days
between call and hearing, no decision without review and discussion, served, published, found by everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bihuan.cases.tests.conftest import keep_duties
from bihuan.core.codes import invent_uscc
from bihuan.penalties.tests.conftest import STAFF, UNIT
from bihuan.people import actions as people
from tests.journeys.site import PASSWORD, Site, button, paper, send, take_up

pytestmark = pytest.mark.journey
SHOP, CODE = "示例糕点有限公司", invent_uscc(90_401)
TITLE = f"{SHOP}涉嫌经营超过保质期的食品"


@pytest.fixture
def bureau(site: Site, tmp_path: Path) -> Site:
    """The site with the people of the market bureau and the powers to penalise."""
    man_the_bureau(site, tmp_path, STAFF)
    return site


def man_the_bureau(site: Site, folder: Path, staff: Mapping[str, str]) -> None:
    """The powers to penalise, and for each name a person of the market bureau with its post."""
    keep_duties(folder, ",enforcement,")
    people.load_duties(folder)
    for name, post in staff.items():
        site.persons[name] = people.add_person(name, f"测试{name}", name, PASSWORD)
        people.give_post(site.persons[name], UNIT, post, date(2016, 1, 1))


def test_a_fine_with_a_hearing_from_filing_to_publication(bureau: Site) -> None:
    site = bureau
    officer, head = site.desk("zhifa"), site.desk("juzhang")
    site.at("2026-03-02 09:00")
    number, code = note(officer)
    site.at("2026-03-03 10:00")
    take_up(head, TITLE, "立案")
    head.locator("[name=opinion]").fill("符合立案标准")
    send(head, "立案")
    investigate(site, officer)
    site.at("2026-03-23 09:00")
    take_up(officer, TITLE, "处罚及听证告知")
    send(officer, "处罚及听证告知")
    hear(site, number, code)
    decide(site, head)
    site.at("2026-04-24 17:00")
    take_up(officer, TITLE, "送达(有罚款)")
    officer.locator("[name=served_on]").fill("2026-04-24T09:00")
    pick(officer, "way", "direct")
    officer.locator("[name=delivery]").set_input_files(paper("delivery"))
    send(officer, "送达(有罚款)")
    publish(site, officer, number)


def pick(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value={value}]").check(force=True)


def note(officer: Page) -> tuple[str, str]:
    """The lead is noted at the desk; number and code are for the party."""
    officer.goto("/desk/new/enforcement/form/?matter=F104")
    officer.locator("[name=subject]").fill(TITLE)
    pick(officer, "source", "inspection")
    officer.locator("[name=ended_offence]").fill("2026-02-27")
    pick(officer, "party_kind", "organisation")
    officer.locator("[name=party_shown]").fill(SHOP)
    officer.locator("[name=uscc]").fill(CODE)
    officer.locator("[name=detail]").fill("监督检查发现货架上有超过保质期的糕点")
    officer.get_by_role("button", name="登记", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("登记好了")
    number, code = (one.inner_text() for one in officer.locator(".bh-receipt .no").all())
    return number, code.replace(" ", "")


def investigate(site: Site, officer: Page) -> None:
    """Evidence by one officer is refused; by two, with its record, it is taken."""
    site.at("2026-03-05 10:00")
    take_up(officer, TITLE, "调查取证")
    pick(officer, "evidence_kind", "site")
    officer.locator("[name=what]").fill("现场笔录和照片")
    pick(officer, "card_shown", "yes")
    officer.locator("[name=record]").set_input_files(paper("record"))
    officer.locator("[name=second_officer]").select_option(str(site.persons["zhifa"].pk))
    button(officer, "调查取证").click()
    expect(officer.get_by_role("alert")).to_contain_text("不得少于两人")
    officer.locator("[name=second_officer]").select_option(str(site.persons["zhifa2"].pk))
    send(officer, "调查取证")
    site.at("2026-03-20 10:00")
    take_up(officer, TITLE, "调查终结")
    officer.locator("[name=facts]").fill("现场笔录、进货单、照片")
    for kind in ("fine", "gains"):
        pick(officer, "kinds", kind)
    for name, value in {"amount": "80000", "gains": "1200", "goods": "0", "value": "5000"}.items():
        officer.locator(f"[name={name}]").fill(value)
    officer.locator("[name=discretion]").fill("首次，主动召回")
    pick(officer, "complex", "yes")
    pick(officer, "public_interest", "no")
    officer.locator("[name=second_officer]").select_option(str(site.persons["zhifa2"].pk))
    send(officer, "调查终结")


def hear(site: Site, number: str, code: str) -> None:
    """The party asks by telephone on the last day; the hearing waits for seven working days over a holiday."""
    site.at("2026-03-30 16:00")
    party = site.phone()
    party.goto("/track/")
    party.locator("[name=number]").fill(number)
    party.locator("[name=code]").fill(code)
    party.locator("main form button.btn-primary").first.tap()
    expect(party.get_by_role("heading", level=1)).to_contain_text("待听证申请")
    party.get_by_role("link", name="要求听证", exact=True).tap()
    party.get_by_role("button", name="要求听证", exact=True).tap()
    expect(party.get_by_role("heading", level=1)).to_contain_text("组织听证")
    site.at("2026-03-31 09:00")
    chair = site.desk("zhuchi")
    take_up(chair, TITLE, "通知听证")
    chair.locator("[name=held_on]").fill("2026-04-15T09:00")
    chair.locator("[name=held_at]").fill("区局会议室")
    pick(chair, "in_public", "yes")
    send(chair, "通知听证")
    assert site.let_clocks_act("2026-04-10 23:00") == 0 and site.case(number=number).state == "called"
    assert site.let_clocks_act("2026-04-11 00:05") >= 1 and site.case(number=number).state == "ready"
    site.at("2026-04-15 11:30")
    take_up(chair, TITLE, "听证结束")
    chair.locator("[name=ended_on]").fill("2026-04-15T11:00")
    chair.locator("[name=hearing_record]").set_input_files(paper("hearing"))
    chair.locator("[name=finding]").fill("当事人请求从轻")
    send(chair, "听证结束")


def decide(site: Site, head: Page) -> None:
    """Without review and discussion the head is told what is missing; with both the lighter fine is decided."""
    site.at("2026-04-20 10:00")
    head.goto("/desk/")
    head.get_by_role("link", name=TITLE).first.click()
    may = head.locator("#actions")
    expect(may.get_by_role("link", name="处罚决定", exact=True)).to_have_count(0)
    expect(may).to_contain_text("应当先经法制审核")
    expect(may).to_contain_text("集体讨论决定")
    legal = site.desk("fazhi")
    take_up(legal, TITLE, "法制审核通过")
    legal.locator("[name=review]").fill("事实清楚，程序合法")
    send(legal, "法制审核通过")
    site.at("2026-04-22 10:00")
    take_up(head, TITLE, "集体讨论")
    head.locator("[name=discussed]").fill("同意从轻")
    head.locator("[name=minutes]").set_input_files(paper("minutes"))
    send(head, "集体讨论")
    site.at("2026-04-23 10:00")
    take_up(head, TITLE, "处罚决定")
    fill_decision(head)
    send(head, "处罚决定")


def fill_decision(head: Page) -> None:
    for kind in ("fine", "gains"):
        pick(head, "final_kinds", kind)
    for name, value in {"final_amount": "60000", "final_gains": "1200", "final_goods": "0"}.items():
        head.locator(f"[name={name}]").fill(value)
    head.locator("[name=perform]").fill("十五日内到指定银行缴纳")


def publish(site: Site, officer: Page, number: str) -> None:
    """Nobody sees it before; then everybody, with basis, amount and the last day; after that day nobody."""
    anybody = site.phone()
    anybody.goto("/penalties/")
    expect(anybody.locator("main")).not_to_contain_text(SHOP)
    site.at("2026-05-06 09:00")
    officer.goto(f"/desk/{number}/do/publish/")  # the party owes the next step: it is in nobody's queue here
    officer.locator("[name=summary]").fill("经营超过保质期的糕点")
    pick(officer, "low", "no")
    pick(officer, "reviewed", "yes")
    send(officer, "公示处罚信息")
    anybody.goto("/penalties/")
    anybody.locator("#q").fill(CODE)
    anybody.get_by_role("button", name="查", exact=True).tap()
    anybody.get_by_role("link", name=SHOP).tap()
    main = anybody.locator("main")
    for said in ("食品安全法§124", "罚款 60,000 元", "没收违法所得 1,200 元", "2029-05-06"):
        expect(main).to_contain_text(said)
    site.at("2029-05-07 09:00")
    gone = anybody.goto(f"/penalties/{number}")
    assert gone is not None and gone.status == 410
    expect(main).not_to_contain_text(SHOP)
