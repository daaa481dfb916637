"""Applying for a licence keeps nobody out: axe on every page of the hall, the keyboard alone, at twice the size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bihuan.cases.edge import to_datetime
from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import at, day
from bihuan.items import actions as items
from bihuan.people.queries import unit_names
from tests.journeys.site import DESK, PHONE, Site, barriers, paper

pytestmark = pytest.mark.journey
APPLY = "/hall/items/P003-1/apply"
PAGES = (
    "/hall/", "/hall/?q=开饭馆", "/hall/items/P003-1", "/hall/powers", "/hall/drafts", "/hall/form/permits/submit?item=P003-1",
    "/hall/apply", APPLY, "/me/login", "/hall/guide", "/hall/bundles/B01", "/hall/bundles/B01/apply", "/counters/", "/ratings/",
    "/certificates", "/log/", "/verify/", "/licences", "/hall/undertakings", "/hall/items/P010-1/undertaking", "/hall/retention",
    "/hall/items/C001-1", "/hall/?q=火箭发射",
)  # fmt: skip


@pytest.fixture
def hall(site: Site, settings: Any, tmp_path: Path) -> Site:
    items.load_items(to_datetime(at("2026-01-05 09:00")), day("2026-01-05"), unit_names())
    settings.SMS_FILE = str(tmp_path / "sms.txt")
    return site


def look(page: Page, name: str, found: list[str]) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += [f"{name}, {size['width']} px: {one}" for one in barriers(page)]


def log_in(page: Page, settings: Any) -> None:
    page.goto("/me/login")
    page.locator("#f-phone").fill("13900001234")
    page.locator("main form .btn-primary").click()
    page.locator("#f-code").fill(Path(settings.SMS_FILE).read_text().splitlines()[-1].split("验证码 ")[1][:6])
    page.locator("main form .btn-primary").click()
    page.locator("#readings").wait_for()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_of_the_hall_keeps_anybody_out(hall: Site, settings: Any, language: str) -> None:
    page, found = hall.visit(viewport=DESK), list[str]()
    page.context.add_cookies([{"name": "django_language", "value": language, "url": hall.url}])
    for path in PAGES:
        page.goto(path)
        look(page, path, found)
        assert page.locator("html").get_attribute("lang") == {"zh-hans": "zh-Hans", "en": "en"}[language]
    log_in(page, settings)
    page.goto(APPLY)
    page.locator("[name=applicant_kind][value=person]").check()
    page.locator("input[type=file]").first.set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    )
    page.locator(".sticky button").click()
    page.get_by_role("alert").wait_for()
    look(page, "faults", found)
    page.locator("button[name=save]").click()
    page.get_by_role("alert").wait_for(state="detached")
    look(page, "saved", found)
    for path in ("/me/", "/me/delete"):
        page.goto(path)
        look(page, path, found)
    assert found == []


def press_to(page: Page, selector: str, key: str = "Tab", most: int = 90) -> None:
    """Press until the element has the focus; it must be seen, with room around it."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            expect(page.locator(selector).first).to_be_in_viewport()
            return
    raise AssertionError(f"{selector} was not reached with {most} times {key}")


def test_the_keyboard_alone_at_twice_the_size_files_an_application(hall: Site) -> None:
    # 1280 px at 200 % are 640 px: what a reader who enlarges the page has
    page = hall.visit(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page.goto(APPLY)
    for selector, text in (
        ("#f-subject", "示例面馆，长虹街道"), ("[name=applicant_kind]", " "), ("#f-identity", invent_id_number(7, day("1990-01-02"))),
        ("#f-contact_name", "示例居民"), ("#f-contact_phone", "13900001234"),
    ):  # fmt: skip
        press_to(page, selector)
        page.keyboard.type(text) if text != " " else page.keyboard.press("Space")
    for field in page.locator("input[type=file]").all():
        if "papers." in (field.get_attribute("name") or ""):
            field.set_input_files(paper("材料"))  # the chooser itself is the browser's own
    press_to(page, "[name=delivery_way]")
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs out at the side"
    press_to(page, ".sticky button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("申请递交了")
    assert hall.case(line="permits").number in page.locator("main").inner_text()


def test_a_fault_takes_the_focus_and_leads_to_its_field(hall: Site) -> None:
    page = hall.visit(viewport=DESK)
    page.goto(APPLY)
    page.locator("#f-subject").fill("示例面馆")
    page.locator(".sticky button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    press_to(page, ".bh-errors a[href='#f-contact_name']")
    page.keyboard.press("Enter")
    expect(page.locator("#f-contact_name")).to_be_focused()
    expect(page.locator("#f-contact_name")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#f-subject")).to_have_value("示例面馆")


def test_what_the_choice_makes_needless_is_put_away(hall: Site) -> None:
    page = hall.visit(viewport=DESK)
    page.goto(APPLY)
    page.locator("[name=applicant_kind][value=organisation]").check()
    expect(page.locator("#f-identity")).to_be_hidden()
    expect(page.locator("#f-uscc")).to_be_visible()
    page.locator("button[data-more]").click()
    expect(page.locator("[name=facilities-what]").last).to_be_focused()
