"""The hall's pages: finding a service, one page for it with honest durations, and the list of powers."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from bihuan.cases.durations import rank, taken
from bihuan.cases.edge import to_datetime
from bihuan.core.time.instant import at
from bihuan.items import actions, queries
from bihuan.items.tests.example import load_example
from bihuan.people import actions as people

NOW = to_datetime(at("2026-10-12 09:00"))


@pytest.fixture
def example(db: None) -> None:
    people.load_units()
    load_example("2026-10-12 09:00")


def body(client: Client, where: str, status: int = 200) -> str:
    response = client.get(where)
    assert response.status_code == status
    return response.content.decode()


def test_before_anything_is_recorded_the_page_says_so(db: None, client: Client) -> None:
    assert "还没有登记事项" in body(client, "/hall/")
    page = body(client, "/hall/powers")
    assert "0 项职权" in page and "还没有登记职权" in page and '<form class="hall-filter' not in page
    assert "12345" in body(client, "/hall/") and '<form class="big-search"' not in body(client, "/hall/")


def test_people_find_it_in_their_own_words(example: None, client: Client) -> None:
    page = body(client, "/hall/?q=开饭馆")
    assert "食品经营许可" in page and "/hall/items/P003-1" in page
    page = body(client, "/hall/?life=开餐馆")
    assert "食品经营许可" in page and "护士执业注册" not in page
    assert "护士执业注册" not in body(client, "/hall/?q=护士&for=organisation")
    assert "因为您说“开饭馆”" in body(client, "/hall/?q=我想开饭馆") or "因为您说“饭馆”" in body(
        client, "/hall/?q=我想开饭馆"
    )
    page = body(client, "/hall/?q=火箭发射")
    assert "没有搜到" in page and "12345" in page and "/hall/?life=" in page
    assert "结婚登记" in body(client, "/hall/?kind=confirmation")


def test_the_list_goes_on_page_by_page_without_loss(example: None, client: Client) -> None:
    seen: list[str] = []
    where = "/hall/"
    for _ in range(10):
        page = body(client, where)
        seen += re.findall(r'<h2><a href="/hall/items/([A-Z]\d+)-\d+"', page)
        following = re.search(r'class="pager"><a[^>]*after=([A-Z]\d+)"', page)
        if following is None:
            break
        where = f"/hall/?after={following[1]}"
    powers = {item.power for item in queries.catalogue().items.values()}
    assert len(seen) == len(set(seen)) and set(seen) == powers


def test_an_item_says_who_what_and_how_long(example: None, client: Client) -> None:
    page = body(client, "/hall/items/P003-1")
    assert "食品经营许可" in page and "区市场监督管理局办" in page and "20 个工作日" in page
    assert "8 个工作日" in page and "没有登记承诺时限" in body(client, "/hall/items/P003-2")
    assert "没有数据" in page and "可以延长 10 个工作日" in page
    brought, had = page.split("不用交，政府已经有")
    assert (
        "食品经营许可申请书" in brought
        and "营业执照" in had
        and "营业执照" not in brought.split("要带什么")[1]
    )
    assert "食品安全法 §35" in page
    client.cookies["django_language"] = "en"
    page = body(client, "/hall/items/P003-1")
    assert "Food business licence" in page and "no data" in page.casefold()


def test_a_sample_of_what_is_issued_says_that_it_is_one(example: None, client: Client) -> None:
    for code, issued in (("P003-1", True), ("P001-1", True), ("C001-1", False)):
        assert (f"/hall/items/{code}/sample.pdf" in body(client, f"/hall/items/{code}")) is issued
    answer = client.get("/hall/items/P003-1/sample.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
    for said in ("食品经营许可证", "不是真的证照", "样张", "虚构", "区市场监督管理局"):
        assert said in text, said
    for code in ("C001-1", "P999-1"):
        body(client, f"/hall/items/{code}/sample.pdf", 404)


def test_a_power_leads_to_its_first_item_and_the_unknown_nowhere(example: None, client: Client) -> None:
    assert client.get("/hall/items/P003")["Location"] == "/hall/items/P003-1"
    body(client, "/hall/items/P999-1", 404)


def test_an_entry_whose_basis_lapsed_stands_first_and_red(example: None, client: Client) -> None:
    page = body(client, "/hall/powers")
    assert page.index("房屋拆迁许可") < page.index("最低生活保障")
    assert "《城市房屋拆迁管理条例》已于 2011-01-21 废止" in page
    assert page.count('class="lapsed"') == 1
    said = queries.said_now()["powers"]["P003"] | {"basis": "个体工商户条例 §4"}
    actions.record_entries({"powers": {"P003": said}}, by="", at=NOW + timedelta(days=1), source="x")
    assert body(client, "/hall/powers").count('class="lapsed"') == 2


def test_the_list_of_powers_goes_on_page_by_page_by_unit_and_kind(example: None, client: Client) -> None:
    every, seen, where = set(queries.catalogue().powers), list[str](), "/hall/powers"
    for _ in range(20):
        page = body(client, where)
        codes = re.findall(r'<span class="bh-num">([A-Z]\d+)</span>', page)
        assert len(codes) <= 20
        seen += codes
        following = re.search(r'class="pager">.*after=([A-Z]\d+)"', page)
        if following is None:
            break
        where = f"/hall/powers?after={following[1]}"
    assert len(seen) == len(set(seen)) and set(seen) == every
    page = body(client, "/hall/powers?unit=nk.xfzd&kind=licence")
    assert (
        "公众聚集场所投入使用" in page and "食品经营许可" not in page and 'value="nk.xfzd" selected' in page
    )
    assert "没有搜到" in body(client, "/hall/powers?q=火箭")


def test_the_catalogue_can_be_taken_home(example: None, client: Client) -> None:
    response = client.get("/hall/items.xlsx")
    assert response.content[:2] == b"PK" and "items.xlsx" in response["Content-Disposition"]


def test_a_page_of_the_hall_asks_little(example: None, client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    body(client, "/hall/")
    with django_assert_max_num_queries(6):
        body(client, "/hall/?q=卫生")
    with django_assert_max_num_queries(8):
        body(client, "/hall/items/S008-1")


def test_nobody_applied_no_figure(db: None) -> None:
    assert taken("disclosure", [""], ["given"], NOW).n == 0


def test_ranks_by_hand() -> None:
    assert rank([1, 2, 3, 4, 5], 50) == 3 and rank([1, 2, 3, 4, 5], 90) == 5
    assert rank(list(range(1, 11)), 50) == 5 and rank(list(range(1, 11)), 90) == 9
