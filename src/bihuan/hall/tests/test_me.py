"""Accounts of residents: the code to the telephone, one's own page, taking along, putting right, deleting; and no desk."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Contact
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.hall.tests.conftest import hidden
from bihuan.hall.tests.office import GOOD, hall
from bihuan.hall.tests.test_permits import case_now, send
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.record.models import Audit
from bihuan.residents.models import Claim, Code, Resident

__all__ = ["hall"]
PHONE = "13900001234"
CLOSED = to_datetime(at("2026-10-12 12:00"))


@pytest.fixture
def sms(settings: Any, tmp_path: Path) -> Path:
    """Messages go to a file, as in the demo."""
    settings.SMS_FILE = str(tmp_path / "sms.txt")
    return tmp_path / "sms.txt"


def clock(monkeypatch: Any, text: str) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))


def code_in(sms: Path) -> str:
    return sms.read_text().splitlines()[-1].split("验证码 ")[1][:6]


def enter(client: Client, sms: Path, phone: str = PHONE) -> Any:
    client.post("/me/login", {"phone": phone})
    return client.post("/me/login", {"phone": phone, "code": code_in(sms)})


def rows(model: Any) -> list[Any]:
    with wall.open_to(wall.SYSTEM):
        return list(model.objects.order_by("pk"))


def test_a_code_logs_in_and_the_account_is_sealed(hall: District, client: Client, sms: Path) -> None:
    page = client.post("/me/login", {"phone": "+86 139-0000-1234"}).content.decode()
    assert "验证码" in page and str(sms) in page and code_in(sms) not in page
    assert enter(Client(), sms, "13900001235")["Location"] == "/me/"
    client.post("/me/login", {"phone": PHONE, "again": "1", "code": ""})
    response = client.post(
        "/me/login", {"phone": PHONE, "code": sms.read_text().splitlines()[0].split("验证码 ")[1][:6]}
    )
    assert response["Location"] == "/me/"
    first = rows(Resident)[0]
    assert PHONE.encode() not in bytes(first.phone) and PHONE not in first.key
    assert "139****1234" in client.get("/me/").content.decode()


def test_logging_in_failing_and_leaving_are_a_row_each_without_the_number(
    hall: District, client: Client, sms: Path
) -> None:
    client.post("/me/login", {"phone": PHONE})
    for code in ("000000x", code_in(sms)):
        client.post("/me/login", {"phone": PHONE, "code": code})
    client.post("/me/logout")
    client.post("/me/logout")
    who = f"account {rows(Resident)[0].pk}"
    audit = list(Audit.objects.filter(kind__startswith="log").order_by("pk"))
    assert [(row.kind, row.by, row.about) for row in audit] == [
        ("login_failed", "", ""), ("login", who, "account"), ("logout", who, "account"),
    ]  # fmt: skip
    assert PHONE not in str([row.said for row in audit])


def test_nobody_learns_whether_a_number_has_an_account(hall: District, sms: Path) -> None:
    enter(Client(), sms)
    for code in rows(Code):
        with wall.open_to(wall.SYSTEM):
            code.delete()
    known = Client().post("/me/login", {"phone": PHONE})
    unknown = Client().post("/me/login", {"phone": "13900009999"})
    assert known.status_code == unknown.status_code
    plain = [
        page.content.decode().replace(PHONE, "N").replace("13900009999", "N") for page in (known, unknown)
    ]
    cut = [
        text[text.index("<main") : text.index("csrfmiddlewaretoken", text.index("<main"))] for text in plain
    ]
    assert cut[0] == cut[1]


def test_codes_are_limited_wrong_ones_void_and_old_ones_dead(
    hall: District, client: Client, sms: Path, monkeypatch: Any
) -> None:
    clock(monkeypatch, "2026-10-12 09:00")
    client.post("/me/login", {"phone": PHONE})
    assert "一分钟以后" in client.post("/me/login", {"phone": PHONE}).content.decode()
    good = code_in(sms)
    bad = f"{(int(good) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "验证码不对" in client.post("/me/login", {"phone": PHONE, "code": bad}).content.decode()
    assert client.post("/me/login", {"phone": PHONE, "code": good}).status_code == 422, (
        "five wrong ones void it"
    )
    for minute in (2, 4, 6, 8):
        clock(monkeypatch, f"2026-10-12 09:0{minute}")
        assert client.post("/me/login", {"phone": PHONE}).status_code == 200
    clock(monkeypatch, "2026-10-12 09:12")
    assert "5 次" in client.post("/me/login", {"phone": PHONE}).content.decode()
    clock(monkeypatch, "2026-10-12 09:19")
    assert client.post("/me/login", {"phone": PHONE, "code": code_in(sms)}).status_code == 422, (
        "ten minutes are over"
    )
    clock(monkeypatch, "2026-10-12 10:30")
    assert enter(Client(), sms)["Location"] == "/me/"


def test_guessing_from_one_place_ends(hall: District, sms: Path) -> None:
    for n in range(10):
        Client().post("/me/login", {"phone": f"1390000{n:04}", "code": "000000"})
    Client().post("/me/login", {"phone": PHONE})
    page = Client().post("/me/login", {"phone": PHONE, "code": code_in(sms)})
    assert page.status_code == 422 and "次数过多" in page.content.decode()


def test_a_code_is_good_once(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    assert Client().post("/me/login", {"phone": PHONE, "code": code_in(sms)}).status_code == 422


def test_without_a_gateway_there_is_no_log_in_and_it_says_so(hall: District, client: Client) -> None:
    page = client.get("/me/login").content.decode()
    assert "没有接通短信" in page and 'name="phone"' not in page
    client.post("/me/login", {"phone": PHONE})
    assert rows(Code) == []


def test_the_program_that_sends_gets_number_and_text(
    hall: District, client: Client, settings: Any, tmp_path: Path
) -> None:
    program = tmp_path / "send"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/got\n")
    program.chmod(0o700)
    settings.SMS_PROGRAM = str(program)
    assert client.post("/me/login", {"phone": PHONE}).status_code == 200
    number, text = (tmp_path / "got").read_text().splitlines()
    assert number == PHONE and "验证码" in text
    settings.SMS_PROGRAM = str(tmp_path / "none")
    page = client.post("/me/login", {"phone": "13900005555"})
    assert page.status_code == 422 and "没有发出去" in page.content.decode()


def test_a_resident_is_no_staff_and_staff_no_resident(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    assert client.get("/desk/").status_code == 302 and "/desk/login" in client.get("/desk/")["Location"]
    assert Person.objects.filter(phone=PHONE).count() == 0
    staff = Client()
    staff.force_login(hall.persons["cgw"], backend="django.contrib.auth.backends.ModelBackend")
    assert staff.get("/me/")["Location"] == "/me/login"


def test_what_is_filed_logged_in_is_mine_and_nobody_elses(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    send(client)
    number = case_now().number
    page = client.get("/me/").content.decode()
    assert number in page and "在办 1 件" in page
    assert client.get(f"/me/case/{number}")["Location"] == f"/track/{number}"
    other = Client()
    enter(other, sms, "13900007777")
    assert number not in other.get("/me/").content.decode()
    other.get(f"/me/case/{number}")
    assert other.get(f"/track/{number}").status_code == 302, "a number alone opens nothing"


def test_number_and_code_add_a_matter_and_a_wrong_code_does_not(
    hall: District, client: Client, sms: Path
) -> None:
    told = hall.report()
    enter(client, sms)
    assert "对不上" in client.post("/me/add", {"number": told.number, "code": "AAAAAAAA"}).content.decode()
    assert rows(Claim) == []
    for _ in range(2):
        assert client.post("/me/add", {"number": told.number, "code": told.code})["Location"] == "/me/"
    assert len(rows(Claim)) == 1 and told.number in client.get("/me/").content.decode()


def test_drafts_are_found_on_every_device(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    number = hidden(send(client, save="1").content.decode())["draft"]
    elsewhere = Client()
    with wall.open_to(wall.SYSTEM):
        Code.objects.all().delete()
    enter(elsewhere, sms)
    assert number in elsewhere.get("/me/").content.decode()
    where = elsewhere.get(f"/me/draft/{number}")["Location"]
    assert 'value="李某某"' in elsewhere.get(where).content.decode()
    stranger = Client()
    enter(stranger, sms, "13900007777")
    assert stranger.get(f"/me/draft/{number}")["Location"] == "/me/"


def test_readings_are_told_with_purpose_and_basis(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    send(client)
    case = case_now()
    people.load_grants()
    person = hall.persons["chuang"]
    cases.reveal(
        case.pk, person, "nk.scjg", purpose="核对材料", basis="行政许可法 §32", at=at("2026-10-12 10:00")
    )
    page = client.get("/me/").content.decode()
    assert "核对材料" in page and "行政许可法 §32" in page and person.name not in page


def test_everything_can_be_taken_along(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    send(client)
    archive = zipfile.ZipFile(io.BytesIO(client.get("/me/export").content))
    told = json.loads(archive.read("data.json"))
    assert told["account"]["phone"] == PHONE
    (case,) = told["cases"]
    assert case["number"] == case_now().number and "李某某" in case["personal"].values()
    files = [file["file"] for file in case["files"]]
    assert files and set(files) <= set(archive.namelist()) and archive.read(files[0]).startswith(b"%PDF")


def test_a_name_is_put_right_on_what_still_runs(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    send(client)
    assert client.post("/me/correct", {"name": "李改名"})["Location"] == "/me/"
    assert rows(Contact)[0].name == "李改名"
    assert client.post("/me/correct", {"name": "长" * 300}).status_code == 422


def test_deleting_says_what_stays_and_why_and_does_it(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    send(client)
    licence = case_now()
    told = hall.report(contact={"name": "示例居民", "phone": PHONE})
    running = hall.report(contact={"name": "示例居民", "phone": PHONE})
    for one in (told, running):
        client.post("/me/add", {"number": one.number, "code": one.code})
    with wall.open_to(wall.SYSTEM):
        Case.objects.filter(pk=told.case).update(final=True, closed_at=CLOSED)
        Case.objects.filter(pk=licence.pk).update(final=True, closed_at=CLOSED)
    send(client, save="1")
    page = client.get("/me/delete").content.decode()
    assert "法律要求保存到" in page and "还在办" in page and "另提出删除请求" in page
    assert client.post("/me/delete", {}).status_code == 200 and rows(Resident), "asked once more before"
    assert "账号删掉了" in client.post("/me/delete", {"yes": "1"}).content.decode()
    assert rows(Resident) == rows(Claim) == rows(Code) == []
    left = {contact.case_id: contact.name for contact in rows(Contact)}
    assert left == {licence.pk: "李某某", told.case: "", running.case: "示例居民"}
    assert client.get("/me/")["Location"] == "/me/login"


def test_leaving_takes_what_was_looked_at_from_the_browser(hall: District, client: Client, sms: Path) -> None:
    enter(client, sms)
    send(client)
    number = case_now().number
    client.post("/me/logout")
    assert client.get("/me/")["Location"] == "/me/login" and client.get(f"/track/{number}").status_code == 302


def test_the_receipt_shows_back_what_was_said_covered(hall: District, client: Client) -> None:
    page = client.get(send(client)["Location"]).content.decode()
    assert "李**" in page and "139****1234" in page and GOOD["contact_name"] not in page
