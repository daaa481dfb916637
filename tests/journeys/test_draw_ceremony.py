"""A ceremony with three parties, each at its own browser; a stranger redoes it; a second draw that everybody sees."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bihuan.cases.shapes import Refused
from bihuan.draws import actions
from bihuan.draws.models import Draw
from bihuan.draws.tests.ceremony import DICE, FIVE, PARTY_STAFF, STAFF, THROWN, Hall, when
from bihuan.people import actions as people
from bihuan.record.tests.office import make_office
from tests.journeys.site import PASSWORD, Site, barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PLACE = "/draws/nk.scjg/2026-1"


def shot(page: Page, name: str) -> None:
    if kept := os.environ.get("BIHUAN_SHOTS"):
        page.screenshot(path=f"{kept}/{name}.png", full_page=True)


@pytest.fixture
def hall(site: Site, tmp_path: Path, settings) -> Hall:
    for name, (unit, post) in STAFF.items():
        site.persons[name] = people.add_person(name, f"测试{name}", name, PASSWORD)
        people.give_post(site.persons[name], unit, post, date(2016, 1, 1))
    made = Hall(site.persons, make_office(tmp_path))
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "policy").write_text((tmp_path / "policy").read_text())
    settings.HOME = tmp_path
    return made


def do(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已经记下")


def redo(phone: Page, title: str) -> None:
    """A stranger: open the list, open the draw, press the button."""
    phone.goto("/draws/")
    assert barriers(phone) == []
    phone.get_by_role("link", name=title).click()
    phone.get_by_role("button", name="在浏览器里重算").click()
    expect(phone.locator("#checks li").last).to_contain_text("逐字节相同")
    expect(phone.locator("#checks")).to_contain_text("截止以前清单已经写进公开日志，有 3 个见证签名")
    expect(phone.locator("#checks")).to_contain_text("同一方案期没有别的清单")
    expect(phone.locator("#checks li.is-late")).to_have_count(0)
    phone.get_by_label("代码（企业填统一社会信用代码）").fill("S000")
    phone.get_by_role("button", name="查", exact=True).click()
    expect(phone.get_by_role("status")).to_contain_text("S000 在名录里，类别 A：20 个抽 2 个")
    assert barriers(phone) == []
    shot(phone, "phone")


def test_a_full_ceremony_and_a_stranger(site: Site, hall: Hall, tmp_path: Path) -> None:
    draw = hall.freeze()
    site.at("2026-10-12 09:30")
    kept: dict[str, str] = {}
    for name in ("shijian", "sifa", "gongzheng"):
        page = site.desk(name)
        page.goto(f"/desk{PLACE}")
        with page.expect_download() as caught:
            page.get_by_role("button", name="生成随机数并保存文件").click()
        kept[name] = str(tmp_path / f"{name}.txt")
        caught.value.save_as(kept[name])
        expect(page.get_by_label("承诺（64 位十六进制）")).to_have_value(re.compile("[0-9a-f]{64}"))
        shot(page, f"commit-{name}")
        do(page, "交承诺")
    hall.log(when("2026-10-12 09:50"))
    site.at("2026-10-12 10:00")
    organiser = site.desk("faqi")
    organiser.goto("/desk/draws/")
    organiser.get_by_role("link", name=draw.title).click()
    do(organiser, "登记方案")
    hall.log(when("2026-10-12 10:01"))
    site.at("2026-10-12 16:00")
    for name in ("shijian", "sifa", "gongzheng"):
        page = site.desk(name)
        page.goto(f"/desk{PLACE}")
        page.get_by_label("选保存的文件").set_input_files(kept[name])
        expect(page.get_by_label("随机数（64 位十六进制）")).to_have_value(re.compile("[0-9a-f]{64}"))
        do(page, "开启，公布")
    site.at("2026-10-12 17:05")
    actions.close_due(when("2026-10-12 17:05"))
    screen = site.visit(viewport={"width": 1440, "height": 900})
    screen.goto(f"{PLACE}/screen")
    expect(screen.locator("#steps")).to_contain_text("3 方开了，共 3 方")
    assert barriers(screen) == []
    site.at("2026-10-12 18:00")
    throw(organiser)
    head = site.desk("fuze")
    head.goto(f"/desk{PLACE}")
    do(head, "算结果")
    expect(screen.locator("#hash")).to_contain_text("抽中 7 个")  # it asks for itself
    shot(screen, "screen")

    redo(site.phone(), draw.title)


def make_at_home(site: Site, draw: Draw) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """Five browsers make nonces and slips, commit, and keep each other's envelopes: (nonces, slips) of the parties."""
    slips: dict[str, list[str]] = {}
    nonces: dict[str, bytes] = {}
    for party in draw.parties:
        page = site.desk(PARTY_STAFF[party])
        page.goto(f"/desk{PLACE}")
        with page.expect_download() as caught:
            page.get_by_role("button", name="生成随机数并保存文件").click()
        kept = Path(caught.value.path()).read_text()
        nonces[party] = bytes.fromhex(re.search(r"nonce (\w+)", kept)[1])  # type: ignore[index]
        expect(page.locator(".slips code").last).to_have_text(re.compile("^05"))
        slips[party] = page.locator(".slips code").all_inner_texts()
        shot(page, f"slips-{party}")
        assert barriers(page) == []
        do(page, "交承诺")
    for party in draw.parties:
        page = site.desk(PARTY_STAFF[party])
        page.goto(f"/desk{PLACE}")
        do(page, "四个信封都收到，收存")
    return nonces, slips


def throw(page: Page, *throwers: str) -> None:
    """Enter twenty dice, thrown before the camera."""
    page.goto(f"/desk{PLACE}")
    page.get_by_label("值，照公告的样子").fill(THROWN.decode())
    page.get_by_label("从哪里读来的").first.fill("现场录像(例)")
    page.get_by_label("什么时候产生的").first.fill("2026-10-12T17:45")
    for party in throwers:
        page.get_by_label(party, exact=True).check()
    shot(page, "throwers" if throwers else "desk-value")
    assert barriers(page) == []
    do(page, "登记公开值")


def test_a_draw_without_a_network_opens_what_a_party_leaves_shut(site: Site, hall: Hall) -> None:
    """The notary does not open; three slips do; anybody fills the pot."""
    draw = hall.freeze(parties=FIVE, beacons=["pot hall", DICE])
    site.at("2026-10-12 09:30")
    nonces, slips = make_at_home(site, draw)
    hall.log(when("2026-10-12 09:50"))
    site.at("2026-10-12 10:00")
    organiser = site.desk("faqi")
    organiser.goto(f"/desk{PLACE}")
    do(organiser, "登记方案")
    hall.log(when("2026-10-12 10:01"))
    site.at("2026-10-12 11:00")
    anyone = site.phone()
    anyone.goto(PLACE)
    anyone.get_by_label("数字，1 到 32 位").fill("20261012")
    shot(anyone, "pot")
    assert barriers(anyone) == []
    anyone.get_by_role("button", name="写进公众池").click()
    expect(anyone.locator("#pot")).to_contain_text("您的是第 1 行")
    for party in set(FIVE) - {"nk.gzjg"}:
        actions.open_nonce(draw.name, nonces[party], at=when("2026-10-12 16:00"), **hall.who(PARTY_STAFF[party]))  # fmt: skip
    actions.close_due(when("2026-10-12 17:01"))
    site.at("2026-10-12 17:05")
    for party in ("nk.scjg", "nk.sfj", "nk.jw"):
        page = site.desk(PARTY_STAFF[party])
        page.goto(f"/desk{PLACE}")
        page.get_by_label("分份（66 位十六进制，空格不算）").fill(slips["nk.gzjg"][FIVE.index(party)])
        shot(page, f"share-{party}")
        assert barriers(page) == []
        do(page, "开启这一份，公布")
    site.at("2026-10-12 18:00")
    throw(organiser, "区司法局", "区纪委监委")
    head = site.desk("fuze")
    head.goto(f"/desk{PLACE}")
    do(head, "算结果")
    redo(anyone, draw.title)
    expect(anyone.locator("#main")).to_contain_text("由别的各方保管的分份还原")
    expect(anyone.locator("#main")).to_contain_text("区司法局、区纪委监委当着镜头掷")
    anyone.get_by_role("button", name="在浏览器里重算").click()
    expect(anyone.locator("#checks")).to_contain_text("公众池文件与写进去的杂凑值一致")


def test_a_stranger_is_told_what_is_missing_and_what_does_not_hold(site: Site, hall: Hall) -> None:
    hall.drawn()
    site.at("2026-10-12 18:20")
    phone = site.phone()
    phone.goto(PLACE)
    button = phone.get_by_role("button", name="在浏览器里重算")
    phone.route("**/files/subjects.tsv", lambda route: route.fulfill(status=404))
    button.click()
    expect(phone.locator("#summary")).to_contain_text("文件没有取全")
    expect(phone.locator("#checks li")).to_have_count(0)
    phone.unroute("**/files/subjects.tsv")
    phone.route("**/files/manifest.proof", lambda route: route.fulfill(body="c2sp.org/tlog-proof@v1\n"))
    button.click()
    expect(phone.locator("#checks li.is-late")).to_contain_text("见证")
    expect(phone.locator("#checks li.is-late")).to_have_count(1)


def test_a_second_draw_is_seen_by_everybody(site: Site, hall: Hall) -> None:
    draw = hall.freeze()
    with pytest.raises(Refused, match="已有抽取"):
        hall.freeze()
    site.at("2026-10-12 09:30")
    head = site.desk("fuze")
    head.goto(f"/desk{PLACE}")
    head.get_by_text("作废", exact=True).first.click()
    head.get_by_label("为什么作废").fill("名录少了一页(例)")
    do(head, "作废，公示")
    hall.freeze(at=when("2026-10-12 09:40"))
    site.at("2026-10-12 09:50")
    anyone = site.phone()
    anyone.goto("/draws/")
    for words in ("名录少了一页(例)", "同一方案期以前抽过 1 次", f"已有抽取 {draw.name}"):
        expect(anyone.locator("#main")).to_contain_text(words)
    shot(anyone, "list")
    anyone.goto("/draws/nk.scjg/2026-2")
    expect(anyone.locator("#main")).to_contain_text("同一方案期还有")
    assert barriers(anyone) == []
