"""A month is closed, a deduction appealed, decided by another person, published; later a correction shows beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from bihuan.assess.actions.telling import tell
from bihuan.cases import actions
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.conftest import BIN, POINT, picture
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from tests.journeys.site import PASSWORD, Site, barriers

pytestmark = pytest.mark.journey

HEADS = {"zhongxin": ("测试监督中心主任", "nk.jiandu"), "cgwhead": ("测试城管委主任", "nk.cgw")}
UNITS = {"shouli": "nk.jiandu", "caiji": "nk.jiandu", "paiqian": "nk.zhihui", "cgw": "nk.cgw"}


def act(
    site: Site, case: int, name: str, who: str, when: str, *photos: str, unit: str = "", **data: Any
) -> None:
    """Something that staff did in October, not at a browser."""
    files = [Upload(f"evidence:{kind}", f"{kind}.jpg", picture(shade=40 + len(kind) * 7)) for kind in photos]
    actions.act(
        case, name, by=str(site.persons[who].pk) if who in site.persons else who, unit=unit or UNITS[who], at=at(when),
        data=data, files=files,
    )  # fmt: skip


def report(site: Site, when: str) -> tuple[int, str]:
    opened = actions.open_case(
        "urban_management", BIN, by=None, unit="", at=at(when), data={"what": "垃圾桶满了"}, place=POINT
    )
    return opened.case, opened.number


def taken_in(site: Site, case: int, day: str) -> None:
    act(site, case, "send", "shouli", f"{day} 09:05", collector=str(site.persons["caiji"].pk))
    act(site, case, "verify", "caiji", f"{day} 09:15", "before")
    act(site, case, "accept", "shouli", f"{day} 09:20")


def sent_back(site: Site, day: str) -> str:
    """A case that failed its check: points are taken for it."""
    case, number = report(site, f"{day} 09:00")
    taken_in(site, case, day)
    dispatcher = str(site.persons["paiqian"].pk)
    actions.act(
        case, "dispatch", by=dispatcher, unit="nk.zhihui", at=at(f"{day} 09:25"), data={"unit": "nk.cgw"}
    )
    act(site, case, "feedback", "cgw", f"{day} 11:00", "after")
    checker = site.case(pk=case).parties["checker"]
    act(site, case, "check_bad", checker, f"{day} 11:30", "check", unit="nk.jiandu", text="还有残留")
    return number


def test_month_is_closed_appealed_published_and_corrected(site: Site) -> None:
    for username, (name, unit) in HEADS.items():
        site.persons[username] = people.add_person(username, name, username, PASSWORD)
        people.give_post(site.persons[username], unit, "head", date(2016, 1, 1))
    bad = sent_back(site, "2026-10-12")
    waiting, number = report(site, "2026-10-30 16:00")
    draft = closed_and_appealed(site, bad)
    decided_and_published(site, draft)
    read_and_corrected(site, bad, waiting, number)


def closed_and_appealed(site: Site, bad: str) -> str:
    """The address of the closed month."""
    # the supervision centre closes October
    site.at("2026-11-02 10:00")
    page = site.desk("zhongxin")
    page.goto("/desk/bulletin/")
    page.get_by_label("月份").select_option("10")
    page.get_by_role("button", name="结账").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026年10月")
    expect(page.locator("#deductions")).to_contain_text(bad)
    assert barriers(page) == []
    draft = page.url

    # the unit objects to the deduction
    site.at("2026-11-03 09:00")
    page = site.desk("cgwhead")
    page.goto(draft)
    page.locator("#deductions").get_by_role("link", name="申诉").click()
    page.get_by_label("理由").fill("不服")
    page.get_by_role("button", name="申诉").click()
    expect(page.get_by_text("理由要写 10 到 2000 字").first).to_be_visible()
    expect(page.get_by_label("理由")).to_have_value("不服")
    page.get_by_label("理由").fill("核查那天路口封闭，我单位在围挡外已经处置")
    page.get_by_role("button", name="申诉").click()
    expect(page.get_by_text("等另一个单位裁决")).to_be_visible()
    assert barriers(page) == []

    # it cannot be published while the appeal waits
    site.at("2026-11-03 10:00")
    page = site.desk("zhuren")
    page.goto(draft)
    page.get_by_role("button", name="公布，不再改").click()
    expect(page.get_by_text("还有 1 件申诉没有裁决").first).to_be_visible()
    return draft


def decided_and_published(site: Site, draft: str) -> None:
    """By another unit and person, then by a third."""
    site.at("2026-11-04 09:00")
    page = site.desk("ducha")
    page.goto("/desk/bulletin/")
    page.get_by_role("link", name="区城市管理委员会 · 2026年10月").click()
    page.get_by_label("成立", exact=True).check()
    page.get_by_label("理由").fill("封闭通告属实，返工不计")
    page.get_by_role("button", name="裁决").click()
    expect(page.get_by_text("成立，撤销")).to_be_visible()

    # a third publishes
    site.at("2026-11-04 15:00")
    page = site.desk("zhuren")
    page.goto(draft)
    page.get_by_role("button", name="公布，不再改").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("数字城管月度通报")


def read_and_corrected(site: Site, bad: str, waiting: int, number: str) -> None:
    """The public reads it on a phone, from a number down to the case."""
    reader = site.phone()
    reader.goto("/bulletin/")
    reader.get_by_role("link", name="2026年10月").click()
    expect(reader.locator("#deductions")).to_contain_text("封闭通告属实，返工不计")
    assert barriers(reader) == []
    row = reader.get_by_role("row").filter(has_text="返工率").filter(has=reader.get_by_role("link")).first
    row.get_by_role("link", name="1").first.click()
    expect(reader.get_by_role("table")).to_contain_text(bad)
    assert barriers(reader) == []

    # what nobody had taken in is opened in November: the frozen figure stays, the correction stands beside it
    taken_in(site, waiting, "2026-11-05")
    tell(at("2026-11-05 12:00"))
    site.at("2026-11-05 12:00")
    reader.goto("/bulletin/2026-10/")
    opened = reader.get_by_role("row").filter(has_text="立案率").first
    expect(opened).to_contain_text("2 件里 1 件")
    reader.get_by_role("link", name="看更正").click()
    expect(reader.get_by_role("main")).to_contain_text(number)
    expect(reader.get_by_role("main")).to_contain_text("封闭通告属实，返工不计")
    changed = reader.get_by_role("row").filter(has_text="立案率").first
    expect(changed).to_contain_text("1 / 2")
    expect(changed).to_contain_text("2 / 2")
    assert barriers(reader) == []
