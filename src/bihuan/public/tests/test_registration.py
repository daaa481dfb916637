"""GovStack Registration: what we answer is what its specification (version 0.1.1) describes, told here in our words."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import uuid4

import jsonschema_rs
import pytest
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Case, Document
from bihuan.cases.tests.conftest import District, district, seed
from bihuan.hall.tests.office import GOOD
from bihuan.items import queries
from bihuan.items.tests.example import load_example
from bihuan.public.registration import condition, service_id

__all__ = ["district", "seed"]
HOME = "/api/registration"
MEDIATOR = {"HTTP_INFORMATION_MEDIATOR_CLIENT": "示例/GOV/90000009/bihuan".encode().decode("latin-1")}
TEXT, FLAG, MOMENT = {"type": "string"}, {"type": "boolean"}, {"type": "string", "format": "date-time"}
UUID = {"type": "string", "format": "uuid"}


def shape(needed: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": needed.split(), "properties": properties}


SERVICE = shape(
    "id name type version", id=UUID, name=TEXT, version=TEXT, type={"enum": ["None", "Private", "Public"]},
    isExecutable=FLAG, isClosed=FLAG, description=TEXT,
    serviceBody={"type": "array", "items": shape(code=TEXT, value=TEXT) | {"additionalProperties": False}},
) | {"additionalProperties": False}  # fmt: skip
FORM_ROW = shape(eFormId=TEXT, name=TEXT, description=TEXT, version=TEXT, latest=FLAG) | {
    "additionalProperties": False
}
FORM = shape(eFormId=TEXT, name=TEXT, description=TEXT, version=TEXT, latest=FLAG, schema={"type": "object"})
STATUS = shape(code={"enum": ["PENDING", "APPROVED", "SENDBACK", "REJECTED"]}, title=TEXT)
APPLICATION = shape(
    "applicantId serviceId applicationData", fileId=TEXT, registered=MOMENT, serviceId=UUID, serviceName=TEXT, status=STATUS,
    ended=FLAG, applicationData=shape(
        "applicantId", applicationName=TEXT, applicantId=TEXT, created=MOMENT,
        formData=shape(data={"type": "object"}, eFormId=TEXT), documentUrls={"type": "array", "items": TEXT},
    ),
)  # fmt: skip
DATA = GOOD


def cases() -> list[Case]:
    with wall.open_to(wall.SYSTEM):
        return list(Case.objects.all())


def conforms(schema: dict[str, Any], said: Any) -> None:
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(said)


@pytest.fixture
def example(district: District) -> None:
    load_example("2026-10-12 09:00")


def paper(name: str) -> str:
    return f"data:application/pdf;name={name};base64,{b64encode(b'%PDF-1.4 example').decode()}"


def papers(code: str) -> list[str]:
    return [paper(f"papers.{one.key}") for one in queries.materials_of(code) if one.asked and not one.later]


def send(client: Client, code: str, data: Any = DATA, urls: Any = None, **headers: str) -> Any:
    body = {
        "applicantId": "their-own-7",
        "applicationName": "示例",
        "formData": {"data": data, "eFormId": code},
    }
    body["documentUrls"] = papers(code) if urls is None else urls
    return client.post(
        f"{HOME}/services/{service_id(code)}/applications", body, content_type="application/json", **MEDIATOR, **headers
    )  # fmt: skip


def test_services_and_forms_are_as_the_specification_describes(example: None, client: Client) -> None:
    every = client.get(f"{HOME}/services").json()
    assert len(every) == len(queries.catalogue().items)
    conforms({"type": "array", "items": SERVICE}, every)
    assert len({one["id"] for one in every}) == len(every)
    found = client.get(f"{HOME}/services", {"name": "我想开饭馆"}).json()
    assert found[0]["name"].startswith("食品经营许可") and found[0]["isExecutable"]
    assert client.get(f"{HOME}/services", {"name": "火箭发射"}).json() == []
    one = client.get(f"{HOME}/services/{found[0]['id']}")
    assert one.status_code == 200 and one.json() == found[0]
    rows = client.get(f"{HOME}/services/{found[0]['id']}/eForms").json()
    conforms({"type": "array", "items": FORM_ROW}, rows)
    form = client.get(f"{HOME}/eForms/{rows[0]['eFormId']}").json()
    conforms(FORM, form)
    assert set(form["schema"]["required"]) == {*DATA} - {"uscc"} and "papers.m1" in form["schema"]["x-files"]
    assert not {"agency", "applicant", "received_on", "late_reason"} & set(form["schema"]["properties"])


def test_what_cannot_be_applied_for_here_says_so(example: None, client: Client) -> None:
    marriage = client.get(f"{HOME}/services/{service_id('C001-1')}").json()
    assert marriage["isExecutable"] is False
    assert client.get(f"{HOME}/services/{service_id('C001-1')}/eForms").json() == []
    assert client.get(f"{HOME}/eForms/C001-1").status_code == 404
    assert send(client, "C001-1").status_code == 409


def test_what_there_is_not_is_404(example: None, client: Client) -> None:
    nowhere = f"{HOME}/services/{uuid4()}"
    for where in (nowhere, f"{nowhere}/eForms", f"{HOME}/eForms/none"):
        assert client.get(where).status_code == 404
    body = {"applicantId": "x"}
    response = client.post(f"{nowhere}/applications", body, content_type="application/json", **MEDIATOR)
    assert response.status_code == 404


def test_an_application_opens_a_case_and_is_read_by_its_file_id(example: None, client: Client) -> None:
    response = send(client, "P003-1")
    assert response.status_code == 200, response.content.decode()
    filed = response.json()
    conforms(APPLICATION, filed)
    (case,) = cases()
    assert (case.line, case.state) == ("permits", "submitted") and case.matter.endswith("P003-1")
    with wall.open_to(wall.SYSTEM):
        assert Document.objects.count() == len(papers("P003-1")) > 0
    assert (
        filed["status"]["code"] == "PENDING"
        and filed["ended"] is False
        and filed["applicantId"] == "their-own-7"
    )
    assert filed["serviceId"] == str(service_id("P003-1"))
    again = client.get(f"{HOME}/applications/{filed['fileId']}").json()
    conforms(APPLICATION, again)
    assert again["fileId"] == filed["fileId"] and again["status"] == filed["status"]
    assert GOOD["contact_name"] not in str(again) and GOOD["contact_phone"] not in str(again)
    number = filed["fileId"].rpartition(".")[0]
    assert client.get(f"{HOME}/applications/{number}.WRONG").status_code == 404
    assert client.get(f"{HOME}/applications/{number}").status_code == 404


def test_values_may_stand_in_objects_as_the_specification_has_it(example: None, client: Client) -> None:
    assert send(client, "P003-1", {key: {"value": value} for key, value in DATA.items()}).status_code == 200


def test_a_request_for_information_opens_its_own_line(example: None, client: Client) -> None:
    data = {"wanted": "示例文件", "form": "electronic", "contact_name": "示例居民", "contact_phone": "19900001234", "applicant_kind": "citizen"}  # fmt: skip
    response = send(client, "S008-1", data, [paper("identity")])
    assert response.status_code == 200, response.content.decode()
    conforms(APPLICATION, response.json())
    assert [case.line for case in cases()] == ["disclosure"]
    assert client.get(f"{HOME}/applications/{response.json()['fileId']}").json()["serviceId"] == str(
        service_id("S008-1")
    )
    assert send(client, "S008-2", data).status_code == 409


def test_a_key_files_once(example: None, client: Client) -> None:
    first, second = (send(client, "P003-1", HTTP_IDEMPOTENCY_KEY="k1").json() for _ in range(2))
    assert first["fileId"] == second["fileId"] and len(cases()) == 1


@pytest.mark.parametrize(
    ("data", "urls", "field"),
    [
        (DATA | {"subject": ""}, None, "subject"),
        (DATA | {"agency": "nk.gov"}, None, "formData.data.agency"),
        (
            DATA | {"sources": "uscc：账号"},
            None,
            "formData.data.sources",
        ),  # only the hall says what it filled in
        (DATA, [], "papers.m1"),
        (DATA, ["https://example.org/a.pdf"], "documentUrls.0"),
        (DATA, [paper("nothing")], "documentUrls.0"),
        (DATA, ["data:application/pdf;name=papers.m1;base64,A"], "documentUrls.0"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_filed(
    example: None, client: Client, data: Any, urls: Any, field: str
) -> None:
    response = send(client, "P003-1", data, urls)
    assert response.status_code == 422, response.content.decode()
    assert field in {one["field"] for one in response.json()["errors"]} and not cases()


def test_the_header_of_the_mediator_is_required(example: None, client: Client) -> None:
    response = client.post(
        f"{HOME}/services/{service_id('P003-1')}/applications", {"applicantId": "x"}, content_type="application/json"
    )  # fmt: skip
    assert response.status_code == 422 and not cases()


@pytest.mark.parametrize(
    ("state", "final", "outcome", "word"),
    [("submitted", False, "", "PENDING"), ("correcting", False, "", "SENDBACK"), ("issued", True, "granted", "APPROVED"),
     ("watched", False, "granted", "APPROVED"), ("denied", True, "denied", "REJECTED"), ("withdrawn", True, "withdrawn", "REJECTED"),
     ("abandoned", True, "", "REJECTED")],
)  # fmt: skip
def test_our_states_in_the_four_words(state: str, final: bool, outcome: str, word: str) -> None:
    assert condition(state, final, outcome) == word
