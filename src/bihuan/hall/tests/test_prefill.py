"""Once only: what is held is put in for whoever has shown who they are and asks for it, with source, date and marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bihuan.cases import actions, wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.models import Case, Event
from bihuan.cases.tests.conftest import District, upload
from bihuan.core.time.instant import at, text
from bihuan.hall.tests.conftest import hidden
from bihuan.hall.tests.office import GOOD, hall
from bihuan.hall.tests.test_me import PHONE, enter, sms
from bihuan.hall.tests.test_permits import APPLY, papers, send
from bihuan.subjects.actions import record_subjects

__all__ = ["hall", "sms"]
ASK = f"{APPLY}?prefill=1"


@pytest.fixture
def before(hall: District, client: Client, sms: Path) -> Client:
    """Somebody who is logged in and has applied once."""
    enter(client, sms)
    assert send(client).status_code == 302
    return client


def last_data() -> Any:
    with wall.open_to(wall.SYSTEM):
        return Event.objects.filter(seq=1).order_by("-case_id")[0].data


def test_earlier_answers_come_with_their_source_and_date(before: Client) -> None:
    page = before.get(APPLY).content.decode()
    assert "带出来" in page and f'value="{GOOD["uscc"]}"' not in page, "not before it is asked for"
    page = before.get(ASK).content.decode()
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.get()
    assert f'value="{GOOD["uscc"]}"' in page and 'value="李某某"' in page and f'value="{PHONE}"' in page
    day = f"{case.number[2:6]}-{case.number[6:8]}-{case.number[8:10]}"
    assert f"带出自：你 {day} 的申请 {case.number}" in page and "你登录用的手机号" in page
    assert GOOD["subject"] not in page, "only who somebody is, not what they asked for"


def test_whoever_has_not_shown_who_they_are_gets_nothing(before: Client, sms: Path) -> None:
    for stranger in (Client(), Client()):
        page = stranger.get(ASK).content.decode()
        assert "李某某" not in page and GOOD["uscc"] not in page and "带出" not in page
    other = Client()
    enter(other, sms, "13900007777")
    page = other.get(ASK).content.decode()
    assert "李某某" not in page and GOOD["uscc"] not in page and 'value="13900007777"' in page


def test_what_was_changed_by_hand_is_marked_and_kept_on_the_case(before: Client) -> None:
    form = hidden(before.get(ASK).content.decode())
    assert form["prefill"] == "1"
    page = before.post(APPLY, GOOD | form | {"contact_name": "王某某", "save": "1"}).content.decode()
    assert "改过，原来带出自" in page and page.count("带出自：你登录用的手机号") == 1
    done = before.post(APPLY, GOOD | papers() | hidden(page) | {"contact_name": "王某某"})
    assert done.status_code == 302
    kept = last_data()["sources"]
    assert "contact_phone：账号" in kept and "改过" in kept.split("contact_name")[1].split("；")[0]
    assert "李某某" not in kept and "王某某" not in kept and PHONE not in kept


def test_without_asking_nothing_is_kept_about_sources(hall: District, client: Client) -> None:
    assert send(client).status_code == 302
    assert "sources" not in last_data()
    assert send(client, prefill="1").status_code == 302
    assert "sources" not in last_data(), "nobody is logged in"


def test_the_registers_give_name_address_and_certificate_with_source_and_day(
    before: Client, hall: District
) -> None:
    said = {
        "code": GOOD["uscc"], "name": "示例面馆有限公司", "address": "示例路 9 号", "status": "existing", "status_on": "",
        "source": "演示登记", "as_of": "2026-09-30",
    }  # fmt: skip
    record_subjects({GOOD["uscc"]: said}, by="x", at=to_datetime(at("2026-10-01 09:00")))
    page = before.get(ASK).content.decode()
    for value in ("示例面馆有限公司", "示例路 9 号", GOOD["uscc"], PHONE):
        assert f'value="{value}"' in page, value
    assert page.count("带出自：主体登记（演示登记，截至 2026-09-30）") == 2
    assert page.count("带出自：") >= 6, "kind, code, name, telephone, address, way of receiving"
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.get()
    moment = to_instant(case.opened_at)
    for number, (name, who, data) in enumerate((
        ("accept", "chuang", {}), ("review", "jing", {"opinion": "符合", "on_site": "no"}), ("grant", "zhu", {}),
    ), 1):  # fmt: skip
        actions.act(case.pk, name, by=hall.id(who), unit="nk.scjg", at=moment + number, data=data)
    actions.act(
        case.pk, "issue", by=hall.id("chuang"), unit="nk.scjg", at=moment + 9, data={"delivered_on": text(moment + 8)},
        files=[upload("evidence:delivery")],
    )  # fmt: skip
    renewal = before.get("/hall/items/P003-3/apply?prefill=1").content.decode()
    assert "南市监证〔" in renewal and "领的食品经营许可证" in renewal
    assert "南市监证〔" not in before.get(ASK).content.decode(), "nothing is held yet where it is new"


def cancel(code: str) -> None:
    said = {
        "code": code, "name": "示例公司", "address": "", "status": "cancelled", "status_on": "2026-05-06", "source": "演示", "as_of": "2026-09-30",
    }  # fmt: skip
    record_subjects({code: said}, by="x", at=to_datetime(at("2026-10-01 09:00")))


def test_nobody_applies_in_the_name_of_a_cancelled_company(hall: District, client: Client) -> None:
    cancel(GOOD["uscc"])
    response = send(client)
    page = response.content.decode()
    assert (
        response.status_code == 422 and 'href="#f-uscc"' in page and "2026-05-06" in page and "注销" in page
    )
    proxy = {"proxy-kind": "organisation", "proxy-name": "示例代办", "proxy-number": GOOD["uscc"]}
    person = {"applicant_kind": "person", "uscc": "", "identity": "11010519491231002x"}
    page = send(client, **person, **proxy).content.decode()
    assert 'href="#f-proxy"' in page and "“代理人”" in page


def test_what_the_register_only_warns_of_is_said_on_the_receipt(hall: District, client: Client) -> None:
    said = {
        "code": GOOD["uscc"], "name": "示例公司", "address": "", "status": "existing", "status_on": "", "source": "演示",
        "dishonest_on": "2026-07-20", "as_of": "2026-09-30",
    }  # fmt: skip
    record_subjects({GOOD["uscc"]: said}, by="x", at=to_datetime(at("2026-10-01 09:00")))
    response = send(client)
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "严重违法失信名单（2026-07-20 起，演示，截至 2026-09-30）" in page


def test_a_cancelled_company_is_not_filled_in(before: Client) -> None:
    cancel(GOOD["uscc"])
    page = before.get(ASK).content.decode()
    assert GOOD["uscc"] not in page and f'value="{PHONE}"' in page
