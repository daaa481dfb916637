"""The living report: a goal whose figures do not fit, and how it becomes a commitment that is followed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bihuan.core.time.instant import at
from bihuan.targets.actions import add_report
from bihuan.targets.seed import nankai
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
GOAL = "地区生产总值力争超千亿"


def test_a_goal_of_the_report_becomes_a_supervision_case(site: Site) -> None:
    site.at("2026-11-24 10:00")
    add_report(**nankai(), by=None, at=at("2026-11-24 09:00"))
    visitor = site.visit(viewport={"width": 1440, "height": 900})
    visitor.goto("/")
    visitor.get_by_role("link", name="政府工作报告全文，逐句对照").click()
    card = visitor.locator(".rp-card").filter(has_text="2021 年地区生产总值")
    expect(card).to_be_visible()
    for figure in ("648", ">1000", "974", "9.06%", "两个数对不上"):
        expect(card).to_contain_text(figure)
    expect(card.locator(".rp-chart")).to_have_attribute(
        "aria-label", re.compile("2021 年是 974 亿元，差 26 亿元")
    )
    point = card.get_by_role("img", name="2016 年 648 亿元，预计，648亿元")
    point.focus()
    expect(point.locator(".tip")).to_be_visible()  # what a point says is there for the keyboard too
    visitor.get_by_role("link", name="带数的目标，一个一张图").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("还没有一个目标有读数")
    expect(visitor.locator(".rp-chart.is-ceiling")).to_have_count(1)
    visitor.go_back()

    officer = site.desk("duban")
    officer.get_by_role("link", name="承诺与任务").first.click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("0 项承诺在办，0 项超时")
    officer.get_by_role("link", name="年报告里的承诺").click()
    officer.locator(".rp-props > li").filter(has_text=GOAL).get_by_role("link", name="逐项确认").click()
    expect(officer.get_by_label("责任单位")).to_have_value("nk.fgw")
    officer.get_by_label("任务").fill("地区生产总值 2021 年超千亿")
    officer.get_by_role("button", name="确认，提出立项").click()
    expect(officer.get_by_role("status")).to_contain_text("督查件已提出立项")
    expect(officer.locator("main")).to_contain_text("区发展和改革委员会")

    case = site.case(line="supervision")
    assert (case.state, case.holder, case.title) == ("proposed", "nk", "地区生产总值 2021 年超千亿")
    leader = site.desk("quzhang")
    leader.goto("/desk/")
    leader.get_by_role("link", name=case.title).click()
    expect(leader.locator(".at-hand")).to_contain_text("待立项")
    expect(leader.locator("#actions").get_by_role("link", name="批准立项")).to_be_visible()
    officer.goto("/desk/promises/")
    expect(officer.get_by_role("heading", level=1)).to_have_text("1 项承诺在办，0 项超时")
    visitor.reload()
    expect(visitor.locator(".rp-finding")).to_contain_text("1 项已立为承诺：1 项在办")
    expect(card).to_contain_text("责任单位：区发展和改革委员会，待立项")

    visitor.get_by_role("link", name="一页看：落后的在谁手里").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 项能评的承诺，没有一项查出落后")
    site.at("2026-12-20 10:00")  # nobody decided in five working days
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 项能评的承诺里，1 项落后")
    row = visitor.locator(".rp-off > li").first
    expect(row).to_contain_text("南开区人民政府")
    expect(row).to_contain_text("已经超期")
