"""An inspection from a real draw: done by two on telephones without a network, confirmed, reviewed, published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bihuan.cases.tests.conftest import District
from bihuan.draws import queries as draws
from bihuan.draws.tests.ceremony import DICE, PARTIES, fill_hall, when
from bihuan.inspections import actions
from bihuan.inspections.models import Taken
from bihuan.inspections.tests.bureau import BUREAU, NOW, STAFF, businesses, planned, staff
from tests.journeys.site import PASSWORD, PHONE, Site, barriers, photo, until
from tests.journeys.test_field import forgive_the_network

pytestmark = pytest.mark.journey


def drawn(site: Site, folder: Path) -> tuple[str, str]:
    """A plan, a whole ceremony, its result taken up at the desk's own action; (number, name) of one inspection."""
    hall, district = fill_hall(folder), District(dict(site.persons))
    staff(district)
    for name in STAFF:
        district.persons[name].set_password(PASSWORD)
        district.persons[name].save()
    site.persons.update(district.persons)
    businesses(8)
    task = planned(district)
    terms = actions.Ceremony(PARTIES, [DICE], when("2026-10-12 17:00"), {})
    one = actions.freeze(task.pk, terms, by=district.id("jing"), unit=BUREAU, at=NOW)
    draw = draws.draw(one.draw)
    for step in (hall.commit, hall.seal, hall.open, hall.value, hall.compute):
        step(draw)
    actions.take_up(one.draw, by=district.id("jing"), unit=BUREAU, at=when("2026-10-13 08:30"))
    row = Taken.objects.order_by("pk").first()
    assert row is not None
    return row.number, str(site.case(number=row.number).title)


def telephone(site: Site, name: str) -> Page:
    phone = site.visit(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=1)
    phone.clock.set_fixed_time("2026-10-13T09:30:00+08:00")
    phone.goto("/field/")
    phone.get_by_role("link", name="登录").click()
    phone.get_by_label("用户名").fill(name)
    phone.get_by_label("密码").fill(PASSWORD)
    phone.get_by_role("button", name="登录").click()
    expect(phone.locator("#says")).to_contain_text("执法人员")
    phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
    if phone.evaluate("navigator.serviceWorker.controller === null"):
        phone.reload()
    until(phone, "navigator.serviceWorker.controller !== null")
    return phone


def name_of(site: Site, pk: str) -> str:
    return next(name for name in STAFF if str(site.persons[name].pk) == pk)


def act(site: Site, who: str, number: str, action: str, button: str, **fill: Any) -> None:
    page = site.desk(who)
    page.goto(f"/desk/{number}/do/{action}/")
    for label, value in fill.items():
        page.get_by_label(label).check() if value is True else page.get_by_label(label).fill(value)
    page.locator("form.do-form").get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已经记下")


def test_an_inspection_offline_and_published(site: Site, tmp_path: Path) -> None:
    number, title = drawn(site, tmp_path)
    parties = site.case(number=number).parties
    first, second = name_of(site, parties["first"]), name_of(site, parties["second"])
    site.at("2026-10-13 09:30")
    phone = telephone(site, first)
    expect(phone.locator(".f-card").filter(has_text=title).first).to_be_visible()
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#top")).to_contain_text("没有网络，照常记")
    phone.locator(".f-card").filter(has_text=title).first.tap()
    expect(phone.locator("main")).to_contain_text("餐饮服务食品安全检查")
    phone.get_by_role("link", name="录入结果").tap()
    phone.get_by_role("button", name="记下 · 录入结果").tap()
    expect(phone.locator(".bh-errors")).to_contain_text("还没有选：检查表")
    phone.get_by_label("现场照片").set_input_files(photo("site", 60))
    phone.get_by_label("检查记录（签字页照片）").set_input_files(photo("sheet", 200))
    expect(phone.locator(".f-photos img")).to_have_count(2)
    points = phone.locator("#f-checks fieldset")
    assert points.count() == 7
    for i in range(7):
        points.nth(i).get_by_text("符合", exact=True).tap()
    phone.get_by_text("未发现问题", exact=True).tap()
    phone.get_by_text("签了", exact=True).tap()
    phone.get_by_label("检查情况").fill("后厨整洁（例）")
    assert barriers(phone) == []
    phone.clock.set_fixed_time("2026-10-13T10:10:00+08:00")
    phone.get_by_role("button", name="记下 · 录入结果").tap()
    expect(phone.locator(".f-card").filter(has_text="录入结果")).to_contain_text("等发送")
    assert site.case(number=number).state == "assigned"

    site.at("2026-10-13 11:00")
    phone.context.set_offline(False)
    phone.locator("#tabs").get_by_role("link", name="已记").tap()
    expect(phone.locator(".f-card").filter(has_text="录入结果")).to_contain_text("成功")
    assert site.case(number=number).state == "recorded"

    act(site, second, number, "confirm", "确认记录")
    act(site, "shen", number, "pass", "审核通过")
    act(site, "jing", number, "publish", "公示，没有后续", **{"看过了，没有": True})
    stranger = site.phone()
    stranger.goto("/inspections/results/")
    expect(stranger.locator("main")).to_contain_text(title)
    expect(stranger.locator("main")).to_contain_text("未发现问题")
    expect(stranger.locator("main")).to_contain_text("后厨整洁（例）")
    stranger.get_by_role("link", name=title).first.click()
    expect(stranger.locator("main")).to_contain_text("到场时没有登记，从检查记录里补出来的")
    assert barriers(stranger) == []
    forgive_the_network(site)
