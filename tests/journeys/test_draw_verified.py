"""A stranger redoes a published draw: choose the files, press the button, read the reasons; three steps, no account."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bihuan.core.tests.draws_here import Setting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    found = [(one["id"], one["nodes"][0]["html"][:120]) for one in Axe().run(page).response["violations"]]
    assert found == [], page.url
    if kept := os.environ.get("BIHUAN_SHOTS"):
        page.screenshot(
            path=f"{kept}/{page.viewport_size['width']}-{page.locator('html').get_attribute('lang')}.png",
            full_page=True,
        )  # type: ignore[index]


@pytest.mark.parametrize(("width", "language"), [(360, "zh-hans"), (1440, "en")])
def test_a_stranger_redoes_a_draw(
    live_server: Any, browser: Browser, tmp_path: Path, width: int, language: str
) -> None:
    files = Setting().folder()
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/verify/draw")
    page.set_input_files("#f-files", written(tmp_path, files))
    page.fill("#f-id", files["result.tsv"].split(b"\n")[1].split(b"\t")[1].decode())
    page.locator("form[data-dr1] button").click()
    expect(page.locator("#checks li.is-late")).to_have_count(0)
    expect(page.locator("#checks li.is-ontime")).to_have_count(12)
    expect(page.locator("#checks li").last).to_contain_text(
        "逐字节相同" if language == "zh-hans" else "byte for byte"
    )
    expect(page.locator("#shop")).to_contain_text(
        "抽中了，第 1 个" if language == "zh-hans" else "It was drawn, number 1"
    )
    fits(page)
    page.close()


def test_a_changed_result_is_told_with_its_line(live_server: Any, browser: Browser, tmp_path: Path) -> None:
    files = Setting().folder()
    files["result.tsv"] = files["result.tsv"].replace(b"\n3\t91370032\t", b"\n3\t91370033\t")
    page = browser.new_page(locale="zh-CN")  # under the site's own content security policy
    page.goto(f"{live_server.url}/verify/draw")
    page.set_input_files("#f-files", written(tmp_path, files))
    page.fill("#f-id", "99")
    page.locator("form[data-dr1] button").click()
    expect(page.locator("#checks li.is-late")).to_have_text(
        "核对不成立结果第 4 行第 2 栏写的是 91370033，复算是 91370032"
    )
    expect(page.locator("#shop")).to_have_text("99 不在这次抽取的名录里。")
    page.close()
