"""The open interface: files once, follows, and says at which field what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Contact, Document
from bihuan.cases.tests.conftest import BIN, POINT, District, picture
from bihuan.core.place.datum import wgs_to_gcj

GOOD: dict[str, Any] = {"matter": BIN, "what": "东门口垃圾桶满了", "place": POINT}


def post(client: Client, data: Any, key: str = "", path: str = "/api/reports") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, json.dumps(data), content_type="application/json", headers=headers)


def fields(response: Any) -> dict[str, str]:
    """Field → Chinese sentence; every sentence has English too."""
    found = response.json()["errors"]
    assert all(one["zh"] and one["en"] for one in found)
    return {one["field"]: one["zh"] for one in found}


def cases() -> int:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.count()


def test_files_and_follows(district: District, client: Client) -> None:
    response = post(
        client, GOOD | {"detail": "袋子堆到盲道上😀", "contact": {"name": "王某某", "phone": "13800002716"}}
    )
    assert response.status_code == 201
    filed = response.json()
    assert filed["number"].startswith("CG20") and len(filed["code"]) == 8 and not filed["repeated"]
    with wall.open_to(wall.SYSTEM):
        contact = Contact.objects.get()
        assert (contact.name, contact.phone) == ("王某某", "13800002716")
    seen = client.get(filed["track"]).json()
    assert seen["number"] == filed["number"] and seen["state"] == "reported"
    assert seen["state_title"] == {"zh": "待受理", "en": "Reported"}
    assert [step["action"] for step in seen["steps"]] == ["report"]
    assert seen["clocks"] and seen["due"]
    assert "王" not in json.dumps(seen, ensure_ascii=False)


def test_time_each_unit_held_it(district: District, client: Client) -> None:
    case = district.dispatched()
    seen = client.get("/api/track", {"number": case.number, "code": case.code}).json()
    held = {row["unit"]: row for row in seen["held"]}
    assert held["nk.jiandu"]["working"] == 20 * 60 and held["nk.zhihui"]["working"] == 5 * 60
    assert seen["holder"] == "nk.cgw" and seen["holder_title"]["en"]


def test_the_same_request_files_once(district: District, client: Client) -> None:
    first, again = post(client, GOOD, "k-1"), post(client, GOOD, "k-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"repeated": True}
    assert cases() == 1
    other = post(client, GOOD | {"what": "别的"}, "k-1")
    assert other.status_code == 409 and "幂等键" in fields(other)[""]
    assert post(client, GOOD).status_code == 201 and cases() == 2


GCJ = dict(zip(("lon", "lat"), wgs_to_gcj(POINT["lon"], POINT["lat"]), strict=True))
BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("nothing", {"matter": "", "what": "", "place": None}, "what", "请填写"),
    ("no place", {"place": None}, "place", "请在地图上标出"),
    ("null island", {"place": {"lon": 0, "lat": 0}}, "place", "(0, 0)"),
    ("outside", {"place": {"lon": 116.4, "lat": 39.9}}, "place", "南开区"),
    ("swapped", {"place": {"lon": 39.117, "lat": 117.1255}}, "place", "纬度"),
    ("words for numbers", {"place": {"lon": "东", "lat": "北"}}, "place", "数字"),
    ("unknown datum", {"place": POINT | {"datum": "XYZ"}}, "place", "XYZ"),
    ("unknown code", {"matter": "99999"}, "matter", "99999"),
    ("a code of both kinds", {"matter": "01001"}, "matter", "2 个"),
    ("100,000 characters", {"what": "长" * 100_000}, "what", "100,000"),
    ("control characters", {"what": "垃圾\u0000桶"}, "what", "控制字符"),
    ("a place in words", {"place": "东门"}, "place", "没有经度和纬度"),
    ("wrong shape", {"what": ["东门"]}, "what", "格式"),
]


@pytest.mark.parametrize(("change", "field", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_a_sentence_at_the_field(
    district: District, client: Client, change: dict[str, Any], field: str, says: str
) -> None:
    response = post(client, GOOD | change)
    assert response.status_code == 422
    assert says in fields(response)[field]
    assert cases() == 0


def test_a_shifted_point_is_taken_when_it_says_so(district: District, client: Client) -> None:
    response = post(client, GOOD | {"place": GCJ | {"datum": "GCJ-02"}})
    assert response.status_code == 201
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.get()
    assert abs(case.lon - POINT["lon"]) < 1e-5 and abs(case.lat - POINT["lat"]) < 1e-5
    assert case.datum == "WGS-84"


def with_photo(client: Client, body: bytes) -> Any:
    data = {"matter": BIN, "what": "满了", "lon": "117.1255", "lat": "39.1170"}
    photo = SimpleUploadedFile("a.jpg", body, "image/jpeg")
    return client.post("/api/reports/with-photo", data | {"photo": photo})


def test_a_photo_comes_along(district: District, client: Client) -> None:
    assert with_photo(client, picture()).status_code == 201
    with wall.open_to(wall.SYSTEM):
        assert Document.objects.get().kind == "evidence:report"


@pytest.mark.parametrize(
    ("body", "says"),
    [(b"", "空"), (b"not a picture at all", "不是照片"), (picture(800, 600)[:-100], "损坏")],
    ids=["empty", "text", "cut"],
)
def test_a_bad_photo(district: District, client: Client, body: bytes, says: str) -> None:
    response = with_photo(client, body)
    assert response.status_code == 422 and says in fields(response)["photo"]
    assert cases() == 0


def test_a_huge_photo(district: District, client: Client) -> None:
    response = with_photo(client, picture() + b"\0" * 10_500_000)
    assert response.status_code == 422 and "10 MB" in fields(response)["photo"]


def test_what_is_no_json(district: District, client: Client) -> None:
    response = client.post("/api/reports", "{", content_type="application/json")
    assert response.status_code == 400 and "读不出来" in fields(response)[""]


def test_wrong_codes_are_counted(district: District, client: Client) -> None:
    case = district.report()
    for _ in range(10):
        response = client.get("/api/track", {"number": case.number, "code": "WRONG"})
        assert response.status_code == 404 and "查询码" in fields(response)["number"]
    response = client.get("/api/track", {"number": case.number, "code": case.code})
    assert response.status_code == 429 and "分钟" in fields(response)[""]


def test_the_description_declares_every_answer(client: Client) -> None:
    text = client.get("/api/openapi.json").json()
    assert set(text["paths"]["/api/reports"]["post"]["responses"]) == {"200", "201", "400", "409", "422"}
    assert set(text["paths"]["/api/track"]["get"]["responses"]) == {"200", "404", "422", "429"}


def test_a_form_is_told_as_json_schema(district: District, client: Client) -> None:
    form = client.get("/api/forms/disclosure/apply").json()
    assert form["type"] == "object" and form["properties"]["wanted"]["title"] == "要什么信息"
    assert form["x-files"]["identity"]["x-proof"] == "identity"
    for where in ("/api/forms/disclosure/fly", "/api/forms/none/apply"):
        assert client.get(where).status_code == 404
