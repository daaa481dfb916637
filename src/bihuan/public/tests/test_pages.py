"""Pages everybody may see: home, lines, language, larger type; and what holds for every page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bihuan import lines
from bihuan.cases.tests.conftest import District

OPEN = ["/", "/report/", "/report/place", "/track/", "/hall/apply", "/lines/", "/lines/urban_management", "/lines/disclosure"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", OPEN)
def test_every_page_is_sound(district: District, client: Client, path: str, language: str) -> None:
    client.cookies["django_language"] = language
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1 and 'href="#main"' in page and "<main" in page
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert not re.search(r"<[^>]+\sstyle=", page) and not re.search(r"<script(?![^>]*src)", page)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert "script-src 'self'" in response["Content-Security-Policy"]
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id stands twice"
    for needed in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(needed.split()) <= set(ids)


def test_figures_are_those_of_the_table(district: District, client: Client) -> None:
    district.dispatched()
    district.report()
    page = client.get("/").content.decode()
    assert "现在在办 2 件" in page
    assert "近 30 天没有办结的件" in page


@pytest.mark.parametrize("code", ["urban_management", "disclosure", "supervision", "opinions", "assists"])
def test_a_line_is_drawn_from_its_files(district: District, client: Client, code: str) -> None:
    line = next(reversed(list(lines.all_lines()[code].values())))
    page = client.get(f"/lines/{code}").content.decode()
    for state in line.states.values():
        assert state.title in page
    for action in line.actions.values():
        assert action.title in page
    for example in line.examples:
        assert str(example["title"]).split(" / ")[0] in page
    for gap in line.gaps:
        assert gap["zh"] in page


def test_an_unknown_line_is_not_there(district: District, client: Client) -> None:
    assert client.get("/lines/nothing").status_code == 404


def test_language_and_larger_type_are_kept(district: District, client: Client) -> None:
    client.post("/language/setlang/", {"language": "en", "next": "/track/"})
    assert "Track" in client.get("/track/").content.decode()
    response = client.post("/view/elder", {"elder": "1", "next": "/track/"})
    assert response["Location"] == "/track/"
    assert 'class="elder"' in client.get("/track/").content.decode()
    assert client.post("/view/elder", {"elder": "1", "next": "https://elsewhere.example/"})["Location"] == "/"
