"""A promise through the whole of supervision, by the real calendar: refused twice, assigned, reminded, found not true,
put right, reviewed by others, and a lead that few see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bihuan.cases import actions, queries
from bihuan.cases.shapes import Opened, Upload
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from tests.journeys.conftest import STAFF
from tests.journeys.site import Site, button, paper

pytestmark = pytest.mark.journey
ROADS = "提升改造15条道路"
INVOICE = "同一张发票在两个项目报销（例）"


@dataclass
class Promise:
    """One supervision case, moved by people at the browser and, where nothing is to be seen, by the write path."""

    site: Site
    number: str
    case: int

    def do(self, name: str, who: str, when: str, *kinds: str, **data: Any) -> None:
        self.site.at(when)
        files = [Upload(kind, "paper.pdf", paper("paper")["buffer"]) for kind in kinds]
        by, unit = str(self.site.persons[who].pk), STAFF[who][1]
        actions.act(self.case, name, by=by, unit=unit, at=at(when), data=data, files=files)

    def see(self, who: str, when: str = "") -> Page:
        """The case on somebody's desk."""
        if when:
            self.site.at(when)
        page = self.site.desk(who)
        page.goto(f"/desk/{self.number}/")
        return page

    def form(self, who: str, when: str, action: str, **given: str) -> Page:
        """The form of an action, filled in and sent; a value that ends in .pdf is a file."""
        page = self.see(who, when)
        page.locator("#actions").get_by_role("link", name=action, exact=True).click()
        for name, value in given.items():
            fill(page, name, value)
        button(page, action).click()
        return page

    def done(self, who: str, when: str, action: str, **given: str) -> Page:
        page = self.form(who, when, action, **given)
        expect(page.get_by_role("status")).to_contain_text("已经记下")
        return page

    def inspector(self) -> str:
        """Who was drawn, read past the wall."""
        drawn = self.site.case(number=self.number).parties["inspector"]
        return next(name for name in ("duchayuan", "duchayuan2") if str(self.site.persons[name].pk) == drawn)


def fill(page: Page, name: str, value: str) -> None:
    field = page.locator(f"form.do-form [name={name}]")
    if value.endswith(".pdf"):
        field.set_input_files(paper(value[:-4]))
    elif field.first.get_attribute("type") == "radio":
        page.locator(f"form.do-form [name={name}][value={value}]").check()
    elif field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def propose(site: Site, when: str) -> Promise:
    by, unit = str(site.persons["duban"].pk), "nk.duban"
    said = {
        "task": ROADS,
        "object": "nk.zjw",
        "year": 2026,
        "goal": 15,
        "goal_unit": "条",
        "curve": "construction",
    }
    made: Opened = actions.open_case("supervision", "daily", by=by, unit=unit, at=at(when), data=said)
    return Promise(site, made.number, made.case)


def test_a_promise_is_supervised_from_its_approval_to_a_lead_that_few_see(site: Site) -> None:
    promise = propose(site, "2026-03-02 09:00")
    approved_once(site, promise)
    assigned_signed_and_read(promise)
    reminded_by_the_clock(site, promise)
    found_not_true_then_short(promise)
    put_right_and_closed(promise)
    reviewed_by_others(site, promise)
    a_lead_few_see(promise)


def approved_once(site: Site, promise: Promise) -> None:
    """Approved with its decision; the same task of the same object a second time is refused with the first number."""
    decided = {"basis": "decision", "decision": "示例政〔2026〕1号"}
    page = promise.form("quzhang", "2026-03-02 10:00", "批准立项", basis="decision")
    expect(page.locator(".bh-errors")).to_contain_text("请填写“文号或批示”")
    fill(page, "decision", decided["decision"])
    button(page, "批准立项").click()
    expect(page.get_by_role("status")).to_contain_text("已经记下")
    again = propose(site, "2026-03-02 10:30")
    page = again.see("quzhang", "2026-03-02 11:00")
    refused = page.locator("#actions .bh-refused").filter(has_text="批准立项")
    expect(refused).to_contain_text(f"同一对象同一事项已有督查件 {promise.number}（待交办），不得重复督查")
    expect(page.locator("#actions").get_by_role("link", name="批准立项")).to_have_count(0)
    again.done("quzhang", "2026-03-02 11:05", "不予立项", reason="已有督查件")


def assigned_signed_and_read(promise: Promise) -> None:
    """To the object of the plan and no other; signed for; a figure with its source makes a pace."""
    given = {"lead": "nk.fgw", "limit-n": "60", "limit-unit": "days", "assign": "notice.pdf"}
    page = promise.form("duban", "2026-03-03 09:00", "交办", **given)
    expect(page.get_by_role("alert")).to_contain_text(
        "督查方案写明的督查对象是区住房和建设委员会，不得随意变更"
    )
    fill(page, "lead", "nk.zjw")
    button(page, "交办").click()
    expect(page.get_by_role("status")).to_contain_text("已经记下")
    promise.done("zhujian", "2026-03-04 09:00", "签收")
    page = promise.see("zhujian")
    expect(pace(page)).to_contain_text("绿灯 · 期限内")
    expect(pace(page)).to_contain_text("还没有报过数据，快慢说不出来")
    said = {"text": "两条已通车", "value": "2", "value_on": "2026-03-31"}
    page = promise.form("zhujian", "2026-04-01 09:00", "报进展", **said)
    expect(page.get_by_role("alert")).to_contain_text("数值要写明出处")
    fill(page, "source", "道路竣工台账（例）")
    button(page, "报进展").click()
    expect(pace(page)).to_contain_text("到 2026-03-31 应到 1.8条，实际 2条，与序时相当")


def reminded_by_the_clock(site: Site, promise: Promise) -> None:
    """Sixty days from 3 March end on 2 May, a holiday, so on 6 May: yellow three working days before; two reminders
    lie five days apart."""
    expect(pace(promise.see("duban", "2026-04-27 09:00"))).to_contain_text("绿灯")
    page = promise.see("duban", "2026-04-28 09:00")
    expect(pace(page)).to_contain_text("黄灯 · 临近到期")
    expect(pace(page)).to_contain_text("还有 3 个工作日")
    promise.done("duban", "2026-04-28 09:10", "催办", text="请报佐证")
    page = promise.see("duban", "2026-04-29 09:00")
    expect(page.locator("#actions .bh-refused").filter(has_text="催办")).to_contain_text(
        "5 天内已经催办过（2026-04-28）"
    )
    site.let_clocks_act("2026-05-07 09:00")
    page = promise.see("duban")
    expect(pace(page)).to_contain_text("红灯 · 超期")
    promise.done("duban", "2026-05-07 09:10", "催办", text="已经超期")


def found_not_true_then_short(promise: Promise) -> None:
    """The unit's word is checked by an inspector drawn by lot, whose name it does not learn: not true the first time,
    short of the goal the second."""
    told = {"result": "result.pdf", "facts": "竣工验收单 示例-17"}
    page = promise.done("zhujianzhuren", "2026-05-08 09:00", "申请办结", **told)
    names = [STAFF[name][0] for name in ("duchayuan", "duchayuan2")]
    for name in names:
        expect(page.locator("main")).not_to_contain_text(name)
    expect(page.locator("#actions").get_by_role("link", name=re.compile("核查"))).to_have_count(0)
    drawn = promise.inspector()
    other = {"duchayuan": "duchayuan2", "duchayuan2": "duchayuan"}[drawn]
    expect(promise.see(other).locator("#actions").get_by_role("link", name="核查属实")).to_have_count(0)
    page = promise.done(
        drawn, "2026-05-12 09:00", "核查不实", check="check.pdf", reason="三条路没有完工，验收单对不上"
    )
    expect(page.locator(".at-hand")).to_contain_text("办理中")
    expect(pace(page)).to_contain_text("红灯 · 超期")  # the old clock, not a new one
    promise.done("zhujianzhuren", "2026-05-20 09:00", "申请办结", **told)
    promise.done(
        promise.inspector(), "2026-05-22 09:00", "核查未完成", check="check.pdf", reason="12 条完工，差 3 条"
    )


def put_right_and_closed(promise: Promise) -> None:
    """Demanded, told, put right, verified again, closed."""
    page = promise.see("quzhang", "2026-05-25 09:00")
    expect(page.locator("#actions .bh-refused").filter(has_text="作出结论:完成")).to_contain_text(
        "核查没有认定完成"
    )
    promise.do("demand", "quzhang", "2026-05-25 09:10", "letter:conclusion", text="6 月底前补齐 3 条")
    received = {"limit": "30 days", "received_on": "2026-05-26 09:00"}
    promise.do("tell_demand", "duban", "2026-05-26 10:00", "evidence:receipt", **received)
    told = {"result": "result.pdf", "facts": "竣工验收单 示例-18"}
    promise.done("zhujianzhuren", "2026-06-15 09:00", "报整改完成", **told)
    page = promise.done(promise.inspector(), "2026-06-17 09:00", "整改属实", check="check.pdf")
    expect(page.locator(".at-hand")).to_contain_text("已销号")


def reviewed_by_others(site: Site, promise: Promise) -> None:
    """Thirty days from the day the demand was told; whoever took part in it does not review it."""
    people.give_post(site.persons["quzhang"], "nk", "reviewer", date(2016, 1, 1))
    asked = {"reason": "三条路是同一标段，请复核", "ask_review": "ask.pdf"}
    promise.done("zhujianzhuren", "2026-06-24 09:00", "申请复核", **asked)
    page = promise.see("quzhang", "2026-06-25 09:00")
    refused = page.locator("#actions .bh-refused").filter(has_text="维持结论:已整改")
    expect(refused).to_contain_text("参与作出结论的人在复核中应当回避")
    decision = {"text": "事实清楚，维持", "review": "review.pdf"}
    page = promise.done("fuhe", "2026-06-26 09:00", "维持结论:已整改", **decision)
    expect(page.locator(".at-hand")).to_contain_text("已销号")
    expect(page.locator("#actions").get_by_role("link", name="申请复核")).to_have_count(0)


def a_lead_few_see(promise: Promise) -> None:
    """Written down by one, handed over by another; the office and the government see it, the unit and the public not."""
    promise.do("find", "duban", "2026-06-29 09:00", "evidence:find", what=INVOICE)
    handed = {"body": "supervision", "what": INVOICE, "transfer": "letter.pdf"}
    page = promise.done("ducha", "2026-06-30 09:00", "移送监察、司法机关", **handed)
    for who in ("ducha", "quzhang"):
        page = promise.see(who)
        expect(steps(page)).to_contain_text("登记问题线索")
        expect(steps(page)).to_contain_text(INVOICE)
    page = promise.see("zhujianzhuren")
    for words in ("登记问题线索", "移送", INVOICE):
        expect(page.locator("main")).not_to_contain_text(words)
    public = queries.tracked(promise.case, at("2026-06-30 10:00"))
    assert not {"find", "transfer"} & {step.name for step in public.steps}
    assert public.head.outcome == "fixed"  # the lead decided nothing about anybody


def pace(page: Page) -> Locator:
    return page.locator("#pace")


def steps(page: Page) -> Locator:
    return page.locator(".c-steps")
