"""What people do by mistake: nothing typed is lost, nothing is filed twice, each fault is said where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site, tap_map

pytestmark = pytest.mark.journey


def reach_last_step(phone: Page) -> None:
    """Without a photo, by the map."""
    phone.goto("/report/")
    phone.get_by_role("button", name="没有照片，直接说").tap()
    phone.locator("svg#map a[href='?street=120104001']").tap()
    phone.locator("svg#map[data-tap=place] a").first.wait_for()
    tap_map(phone)
    phone.locator(".belongs").wait_for()
    phone.get_by_role("button", name="下一步：是什么问题").tap()
    phone.locator(".bh-choice").filter(has_text="垃圾桶满了").tap()


def test_a_text_far_too_long_is_kept_with_the_fault_at_its_field(site: Site) -> None:
    phone = site.phone()
    reach_last_step(phone)
    text = "满" * 100_000
    phone.get_by_label("补充一句").fill(text)
    phone.get_by_label("怎么称呼你").fill("示例居民")
    phone.get_by_role("button", name="报上去").tap()
    alert = phone.get_by_role("alert")
    expect(alert).to_contain_text("100,000")
    expect(alert).to_be_focused()
    expect(phone.locator(".bh-field.err")).to_have_count(1)
    expect(phone.locator(".bh-field.err .msg")).to_contain_text("2,000")
    assert phone.get_by_label("补充一句").input_value() == text
    expect(phone.get_by_label("怎么称呼你")).to_have_value("示例居民")
    expect(phone.get_by_role("radio", name="垃圾桶满了")).to_be_checked()
    alert.get_by_role("link").first.tap()
    expect(phone.get_by_label("补充一句")).to_be_focused()
    assert site.count() == 0
    phone.get_by_label("补充一句").fill("满到地上了")
    phone.get_by_role("button", name="报上去").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("报上了")
    assert site.count() == 1


def test_sent_twice_it_is_one_case(site: Site) -> None:
    phone = site.phone()
    reach_last_step(phone)
    phone.get_by_role("button", name="报上去").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text("报上了")
    number = phone.locator(".bh-receipt .no").first.inner_text()
    phone.go_back()
    phone.get_by_role("button", name="报上去").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("报上了")
    expect(phone.locator(".bh-receipt .no").first).to_have_text(number)
    assert site.count() == 1


def test_a_place_outside_the_district_is_said_in_a_sentence(site: Site) -> None:
    phone = site.phone(geolocation={"longitude": 116.397, "latitude": 39.909}, permissions=["geolocation"])
    phone.goto("/report/")
    phone.get_by_role("button", name="没有照片，直接说").tap()
    phone.get_by_role("button", name="用我现在的位置").tap()
    fault = phone.locator("#f-place .msg")
    expect(fault).to_contain_text("南开区")
    expect(phone.locator(".belongs")).to_have_count(0)
    phone.get_by_role("button", name="下一步：是什么问题").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("在哪里")
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.context.set_geolocation({"longitude": 117.1255, "latitude": 39.1170})
    phone.get_by_role("button", name="用我现在的位置").tap()
    expect(phone.locator(".belongs")).to_contain_text("长虹街道")
