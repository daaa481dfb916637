"""The queue: the sentence first, then everything by its due; the same number of queries however many there are."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bihuan.cases.tests.conftest import District
from bihuan.desk.tests.conftest import Seat


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_nobody_enters_without_an_account(client, db: None) -> None:
    response = client.get("/desk/")
    assert response.status_code == 302 and response["Location"].startswith("/desk/login/")


def test_the_queue_says_what_is_late_and_what_is_next(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    district.dispatched("2026-10-09")
    second = district.dispatched("2026-10-12")
    clock("2026-10-12 10:00")
    page = seat("cgw").get("/desk/").content.decode()
    assert "一件已超时" in page and second.number in page
    assert page.index("已超时") < page.index(second.number)
    assert "剩" in page and "超" in page
    assert page.count("<h1") == 1


def test_another_units_cases_are_not_shown(district: District, seat: Seat) -> None:
    case = district.dispatched()
    assert case.number not in seat("jie").get("/desk/").content.decode()
    assert "没有要办的" in seat("jie").get("/desk/").content.decode()


@pytest.mark.parametrize(
    "query", ["?view=nonsense", "?line=nonsense", "?street=1", "?after=x.y", "?after=" + "9" * 60]
)
def test_odd_addresses_show_the_queue(seat: Seat, query: str) -> None:
    assert seat("cgw").get(f"/desk/{query}").status_code == 200


def queries_of(client, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(4) as counted:
        assert client.get("/desk/").status_code == 200
    return len(counted.captured_queries)


def test_the_number_of_queries_does_not_grow(
    district: District, seat: Seat, django_assert_max_num_queries
) -> None:
    client = seat("cgw")
    district.dispatched()
    client.get("/desk/")
    one = queries_of(client, django_assert_max_num_queries)
    for _ in range(4):
        district.dispatched()
    assert queries_of(client, django_assert_max_num_queries) == one


def test_found_by_number_and_not_found(district: District, seat: Seat) -> None:
    case = district.dispatched()
    client = seat("cgw")
    assert client.get("/desk/find/", {"number": case.number.lower()})["Location"].endswith(
        f"/desk/{case.number}/"
    )
    response = client.get("/desk/find/", {"number": "CG20990101-000001"})
    assert response.status_code == 404 and "CG20990101-000001" in response.content.decode()


def test_english_is_whole(district: District, seat: Seat) -> None:
    district.dispatched()
    client = seat("cgw")
    client.cookies["django_language"] = "en"
    said = text(client.get("/desk/").content.decode())
    assert "None late" in said and "left" in said
    left = re.sub(
        r"东门口垃圾桶满了|中文|测试\w+|basis: [^)]+", "", said
    )  # what people wrote, and the name of the law
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", left), re.findall(
        r".{20}[\u4e00-\u9fff]+.{20}", left
    )[:5]


def test_a_line_that_takes_force_later_keeps_nobody_from_the_desk(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    clock("2026-03-02 10:00")
    for path in ("/desk/", "/desk/map/", "/lines/", "/figures"):
        page = seat("gongkai").get(path)
        assert page.status_code == 200, path
        assert "数字城管" not in page.content.decode(), path
    assert seat("gongkai").get("/lines/urban_management").status_code == 404


def test_a_row_shows_both_dues_where_they_differ(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    case = district.dispatched()
    page = seat("cgw").get("/desk/").content.decode()
    assert "plain-due" not in page  # no stop, no extension: one date is both
    district.do(case.case, "ask_more", "cgw", "2026-10-12 09:40", reason="要两车")
    district.do(case.case, "extend", "jiandu", "2026-10-12 09:50")
    page = seat("cgw").get("/desk/").content.decode()
    assert '<small class="plain-due">不扣停表 今天 14:55</small>' in page
