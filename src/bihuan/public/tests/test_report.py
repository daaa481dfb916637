"""Reporting a problem: three steps and a receipt, nothing lost on the way, one case however often it is sent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Contact, Document
from bihuan.cases.tests.conftest import BIN, POINT, District, picture

AT = {"lon": str(POINT["lon"]), "lat": str(POINT["lat"])}


def count() -> int:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.count()


def photo(body: bytes | None = None, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if body is None else body, "image/jpeg")


def to_what(client: Client, **place: str) -> str:
    """Go to the third step without a photo; the key of the form."""
    assert client.post("/report/", {"without": "1"}).status_code == 302
    response = client.post("/report/place", AT | {"address": "南丰路 62 号旁"} | place)
    assert response.status_code == 302
    found = re.search(r'name="key" value="(\w+)"', client.get("/report/what").content.decode())
    assert found
    return found[1]


def test_photo_place_what_receipt(district: District, client: Client) -> None:
    response = client.post("/report/", {"photo": photo()})
    assert response.status_code == 302 and response["Location"] == "/report/place"
    assert client.get("/report/photo")["Content-Type"] == "image/jpeg"
    page = client.get("/report/place", AT).content.decode()
    assert "为什么归这里" in page and "120104001" in page
    client.post("/report/place", AT | {"address": "南丰路 62 号旁"})
    page = client.get("/report/what").content.decode()
    assert "垃圾桶满了" in page and "南丰路 62 号旁" in page
    key = re.search(r'name="key" value="(\w+)"', page)
    assert key
    sent = {"key": key[1], "matter": BIN, "detail": "袋子堆到盲道上😀", "phone": "13800002716"}
    response = client.post("/report/send", sent)
    assert response.status_code == 302 and response["Location"] == "/report/done"
    page = client.get("/report/done").content.decode()
    with wall.open_to(wall.SYSTEM):
        case, contact, document = (
            Case.objects.get(),
            Contact.objects.get(),
            Document.objects.get(kind="evidence:report"),
        )
    assert case.number in page and "查询码" in page and "13800002716" not in page
    assert case.title.startswith("南丰路 62 号旁") and case.matter == BIN and case.cell.startswith("120104")
    assert contact.phone == "13800002716" and document.case_id == case.pk
    assert client.get(f"/track/{case.number}/code.svg")["Content-Type"] == "image/svg+xml"
    assert Client().get(f"/track/{case.number}/code.svg").status_code == 404


def test_sent_again_it_is_the_same_case(district: District, client: Client) -> None:
    sent = {"key": to_what(client), "matter": BIN}
    for _ in range(3):
        assert client.post("/report/send", sent)["Location"] == "/report/done"
    assert count() == 1
    client.get("/report/")  # a new one begins
    assert to_what(client) != sent["key"]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (photo(b""), "空"),
        (photo(b"not a picture", "b.jpg"), "不是照片"),
        (photo(picture(800, 600)[:-100]), "损坏"),
        (photo(picture() + b"\0" * 10_500_000), "10 MB"),
    ],
    ids=["empty", "text", "cut", "huge"],
)
def test_a_bad_photo_says_why(
    district: District, client: Client, file: SimpleUploadedFile, says: str
) -> None:
    file.seek(0)
    response = client.post("/report/", {"photo": file})
    page = response.content.decode()
    assert response.status_code == 422 and says in page and 'href="#f-photo"' in page


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ({}, "请在地图上点出位置"),
        ({"lon": "0", "lat": "0"}, "(0, 0)"),
        ({"lon": "116.40", "lat": "39.90"}, "南开区"),
        ({"lon": "39.1170", "lat": "117.1255"}, "纬度"),
        ({"lon": "东", "lat": "北"}, "数字"),
        ({"lon": "nan", "lat": "inf"}, "数字"),
    ],
    ids=["none", "null island", "outside", "swapped", "words", "not finite"],
)
def test_a_bad_place_says_why_and_keeps_the_address(
    district: District, client: Client, point: dict[str, str], says: str
) -> None:
    client.post("/report/", {"without": "1"})
    response = client.post("/report/place", point | {"address": "南丰路 62 号旁"})
    page = response.content.decode()
    assert response.status_code == 422 and says in page and "南丰路 62 号旁" in page
    assert client.get("/report/what")["Location"] == "/report/place"


def test_a_point_of_a_phone_map_is_moved(district: District, client: Client) -> None:
    from bihuan.core.place.datum import wgs_to_gcj

    lon, lat = wgs_to_gcj(POINT["lon"], POINT["lat"])
    to_what(client, lon=str(lon), lat=str(lat), datum="GCJ-02")
    point = client.session["report"]["point"]
    assert abs(point[0] - POINT["lon"]) < 1e-5 and abs(point[1] - POINT["lat"]) < 1e-5


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"matter": ""}, "matter", "请选一个问题"),
        ({"matter": "99999"}, "matter", "99999"),
        ({"matter": "01001"}, "matter", "2 个"),
        ({"detail": "长" * 100_000}, "detail", "100,000"),
        ({"detail": "桶\x00满"}, "detail", "控制字符"),
        ({"phone": "1380000271"}, "phone", "10 位"),
    ],
    ids=["none", "unknown", "both kinds", "long", "control", "short phone"],
)
def test_a_bad_answer_says_why_and_keeps_the_rest(
    district: District, client: Client, change: dict[str, str], field: str, says: str
) -> None:
    sent: dict[str, Any] = {
        "key": to_what(client),
        "matter": BIN,
        "detail": "门口两个桶",
        "phone": "13800002716",
        "name": "王某某",
    }
    response = client.post("/report/send", sent | change)
    page = response.content.decode()
    assert response.status_code == 422 and count() == 0
    assert f'href="#f-{field}"' in page and says in page
    for name in ("phone", "name"):
        if name not in change:
            assert f'value="{sent[name]}"' in page
    if "detail" not in change:
        assert "门口两个桶" in page
    if "matter" not in change:
        assert re.search(rf'value="{BIN}" checked', page)


def test_searching_the_catalogue_keeps_what_was_typed(district: District, client: Client) -> None:
    key = to_what(client)
    response = client.post(
        "/report/seek", {"key": key, "q": "路灯", "detail": "第三根杆子", "phone": "13800002716"}, follow=True
    )
    page = response.content.decode()
    assert "路灯" in page and "第三根杆子" in page and 'value="13800002716"' in page
    assert "13800002716" not in response.redirect_chain[0][0]


def test_all_in_one_request(district: District, client: Client) -> None:
    response = client.post(
        "/report/send", AT | {"matter": BIN, "photo": photo(), "address": "东门口", "key": "k1"}
    )
    assert response.status_code == 302 and count() == 1


def test_it_works_in_english_and_without_script(district: District, client: Client) -> None:
    client.cookies["django_language"] = "en"
    client.post("/report/", {"without": "1"})
    page = client.get("/report/place").content.decode()
    street = re.search(r'href="\?street=(\d{9})"', page)
    assert street
    page = client.get(f"/report/place?street={street[1]}").content.decode()
    cell = re.search(r'href="\?lon=([\d.]+)&amp;lat=([\d.]+)"', page)
    assert cell
    page = client.get(f"/report/place?lon={cell[1]}&lat={cell[2]}").content.decode()
    assert "Why it belongs here" in page or "Why" in page
    assert client.post("/report/place", {"lon": cell[1], "lat": cell[2]}).status_code == 302
