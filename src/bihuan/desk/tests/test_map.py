"""The map: shaded cells and a list that says the same; as many queries with many cases as with few."""

from __future__ import annotations

from django.test import Client

from bihuan.cases.tests.conftest import POINT, District
from bihuan.desk.tests.conftest import Seat
from bihuan.places.queries import place_of


def cost(client: Client, url: str, django_assert_max_num_queries) -> int:
    client.get(url)
    with django_assert_max_num_queries(20) as counted:
        assert client.get(url).status_code == 200
    return len(counted.captured_queries)


def test_the_map_and_its_list_say_the_same(district: District, seat: Seat) -> None:
    for _ in range(2):
        district.report()
    street = place_of(POINT["lon"], POINT["lat"]).street
    client = seat("jiandu")
    assert "在办 2 件" in client.get("/desk/map/").content.decode()
    page = client.get(f"/desk/map/{street}/").content.decode()
    assert "在办 2 件" in page and "<svg" in page
    assert client.get("/desk/map/none/").status_code == 404


def test_many_cases_cost_no_more_queries_than_few(
    district: District, seat: Seat, django_assert_max_num_queries
) -> None:
    district.report()
    client, street = seat("jiandu"), place_of(POINT["lon"], POINT["lat"]).street
    urls = ("/desk/map/", f"/desk/map/{street}/")
    few = [cost(client, url, django_assert_max_num_queries) for url in urls]
    for _ in range(4):
        district.report()
    assert [cost(client, url, django_assert_max_num_queries) for url in urls] == few
