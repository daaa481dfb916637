"""The open interface: file a problem and follow it. The same write path and the same sentences as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Header, NinjaAPI, Query, Schema, Status
from ninja.errors import HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.renderers import BaseRenderer
from pydantic import ConfigDict, Field

from bihuan import lines
from bihuan.cases import actions, materials, queries
from bihuan.cases.edge import day_of
from bihuan.cases.shapes import BadInput, KeyConflict, NoSuchCase, Opened, Refused, TooMany, Tracked, Upload
from bihuan.core.say import Say
from bihuan.lines.forms import fields
from bihuan.lines.schema import LONGEST, schema
from bihuan.penalties.api import router as penalties
from bihuan.public.registration import router as registration
from bihuan.targets.api import Faults
from bihuan.targets.api import router as open_data

LINE = "urban_management"
KEY = 200  # characters of an idempotency key
# Said in the description, checked by the line's own form: its sentences name the field and the reason.
FILLED: dict[str, Any] = {"minLength": 1, "maxLength": LONGEST}


class AsJson(BaseRenderer):
    """JSON by orjson: datetimes as ISO 8601 with their offset."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class Words(Schema):
    """One sentence or name in both languages."""

    zh: str
    en: str


class Point(Schema):
    """Longitude and latitude in degrees; datum is WGS-84, CGCS2000, GCJ-02 or BD-09."""

    lon: Any = None
    lat: Any = None
    datum: str = "WGS-84"


class Contact(Schema):
    name: str = ""
    phone: str = ""


class ReportIn(Schema):
    """A problem: the matter by code ("管理事项:06042"), bare code or name; one sentence; the place."""

    model_config = ConfigDict(json_schema_extra={"required": ["matter", "what", "place"]})

    matter: str = Field("", examples=["管理事项:06042"], json_schema_extra=FILLED)
    what: str = Field("", examples=["东门口垃圾桶满了"], json_schema_extra=FILLED)
    detail: str = Field("", json_schema_extra={"maxLength": LONGEST})
    place: Point | None = None
    contact: Contact | None = None


class ReportForm(Schema):
    """The same as fields of a form, for requests with a photograph."""

    model_config = ConfigDict(json_schema_extra={"required": ["matter", "what", "lon", "lat"]})

    matter: str = Field("", json_schema_extra=FILLED)
    what: str = Field("", json_schema_extra=FILLED)
    detail: str = Field("", json_schema_extra={"maxLength": LONGEST})
    lon: str = ""
    lat: str = ""
    datum: str = "WGS-84"
    name: str = ""
    phone: str = ""


class Filed(Schema):
    """The receipt: with number and code anybody can follow the case. `repeated`: it had been filed before."""

    number: str
    code: str
    repeated: bool
    track: str


class StepOut(Schema):
    at: datetime
    action: str
    title: Words
    unit: str
    unit_title: Words
    by_system: bool


class ClockOut(Schema):
    """A clock: due with stops taken out, and plain without; used and gross in the unit of the figures."""

    code: str
    title: Words
    law: str
    live: bool
    due: datetime
    plain_due: datetime
    status: str
    late: bool
    plain_late: bool
    used: int
    gross: int
    unit: str
    provisional: bool


class HeldOut(Schema):
    """What one unit is charged, in seconds."""

    unit: str
    title: Words
    elapsed: int
    working: int
    stopped: int


class TrackOut(Schema):
    number: str
    line: str
    matter: Words
    title: str
    state: str
    state_title: Words
    final: bool
    outcome: str
    holder: str
    holder_title: Words
    opened: datetime
    closed: datetime | None
    due: datetime | None
    plain_due: datetime | None
    late: bool
    stopped: bool
    clocks: list[ClockOut]
    held: list[HeldOut]
    steps: list[StepOut]


api = NinjaAPI(
    title="闭环 Bihuan", version="1", docs_url=None, urls_namespace="api", renderer=AsJson(),
    description="报问题、查进度。 File a problem, follow a case. 公开的承诺和读数在 /open。 Public promises and readings are under /open. Sentences come in Chinese and English.",
)  # fmt: skip


api.add_router("/open", open_data)
api.add_router("/registration", registration)
api.add_router("/penalties", penalties)


def words(value: Any) -> dict[str, str]:
    """{zh, en} of a Say; a plain text is the same in both."""
    return {"zh": str(value), "en": value.en if isinstance(value, Say) else str(value)}


def faults(found: Sequence[tuple[str, Say]]) -> dict[str, Any]:
    return {"errors": [{"field": name} | words(say) for name, say in found]}


@api.exception_handler(ValidationError)
def bad_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is not even the right shape, as sentences at the field."""
    found = []
    for one in error.errors:
        path = [
            str(part)
            for part in one["loc"]
            if part not in ("body", "payload", "query", "path", "form", "header")
        ]
        name = ".".join(path)
        say = Say(f"“{name or '请求'}”的格式不对", f"“{name or 'request'}”: {one['msg']}")
        found.append((name, say))
    return api.create_response(request, faults(found), status=422)


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON or no form at all."""
    say = Say("请求读不出来：不是所写的格式", f"The request cannot be read: {error}")
    return api.create_response(request, faults([("", say)]), status=error.status_code)


@api.exception_handler(BadInput)
def bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    return api.create_response(
        request, faults(error.faults), status=409 if isinstance(error, KeyConflict) else 422
    )


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return api.create_response(request, faults([("", say) for say in error.reasons]), status=409)


@api.exception_handler(NoSuchCase)
def nothing(request: HttpRequest, error: NoSuchCase) -> HttpResponse:
    say = Say("没有这个编号，或者查询码不对", "There is no such number, or the code is wrong")
    return api.create_response(request, faults([("number", say)]), status=404)


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    return api.create_response(request, faults([("", error.reason)]), status=429)


@api.post(
    "/reports",
    response={201: Filed, 200: Filed, 400: Faults, 409: Faults, 422: Faults},
    summary="报问题 File a problem",
    by_alias=True,
)
def file_report(
    request: HttpRequest, payload: ReportIn, idempotency_key: str = Header("", alias="Idempotency-Key")
) -> Status[Any]:
    """File a problem. With the same Idempotency-Key the same request files once and gets the same receipt again."""
    place = payload.place.dict() if payload.place else None
    contact = payload.contact.dict() if payload.contact else {}
    return _file(request, payload.matter, payload.what, payload.detail, place, contact, (), idempotency_key)


@api.post(
    "/reports/with-photo",
    response={201: Filed, 200: Filed, 400: Faults, 409: Faults, 422: Faults},
    summary="带照片报问题 With a photograph",
)
def file_report_with_photo(
    request: HttpRequest,
    payload: Form[ReportForm],
    photo: File[UploadedFile],
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> Status[Any]:
    """The same as multipart/form-data with one photograph (JPEG, PNG or WebP, 10 MB at most)."""
    given = payload.lon or payload.lat
    place = {"lon": payload.lon, "lat": payload.lat, "datum": payload.datum} if given else None
    files = (Upload("photo", photo.name or "photo", photo.read()),)
    contact = {"name": payload.name, "phone": payload.phone}
    return _file(
        request, payload.matter, payload.what, payload.detail, place, contact, files, idempotency_key
    )


def _file(
    request: HttpRequest, matter: str, what: str, detail: str, place: dict[str, Any] | None, contact: dict[str, str],
    files: Sequence[Upload], key: str,
) -> Status[Any]:  # fmt: skip
    if len(key) > KEY or not key.isprintable():
        say = Say(
            f"幂等键最长 {KEY} 个可见字符", f"An idempotency key has at most {KEY} printable characters"
        )
        raise BadInput([("Idempotency-Key", say)])
    data = {"what": what, "detail": detail, "channel": "public", "contact_name": contact.get("name", "")}
    data["contact_phone"] = contact.get("phone", "")
    opened = actions.open_case(
        LINE, matter, by=None, unit="", at=request.now, data={k: v for k, v in data.items() if v}, place=place,  # type: ignore[attr-defined]
        files=files, key=f"api:{key}" if key else None,
    )  # fmt: skip
    return Status(200 if opened.repeated else 201, receipt(opened))


def receipt(opened: Opened) -> dict[str, Any]:
    return {
        "number": opened.number, "code": opened.code, "repeated": opened.repeated,
        "track": f"/api/track?number={opened.number}&code={opened.code}",
    }  # fmt: skip


@api.get(
    "/track", response={200: TrackOut, 404: Faults, 429: Faults, 422: Faults}, summary="查进度 Follow a case"
)
def track(
    request: HttpRequest, number: str = Query(..., max_length=64), code: str = Query(..., max_length=64)
) -> dict[str, Any]:
    """What the bearer of number and code sees: state, who holds it, both dues, time each unit held it, the steps."""
    now = request.now  # type: ignore[attr-defined]
    case = actions.look_up(number, code, source=request.META.get("REMOTE_ADDR", ""), at=now)
    return as_json(queries.tracked(case, now))


def as_json(seen: Tracked) -> dict[str, Any]:
    """A Tracked as the interface gives it; names of persons are not in it."""
    head = seen.head
    titles = {piece.charged_to: piece.charged_title for piece in seen.holdings}
    return {
        "number": head.number, "line": head.line, "matter": words(head.matter_title), "title": head.title,
        "state": head.state, "state_title": words(head.state_title), "final": head.final, "outcome": head.outcome,
        "holder": head.holder if not head.holder.startswith("r:") else "", "holder_title": words(head.holder_title),
        "opened": head.opened_at, "closed": head.closed_at, "due": head.due_at, "plain_due": head.plain_due_at,
        "late": head.late, "stopped": head.stopped,
        "clocks": [
            {
                "code": view.code, "title": words(view.title), "law": view.law, "live": view.live, "due": view.due_at,
                "plain_due": view.plain_due_at, "status": view.due.status, "late": view.due.late,
                "plain_late": view.due.plain_late, "used": view.due.used, "gross": view.due.gross,
                "unit": view.due.unit_of_figures, "provisional": view.due.provisional,
            }
            for view in seen.clocks
        ],
        "held": [
            {
                "unit": unit, "title": words(titles.get(unit, Say(unit, unit))), "elapsed": share.elapsed,
                "working": share.working, "stopped": share.stopped,
            }
            for unit, share in seen.bill.items()
        ],
        "steps": [
            {
                "at": step.effective, "action": step.name, "title": words(step.title), "unit": step.unit,
                "unit_title": words(step.unit_title), "by_system": step.automatic,
            }
            for step in seen.steps
        ],
    }  # fmt: skip


@api.get(
    "/forms/{line}/{action}",
    response={200: dict[str, Any], 404: Faults},
    summary="表单 A form as JSON Schema",
)
def form(request: HttpRequest, line: str, action: str, matter: str = "") -> Any:
    """The form that an action of a line asks to be filled in, as JSON Schema; its files stand under `x-files`, one for
    each paper of the item where `matter` names one."""
    found = lines.in_force(day_of(request.now)).get(line)  # type: ignore[attr-defined]
    if found is None or action not in found.actions:
        return Status(404, faults([("", Say("没有这张表单", "There is no such form"))]))
    return schema(found, action, materials.each(fields(found, action), matter))
