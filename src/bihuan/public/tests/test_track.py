"""Following a case: number and code, every step, the time each unit held it, and what its person may do."""

from __future__ import annotations

import re

from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Event
from bihuan.cases.tests.conftest import District


def enter(client: Client, number: str, code: str) -> str:
    response = client.post("/track/", {"number": number, "code": code}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_number_and_code_show_the_steps_and_who_held_it(district: District, client: Client) -> None:
    case = district.dispatched()
    page = enter(client, case.number.lower(), f" {case.code[:4].lower()}-{case.code[4:]} ")
    for words in ("上报", "立案", "派遣", "区城市管理委员会", "谁拿着，多久", "时间是这样算的", case.number):
        assert words in page, words
    assert page.count('aria-current="step"') == 1
    for person in district.persons.values():
        assert person.name not in page
    assert page.index(">上报") < page.index(">派遣")


def test_a_wrong_code_and_no_code(district: District, client: Client) -> None:
    case = district.report()
    response = client.post("/track/", {"number": case.number, "code": "AAAAAAAA"})
    assert response.status_code == 422 and "对不上" in response.content.decode()
    response = client.post("/track/", {"number": case.number, "code": ""})
    page = response.content.decode()
    assert 'href="#f-code"' in page and case.number in page
    assert client.get(f"/track/{case.number}").status_code == 302
    for _ in range(10):
        client.post("/track/", {"number": case.number, "code": "AAAAAAAA"})
    assert "分钟" in client.post("/track/", {"number": case.number, "code": case.code}).content.decode()


def test_the_code_leaves_the_address_at_once(district: District, client: Client) -> None:
    case = district.report()
    response = client.get("/track/", {"number": case.number, "code": case.code})
    assert response.status_code == 302 and case.code not in response["Location"]


def closed(district: District) -> tuple[int, str, str]:
    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:00", files=["after"])
    with wall.open_to(wall.SYSTEM):
        drawn = Case.objects.get(pk=case.case).parties["checker"]
    who = next(name for name in district.persons if district.id(name) == drawn)
    district.do(case.case, "check_ok", who, "2026-10-12 11:00", files=["check"])
    return case.case, case.number, case.code


def test_not_fixed_reopens_the_case_once(district: District, client: Client, monkeypatch) -> None:
    from datetime import datetime

    from bihuan.cases.edge import LOCAL
    from bihuan.config import middleware

    case, number, code = closed(district)
    monkeypatch.setattr(middleware, "now", lambda: datetime(2026, 10, 12, 15, 0, tzinfo=LOCAL))
    page = enter(client, number, code)
    assert "没修好" in page and "修好了" in page
    page = client.get(f"/track/{number}/do/reopen").content.decode()
    key = re.search(r'name="request_key" value="(\w+)"', page)
    assert key
    sent = {"request_key": key[1], "reason": "地上还有一堆", "text": "地上还有一堆"}
    fields = set(re.findall(r'<(?:textarea|input)[^>]* name="(\w+)"', page)) & set(sent)
    for _ in range(2):
        response = client.post(f"/track/{number}/do/reopen", {name: sent[name] for name in fields})
        assert response.status_code == 302, response.content.decode()
    with wall.open_to(wall.SYSTEM):
        found = Case.objects.get(pk=case)
        assert found.state == "handling"
        assert Event.objects.filter(case_id=case, name="reopen").count() == 1
    assert "处置中" in client.get(f"/track/{number}").content.decode()


def test_what_may_not_be_done_now_leads_back(district: District, client: Client) -> None:
    case = district.report()
    enter(client, case.number, case.code)
    assert client.get(f"/track/{case.number}/do/reopen")["Location"] == f"/track/{case.number}"
    assert Client().get(f"/track/{case.number}/do/note").status_code == 302
