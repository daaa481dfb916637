"""Reports filed by other programs, and the cases and steps they may read: GeoReport's rows from ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from bihuan.cases import actions, queries
from bihuan.cases.edge import LOCAL, day_of
from bihuan.cases.maps import tell
from bihuan.cases.published import Moved, Published, Wanted, published, steps
from bihuan.cases.shapes import BadInput, KeyConflict, NoSuchCase, Opened, Refused, TooMany, Upload
from bihuan.core.say import Say
from bihuan.lines import at as line_at
from bihuan.people.queries import program_of
from bihuan.places.queries import point_of_cell
from bihuan.public.open311.documents import Unwell
from bihuan.public.open311.services import LINE, matter_code, name, service_code

SPAN = timedelta(days=90)  # GeoReport: a list reaches over 90 days at most
MOST = 1000  # and holds 1,000 rows at most
SHOWN = 60  # characters of a description that become the case's sentence
STATES = {"open": False, "closed": True}
FIELDS = {
    "what": "description",
    "detail": "description",
    "place": "lat, long",
    "photo": "media",
}  # ours → theirs


def wanted(given: Mapping[str, str], now: datetime) -> Wanted:
    """The filters of a list; Unwell 400 names what cannot be read."""
    numbers = _listed(given.get("service_request_id", ""))
    if numbers:
        return Wanted(LINE, numbers=numbers[:MOST])
    until = _moment(given, "end_date")
    since = _moment(given, "start_date")
    if since is None:
        since = (until or now) - SPAN
    if (until or now) - since > SPAN + timedelta(days=1):
        until = since + SPAN
    states = {_state(text) for text in _listed(given.get("status", ""))}
    codes = [matter_code(text, day_of(now)) for text in _listed(given.get("service_code", ""))]
    return Wanted(LINE, since, until, (), codes, states.pop() if len(states) == 1 else None)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _state(text: str) -> bool:
    if text not in STATES:
        raise Unwell(
            400,
            Say(
                f"status 只能是 open 或 closed，不是“{text[:20]}”",
                f"status is open or closed, not {text[:20]!r}",
            ),
        )
    return STATES[text]


def _moment(given: Mapping[str, str], key: str) -> datetime | None:
    text = given.get(key, "").strip()
    if not text:
        return None
    try:
        found = parse_datetime(text.replace(" ", "+"))  # a plus sign that came unescaped is a blank
        found = found or parse_datetime(f"{text}T00:00:00")
    except ValueError:
        found = None
    if found is None:
        raise Unwell(400, Say(f"{key} 不是时间：“{text[:40]}”，例 2026-11-24T08:00:00+08:00",
                              f"{key} is no moment: {text[:40]!r}; for example 2026-11-24T08:00:00+08:00"))  # fmt: skip
    return found if found.tzinfo else found.replace(tzinfo=LOCAL)


def list_of(given: Mapping[str, str], now: datetime) -> list[dict[str, Any]]:
    """The newest cases that answer to the filters."""
    return [row(one) for one in published(wanted(given, now), MOST)]


def one(number: str) -> list[dict[str, Any]]:
    """The one case, as a list; Unwell 404."""
    found = published(Wanted(LINE, numbers=[number.upper()]), 1)
    if not found:
        raise Unwell(404, Say(f"没有办件“{number[:32]}”", f"There is no request {number[:32]!r}"))
    return [row(found[0])]


def row(case: Published) -> dict[str, Any]:
    """A case as GeoReport shows it. The point is one inside its grid cell; what people wrote is not published."""
    lon, lat = point_of_cell(case.cell) or (None, None)
    return {
        "service_request_id": case.number,
        "status": "closed" if case.final else "open",
        "status_notes": tell(case.state_title),
        "service_name": tell(case.matter_title),
        "service_code": service_code(case.matter),
        "description": tell(case.matter_title),
        "agency_responsible": tell(case.holder_title),
        "service_notice": None,
        "requested_datetime": _iso(case.opened_at),
        "updated_datetime": _iso(case.moved_at),
        "expected_datetime": _iso(case.due_at),
        "address": tell(case.street_title),
        "address_id": case.cell,
        "zipcode": None,
        "lat": lat,
        "long": lon,
        "media_url": None,
    }


def updates(given: Mapping[str, str], now: datetime) -> list[dict[str, Any]]:
    """Steps of the cases, the newest first: each with the status it left the request in."""
    return [_update(step) for step in steps(wanted(given, now), MOST)]


def _update(step: Moved) -> dict[str, Any]:
    return {
        "update_id": f"{step.number}.{step.seq}",
        "service_request_id": step.number,
        "status": "closed" if step.final else "open",
        "updated_datetime": _iso(step.at),
        "description": tell(step.title),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LOCAL).isoformat(timespec="seconds")


def token(text: str, source: str, now: datetime) -> list[dict[str, Any]]:
    """The request behind a token (number and look-up code with a dot between); Unwell 404."""
    number, _, code = text.partition(".")
    try:
        case = actions.look_up(number, code, source=source, at=now)
    except NoSuchCase:
        raise Unwell(404, Say("没有这个凭证", "There is no such token")) from None
    except TooMany as error:
        raise Unwell(429, error.reason) from error
    return [{"service_request_id": queries.tracked(case, now).head.number, "token": text}]


def file_request(
    given: Mapping[str, str], media: Sequence[Upload], key: str, now: datetime
) -> list[dict[str, Any]]:
    """File a report for a program with a key; Unwell says everything that is wrong with it at once."""
    program = program_of(given.get("api_key", ""), now.astimezone(LOCAL).date())
    if not program:
        raise Unwell(403, Say("缺少 api_key，或者它无效", "api_key is missing or not valid"))
    if not given.get("service_code", "").strip():
        raise Unwell(400, Say("没有写 service_code", "service_code is missing"))
    matter = matter_code(given["service_code"].strip(), day_of(now))
    try:
        opened = actions.open_case(
            LINE, matter, by=None, unit="", at=now, data=_data(given, matter, program, now), place=_place(given),
            files=media, key=f"open311:{program}:{key}" if key else None,
        )  # fmt: skip
    except KeyConflict as bad:
        raise Unwell(409, *(say for _, say in bad.faults)) from bad
    except BadInput as bad:
        raise Unwell(400, *(_named(field, say) for field, say in bad.faults)) from bad
    except Refused as refused:
        raise Unwell(400, *refused.reasons) from refused
    return [
        {"service_request_id": opened.number, "service_notice": tell(_notice(opened)), "account_id": None}
    ]


def _notice(opened: Opened) -> Say:
    code = opened.code
    return Say(
        f"查询码 {code}：凭编号和查询码可以看每一步，也可以说“没有解决”。",
        f"Code {code}: with number and code anybody can follow each step, or say that it is not solved.",
    )


def _named(field: str, say: Say) -> Say:
    theirs = FIELDS.get(field, field)
    return Say(f"{theirs}：{say}", f"{theirs}: {say.en}") if theirs else say


def _place(given: Mapping[str, str]) -> dict[str, str]:
    lat, lon = given.get("lat", "").strip(), given.get("long", "").strip()
    if not (lat and lon):
        raise Unwell(400, Say(
            "请给出 lat 和 long：本系统不按地址文字定位", "lat and long are required: an address in words cannot be located here",
        ))  # fmt: skip
    return {"lon": lon, "lat": lat, "datum": "WGS-84"}


def _data(given: Mapping[str, str], matter: str, program: str, now: datetime) -> dict[str, str]:
    """What the opening form of the line asks for. Device and account numbers are not taken: nothing here needs them."""
    told = given.get("description", "").strip()
    first = told.split("\n", 1)[0]
    day = day_of(now)
    what = first[:SHOWN] or name(line_at(LINE, day).matter(matter, day))
    address = given.get("address_string", "").strip()
    more = [told] if told != what else []
    if given.get("media_url", "").strip():
        more.append(f"照片地址：{given['media_url'].strip()}")  # kept as said: the server fetches nothing
    called = f"{given.get('last_name', '').strip()}{given.get('first_name', '').strip()}"
    found = {
        "what": f"{address}，{what}" if address else what,
        "detail": "\n".join(more),
        "channel": "app",
        "program": program,
        "contact_name": called,
        "contact_phone": given.get("phone", "").strip(),
        "contact_email": given.get("email", "").strip(),
    }
    return {key: value for key, value in found.items() if value}
