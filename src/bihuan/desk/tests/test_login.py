"""The door: wrong passwords, the lock-out that says so, coming back to where one wanted to go."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan.cases.tests.conftest import District


@pytest.fixture
def account(district: District) -> District:
    person = district.persons["cgw"]
    person.set_password("a long pass phrase")
    person.save()
    return district


def enter(client: Client, password: str, **more: str):
    return client.post("/desk/login/", {"username": "cgw", "password": password} | more)


def test_the_right_password_leads_to_the_queue_or_to_where_one_was_going(
    account: District, client: Client
) -> None:
    assert enter(client, "a long pass phrase")["Location"] == "/desk/"
    assert enter(Client(), "a long pass phrase", next="/desk/map/")["Location"] == "/desk/map/"
    assert enter(Client(), "a long pass phrase", next="https://example.org/")["Location"] == "/desk/"


def test_a_wrong_password_is_said_and_the_name_stays(account: District, client: Client) -> None:
    response = enter(client, "wrong")
    page = response.content.decode()
    assert (
        response.status_code in (401, 422)
        and "对不上" in page
        and 'value="cgw"' in page
        and "wrong" not in page
    )


def test_nothing_written_names_both_fields(account: District, client: Client) -> None:
    page = client.post("/desk/login/", {}).content.decode()
    assert 'href="#f-username"' in page and 'href="#f-password"' in page and "还差 2 处" in page


def test_five_wrong_passwords_shut_the_door_and_the_page_says_for_how_long(
    account: District, client: Client
) -> None:
    for _ in range(5):
        response = enter(client, "wrong")
    assert response.status_code == 429 and "15 分钟" in response.content.decode()
    assert "15 分钟" in enter(client, "a long pass phrase").content.decode()


def test_leaving_needs_a_post(account: District, client: Client) -> None:
    enter(client, "a long pass phrase")
    assert client.get("/desk/logout/").status_code == 405
    assert client.post("/desk/logout/").status_code == 302
    assert client.get("/desk/").status_code == 302
