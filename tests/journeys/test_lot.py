"""A child is registered on a telephone, the school has too few places, lots are drawn in public, and the parent finds
the lot, the ticket, the cut and the place by the number alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import day
from bihuan.draws.tests.ceremony import when
from bihuan.lots import queries
from bihuan.lots.models import Round
from bihuan.lots.tests.conftest import PEOPLE, School
from bihuan.people import actions as people
from bihuan.record.tests.office import make_office
from tests.journeys.site import PASSWORD, Site, barriers

pytestmark = pytest.mark.journey


@pytest.fixture
def school(site: Site, tmp_path: Path) -> School:
    for name, (unit, post) in PEOPLE.items():
        if name not in site.persons:
            site.persons[name] = people.add_person(name, f"测试{name}", name, PASSWORD)
        people.give_post(site.persons[name], unit, post, date(2016, 1, 1))
    return School(site.persons, make_office(tmp_path))


def test_a_place_at_school_from_the_form_to_the_lot(site: Site, school: School) -> None:
    site.at("2026-10-09 09:00")
    one = published(site, school)
    parent = site.phone()
    number = register(parent, one)
    others = [school.child(one, n).number for n in range(1, 4)]
    registered = site.case(number=number)
    school.act(registered.pk, "verify", "jingban", "2026-10-10 09:00", checked=["household"], group="none", sibling_there="no", used="no")  # fmt: skip
    site.at("2026-10-12 09:05")
    listed(site, one)
    school.moment = when("2026-10-12 09:10")
    school.draw_lots(one)
    site.at("2026-10-13 09:00")
    desk = site.desk("jingban")
    desk.goto(f"/desk/lots/{one.code}")
    desk.get_by_role("button", name="告知结果、递补").click()
    desk.wait_for_load_state("networkidle")
    now = queries.stand(one.code, when("2026-10-13 09:00"))
    place = queries.place_of(now, number)
    assert place is not None and place.ticket is not None and now.cut is not None and len(now.order) == 4
    look_up(parent, one, number, place)
    if place.how == "placed":  # somebody else waits
        waiting = next(n for n in others if (p := queries.place_of(now, n)) and p.how == "waiting")
        look_up(parent, one, waiting, queries.place_of(now, waiting))
    parent.goto(f"/lots/{one.code}")
    expect(parent.get_by_role("table")).to_contain_text(number)
    expect(parent.locator("main")).not_to_contain_text("示例孩子")
    assert barriers(parent) == []
    parent.goto(f"/track/{number}")
    expect(parent.locator("main")).to_contain_text("有学位" if place.how == "placed" else "候补")


def published(site: Site, school: School) -> Round:
    """The bureau publishes the rule on its page."""
    desk = site.desk("jingban")
    desk.goto("/desk/lots/")
    assert barriers(desk) == []
    desk.get_by_label("名称", exact=True).fill("示例小学（虚构）一年级")
    desk.get_by_label("英文名称").fill("Example Primary (invented), first year")
    desk.get_by_label("年度").fill("2026")
    desk.get_by_label("名额", exact=True).fill("2")
    desk.get_by_label("出生不晚于").fill("2020-08-31")
    desk.get_by_label("轮到同签的几个（如多胞胎）而名额不够的，排到候补最前").check()
    desk.get_by_label("规则的出处").fill("示例小学 2026 年招生公告（虚构）")
    desk.get_by_role("button", name="公布规则").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("示例小学（虚构）一年级")
    return queries.round_of("school-2026-1")


def register(parent: Page, one: Round) -> str:
    """From the page of the lot to the receipt; the number stands on it."""
    parent.goto("/lots/")
    parent.get_by_role("link", name=one.title).tap()
    expect(parent.get_by_role("heading", level=1)).to_have_text(one.title)
    assert barriers(parent) == []
    parent.get_by_role("link", name="给孩子登记").tap()
    parent.get_by_label("孩子姓名").fill("示例孩子")
    parent.get_by_label("孩子的公民身份号码").fill(invent_id_number(9, day("2020-05-05")))
    parent.get_by_label("住址", exact=True).fill("示例路 9 号")
    parent.get_by_role("group", name="有没有哥哥姐姐在这所学校").get_by_label("没有").check()
    parent.get_by_role("group", name="是不是法定优待对象").get_by_label("不是").check()
    parent.get_by_label("父母或者监护人姓名").fill("示例家长")
    parent.get_by_label("联系电话").fill("13900000000")
    parent.get_by_label("同意", exact=True).check()
    assert barriers(parent) == []
    parent.get_by_role("button", name="递交申请").tap()
    expect(parent.get_by_role("heading", level=1)).to_have_text("登记好了")
    assert barriers(parent) == []
    return parent.url.rsplit("/", 1)[1]


def listed(site: Site, one: Round) -> None:
    """The officer takes in the list on the page."""
    desk = site.desk("jingban")
    desk.goto(f"/desk/lots/{one.code}")
    desk.get_by_role("button", name="列出名单").click()
    expect(desk.locator("main")).to_contain_text("4 个，4 签")
    assert barriers(desk) == []


def look_up(page: Page, one: Round, number: str, place: queries.Place | None) -> None:
    """By the number alone: lot, ticket, cut, place."""
    assert place is not None and place.ticket is not None
    page.goto(f"/lots/{one.code}")
    page.get_by_role("link", name="查我的编号").tap()
    page.get_by_label("登记编号").fill(number)
    page.get_by_role("button", name="查", exact=True).tap()
    main = page.locator("main section")
    expect(main).to_contain_text("有名额" if place.how == "placed" else "候补")
    expect(main).to_contain_text(place.ticket.ticket)
    expect(main).to_contain_text("最后有名额的一签")
    assert barriers(page) == []
