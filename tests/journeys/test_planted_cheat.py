"""A planted cheat: a picture that was handed in before comes back as "after"; the office sees both, settles, reviews."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import FilePayload, Page, expect

from bihuan.cases import actions
from bihuan.cases.shapes import Opened, Upload
from bihuan.cases.tests.conftest import BIN, POINT
from bihuan.cases.tests.scenes import cut, jpeg, scene
from bihuan.core.time.instant import at
from bihuan.leads import actions as leads
from bihuan.people import actions as people
from tests.journeys.conftest import STAFF
from tests.journeys.site import PASSWORD, PHONE, Site, barriers, send, take_up, until

pytestmark = pytest.mark.journey
OFFICE = {"head": ("duban2", "测试督查室副主任"), "inspector": ("duban3", "测试督查员丙")}


def picture(name: str, body: bytes) -> FilePayload:
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": body}


def act(site: Site, case: Opened, name: str, who: str, when: str, *files: Upload, **data: str) -> None:
    """What a member of staff does for their unit."""
    actions.act(
        case.case, name, by=str(site.persons[who].pk), unit=STAFF[who][1], at=at(when), data=data, files=files
    )  # fmt: skip


def sent_out(site: Site, day: str, what: str, before: bytes) -> Opened:
    """A report that has come to the unit at work."""
    case = actions.open_case("urban_management", BIN, by=None, unit="", at=at(f"{day} 09:00"), data={"what": what}, place=POINT)  # fmt: skip
    act(site, case, "send", "shouli", f"{day} 09:05", collector=str(site.persons["caiji"].pk))
    act(site, case, "verify", "caiji", f"{day} 09:15", Upload("before", "b.jpg", before))
    act(site, case, "accept", "shouli", f"{day} 09:20")
    act(site, case, "dispatch", "paiqian", f"{day} 09:25", unit="nk.cgw")
    return case


def log_in(site: Site, post: str) -> Page:
    name, said = OFFICE[post]
    if name not in site.persons:
        site.persons[name] = people.add_person(name, said, name, PASSWORD)
        people.give_post(site.persons[name], "nk.duban", post, date(2016, 1, 1))
    return site.desk(name)


def test_a_used_picture_is_seen_settled_and_reviewed(site: Site) -> None:
    clean = scene(41)
    first = sent_out(site, "2026-10-12", "东门口垃圾桶满了", jpeg(scene(42)))
    act(site, first, "feedback", "cgw", "2026-10-12 10:30", Upload("after", "a.jpg", jpeg(clean)))
    drawn = site.case(number=first.number).parties["checker"]
    checker = next(name for name in ("hecha", "hecha2") if str(site.persons[name].pk) == drawn)
    act(site, first, "check_ok", checker, "2026-10-12 11:30", Upload("check", "c.jpg", jpeg(scene(43))))

    second = sent_out(site, "2026-10-13", "南门口垃圾桶满了", jpeg(scene(44)))
    site.at("2026-10-13 10:00")
    cgw = site.desk("cgw")
    take_up(cgw, "南门口垃圾桶满了", "处置反馈")
    cgw.get_by_label("处置后照片").set_input_files(
        picture("after", jpeg(cut(clean, 0.04, 0.04, 0.04, 0.04), 55))
    )
    send(cgw, "处置反馈")
    expect(cgw.locator("body")).not_to_contain_text("抽派核查员")

    assert leads.look(at("2026-10-01 00:00"), at("2026-10-14 03:40"), at("2026-10-14 03:40")) >= 1
    site.at("2026-10-14 09:00")
    inspector = log_in(site, "inspector")
    inspector.get_by_role("navigation", name="主导航").get_by_role("link", name="异常线索").click()
    row = inspector.locator(".link-rows li").filter(has_text="照片在别的件上用过")
    expect(row).to_contain_text(f"与 {first.number} 在 2026-10-12 10:30 收到的照片几乎一样")
    row.get_by_role("link").click()
    pictures = inspector.locator("figure img")
    expect(pictures).to_have_count(2)
    for one in pictures.all():
        one.scroll_into_view_if_needed()
        expect(one).to_be_visible()
        until(inspector, "i => i.complete && i.naturalWidth > 0", one.element_handle())
    expect(inspector.locator("figcaption")).to_have_text([pattern(first), pattern(second)])
    assert barriers(inspector) == []
    inspector.set_viewport_size(PHONE)
    assert barriers(inspector) == []
    inspector.goto("/desk/samples/")
    assert barriers(inspector) == []
    inspector.goto("/desk/leads/")
    assert barriers(inspector) == []
    row.get_by_role("link").click()
    inspector.set_viewport_size({"width": 1440, "height": 900})
    inspector.get_by_label("属实，移交有权处理的单位").check()
    inspector.get_by_role("button", name="处理").click()
    expect(inspector.get_by_role("alert")).to_contain_text("请写明理由")
    expect(inspector.get_by_label("属实，移交有权处理的单位")).to_be_checked()
    inspector.get_by_label("理由").fill("两张是同一张照片，裁过边，第二件现场没有清")
    inspector.get_by_role("button", name="处理").click()
    expect(inspector.get_by_role("status")).to_contain_text("已经记下")
    expect(inspector.locator("main")).to_contain_text("等另一个人复核")

    head = log_in(site, "head")
    head.goto("/desk/leads/?stand=settle")
    head.locator(".link-rows li").filter(has_text="照片在别的件上用过").get_by_role("link").click()
    head.get_by_label("同意").check()
    head.get_by_label("理由").fill("同意，通知该单位重新处置")
    head.get_by_role("button", name="复核").click()
    expect(head.locator(".at-hand")).to_contain_text("已办结")

    cgw.goto("/desk/leads/")
    expect(cgw.get_by_role("heading", level=1)).not_to_have_text("异常线索")


def pattern(case: Opened) -> re.Pattern[str]:
    return re.compile(case.number)
