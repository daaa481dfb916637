"""An overflowing bin from the resident's telephone round the loop: reported, verified, opened, dispatched, done, checked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bihuan.cases.tests.conftest import POINT
from tests.journeys.site import Site, button, photo, send, take_up, tap_map

pytestmark = pytest.mark.journey
OWN_WORK = "处置单位不得核查自己的处置"


def test_a_full_bin_goes_round_the_loop(site: Site) -> None:
    phone = site.phone()
    number, code = report(phone)
    title = "东门口，垃圾桶满了"
    site.at("2026-10-12 09:05")
    verify_and_open(site, title)
    site.at("2026-10-12 09:25")
    dispatch(site, title)
    site.at("2026-10-12 10:01")
    do_and_try_to_check(site, title, number)
    site.at("2026-10-12 10:13")
    check(site, number, title)
    see_it_closed(site.phone(), number, code)


def report(phone: Page) -> tuple[str, str]:
    """Photo, place by the list and by the map, what it is; the receipt's number and code."""
    phone.goto("/")
    phone.locator("main").get_by_role("link", name="报问题").tap()
    phone.get_by_label("照片").set_input_files(photo("bin"))
    expect(phone.locator("#preview")).to_be_visible()
    phone.get_by_role("button", name="下一步：在哪里").tap()

    by_list = phone.locator(".place-list > li").filter(has_text="长虹街道")
    by_list.locator("summary").tap()
    community = by_list.get_by_role("link").last
    name = community.inner_text()
    community.tap()
    expect(phone.locator(".belongs")).to_contain_text(name)

    phone.get_by_role("link", name="看全区，换一条街道").tap()
    phone.locator("svg#map a[href='?street=120104001']").tap()
    phone.locator("svg#map[data-tap=place] a").first.wait_for()
    tap_map(phone)
    expect(phone.locator(".belongs")).to_contain_text("120104001")
    phone.locator("svg#map[role=img]").wait_for()
    with phone.expect_navigation():
        tap_map(phone)  # once more on the nearer map: the pin moves to the finger
    pin = [
        float(phone.locator(f"form[method=post] input[name={side}]").input_value()) for side in ("lon", "lat")
    ]
    assert pin == pytest.approx([POINT["lon"], POINT["lat"]], abs=0.00005)
    expect(phone.locator("svg#map[role=img]")).to_have_attribute(
        "aria-label", "地图：针尖在网格 " + phone.locator(".belongs dd.bh-num").inner_text()[9:]
    )
    phone.get_by_label("地点").fill("东门口")
    phone.get_by_role("button", name="下一步：是什么问题").tap()

    choice = phone.locator(".bh-choice").filter(has_text="垃圾桶满了")
    expect(choice).to_contain_text("这里归区城市管理委员会管")
    choice.tap()
    phone.get_by_label("补充一句").fill("袋子堆到盲道上了")
    phone.get_by_role("button", name="报上去").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("报上了")
    number = phone.locator(".bh-receipt .no").first.inner_text()
    code = phone.locator(".bh-receipt .code").inner_text()
    return number, code


def verify_and_open(site: Site, title: str) -> None:
    shouli, caiji = site.desk("shouli"), site.desk("caiji")
    take_up(shouli, title, "派核实")
    shouli.get_by_label("派给哪位采集员").select_option(label="测试采集员甲")
    send(shouli, "派核实")
    site.at("2026-10-12 09:15")
    take_up(caiji, title, "核实属实")
    caiji.get_by_label("处置前照片").set_input_files(photo("before", 60))
    send(caiji, "核实属实")
    site.at("2026-10-12 09:20")
    take_up(shouli, title, "立案")
    send(shouli, "立案")


def dispatch(site: Site, title: str) -> None:
    """The duty list proposes the unit of this cell with its reason, and refuses another with the reason."""
    paiqian = site.desk("paiqian")
    take_up(paiqian, title, "派遣")
    suggestion = paiqian.locator(".suggestion")
    expect(suggestion).to_contain_text("建议派给区城市管理委员会（待确认）")
    expect(suggestion).to_contain_text("权责清单：由区城市管理委员会主办")
    unit = paiqian.get_by_label("派给")
    expect(unit).to_have_value("nk.cgw")
    paiqian.get_by_label("要求").fill("清走，冲洗地面")
    unit.select_option("nk.s002")
    button(paiqian, "派遣").click()
    refused = paiqian.get_by_role("alert")
    expect(refused).to_contain_text("不能派遣")
    expect(refused).to_contain_text("是区城市管理委员会的职权")
    expect(paiqian.get_by_label("要求")).to_have_value("清走，冲洗地面")
    unit.select_option("nk.cgw")
    send(paiqian, "派遣")


def do_and_try_to_check(site: Site, title: str, number: str) -> None:
    """Whoever did the work reads why they may not check it, and is refused where they try nevertheless."""
    cgw = site.desk("cgw")
    take_up(cgw, title, "处置反馈")
    cgw.get_by_label("处置后照片").set_input_files(photo("after", 200))
    cgw.get_by_label("怎么处置的").fill("清运 3 桶，冲洗地面")
    send(cgw, "处置反馈")
    cannot = cgw.locator("#actions")
    expect(cannot.get_by_role("heading", name="现在不能做")).to_be_visible()
    expect(cannot.locator(".bh-refused").filter(has_text="核查通过")).to_contain_text(OWN_WORK)
    expect(cannot.get_by_role("link", name="核查通过")).to_have_count(0)
    address = f"/desk/{number}/do/check_ok/"
    token = next(c["value"] for c in cgw.context.cookies() if c["name"] == "csrftoken")
    for answer in (
        cgw.request.get(address),
        cgw.request.post(
            address,
            multipart={"csrfmiddlewaretoken": token, "request_key": "a" * 32, "check": photo("check")},
        ),
    ):
        assert answer.status == 409
        assert OWN_WORK in answer.text()
    cgw.goto(address)
    expect(cgw.get_by_role("heading", level=1)).to_have_text("现在不能核查通过")


def check(site: Site, number: str, title: str) -> None:
    """The checker who was drawn checks; another one is not asked."""
    drawn = site.case(number=number).parties["checker"]
    name = next(name for name in ("hecha", "hecha2") if str(site.persons[name].pk) == drawn)
    other = site.desk("hecha2" if name == "hecha" else "hecha")
    other.goto(f"/desk/{number}/")
    expect(other.locator("#actions").get_by_role("link", name="核查通过")).to_have_count(0)
    checker = site.desk(name)
    take_up(checker, title, "核查通过")
    checker.get_by_label("核查照片").set_input_files(photo("check", 210))
    send(checker, "核查通过")
    expect(checker.locator(".at-hand")).to_contain_text("已结案")


def see_it_closed(phone: Page, number: str, code: str) -> None:
    """With number and code, on another telephone: every step, who held it how long, both clocks; and the verdict."""
    phone.goto("/track/")
    phone.get_by_label("编号").fill(number)
    phone.get_by_label("查询码").fill(code)
    phone.get_by_role("button", name="查进度").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("核查说修好了，你看呢？")
    phone.get_by_text("看全部 8 条").tap()
    steps = phone.locator(".bh-tl > li")
    told = [("09:00", "上报"), ("09:05", "派核实"), ("09:15", "核实属实"), ("09:20", "立案"), ("09:25", "派遣"),
            ("10:01", "处置反馈"), ("10:01", "抽派核查员"), ("10:13", "核查通过")]  # fmt: skip
    expect(steps).to_have_count(len(told))
    for step, (hour, action) in zip(steps.all(), told, strict=True):
        expect(step).to_be_visible()
        expect(step).to_contain_text(hour)
        expect(step.get_by_role("heading")).to_contain_text(action)
    expect(steps.nth(4)).to_contain_text("清走，冲洗地面")
    held = phone.locator(".bh-hold li")
    expect(phone.locator(".bh-hold")).to_contain_text("共 1 小时 13 分工作时间")
    for unit, minutes in (
        ("区城市管理监督中心", "32 分"),
        ("区城市管理委员会", "36 分"),
        ("区城市管理指挥中心", "5 分"),
    ):
        expect(held.filter(has_text=unit).locator("b")).to_have_text(minutes)
    clocks = phone.locator(".clock-pair").first
    for words in ("处置时限，扣除停表", "全程，不扣停表"):
        expect(clocks.locator(".bh-clock").filter(has_text=words)).to_contain_text(
            "用了 36 分办结 · 期限是 今天 14:55"
        )
    phone.get_by_role("link", name="修好了", exact=True).tap()
    phone.get_by_role("button", name="评价").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("已结案")
    expect(phone.locator(".bh-loop")).to_contain_text("评分")
