"""The pages: rating with number and code, never at a staff browser; figures and published ratings for everybody."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.cases.tests.conftest import District
from bihuan.ratings.models import Rating
from bihuan.ratings.tests.conftest import licence

Clock = Callable[[str], None]


def enter(client: Client, number: str, code: str) -> str:
    response = client.post("/ratings/rate", {"number": number, "code": code})
    assert response.status_code == 302, response.content.decode()[-3000:]
    return str(response["Location"])


def test_a_person_rates_with_number_and_code_and_is_told_the_case(
    hall: District, clock: Clock, client: Client
) -> None:
    case = licence(hall)
    form = enter(client, case.number, case.code)
    assert "餐饮" in client.get(form).content.decode() or "食品" in client.get(form).content.decode()
    wrong = client.post(form, {"level": "1", "named": "yes", "words": "等太久"})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "实名请写怎么称呼" in page and "等太久</textarea>" in page  # what was written is still there
    assert (
        client.post(form, {"level": "1", "named": "no", "words": "等太久", "request_key": "k1"}).status_code
        == 302
    )
    done = client.get(f"{form}/done").content.decode()
    with wall.open_to(wall.SYSTEM):
        number = Case.objects.get(line="ratings").number
    assert number in done and client.get(f"/track/{number}").status_code == 200


def test_a_wrong_code_rates_nothing(hall: District, clock: Clock, client: Client) -> None:
    case = licence(hall)
    assert client.post("/ratings/rate", {"number": case.number, "code": "AAAAAAAA"}).status_code == 422
    assert client.post("/ratings/rate", {}).status_code == 422
    assert (
        client.post(f"/ratings/rate/{case.number}", {"level": "5", "named": "no"})["Location"]
        == "/ratings/rate"
    )
    with wall.open_to(wall.SYSTEM):
        assert not Rating.objects.exists()


def test_a_browser_in_which_staff_are_logged_in_cannot_rate(
    hall: District, clock: Clock, client: Client
) -> None:
    case = licence(hall)
    form = enter(client, case.number, case.code)
    client.force_login(hall.persons["chuang"], backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["tracked"] = {case.number: case.case}
    session.save()
    answer = client.post(form, {"level": "5", "named": "no"})
    assert answer.status_code == 403 and "工作人员的账号不能评价" in answer.content.decode()
    with wall.open_to(wall.SYSTEM):
        assert not Rating.objects.exists()


def test_what_has_no_outcome_yet_says_so(hall: District, clock: Clock, client: Client) -> None:
    case = licence(hall, granted=False)
    page = client.get(enter(client, case.number, case.code))
    assert page.status_code == 422 and "还没有办结" in page.content.decode()


def test_figures_with_their_bases_are_for_everybody(hall: District, clock: Clock, client: Client) -> None:
    licence(hall)
    for language, words in (("zh-hans", "没有评价就是没有评价"), ("en", "enters no figure")):
        client.cookies["django_language"] = language
        page = client.get("/ratings/").content.decode()
        assert words in page and "/ratings/rate" in page


def test_the_page_of_a_case_leads_to_its_rating(hall: District, clock: Clock, client: Client) -> None:
    case, open_one = licence(hall, 1), licence(hall, 2, granted=False)
    for one, shown in ((case, True), (open_one, False)):
        client.post("/track/", {"number": one.number, "code": one.code})
        assert (f"/ratings/rate/{one.number}" in client.get(f"/track/{one.number}").content.decode()) == shown


def test_figures_are_counted_once_an_hour_and_say_when(
    hall: District, clock: Clock, client: Client, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    licence(hall)
    first = client.get("/ratings/").content.decode()
    assert "一共 1 件次" in first and "10:00" in first
    for number in range(2, 5):
        licence(hall, number)
    clock("2026-10-14 10:59")
    with django_assert_max_num_queries(2):  # published ratings, and what units are called
        again = client.get("/ratings/").content.decode()
    assert "一共 1 件次" in again and "10:00" in again
    clock("2026-10-14 11:00")
    later = client.get("/ratings/").content.decode()
    assert "一共 4 件次" in later and "11:00" in later
