"""The GovStack Registration building block over our items and cases: services, forms, filing an application, reading it.

Which parts are served, and why the others are not: docs/decisions/0014-govstack.md.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from bihuan import lines
from bihuan.cases import actions, queries
from bihuan.cases.edge import day_of
from bihuan.cases.online import asked_online, missing
from bihuan.cases.shapes import BadInput, Tracked, Upload
from bihuan.core.items.parts import TARGETS, Item
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.items import queries as items
from bihuan.lines import forms
from bihuan.lines.schema import schema
from bihuan.targets.api import Faults

router = Router(tags=["GovStack Registration"])
SPACE = uuid5(NAMESPACE_URL, "bihuan:items")
GRANTED = frozenset({"granted", "given", "part", "open_already", "publication"})
SENT_BACK = "correcting"
LONGEST_KEY, MOST_PAPERS, LONGEST_PAPER = 200, 40, 14_000_000  # characters; papers; characters of one
PAPER = re.compile(r"data:([\w.+-]+/[\w.+-]+);name=([\w.-]{1,64});base64,([A-Za-z0-9+/=\s]*)", re.ASCII)
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
NO_SERVICE = Say("没有这个事项", "There is no such service")
NO_FILE = Say("没有这件，或者查询码不对", "There is no such application, or the code is wrong")


class Property(Schema):
    code: str
    value: str


class ServiceOut(Schema):
    """An item as a service; it is executable where it can be applied for here."""

    id: UUID
    name: str
    version: str
    type: Literal["None", "Private", "Public"]
    isExecutable: bool
    isClosed: bool
    description: str
    serviceBody: list[Property]


class FormRow(Schema):
    eFormId: str
    name: str
    description: str
    version: str
    latest: bool


class EForm(FormRow):
    """`schema` is the JSON Schema of the data; papers stand in it under `x-files`."""

    form: dict[str, Any] = Field(alias="schema", serialization_alias="schema")


class FormData(Schema):
    data: dict[str, Any] = Field(default_factory=dict)
    eFormId: str = ""


class Application(Schema):
    """What is filed. `applicantId` is the sender's own, it is not kept. A paper is a `data:` address that names its
    field: `data:application/pdf;name=papers.m1;base64,…`; other addresses are refused, nothing is fetched."""

    applicantId: str = Field(max_length=200)
    applicationName: str = Field("", max_length=200)
    created: datetime | None = None
    formData: FormData = Field(default_factory=FormData)
    documentUrls: list[str] = Field(default_factory=list)


class Condition(Schema):
    code: Literal["PENDING", "APPROVED", "SENDBACK", "REJECTED"]
    title: str


class Kept(Schema):
    applicantId: str
    applicationName: str
    created: datetime


class Filed(Schema):
    """`fileId` is number and query code: whoever has it reads the application, here and on the pages."""

    model_config = ConfigDict(extra="forbid")

    fileId: str
    registered: datetime
    applicantId: str
    serviceId: UUID
    serviceName: str
    status: Condition
    ended: bool
    applicationData: Kept


def faults(field: str, say: Say) -> dict[str, Any]:
    return {"errors": [{"field": field, "zh": str(say), "en": say.en}]}


def service_id(code: str) -> UUID:
    """The same for an item wherever it is asked for."""
    return uuid5(SPACE, code)


def item_of(service: UUID) -> Item | None:
    return next((one for one in items.catalogue().items.values() if service_id(one.code) == service), None)


def executable(item: Item) -> bool:
    """Whether an application for it opens a case here: for information only asking does, not what follows."""
    first = next(one for one in items.catalogue().items.values() if one.power == item.power)
    return item.line == "permits" or (item.line == "disclosure" and item.code == first.code)


def told(item: Item) -> dict[str, Any]:
    body = {
        "code": item.code, "unit": item.unit, "target": item.target, "limit": item.legal.text, "promise": item.promise.text,
        "name_en": item.title.en,
    }  # fmt: skip
    return {
        "id": service_id(item.code), "name": str(item.title), "version": str(items.edition()), "type": "Public",
        "isExecutable": executable(item), "isClosed": False, "description": f"{TARGETS[item.target]}；{item.legal_basis}",
        "serviceBody": [{"code": code, "value": value} for code, value in body.items() if value],
    }  # fmt: skip


def as_form(item: Item, day: int) -> dict[str, Any]:
    line = lines.at(item.line, day)
    asked = asked_online(line, item.code, day)
    return {
        "eFormId": item.code, "name": str(item.title), "description": item.title.en, "version": str(line.version),
        "latest": True, "schema": schema(line, line.opens_with, asked),
    }  # fmt: skip


@router.get("/services", response={200: list[ServiceOut], 422: Faults}, summary="事项 Services")
def services(request: HttpRequest, name: str = Query("", max_length=80)) -> list[dict[str, Any]]:
    """Every item, or those that answer to `name`, found as people speak, the best first."""
    now: Any = request.now  # type: ignore[attr-defined]
    if name.strip():
        return [told(hit.item) for hit in items.find(name, now.date())]
    return [told(one) for one in items.catalogue().items.values()]


@router.get(
    "/services/{serviceId}",
    response={200: ServiceOut, 404: Faults, 422: Faults},
    summary="一个事项 A service",
)
def service(request: HttpRequest, serviceId: UUID) -> Any:
    """One item."""
    item = item_of(serviceId)
    return told(item) if item else Status(404, faults("serviceId", NO_SERVICE))


@router.get(
    "/services/{serviceId}/eForms",
    response={200: list[FormRow], 404: Faults, 422: Faults},
    summary="事项的表单 Its forms",
)
def forms_of(request: HttpRequest, serviceId: UUID) -> Any:
    """The form of an item that can be applied for here; empty for any other."""
    item = item_of(serviceId)
    if item is None:
        return Status(404, faults("serviceId", NO_SERVICE))
    if not executable(item):
        return []
    return [{k: v for k, v in as_form(item, today(request)).items() if k != "schema"}]


@router.get("/eForms/{eFormId}", response={200: EForm, 404: Faults}, summary="一张表单 A form", by_alias=True)
def eform(request: HttpRequest, eFormId: str) -> Any:
    """One form with its JSON Schema; the id is the code of the item."""
    item = items.catalogue().items.get(eFormId)
    if item is None or not executable(item):
        return Status(404, faults("eFormId", Say("没有这张表单", "There is no such form")))
    return as_form(item, today(request))


@router.post(
    "/services/{serviceId}/applications",
    response={200: Filed, 400: Faults, 404: Faults, 409: Faults, 422: Faults},
    summary="递交申请 File an application",
)
def file_application(
    request: HttpRequest, serviceId: UUID, payload: Application,
    client: str = Header(..., alias="Information-Mediator-Client", max_length=200),
    key: str = Header("", alias="Idempotency-Key", max_length=LONGEST_KEY),
) -> Any:  # fmt: skip
    """File an application, by the same write path as the pages; with the same Idempotency-Key once."""
    item = item_of(serviceId)
    if item is None:
        return Status(404, faults("serviceId", NO_SERVICE))
    if not executable(item):
        say = Say(
            "这个事项还不能在这里网上办，到窗口办",
            "This service cannot be applied for here; go to the window",
        )
        return Status(409, faults("serviceId", say))
    now: Any = request.now  # type: ignore[attr-defined]
    line = lines.at(item.line, day_of(now))
    asked = asked_online(line, item.code, day_of(now))
    data = answers(payload.formData.data, asked)
    known = {"agency": item.unit} if item.line == "permits" else {"channel": "internet"}
    opened = actions.open_case(
        item.line, item.code if item.line == "permits" else "", by=None, unit="", at=now, data=data | known,
        files=papers(payload.documentUrls, line, asked, data), key=f"registration:{client}:{key}" if key else None,
    )  # fmt: skip
    found = queries.tracked(opened.case, now)
    return as_application(found, opened.code, item, payload.applicantId, payload.applicationName)


@router.get(
    "/applications/{fileId}",
    response={200: Filed, 404: Faults, 422: Faults, 429: Faults},
    summary="一件申请 An application",
)
def application(request: HttpRequest, fileId: str) -> Any:
    """The application behind a fileId: its state, and whether it has ended."""
    now: Any = request.now  # type: ignore[attr-defined]
    number, _, code = fileId.rpartition(".")
    case = actions.look_up(number[:64], code[:64], source=request.META.get("REMOTE_ADDR", ""), at=now)
    found = queries.tracked(case, now)
    item = next((one for one in items.catalogue().items.values() if _is_of(found, one)), None)
    if item is None:
        return Status(404, faults("fileId", NO_FILE))
    return as_application(found, code, item, found.head.number, "")


def _is_of(found: Tracked, item: Item) -> bool:
    head = found.head
    if head.line == "permits" == item.line:
        return head.matter.rpartition(":")[2] == item.code
    return head.line == item.line == "disclosure" and executable(item)


def as_application(found: Tracked, code: str, item: Item, applicant: str, name: str) -> dict[str, Any]:
    head = found.head
    return {
        "fileId": f"{head.number}.{code}", "registered": head.opened_at, "applicantId": applicant,
        "serviceId": service_id(item.code), "serviceName": str(item.title), "ended": head.final,
        "status": {"code": condition(head.state, head.final, head.outcome), "title": str(head.state_title)},
        "applicationData": {"applicantId": applicant, "applicationName": name, "created": head.opened_at},
    }  # fmt: skip


def condition(state: str, final: bool, outcome: str) -> str:
    """Our state in the four words of the specification: whatever ended without what was asked for is REJECTED."""
    if outcome:
        return "APPROVED" if outcome in GRANTED else "REJECTED"
    if final:
        return "REJECTED"
    return "SENDBACK" if state == SENT_BACK else "PENDING"


def answers(data: Mapping[str, Any], asked: Sequence[forms.Field]) -> dict[str, Any]:
    """The data of the form; each value may stand alone or, as the specification has it, in an object as `value`."""
    known = {one.key for one in asked if one.kind not in forms.FILES and not one.device}
    strange = [key for key in data if key not in known]
    if strange:
        raise BadInput(
            [(f"formData.data.{key[:40]}", Say("表单没有这一栏", "The form has no such field")) for key in strange[:20]]
        )  # fmt: skip
    return {
        key: value["value"] if isinstance(value, dict) and set(value) == {"value"} else value
        for key, value in data.items()
    }


def papers(
    urls: Sequence[str], line: Line, asked: Sequence[forms.Field], data: Mapping[str, Any]
) -> list[Upload]:
    """The papers in the addresses; BadInput for any other address, an unknown field, and for papers that are missing."""
    wanted = {one.key: one for one in asked if one.kind in forms.FILES}
    if len(urls) > MOST_PAPERS:
        raise BadInput([("documentUrls", Say(f"最多 {MOST_PAPERS} 份", f"At most {MOST_PAPERS} papers"))])
    found = []
    for number, url in enumerate(urls):
        match = PAPER.fullmatch(url) if len(url) <= LONGEST_PAPER else None
        if match is None or match[1] not in ENDINGS or match[2] not in wanted:
            say = Say(
                "只收 data: 地址，写明是哪一栏，PDF 或者照片，10 MB 以内，例：data:application/pdf;name=papers;base64,…",
                "Only data: addresses that name their field, PDF or picture, 10 MB at most, such as data:application/pdf;name=papers;base64,…",
            )
            raise BadInput([(f"documentUrls.{number}", say)])
        try:
            body = b64decode(match[3], validate=False)
        except binascii.Error:
            raise BadInput([(f"documentUrls.{number}", Say("不是 base64", "This is no base64"))]) from None
        found.append(Upload(match[2], f"{match[2]}.{ENDINGS[match[1]]}", body))
    if wrong := missing(line, asked, {one.kind for one in found}, data):
        raise BadInput(wrong)
    return found


def today(request: HttpRequest) -> int:
    now: Any = request.now  # type: ignore[attr-defined]
    return day_of(now)
