"""Pages everybody may see: home, lines, language, larger type; and what holds for every page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bihuan import lines
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District
from bihuan.core.score.formula import wilson
from bihuan.core.time.instant import at

OPEN = [
    "/",
    "/open",
    "/find?q=%E8%B7%AF%E7%81%AF",
    "/figures",
    "/report/",
    "/report/place",
    "/track/",
    "/hall/apply",
    "/lines/",
    "/lines/urban_management",
    "/lines/disclosure",
]


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


def test_everything_public_is_on_one_page_and_every_link_of_it_answers(
    district: District, client: Client
) -> None:
    page = client.get("/open").content.decode()
    links = re.findall(r'href="(/[^"]*)"', page.split("<main")[1].split("</main>")[0])
    assert {
        "/verify/",
        "/log/",
        "/draws/",
        "/inspections/",
        "/lots/",
        "/licences",
        "/penalties/",
        "/ratings/",
    } <= set(links)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert 'href="/open"' in client.get("/").content.decode()


def test_figures_are_those_of_the_table(district: District, client: Client) -> None:
    district.dispatched()
    district.report()
    page = client.get("/").content.decode()
    assert "现在在办 2 件" in page
    assert "近 30 天没有办结的件" in page


@pytest.mark.parametrize(
    "code", ["urban_management", "disclosure", "supervision", "opinions", "assists", "leads"]
)
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


def test_one_search_follows_a_number(district: District, client: Client) -> None:
    case = district.report()
    response = client.get("/find", {"q": f" {case.number.lower()} "})
    assert response.status_code == 302 and case.number in response["Location"]


def test_one_search_leads_to_a_report_of_that_matter(district: District, client: Client) -> None:
    page = client.get("/find", {"q": "垃圾桶满了"}).content.decode()
    link = re.search(r'href="(/report/\?matter=[^"]+)"', page)
    assert link
    client.get(link[1])
    client.post("/report/", {"without": "1"})
    client.post("/report/place", {"lon": "117.1255", "lat": "39.1170"})
    page = client.get("/report/what").content.decode()
    assert re.search(r'value="管理事项:06042" checked', page)
    assert "这里归区城市管理委员会管" in page


def test_of_component_and_problem_the_problem_is_offered(district: District, client: Client) -> None:
    page = client.get("/find", {"q": "供水井盖"}).content.decode()
    assert "供水井盖异常" in page and page.count(">01001<") == 1


def test_one_search_finds_rules_and_says_when_it_finds_nothing(district: District, client: Client) -> None:
    assert "/lines/disclosure" in client.get("/find", {"q": "信息公开"}).content.decode()
    assert "/hall/apply?wanted=" in client.get("/find", {"q": "信息公开"}).content.decode()
    assert "没有搜到" in client.get("/find", {"q": "zzzz"}).content.decode()
    assert client.get("/find", {"q": "<b>" + "长" * 5000}).status_code == 200


def test_figures_say_what_is_left_out_and_add_up(district: District, client: Client) -> None:
    district.dispatched()
    district.report()
    page = client.get("/figures").content.decode()
    tables = re.findall(r"<tbody>(.*?)</tbody>", page, re.S)
    assert len(tables) == 3
    for table in tables:
        open_cases = [int(n) for n in re.findall(r'</th><td class="r">(\d+)</td>', table)]
        assert sum(open_cases) == 2
    assert "怎么算的" in page and 'class="map"' in page


def test_right_at_the_first_dispatch_is_published_with_its_base_and_bound(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-10-12 18:00")))
    for turn in range(31):
        case = district.dispatched()
        if turn < 2:
            district.do(
                case.case,
                "back",
                "cgw",
                "2026-10-12 09:40",
                why="not_ours",
                reason="桶是物业的",
                nobody="不知道",
            )
            district.do(case.case, "take_back", "paiqian", "2026-10-12 09:50", unit="nk.cgw")
    late = district.report("2026-10-12 17:00")  # never dispatched: not in the base
    page = client.get("/figures").content.decode()
    tables = re.findall(r'<tbody class="rights">(.*?)</tbody>', page, re.S)
    assert late.number and len(tables) == 3
    low = wilson(29, 31)[0]
    for title, table in zip(("区城市管理指挥中心", "市容环境类", "区城市管理委员会"), tables, strict=True):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table)
        assert cells == [title, "29", "31", "93.5%", f"{100 * low:.1f}%"]


def test_of_few_dispatches_there_is_no_rate(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-10-12 18:00")))
    district.dispatched()
    page = client.get("/figures").content.decode()
    assert "件数太少" in page and "100.0%" not in page
