"""The page of promises over years: both sentences, the verdict, and what it says with one report only."""

import re

import pytest
from django.test import Client

from bihuan.core.report.tests.test_report_follow import FIRST, SECOND
from bihuan.core.time.instant import at
from bihuan.targets import actions
from bihuan.targets.models import Report
from bihuan.targets.tests.conftest import NOW, Office
from bihuan.targets.years import _followed, over_years

pytestmark = pytest.mark.django_db
PLACE = "清河县"


def add(text: str, year: int, place: str = PLACE) -> Report:
    return actions.add_report(text, place, year, "测试", by=None, at=at(NOW)).report


@pytest.fixture
def two(db: None) -> tuple[Report, Report]:
    return add(FIRST, 2014), add(SECOND, 2015)


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/promises/years/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def articles(html: str) -> dict[str, str]:
    """Each pair by the name of what was promised."""
    found = re.findall(r'<article class="yr-pair.*?</article>', html, re.S)
    return {re.search(r"<h4[^>]*>(.*?)</h4>", one)[1]: one for one in found}  # type: ignore[index]


def test_both_sentences_stand_side_by_side_with_their_links(
    two: tuple[Report, Report], client: Client
) -> None:
    html = page(client)
    assert "能评的6个数字目标，做到3个，部分做到1个，没有做到2个" in html
    sales = articles(html)["社会消费品零售总额"]
    assert "没有做到" in sales and "<mark>13%</mark>" in sales and "<mark>8%</mark>" in sales
    links = re.findall(r'href="(/promises/\d+/)#(s-\w+)"', sales)
    assert [path for path, _ in links] == [f"/promises/{one.pk}/" for one in two]
    for path, key in links:
        assert f'id="{key}"' in client.get(path).content.decode()  # the sentence is there
    assert "2014 年的报告承诺" in sales and "2015 年的报告怎么说" in sales
    assert "规模以上工业增加值" in articles(html) and "口径不同" in articles(html)["规模以上工业增加值"]


def test_one_verdict_only(two: tuple[Report, Report], client: Client) -> None:
    assert set(articles(page(client, "?verdict=not"))) == {"社会消费品零售总额", "幼儿园"}
    dropped = articles(page(client, "?verdict=dropped"))
    assert (
        "没有再提" in dropped["南山垃圾焚烧发电厂"]
        and "做到" not in dropped["南山垃圾焚烧发电厂"].split("<p", 1)[0]
    )
    assert articles(page(client, "?verdict=nonsense")) == articles(page(client))


def test_every_cell_of_the_grid_leads_to_its_pair(two: tuple[Report, Report], client: Client) -> None:
    html = page(client)
    cells = re.findall(r'<td><a class="is-\w+" href="(\?[^"#]*)#(p\d+)"', html)
    assert len(cells) >= 6
    for query, key in cells:
        assert f'id="{key}"' in page(client, query.replace("&amp;", "&"))


def test_one_report_says_plainly_that_nothing_can_be_set_beside_it(office: Office, client: Client) -> None:
    html = page(client)
    assert "天津市南开区历年承诺" in html and "只存了 1 份报告，还不能前后对照" in html
    assert "手头的一份承诺到 2017 年" in html and "2018 年计划" in html and not articles(html)
    living = client.get(f"/promises/{office.report.pk}/").content.decode()
    assert "/promises/years/?place=" in living
    client.cookies["django_language"] = "en"
    assert "Only 1 report is kept" in page(client)


def test_no_report_and_no_such_place(db: None, client: Client) -> None:
    assert "还没有报告" in page(client)
    add(FIRST, 2014)
    assert client.get("/promises/years/?place=沙河县").status_code == 404


def test_places_are_never_mixed_and_the_one_in_force_answers(
    two: tuple[Report, Report], client: Client
) -> None:
    add(FIRST.replace("清河", "沙河"), 2014, "沙河县")
    other = add(SECOND.replace("增长8%。工业", "增长14%。工业"), 2015)
    found = over_years(PLACE)
    assert found.places == ("沙河县", PLACE) and [one.pk for one in found.reports] == [one.pk for one in two]
    assert other.pk not in {one.pk for one in found.reports}
    assert "只存了 1 份报告" in page(client, "?place=沙河县")


def test_the_texts_are_read_once(
    two: tuple[Report, Report], client: Client, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    page(client)
    before = _followed.cache_info().misses
    with django_assert_max_num_queries(6):
        page(client)
    assert _followed.cache_info().misses == before
