"""A visit at a counter is rated bad: called back, verified by somebody else, put right, told, published."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from bihuan.core.time.instant import at
from bihuan.counters import actions as counters
from bihuan.people import actions as people
from tests.journeys.site import PASSWORD, Site, barriers, paper, send, take_up

pytestmark = pytest.mark.journey
STAFF = {
    "shi": ("测试窗口甲", "nk.scjg", "window"),
    "shijing": ("测试市场经办", "nk.scjg", "officer"),
    "shizhu": ("测试市场主任", "nk.scjg", "head"),
    "zwb": ("测试政务经办", "nk.zwb", "officer"),
}
TITLE = "食品经营许可，1 号窗口"
WORDS = "叫号以后又等了一个小时"


@pytest.fixture
def hall(site: Site) -> Site:
    """The site with a hall of counters and the people of two offices."""
    for username, (name, unit, post) in STAFF.items():
        site.persons[username] = people.add_person(username, name, username, PASSWORD)
        people.give_post(site.persons[username], unit, post, date(2016, 1, 1))
    counters.load_counters()
    counters.open_slots(at("2026-10-12 08:00"))
    return site


def test_a_bad_rating_is_called_back_put_right_and_published(hall: Site) -> None:
    resident = hall.phone()
    number, code = serve(hall, resident)
    hall.at("2026-10-12 10:00")
    case = rate(resident, number, code)
    hall.at("2026-10-12 14:00")
    call_back(hall)
    hall.at("2026-10-13 09:00")
    verify_and_put_right(hall)
    hall.at("2026-10-15 09:00")
    publish(hall)
    for words in ("等了一个小时", "加开一个窗口", "已整改"):
        resident.goto("/ratings/")
        expect(resident.locator("main")).to_contain_text(words)
    assert barriers(resident) == []
    resident.goto(f"/track/{case}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("已公开")


def test_nothing_of_counters_and_ratings_keeps_people_out(hall: Site) -> None:
    resident, clerk = hall.phone(), hall.desk("shi")
    for address in ("/ratings/", "/ratings/rate", "/counters/nankai/", "/counters/nankai/food", "/counters/booking", "/counters/nankai/screen"):  # fmt: skip
        resident.goto(address)
        assert (address, barriers(resident)) == (address, [])
    for address in ("/desk/counters/", "/desk/counters/nankai/tickets", "/desk/late/"):
        clerk.goto(address)
        assert (address, barriers(clerk)) == (address, [])


def serve(site: Site, resident: Page) -> tuple[str, str]:
    """A number is given out, called on the screen, and done."""
    clerk = site.desk("shi")
    clerk.goto("/desk/counters/nankai/tickets")
    clerk.get_by_role("radio", name="食品经营许可").check()
    clerk.locator("form").filter(has_text="没有预约的").get_by_role("button", name="发号").click()
    slip = clerk.locator(".slip")
    expect(slip).to_contain_text("A001")
    number, code = slip.locator(".small .bh-num").all_inner_texts()
    resident.goto("/counters/nankai/screen")
    expect(resident.locator("#called")).to_contain_text("现在没有叫号")
    clerk.goto("/desk/counters/")
    clerk.get_by_role("link", name="1 号窗口").click()
    clerk.get_by_role("button", name="叫下一个").click()
    expect(clerk.locator(".now")).to_have_text("A001")
    expect(resident.locator("#called")).to_contain_text("A001")  # the screen asks by itself
    clerk.get_by_role("button", name="办完").click()
    return number, code


def rate(resident: Page, number: str, code: str) -> str:
    resident.goto("/ratings/")
    resident.get_by_role("link", name="我要评价").tap()
    resident.get_by_label("编号").fill(number)
    resident.get_by_label("查询码").fill(code)
    resident.get_by_role("button", name="去评价").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text(TITLE)
    resident.get_by_role("radio", name="不满意", exact=True).check()
    resident.get_by_label("想说什么").fill(WORDS)
    resident.get_by_role("radio", name="实名").check()
    resident.get_by_role("button", name="交评价").tap()
    expect(resident.get_by_role("alert")).to_contain_text("实名请写怎么称呼")
    expect(resident.get_by_label("想说什么")).to_have_value(WORDS)
    assert barriers(resident) == []
    resident.get_by_label("怎么称呼你").fill("示例办事人")
    resident.get_by_label("联系电话").fill("19900001234")
    resident.get_by_role("button", name="交评价").tap()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("不满意")
    return resident.locator("dd.bh-num").first.inner_text()


def call_back(site: Site) -> None:
    """The officer, for the clerk served the visit; who served may call but not verify."""
    officer = site.desk("shijing")
    take_up(officer, TITLE, "回访")
    officer.get_by_label("评价人说了什么").fill("窗口少开了一个")
    send(officer, "回访")


def verify_and_put_right(site: Site) -> None:
    head, officer = site.desk("shizhu"), site.desk("shijing")
    take_up(head, TITLE, "属实，立行立改")
    head.get_by_label("核实的情况").fill("当天上午只开了两个窗口")
    send(head, "属实，立行立改")
    take_up(officer, TITLE, "整改完成")
    officer.get_by_label("改了什么").fill("上午加开一个窗口")
    officer.get_by_label("整改佐证").set_input_files(paper("rectified"))
    send(officer, "整改完成")
    take_up(officer, TITLE, "告知评价人")
    send(officer, "告知评价人")


def publish(site: Site) -> None:
    """Another office reads the words first; with a telephone number in them it is refused."""
    reviewer = site.desk("zwb")
    take_up(reviewer, TITLE, "公开")
    reviewer.get_by_label("公开的评价内容").fill(f"{WORDS}，打19900001234问我")
    reviewer.get_by_label("公开的整改或者答复").fill("上午加开一个窗口")
    reviewer.get_by_role("radio", name="看过了，没有").check()
    reviewer.locator("form.do-form").get_by_role("button", name="公开", exact=True).click()
    expect(reviewer.get_by_role("alert")).to_contain_text("号码")
    reviewer.get_by_label("公开的评价内容").fill(WORDS)
    send(reviewer, "公开")
