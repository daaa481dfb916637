"""Applying for information: the form of the line, faults at their field, one case however often it is sent."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Contact, Document
from bihuan.cases.tests.conftest import District, picture
from bihuan.hall.tests.conftest import hidden

GOOD = {
    "wanted": "2025 年区管道路大修计划", "form": "electronic", "contact_name": "李某某", "contact_phone": "13900001234",
}  # fmt: skip


def send(client: Client, **more: Any) -> Any:
    page = client.get("/hall/apply").content.decode()
    return client.post("/hall/apply", GOOD | hidden(page) | more)


def count() -> int:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.count()


def test_an_application_gives_a_receipt(district: District, client: Client) -> None:
    response = send(client, identity=SimpleUploadedFile("id.jpg", picture(), "image/jpeg"))
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    with wall.open_to(wall.SYSTEM):
        case, contact, document = (
            Case.objects.get(),
            Contact.objects.get(),
            Document.objects.exclude(kind__startswith="letter").get(),
        )
    assert case.number in page and case.line == "disclosure" and case.state == "submitted"
    assert case.title == GOOD["wanted"] and case.data.get("channel") == "internet"
    assert (contact.name, contact.phone) == ("李某某", "13900001234")
    assert document.personal and document.kind == "evidence:identity"
    assert "李某某" not in page


def test_sent_twice_it_is_filed_once(district: District, client: Client) -> None:
    first = client.post("/hall/apply", GOOD | {"request_key": "a1"})
    again = client.post("/hall/apply", GOOD | {"request_key": "a1"})
    assert first["Location"] == again["Location"] and count() == 1


def test_what_is_missing_stands_at_its_field_and_the_rest_is_kept(district: District, client: Client) -> None:
    response = send(client, wanted="", contact_phone="", detail="说明<b>一句</b>")
    page = response.content.decode()
    assert response.status_code == 422 and count() == 0
    assert 'href="#f-wanted"' in page and 'href="#f-contact_phone"' in page and "还差 2 处" in page
    assert "说明&lt;b&gt;一句&lt;/b&gt;" in page and 'value="李某某"' in page
    assert re.search(r'value="electronic" checked', page)


def test_too_long_and_invisible(district: District, client: Client) -> None:
    page = send(client, wanted="长" * 100_000).content.decode()
    assert "100,000" in page and "2,000" in page
    page = send(client, wanted="文件\x07").content.decode()
    assert "控制字符" in page and count() == 0


def test_a_bad_file_says_so(district: District, client: Client) -> None:
    response = send(client, identity=SimpleUploadedFile("id.jpg", b"text", "image/jpeg"))
    page = response.content.decode()
    assert response.status_code == 422 and "不是照片" in page


def test_english(district: District, client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get("/hall/apply").content.decode()
    assert "What information" in page and 'lang="en"' in page


def test_the_receipt_is_only_for_its_bearer(district: District, client: Client) -> None:
    where = send(client)["Location"]
    assert Client().get(where).status_code == 302
