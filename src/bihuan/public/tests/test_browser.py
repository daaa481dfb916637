"""The public site in a real browser, on a small phone: taps on the map, nothing sideways, nothing axe objects to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bihuan.cases.tests.conftest import District, picture

pytestmark = pytest.mark.journey


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    found = [(one["id"], one["nodes"][0]["html"][:120]) for one in Axe().run(page).response["violations"]]
    assert found == [], page.url


def test_a_resident_reports_and_follows(
    real_district: District, live_server: Any, browser: Browser, tmp_path: Path
) -> None:
    photo = tmp_path / "bin.jpg"
    photo.write_bytes(picture(640, 480))
    page = browser.new_page(viewport={"width": 360, "height": 740}, bypass_csp=True)
    page.goto(f"{live_server.url}/")
    fits(page)
    page.get_by_role("link", name="报问题").first.click()
    page.set_input_files("#f-photo", photo)
    page.locator("#preview").wait_for(state="visible")
    page.get_by_role("button", name="下一步").click()
    page.locator("svg#map a").first.click()
    fits(page)
    box = page.locator("svg#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_role("heading", name="为什么归这里").wait_for()
    fits(page)
    page.fill("#f-address", "东门口")
    page.get_by_role("button", name="下一步").click()
    page.fill("#f-detail", "袋子堆到盲道上")
    page.fill("#seek", "垃圾桶")
    page.keyboard.press("Enter")
    page.get_by_text("搜“垃圾桶”").wait_for()
    assert page.input_value("#f-detail") == "袋子堆到盲道上"
    page.get_by_role("button", name="报上去").click()
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.id") == "errors"
    fits(page)
    page.locator("input[name=matter]").first.check()
    page.get_by_role("button", name="报上去").click()
    page.get_by_role("heading", name="报上了").wait_for()
    fits(page)
    page.get_by_role("link", name="看进度").click()
    page.get_by_role("heading", name="经过").wait_for()
    fits(page)
    page.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_pages_fit_and_are_accessible(
    real_district: District, live_server: Any, browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    if width == 320:
        page.context.add_cookies([{"name": "elder", "value": "1", "url": live_server.url}])
    for path in (
        "/",
        "/find?q=light",
        "/figures",
        "/track/",
        "/hall/apply",
        "/lines/",
        "/lines/urban_management",
    ):
        page.goto(live_server.url + path)
        fits(page)
    page.close()
