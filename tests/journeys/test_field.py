"""A collector's telephone in the street: hours without a network, cuts in the middle, and what became of it all."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bihuan.cases import actions, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Document, Event
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.conftest import BIN, POINT, picture
from bihuan.core.time.instant import at
from tests.journeys.cut import line_to
from tests.journeys.site import PASSWORD, PATIENCE, PHONE, Site, barriers, photo, tabs_to, until

pytestmark = pytest.mark.journey
TITLE = "东门口，垃圾桶满了"
STREET: dict[str, Any] = {
    "viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 1, "permissions": ["geolocation"],
    "geolocation": {"longitude": POINT["lon"], "latitude": POINT["lat"]},
}  # fmt: skip


def to_verify(site: Site, who: str = "caiji", when: str = "09:05") -> int:
    """A case given to this collector."""
    opened = actions.open_case(
        "urban_management", BIN, by=None, unit="", at=at("2026-10-12 09:00"), data={"what": TITLE, "detail": "袋子堆到盲道上了"},
        place=POINT, files=[Upload("photo", "bin.jpg", picture(640, 480))],
    )  # fmt: skip
    hand_to(site, opened.case, who, when)
    site.at("2026-10-12 09:10")
    return opened.case


def hand_to(site: Site, case: int, who: str, when: str) -> None:
    actions.act(
        case, "send", by=str(site.persons["shouli"].pk), unit="nk.jiandu", at=at(f"2026-10-12 {when}"),
        data={"collector": str(site.persons[who].pk)},
    )  # fmt: skip


def open_telephone(site: Site, name: str = "caiji") -> Page:
    """The worker logs in; the page is kept for the way."""
    phone = site.visit(**STREET)
    log_in(phone, name)
    return phone


def log_in(phone: Page, name: str) -> None:
    phone.clock.set_fixed_time("2026-10-12T09:10:00+08:00")
    phone.goto("/field/")
    phone.get_by_role("link", name="登录").click()
    phone.get_by_label("用户名").fill(name)
    phone.get_by_label("密码").fill(PASSWORD)
    phone.get_by_role("button", name="登录").click()
    expect(phone.locator("#says")).to_contain_text("信息采集员")
    phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
    if phone.evaluate("navigator.serviceWorker.controller === null"):
        phone.reload()  # it was on its way while the worker took over: the next visit has it
    until(phone, "navigator.serviceWorker.controller !== null")
    until(
        phone,
        "caches.open('field-pictures').then((c) => c.keys()).then((k) => k.length > 0 || !document.querySelector('.f-card'))",
    )


def verify(phone: Page, shade: int = 60) -> None:
    """From the list to the form, photo and words, into the queue."""
    phone.locator("#tabs").get_by_role("link", name="任务").tap()
    phone.locator(".f-card").filter(has_text=TITLE).tap()
    phone.get_by_role("link", name="核实属实").tap()
    phone.get_by_label("处置前照片").set_input_files(photo("before", shade))
    expect(phone.locator(".f-photos img")).to_be_visible()
    phone.get_by_label("现场情况").fill("两个桶都满了")
    phone.get_by_role("button", name="记下 · 核实属实").tap()


def report(phone: Page, shade: int = 70) -> None:
    """A bin on the way: photo, the everyday kind, the position, the spot."""
    phone.locator("#tabs").get_by_role("link", name="上报").tap()
    phone.get_by_label("拍照片").set_input_files(photo("bin", shade))
    expect(phone.locator(".f-photos img")).to_be_visible()
    phone.get_by_text("垃圾桶满了", exact=True).tap()
    phone.get_by_role("button", name="用我现在的位置").tap()
    expect(phone.locator(".f-says")).to_contain_text(f"{POINT['lon']:.5f}, {POINT['lat']:.5f}")
    phone.get_by_label("地点").fill("西门口")
    phone.get_by_role("button", name="记下").tap()


def events(**which: Any) -> list[Event]:
    with wall.open_to(wall.SYSTEM):
        return list(Event.objects.filter(**which).order_by("pk"))


def forgive_the_network(site: Site) -> None:
    """A browser writes a request that found no network into its console: here that is what was to happen."""
    site.faults[:] = [fault for fault in site.faults if "net::ERR_" not in fault]


def card(phone: Page, words: str) -> Any:
    return phone.locator(".f-card").filter(has_text=words)


def test_a_morning_without_a_network(site: Site) -> None:
    case = to_verify(site)
    phone = open_telephone(site)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#top")).to_contain_text("没有网络，照常记")
    expect(card(phone, TITLE)).to_contain_text("按时，今天 14:35 到期")
    card(phone, TITLE).tap()
    expect(phone.locator("main")).to_contain_text("袋子堆到盲道上了")
    until(phone, "document.querySelector('.f-pictures img').naturalWidth > 0")
    verify(phone)
    expect(card(phone, "核实属实")).to_contain_text("等发送")
    report(phone)
    expect(phone.locator("#says")).to_contain_text("2 条等发送")
    phone.reload()
    expect(phone.locator("#says")).to_contain_text("2 条等发送")
    expect(card(phone, "西门口")).to_contain_text("等发送")
    phone.locator("#tabs").get_by_role("link", name="任务").tap()
    expect(card(phone, TITLE)).to_contain_text("已记下，等发送")
    assert events(name="verify") == [] and site.count() == 1

    site.at("2026-10-12 11:30")
    phone.context.set_offline(False)
    phone.locator("#tabs").get_by_role("link", name="已记").tap()
    expect(card(phone, "西门口")).to_contain_text("成功")
    expect(card(phone, "核实属实")).to_contain_text("现场记的时间 今天 09:10")
    expect(card(phone, "核实属实")).to_contain_text("服务器收到 今天 11:30")
    (verified,) = events(name="verify")
    assert verified.case_id == case and verified.at == to_datetime(at("2026-10-12 11:30"))
    assert verified.data == {"text": "两个桶都满了", "noted_at": "2026-10-12 09:10"}
    told = site.case(title="西门口，垃圾桶满了")
    assert site.count() == 2 and told.lon == pytest.approx(POINT["lon"])
    with wall.open_to(wall.SYSTEM):
        kept = set(Document.objects.values_list("kind", "sha256"))
    originals = {
        (kind, sha256(photo("x", shade)["buffer"]).hexdigest())
        for kind, shade in (("evidence:before", 60), ("evidence:report", 70))
    }
    assert originals <= kept  # the very files of the camera
    forgive_the_network(site)


@pytest.mark.parametrize("how", [["upload", "answer"], ["upload", "upload"]])
def test_the_line_is_cut_twice_in_the_middle_of_an_upload(site: Site, how: list[str]) -> None:
    """Once before the server has everything, once when only its answer is lost: one case, one event, one photo."""
    to_verify(site)
    with line_to(site.url) as line:
        street = Site(line.url, site.browser, site.persons, site.set_clock)
        phone = open_telephone(street)
        for one in how:
            (line.cut_upload if one == "upload" else line.lose_answer)("POST /field/photo/")
        verify(phone)
        send_until_done(phone, 2)
        line.lose_answer("POST /field/send")  # what lies ahead of the photos
        line.cut_upload("POST /field/photo/")
        line.lose_answer("POST /field/send")
        report(phone)
        send_until_done(phone, 3)
        assert line.cuts == [] and len(line.happened) == 5
        forgive_the_network(street)
        street.rest()
    assert len(events(name="verify")) == 1 and site.count() == 2
    with wall.open_to(wall.SYSTEM):
        assert sorted(Document.objects.values_list("kind", flat=True)) == [
            "evidence:before", "evidence:report", "evidence:report",
        ]  # fmt: skip


def send_until_done(phone: Page, cuts: int) -> None:
    """Each cut leaves the entry waiting; a touch sends it again."""
    button = phone.get_by_role("button", name="现在发送")
    for _ in range(cuts):
        expect(button).to_be_enabled()
        button.tap()
    expect(phone.locator("#says")).not_to_contain_text("等发送")
    expect(phone.locator(".f-card").first).to_contain_text("成功")


def test_the_answer_to_the_last_send_is_lost(site: Site) -> None:
    """The server has taken the report; the telephone does not know and sends it again."""
    with line_to(site.url) as line:
        street = Site(line.url, site.browser, site.persons, site.set_clock)
        phone = open_telephone(street)
        line.cuts += [
            ("POST /field/send", ""),
            ("POST /field/send", "answer"),
        ]  # the second has the photos there
        report(phone)
        expect(phone.get_by_role("button", name="现在发送")).to_be_enabled()
        assert site.count() == 1 and card(phone, "西门口").inner_text().startswith("等发送")
        phone.reload()  # sends on load
        expect(card(phone, "西门口")).to_contain_text("成功")
        assert site.count() == 1 and len(events(name="report")) == 1
        expect(card(phone, "西门口")).to_contain_text(site.case().number)
        forgive_the_network(street)
        street.rest()


def test_a_conflict_is_told_and_nothing_is_lost(site: Site) -> None:
    case = to_verify(site)
    phone = open_telephone(site)
    phone.context.set_offline(True)
    verify(phone)
    expect(card(phone, "核实属实")).to_contain_text("等发送")
    hand_to(site, case, "caiji2", "09:20")
    site.at("2026-10-12 10:00")
    phone.context.set_offline(False)
    told = card(phone, "核实属实")
    expect(told).to_contain_text("未采纳，已记为补记")
    expect(told).to_contain_text("这件已经改派给别人，“核实属实”由他来办")
    (note,) = events(name="site_note")
    assert note.data["text"].endswith("两个桶都满了") and events(name="verify") == []
    desk = site.desk("shouli")
    desk.goto(f"/desk/{site.case().number}/")
    step = desk.locator(".bh-tl > li").filter(has_text="现场补记")
    expect(step).to_contain_text("两个桶都满了")
    expect(step).to_contain_text("2026-10-12 09:10")
    expect(step.locator("img")).to_have_count(1)
    forgive_the_network(site)


def restarted(site: Site, folder: Path) -> BrowserContext:
    """The telephone switched on: a browser of its own with its own store on disk."""
    kind = site.browser.browser_type
    from conftest import find_browser

    context = kind.launch_persistent_context(
        folder, executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        base_url=site.url, **STREET,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    return context


def test_the_queue_outlives_the_browser_and_the_telephone(site: Site, tmp_path: Path) -> None:
    to_verify(site)
    context = restarted(site, tmp_path)
    phone = context.pages[0]
    log_in(phone, "caiji")
    context.set_offline(True)
    verify(phone)
    phone.locator("#tabs").get_by_role("link", name="上报").tap()
    phone.get_by_label("补充说明").fill("写到一半")
    expect(phone.locator("#says")).to_contain_text("1 条等发送")
    context.close()  # the battery is empty

    context = restarted(site, tmp_path)
    context.set_offline(True)
    phone = context.pages[0]
    phone.goto("/field/#report")
    expect(phone.get_by_label("补充说明")).to_have_value("写到一半")
    expect(phone.locator("#says")).to_contain_text("1 条等发送")
    assert events(name="verify") == []
    context.set_offline(False)
    expect(phone.locator("#says")).not_to_contain_text("等发送")
    expect(phone.get_by_label("补充说明")).to_have_value("写到一半")  # nothing was drawn anew under the hands
    assert len(events(name="verify")) == 1
    context.close()


def test_what_is_missing_is_named_and_what_was_put_right_is_closed(site: Site) -> None:
    phone = open_telephone(site)
    phone.locator("#tabs").get_by_role("link", name="上报").tap()
    phone.get_by_role("button", name="记下").tap()
    expect(phone.get_by_role("alert").first).to_contain_text("还差 3 处")
    phone.get_by_label("拍照片").set_input_files(photo("bikes", 80))
    phone.get_by_text("共享单车乱放", exact=True).tap()
    phone.get_by_text("我当场处理好了（自行处置）").tap()
    phone.get_by_label("处置后照片").set_input_files(photo("after", 220))
    phone.get_by_label("或者选社区").select_option(index=1)
    phone.get_by_role("button", name="记下").tap()
    expect(card(phone, "共享单车乱放")).to_contain_text("成功")
    assert site.case().state == "self_fixed"


def test_it_can_be_installed(site: Site) -> None:
    phone = open_telephone(site)
    talk = phone.context.new_cdp_session(phone)
    assert talk.send("Page.getAppManifest")["errors"] == []
    found = [one["errorId"] for one in talk.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [
        one for one in found if one != "in-incognito"
    ] == []  # a test's window keeps nothing, which is its nature


Walk = list[tuple[str, Callable[[Page], None]]]
WALK: Walk = [
    ("tasks", lambda phone: None),
    ("task", lambda phone: phone.locator(".f-card").first.tap()),
    ("form", lambda phone: phone.locator(".f-deeds a").first.tap()),
    ("form with faults", lambda phone: phone.locator(".f-main").tap()),
    ("report", lambda phone: phone.goto("/field/#report")),
    ("report with faults", lambda phone: phone.locator(".f-main").tap()),
    ("noted", lambda phone: phone.goto("/field/#sent")),
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_field_page_keeps_nobody_out(site: Site, language: str) -> None:
    to_verify(site)
    phone = open_telephone(site)
    if language == "en":
        phone.get_by_role("button", name="English").tap()
        expect(phone.locator("#top")).to_contain_text("Field work")
    found: list[str] = []
    for name, go in WALK:
        go(phone)
        expect(phone.locator("h1, .bh-errors h2").first).to_be_visible()
        found += [f"{name}, {language}: {one}" for one in barriers(phone)]
        small = phone.evaluate(
            "[...document.querySelectorAll('a, button, input:not([type=file], [type=radio], [type=checkbox]), select, label.f-camera')]"
            ".filter((e) => e.offsetParent && !e.closest('.bh-errors')).filter((e) => e.getBoundingClientRect().height < 44 && !e.closest('dd')).map((e) => e.outerHTML)"
        )
        found += [f"{name}, {language}: small target {one}" for one in small]
    phone.goto("/field/#report")
    tabs_to(phone, phone.locator(".f-main"))
    assert found == []
