"""Bundles in the hall: found by occasion, what they save, one form, one receipt, the parts side by side."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Document
from bihuan.cases.tests.conftest import District
from bihuan.core.codes import invent_uscc
from bihuan.items.tests.example import load_example
from bihuan.record import keeping
from bihuan.record.tests.office import ORIGIN

APPLY = "/hall/bundles/B03/apply"
GOOD = {
    "subject": "示例面馆，长虹街道", "applicant_kind": "organisation", "uscc": invent_uscc(3), "contact_name": "李某某",
    "contact_phone": "13900001234", "delivery_way": "window",
}  # fmt: skip
NEEDED = ("layout", "equipment", "food_rules", "fire_rules")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def hall(district: District) -> District:
    load_example()
    return district


def papers(*names: str) -> dict[str, SimpleUploadedFile]:
    return {name: SimpleUploadedFile(f"{name}.pdf", PDF + name.encode()) for name in names or NEEDED}


def send(client: Client, where: str = APPLY, **more: Any) -> Any:
    key = re.search(r'name="request_key" value="(\w+)"', client.get(where).content.decode())
    assert key
    return client.post(where, GOOD | papers() | {"request_key": key[1]} | more)


def test_a_bundle_is_found_on_the_hall_and_by_the_occasion(hall: District, client: Client) -> None:
    assert client.get("/hall/").content.decode().count('href="/hall/bundles/') == 5
    found = client.get("/hall/", {"life": "开餐馆"}).content.decode()
    assert set(re.findall(r"/hall/bundles/(\w+)", found)) == {"B01", "B03"}
    assert "/hall/bundles/" not in client.get("/hall/", {"q": "护士"}).content.decode()


def test_the_page_says_who_in_which_order_and_what_it_saves(hall: District, client: Client) -> None:
    page = client.get("/hall/bundles/B01").content.decode()
    assert "等个体工商户设立、变更、注销登记办成、发了证，自动开始" in page and "区消防救援支队" in page
    row = re.search(r"自备的材料</th><td[^>]*>(\d+)</td><td[^>]*><b>(\d+)</b>", page)
    assert row and row.groups() == ("8", "7")
    assert page.count("场所平面图、布局说明") == 1 and "45 个工作日" in page
    assert client.get("/hall/bundles/B09").status_code == 404


def test_one_form_opens_a_case_at_each_unit_and_shows_them_side_by_side(
    hall: District, client: Client
) -> None:
    response = send(client, wanted=["P038-1"])
    assert response.status_code == 302, response.content.decode()[:2000]
    page = client.get(response["Location"]).content.decode()
    with wall.open_to(wall.SYSTEM):
        whole = Case.objects.get(line="bundles")
        parts = {one.matter: one for one in Case.objects.filter(parent=whole)}
        assert {one.holder for one in parts.values()} == {"nk.scjg", "nk.xfzd", "nk.zwb"}
        assert Document.objects.filter(case=parts["P055-1"], name="layout.pdf").count() == 1
    assert whole.number in page and all(one.number in page for one in parts.values()) and "李某某" not in page
    track = client.get(f"/track/{whole.number}").content.decode()
    assert "各项到哪一步" in track and track.count("待受理") >= 3
    own = client.get(f"/track/{parts['P055-1'].number}").content.decode()
    assert f"/track/{whole.number}" in own
    assert client.get(f"/track/{whole.number}/do/withdraw_rest").status_code == 200


def test_what_is_left_out_is_not_opened(hall: District, client: Client) -> None:
    assert send(client).status_code == 302
    with wall.open_to(wall.SYSTEM):
        assert set(Case.objects.exclude(parent=None).values_list("matter", flat=True)) == {"P003-1", "P055-1"}


def test_a_bundle_for_people_asks_for_no_credit_code(hall: District, client: Client) -> None:
    page = client.get("/hall/bundles/B01/apply").content.decode()
    assert 'name="uscc"' not in page and 'name="applicant_kind"' not in page and 'name="identity"' in page
    wrong = {key: value for key, value in GOOD.items() if key not in ("uscc", "applicant_kind")}
    faults = client.post("/hall/bundles/B01/apply", wrong | {"identity": "110105194912310021"})
    assert faults.status_code == 422 and 'href="#f-identity"' in faults.content.decode()
    good = Client().post("/hall/bundles/B01/apply", wrong | papers() | {"identity": "11010519491231002x"})
    assert good.status_code == 302


def test_faults_stand_at_their_fields_and_nothing_is_lost(hall: District, client: Client) -> None:
    page = send(client, contact_phone="", wanted=["P038-1"])
    text = page.content.decode()
    assert (
        page.status_code == 422 and 'href="#f-contact_phone"' in text and 'value="示例面馆，长虹街道"' in text
    )
    assert re.search(r'value="P038-1" checked', text)


def test_sent_twice_it_is_filed_once(hall: District, client: Client) -> None:
    first, again = (client.post(APPLY, GOOD | papers() | {"request_key": "k1"}) for _ in range(2))
    assert first["Location"] == again["Location"]
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.filter(line="bundles").count() == 1


def test_the_receipt_is_for_whoever_filed_it(hall: District, client: Client) -> None:
    where = send(client)["Location"]
    assert Client().get(where)["Location"] == "/track/"


def test_the_receipt_bears_the_promise_of_an_entry(
    hall: District, client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    seed = keeping.new_key(tmp_path / "record" / "promise.key")
    (tmp_path / "record" / "promise.vkey").write_text(f"{keeping.promise_key(ORIGIN, seed)}\n")
    assert "签字承诺" in client.get(send(client)["Location"]).content.decode()


def test_a_paper_that_a_part_needs_is_asked_for_and_the_others_are_kept(
    hall: District, client: Client
) -> None:
    some = {name: paper for name, paper in papers().items() if name != "fire_rules"}
    page = client.post(APPLY, GOOD | some | {"request_key": "k2"})
    text = page.content.decode()
    assert page.status_code == 422 and 'href="#f-fire_rules"' in text and "layout.pdf" in text
    assert 'name="hygiene_test"' not in text, "only what the parts of this bundle need is asked"
    draft = dict(re.findall(r'name="(draft|draft_code|seen)" value="([^"]*)"', text))
    done = client.post(APPLY, GOOD | papers("fire_rules") | draft | {"request_key": "k2"})
    assert done.status_code == 302
    with wall.open_to(wall.SYSTEM):
        fire = Case.objects.get(matter="P055-1")
        assert set(Document.objects.filter(case=fire).values_list("kind", flat=True)) == {
            "material:papers.m3", "material:papers.m4",
        }  # fmt: skip
