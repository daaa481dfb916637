"""Narrowing the report: by kind, unit, standing and section; what is not asked for is folded, never lost."""

import re

import pytest

from bihuan.targets.sift import Sift, read
from bihuan.targets.tests.conftest import GDP, JOBS, TASK
from bihuan.targets.tests.test_pages import paragraphs

pytestmark = pytest.mark.django_db


def marks(html):
    return set(re.findall(r'<a class="bh-mk [^"]*" href="[^"]+" id="([^"]+)"', html))


def folds(html):
    return html.count('<details class="rp-fold">')


def test_what_an_address_does_not_know_is_not_asked_for():
    assert read({"show": "goal", "unit": "nk.fgw", "standing": "late", "topic": "120"}) == Sift(
        "goal", "nk.fgw", "late", 120
    )
    for odd in ({"show": "x"}, {"standing": "good"}, {"topic": "-1"}, {"topic": "²"}, {"topic": "9" * 40}):
        assert read(odd) == Sift(), odd


def test_by_unit_only_its_promises_are_marked_and_the_rest_is_folded(office, client):
    office.confirm(GDP, "nk.fgw")
    office.confirm(JOBS, "nk.rsj")
    whole = client.get("/promises/").content.decode()
    html = client.get("/promises/?unit=nk.fgw").content.decode()
    assert marks(html) == {GDP}
    assert folds(whole) == 0 and folds(html) > 0
    assert paragraphs(html) == paragraphs(whole)
    shown = re.sub(
        r'<details class="rp-fold">.*?</details>\n', "", html.split('class="rp-paper', 1)[1], flags=re.S
    )
    assert "今后五年发展目标和主要任务" in shown  # the heading of the part stays
    assert "地区生产总值力争超千亿" in shown
    assert "过去五年工作回顾" not in shown


def test_by_standing(office, client):
    office.confirm(GDP, "nk.fgw")
    assert marks(client.get("/promises/?standing=open").content.decode()) == {GDP}
    none = marks(client.get("/promises/?standing=none").content.decode())
    assert GDP not in none and JOBS in none and not any(key.startswith("num") for key in none)
    assert "一处也没有" in client.get("/promises/?standing=late").content.decode()


def test_by_section_the_whole_section_is_read(office, client):
    (start,) = [
        row["span"][0] for row in office.report.findings["outline"]
        if row["kind"] == "heading" and "2017年重点工作" in office.report.text[slice(*row["span"])]
    ]  # fmt: skip
    html = client.get(f"/promises/?topic={start}").content.decode()
    found = marks(html)
    assert {JOBS, TASK} <= found and GDP not in found
    assert min(int(key.split("-")[1]) for key in found) >= start
    assert f'<option value="{start}" selected>' in html
    both = client.get(f"/promises/?topic={start}&show=goal").content.decode()
    assert {key.split("-")[0] for key in marks(both)} == {"goal"}


def test_wishes_add_up_and_no_hit_is_said(office, client):
    office.confirm(GDP, "nk.fgw")
    html = client.get("/promises/?unit=nk.rsj&show=goal").content.decode()
    assert marks(html) == set() and "一处也没有" in html


def test_staff_see_the_ways_to_their_desk_and_visitors_do_not(office, client, log_in):
    assert "rp-staff" not in client.get("/promises/").content.decode()
    html = log_in("fagai").get("/promises/").content.decode()
    assert 'class="rp-staff"' in html and "?unit=nk.fgw" in html
