"""For each journey a district filled anew; the browser is the one of the root conftest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import seed
from bihuan.core.time.instant import at, day
from bihuan.items import actions as items
from bihuan.people import actions as people
from bihuan.people.queries import unit_names
from bihuan.places import actions as places
from tests.journeys.site import PASSWORD, Site

__all__ = ["seed"]
STAFF = {
    "shouli": ("测试受理员", "nk.jiandu", "acceptor"),
    "caiji": ("测试采集员甲", "nk.jiandu", "collector"),
    "caiji2": ("测试采集员乙", "nk.jiandu", "collector"),
    "hecha": ("测试核查员甲", "nk.jiandu", "checker"),
    "hecha2": ("测试核查员乙", "nk.jiandu", "checker"),
    "paiqian": ("测试派遣员", "nk.zhihui", "dispatcher"),
    "zhihui": ("测试指挥负责人", "nk.zhihui", "head"),
    "cgw": ("测试城管经办", "nk.cgw", "officer"),
    "jie": ("测试街道经办", "nk.s001", "officer"),
    "chuangkou": ("测试窗口", "nk.gov", "window"),
    "gongkai": ("测试公开经办", "nk.gov", "officer"),
    "zhuren": ("测试办公室主任", "nk.gov", "head"),
    "duban": ("测试督查经办", "nk.duban", "officer"),
    "ducha": ("测试督查室主任", "nk.duban", "head"),
    "duchayuan": ("测试督查员甲", "nk.duban", "inspector"),
    "duchayuan2": ("测试督查员乙", "nk.duban", "inspector"),
    "quzhang": ("测试区领导", "nk", "head"),
    "fuhe": ("测试复核员", "nk", "reviewer"),
    "zhujian": ("测试住建经办", "nk.zjw", "officer"),
    "zhujianzhuren": ("测试住建主任", "nk.zjw", "head"),
}


@pytest.fixture
def site(
    transactional_db: None, seed: Path, live_server: Any, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """The district with its staff, open for visitors at 2026-10-12 09:00."""
    assert os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    people.load_units(seed)
    people.load_duties(seed)
    people.load_grants(seed)
    places.load_places(seed)
    persons = {}
    for username, (name, unit, post) in STAFF.items():
        persons[username] = people.add_person(username, name, username, PASSWORD)
        people.give_post(persons[username], unit, post, date(2016, 1, 1))

    def set_clock(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    set_clock("2026-10-12 09:00")
    opened = Site(live_server.url, browser, persons, set_clock)
    yield opened
    opened.rest()


LICENSING = {
    "scjg": "nk.scjg",
    "xfzd": "nk.xfzd",
    "zwb": "nk.zwb",
}  # market bureau, fire brigade, government services
POSTS = ("window", "officer", "reviewer")


@pytest.fixture
def licensing(site: Site) -> Site:
    """The site with the catalogue of the hall, and three units that grant licences: scjg-window, scjg-officer …"""
    items.load_items(to_datetime(at("2026-01-05 09:00")), day("2026-01-05"), unit_names())
    for short, unit in LICENSING.items():
        for post in POSTS:
            name = f"{short}-{post}"
            site.persons[name] = people.add_person(name, f"测试{short}{post}", name, PASSWORD)
            people.give_post(site.persons[name], unit, post, date(2016, 1, 1))
    return site
