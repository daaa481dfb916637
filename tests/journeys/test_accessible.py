"""The main pages keep nobody out: axe, narrow screens, the keyboard alone, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from bihuan import lines
from bihuan.cases import actions
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.conftest import BIN, POINT, picture
from bihuan.core.time.instant import at
from bihuan.targets.actions import add_report
from bihuan.targets.models import Report
from bihuan.targets.seed import nankai
from tests.journeys.site import DESK, PHONE, Site, barriers, tabs_to

pytestmark = pytest.mark.journey
LANGUAGES = ("zh-hans", "en")


def fill(site: Site) -> tuple[str, str]:
    """A case that the handler has in hand, and the report; the number and the code of the case."""
    add_report(**nankai(), by=None, at=at("2026-10-09 09:00"))
    opened = actions.open_case(
        "urban_management", BIN, by=None, unit="", at=at("2026-10-12 09:00"), data={"what": "东门口，垃圾桶满了", "detail": "袋子堆到盲道上了"},
        place=POINT, files=[Upload("photo", "bin.jpg", picture(640, 480))], contact={"name": "示例居民", "phone": "19900001234"},
    )  # fmt: skip

    def act(who: str, seat: str, name: str, when: str, *kinds: str, **data: str) -> None:
        files = [Upload(kind, f"{kind}.jpg", picture(640, 480)) for kind in kinds]
        actions.act(
            opened.case, name, by=str(site.persons[who].pk), unit=seat, at=at(when), data=data, files=files
        )

    act("shouli", "nk.jiandu", "send", "2026-10-12 09:05", collector=str(site.persons["caiji"].pk))
    act("caiji", "nk.jiandu", "verify", "2026-10-12 09:15", "before")
    act("shouli", "nk.jiandu", "accept", "2026-10-12 09:20")
    act("paiqian", "nk.zhihui", "dispatch", "2026-10-12 09:25", unit="nk.cgw")
    site.at("2026-10-12 10:00")
    return opened.number, opened.code


def report_pages() -> list[str]:
    """The pages of the report whose addresses have its number."""
    pk = Report.objects.get().pk
    return [f"/promises/{pk}/{name}" for name in ("goals", "summary", "mark/goal-5193-5204")]


def speak(page: Page, language: str) -> None:
    """From now on every page in this language; a cookie given with `url` would hold below its folder only."""
    host = urlsplit(page.url).hostname or ""
    page.context.add_cookies([{"name": "django_language", "value": language, "domain": host, "path": "/"}])


def public_pages(page: Page, number: str, code: str) -> Iterator[str]:
    """Every public page in turn, the report step by step; yields its name."""
    for path in (
        "/",
        "/open",
        "/lines/urban_management",
        "/hall/apply",
        "/promises/",
        "/promises/years/",
        *report_pages(),
    ):
        page.goto(path)
        yield path
    page.goto("/report/")
    yield "report: photo"
    page.locator("button[name=without]").click()
    page.locator("svg#map a").first.wait_for()
    yield "report: street"
    page.goto(f"/report/place?lon={POINT['lon']}&lat={POINT['lat']}")
    yield "report: place"
    page.locator("form[action='/report/place'] button").click()
    page.locator("#f-detail").wait_for()
    yield "report: what"
    page.locator("form[action='/report/send'] .sticky button").click()
    page.get_by_role("alert").wait_for()
    yield "report: what, with a fault"
    page.goto("/track/")
    yield "track: ask"
    page.locator("#f-number").fill(number)
    page.locator("#f-code").fill(code)
    page.locator("main form button").click()
    page.locator(".bh-tl").wait_for()
    yield "track: case"


def desk_pages(page: Page, number: str) -> Iterator[str]:
    for path in (
        "/desk/",
        f"/desk/{number}/",
        f"/desk/{number}/do/feedback/",
        f"/desk/{number}/do/check_ok/",
    ):
        page.goto(path)
        yield path


def look_around(page: Page, name: str, language: str, found: list[str]) -> None:
    """The page as it stands at a desk and on a telephone, in the language that was asked for."""
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}", re.IGNORECASE))
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += [
            f"{name}, {size['width']} px, {page.locator('html').get_attribute('lang')}: {one}"
            for one in barriers(page)
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_keep_nobody_out(site: Site, language: str) -> None:
    number, code = fill(site)
    page = site.visit(viewport=DESK)
    page.goto("/track/")
    speak(page, language)
    found: list[str] = []
    for name in public_pages(page, number, code):
        look_around(page, name, language, found)
    assert found == []


# Every title that reaches beyond its box, or beyond the picture where it has none.
WIDER = """() => [...document.querySelectorAll('svg.process text')].filter(one => {
    const box = one.getBBox(), room = one.ownerSVGElement.viewBox.baseVal.width
    return box.x + box.width > (one.classList.contains('state-name') ? room - 8 : room)
}).map(one => one.textContent)"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_reaches_out_of_the_picture_of_a_line(site: Site, language: str) -> None:
    page = site.visit(viewport=PHONE)
    page.goto("/lines/")
    speak(page, language)
    for code in lines.all_lines():
        page.goto(f"/lines/{code}")
        expect(page.locator("svg.process text").first).to_be_attached()
        assert (code, page.evaluate(WIDER)) == (code, [])


def test_the_desk_keeps_nobody_out(site: Site) -> None:
    number, _ = fill(site)
    page = site.desk("cgw")
    found: list[str] = []
    for language in LANGUAGES:
        speak(page, language)
        for name in desk_pages(page, number):
            look_around(page, name, language, found)
    assert found == []


def test_the_keyboard_alone_reaches_the_main_action_of_every_page(site: Site) -> None:
    number, _ = fill(site)
    visitor, desk = site.visit(viewport=DESK), site.desk("cgw")
    for page, path, action in (
        (visitor, "/", "a.door.first"),
        (visitor, "/report/", "button.btn-primary"),
        (visitor, f"/report/place?lon={POINT['lon']}&lat={POINT['lat']}", "button.btn-primary"),
        (visitor, "/report/what", ".bh-choice input"),
        (visitor, "/track/", "main button.btn-primary"),
        (visitor, "/promises/", ".rp-chip"),
        (desk, "/desk/", ".q-what a"),
        (desk, f"/desk/{number}/", "a.main-action"),
        (desk, f"/desk/{number}/do/feedback/", ".do-send button"),
    ):
        page.goto(path)
        if path.startswith("/report/place"):
            page.locator("form[action='/report/place'] button").click()  # the place is kept for the next page
            page.goto(path)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="跳到正文")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        tabs_to(page, page.locator(action).first)
