"""GeoReport v2: the same write path for foreign programs, the answers in XML and JSON, every fault as a sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as xml

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Contact, Document
from bihuan.cases.tests.conftest import POINT, District, picture
from bihuan.people import actions as people
from bihuan.places.queries import place_of

HOME = "/open311/v2"


@pytest.fixture
def key(district: District) -> str:
    return people.issue_key("示例应用", "app@example.cn", date(2016, 1, 1))


def good(key: str, **more: str) -> dict[str, str]:
    filed = {"api_key": key, "service_code": "E06042", "lat": str(POINT["lat"]), "long": str(POINT["lon"])}
    return filed | {"description": "东门口垃圾桶满了"} | more


def told(client: Client, path: str, /, **query: str) -> Any:
    response = client.get(f"{HOME}/{path}.json", query)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def tree(response: Any) -> xml.Element:
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return xml.fromstring(response.content)


def faults(response: Any) -> list[tuple[int, str]]:
    rows = [(int(one.findtext("code") or 0), one.findtext("description") or "") for one in tree(response)]
    assert rows and {code for code, _ in rows} == {response.status_code}
    return rows


def test_discovery_and_services_say_the_same_in_both_forms(district: District, client: Client) -> None:
    found = tree(client.get("/open311/discovery.xml"))
    assert found.findtext("endpoints/endpoint/url") == "http://testserver/open311/v2"
    assert [one.text for one in found.iter("format")] == ["text/xml", "application/json"]
    services = told(client, "services")
    assert len(services) == 403 and {one["type"] for one in services} == {"realtime"}
    rows = list(tree(client.get(f"{HOME}/services.xml")))
    assert {one.tag for one in rows} == {"service"}
    assert [one.findtext("service_code") for one in rows] == [one["service_code"] for one in services]
    assert len({one["service_code"] for one in services}) == 403
    twins = {one["service_code"] for one in services} & {"C01001", "E01001"}
    assert twins == {"C01001", "E01001"}  # one number, two kinds
    english = json.loads(client.get(f"{HOME}/services.json", headers={"Accept-Language": "en"}).content)
    assert english[0]["service_name"].isascii()
    assert told(client, "services/E06042") == {"service_code": "E06042", "attributes": []}


def test_a_program_files_and_the_resident_follows(key: str, client: Client) -> None:
    photo = SimpleUploadedFile("bin.jpg", picture(640, 480, 90), "image/jpeg")
    sent = good(key, first_name="某某", last_name="王", phone="13800002716", email="w@example.cn",
                address_string="文化艺术馆东门", device_id="不要")  # fmt: skip
    response = client.post(f"{HOME}/requests.xml", sent | {"media": photo})
    assert response.status_code == 201
    filed = tree(response).find("request")
    assert filed is not None and tree(response).tag == "service_requests"
    number, notice = filed.findtext("service_request_id") or "", filed.findtext("service_notice") or ""
    with wall.open_to(wall.SYSTEM):
        case, contact = Case.objects.get(), Contact.objects.get()
        assert Document.objects.get().kind == "evidence:report"
    assert (
        case.number == number
        and case.matter == "管理事项:06042"
        and case.title == "文化艺术馆东门，东门口垃圾桶满了"
    )
    assert (case.data["channel"], case.data["program"]) == ("app", "示例应用")
    assert (contact.name, contact.phone, contact.data) == (
        "王某某",
        "13800002716",
        {"contact_email": "w@example.cn"},
    )
    assert "不要" not in json.dumps(case.data, ensure_ascii=False)
    code = notice.split("：")[0].removeprefix("查询码 ")
    assert client.get("/api/track", {"number": number, "code": code}).status_code == 200
    again = f"{number}.{code}"
    assert told(client, f"tokens/{again}") == [{"service_request_id": number, "token": again}]
    wrong = client.get(f"{HOME}/tokens/{number}.00000000.xml")
    assert faults(wrong) == [(404, "没有这个凭证")]


def test_everybody_reads_the_state_but_no_text_no_person_no_exact_place(key: str, client: Client) -> None:
    sent = good(key, description="我家三楼王某某门口", phone="13800002716")
    number = json.loads(client.post(f"{HOME}/requests.json", sent).content)[0]["service_request_id"]
    (row,) = told(client, f"requests/{number}")
    assert row == told(client, "requests")[0]
    assert (row["status"], row["status_notes"], row["service_code"]) == ("open", "待受理", "E06042")
    assert row["expected_datetime"] and row["requested_datetime"].endswith("+08:00")
    shown = client.get(f"{HOME}/requests/{number}.xml").content.decode()
    for secret in ("王", "三楼", "13800002716", str(POINT["lat"]), str(POINT["lon"])):
        assert secret not in shown
    assert (
        place_of(row["long"], row["lat"]).cell
        == place_of(POINT["lon"], POINT["lat"]).cell
        == row["address_id"]
    )


def test_a_case_that_moves_is_seen_to_move(district: District, client: Client) -> None:
    case = district.dispatched()
    (row,) = told(client, f"requests/{case.number}")
    assert row["agency_responsible"] == "区城市管理委员会" and row["status"] == "open"
    assert row["updated_datetime"] == "2026-10-12T09:25:00+08:00"
    span = {"start_date": "2026-10-12T00:00:00+08:00", "end_date": "2026-10-13T00:00:00Z"}
    steps = told(client, "servicerequestupdates", **span)
    assert [one["service_request_id"] for one in steps] == [case.number] * len(steps) and len(steps) >= 3
    assert steps[0]["updated_datetime"] == row["updated_datetime"] and steps[0]["description"] == "派遣"
    late = told(
        client, "servicerequestupdates", start_date="2026-10-12T09:20:00 08:00", end_date="2026-10-13"
    )
    assert 0 < len(late) < len(steps)
    assert told(client, "requests", **span, status="open") and not told(
        client, "requests", **span, status="closed"
    )
    assert told(client, "requests", **span, status="open,closed", service_code="E06042,C01001")
    assert not told(client, "requests", **span, service_code="C01001")
    assert not told(
        client, "requests", start_date="2025-01-01", end_date="2026-10-13"
    )  # 90 days from the start
    assert [one["service_request_id"] for one in told(client, "requests", service_request_id=f"{case.number}, CG0")] == [case.number]  # fmt: skip


def test_the_same_request_files_once(key: str, client: Client) -> None:
    headers = {"Idempotency-Key": "k-1"}
    first, again = (client.post(f"{HOME}/requests.json", good(key), headers=headers) for _ in range(2))
    assert first.content == again.content and first.status_code == 201
    other = client.post(f"{HOME}/requests.xml", good(key, description="别的"), headers=headers)
    assert faults(other)[0][0] == 409
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 1


BAD: list[tuple[dict[str, str], int, str]] = [
    ({"api_key": ""}, 403, "api_key"),
    ({"api_key": "guessed"}, 403, "api_key"),
    ({"service_code": ""}, 400, "service_code"),
    ({"service_code": "E99999"}, 404, "E99999"),
    ({"service_code": "06042"}, 404, "06042"),
    ({"jurisdiction_id": "sfgov.org"}, 404, "sfgov.org"),
    ({"lat": ""}, 400, "lat"),
    ({"lat": "", "long": "", "address_string": "鼓楼"}, 400, "lat"),
    ({"lat": "0", "long": "0"}, 400, "(0, 0)"),
    ({"lat": "北", "long": "东"}, 400, "数字"),
    ({"lat": "39.9", "long": "116.4"}, 400, "南开区"),
    ({"description": "字" * 100_000}, 400, "description"),
    ({"description": "桶\x00满了"}, 400, "description"),
]


@pytest.mark.parametrize(("change", "status", "named"), BAD)
def test_bad_reports_are_refused_with_the_reason(
    key: str, client: Client, change: dict[str, str], status: int, named: str
) -> None:
    response = client.post(f"{HOME}/requests.xml", good(key) | change)
    assert response.status_code == status
    assert any(named in say for _, say in faults(response))
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("requests/CG1.xml", 404, "CG1"),
        ("requests.xml?status=done", 400, "status"),
        ("requests.xml?start_date=gestern", 400, "start_date"),
        ("requests.xml?end_date=2026-13-45", 400, "end_date"),
        ("requests.xml?service_code=Z1", 404, "Z1"),
        ("services/E99999.xml", 404, "E99999"),
        ("services.yaml", 404, "yaml"),
    ],
)
def test_bad_questions_get_a_sentence(
    district: District, client: Client, path: str, status: int, named: str
) -> None:
    response = client.get(f"{HOME}/{path}")
    assert response.status_code == status and named in faults(response)[0][1]


def test_a_photo_that_is_none_is_refused_by_its_name(key: str, client: Client) -> None:
    sent = good(key) | {"media": SimpleUploadedFile("x.jpg", b"not a picture", "image/jpeg")}
    response = client.post(f"{HOME}/requests.xml", sent)
    assert response.status_code == 400 and faults(response)[0][1].startswith("media：")


def test_only_get_lists(district: District, client: Client) -> None:
    assert faults(client.post(f"{HOME}/services.xml"))[0][0] == 405


def test_an_ended_key_files_nothing(key: str, client: Client) -> None:
    people.end_key("示例应用", date(2026, 1, 1))
    assert client.post(f"{HOME}/requests.xml", good(key)).status_code == 403
