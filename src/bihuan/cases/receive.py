"""Makes a request ready for the write path: matter, place, files and title; every fault has its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import orjson

from bihuan.cases import answers, intake, lookup, photo, undertaken
from bihuan.cases.edge import to_date
from bihuan.cases.family import Member
from bihuan.cases.photo import Taken
from bihuan.cases.shapes import BadInput, KeyConflict, Refused, Upload
from bihuan.core.authority.duty import Place
from bihuan.core.authority.duty_list import COMMUNITY, STREET, WHOLE
from bihuan.core.case.fold import UnknownAction
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import Action
from bihuan.core.place.datum import to_wgs
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text
from bihuan.lines.catalogue import NoMatter, find_matter
from bihuan.lines.forms import title_field
from bihuan.papers.queries import ended
from bihuan.people import queries as people
from bihuan.places.queries import NotHere, place_of
from bihuan.subjects.queries import gone

NOWHERE = Place()
AREAS = {
    "community": COMMUNITY,
    "street": STREET,
    "whole": WHOLE,
}  # of a ruling, as the duty list writes them
SHOWN = 60  # characters of a long text that become the title


def request_hash(*parts: Any) -> str:
    """What an idempotency key stands for: the whole request; files by their digest."""
    plain = [[(f.kind, f.name, f.sha256) for f in p] if _are_files(p) else p for p in parts]
    return sha256(
        orjson.dumps(plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    ).hexdigest()


def _are_files(part: Any) -> bool:
    return isinstance(part, list | tuple) and bool(part) and isinstance(part[0], Taken)


def same_request(stored: str, wanted: str) -> None:
    """KeyConflict where the key stands for another request."""
    if stored != wanted:
        raise KeyConflict([("", Say(
            "这个幂等键已经用于另一个内容不同的请求,请换一个键", "This idempotency key was used for a different request; take a new one"
        ))])  # fmt: skip


def want_action(line: Line, name: str) -> None:
    if name not in line.actions:
        raise UnknownAction(Say(f"{line.title}没有操作“{name}”", f"{line.title.en} has no action {name!r}"))


def want_matter(line: Line, matter: str, day: int) -> str:
    """The full code of the matter in force on this day; BadInput says what is wrong with it."""
    if not line.matters and not matter:
        return ""
    if not matter:
        raise BadInput([("matter", Say("请选择事项", "Choose the matter"))])
    try:
        if matter in line.matters:
            return line.matter(matter, day).code
        return find_matter(line, matter, day).code
    except NoMatter as error:
        raise BadInput([("matter", error.say)]) from error
    except KeyError as error:
        say = Say(f"事项“{matter}”在这一天没有施行", f"Matter {matter!r} is not in force on this day")
        raise BadInput([("matter", say)]) from error


def want_place(line: Line, name: str, place: Mapping[str, Any] | None) -> tuple[Place, dict[str, Any]]:
    """(place, columns of the case) of a point; BadInput where it is missing or not in the district."""
    field = next((one for one in intake.fields_of(line, name) if one.kind == "place"), None)
    if place is None:
        if field is not None and field.required:
            raise BadInput(
                [(field.key, Say(f"请在地图上标出“{field.label}”", f"Mark “{field.label.en}” on the map"))]
            )
        return NOWHERE, {}
    key = field.key if field else "place"
    try:
        lon, lat = (None if place.get(k) in (None, "") else float(place[k]) for k in ("lon", "lat"))
    except (TypeError, ValueError):
        raise BadInput([(key, Say("坐标应当是数字", "Coordinates must be numbers"))]) from None
    datum = str(place.get("datum") or "WGS-84")
    try:
        found = place_of(lon, lat, datum)
    except NotHere as error:
        raise BadInput([(key, error.reason)]) from error
    assert lon is not None and lat is not None
    x, y = to_wgs(lon, lat, datum)
    return found, {"lon": round(x, 7), "lat": round(y, 7), "datum": "WGS-84", "given": [lon, lat, datum]}


def open_files(uploads: Sequence[Upload]) -> list[Taken]:
    """The files decoded and cleaned, before any lock is held; BadInput lists every faulty one."""
    faults: list[tuple[str, Say]] = []
    taken = []
    for upload in uploads:
        try:
            taken.append(photo.take(upload))
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)
    return taken


def want_files(line: Line, name: str, opened: Sequence[Taken], matter: str = "") -> list[Taken]:
    """The files as this action stores them; BadInput for one it does not take and for a missing one."""
    taken = []
    for field, one in intake.sort_files(line, name, opened, matter):
        if field.kind == "photo" and one.mime == "application/pdf":
            say = Say(f"“{field.label}”要照片,不收 PDF", f"“{field.label.en}” takes a picture, not a PDF")
            raise BadInput([(field.key, say)])
        taken.append(replace(one, kind=field.stores, personal=field.personal))
    return taken


def title_of(line: Line, given: str, plain: Mapping[str, Any]) -> str:
    """The title given, else the beginning of the form's title field; the full text stays in the data."""
    text = str(given or plain.get(title_field(line)) or "").strip()
    if given:
        answers.want_text("title", text, Say("标题", "Title"), "title")
    first = text.split("\n", 1)[0]
    return first if len(first) <= SHOWN or given else first[: SHOWN - 1] + "…"


def split_contact(personal: dict[str, Any], contact: Mapping[str, str] | None) -> dict[str, Any]:
    """{name, phone, data}: the columns of a contact from the form's personal fields and what was given apart."""
    rest = dict(personal)
    name = rest.pop("contact_name", "")
    phone = rest.pop("contact_phone", "")
    given = dict(contact or {})
    for key in ("name", "phone"):
        if given.get(key):
            answers.want_text(key, given[key], Say("姓名" if key == "name" else "电话", key), "title")
    found = {
        "name": str(given.get("name") or name)[:64],
        "phone": str(given.get("phone") or phone)[:32],
        "data": rest,
    }
    return found if any(found.values()) else {}


def name_resident(line: Line, data: dict[str, Any], number: str) -> None:
    """Where the line asks for a person in person who has no account, that person is the bearer of the code."""
    for key in intake.bearers(line):
        if not data.get(key):
            data[key] = lookup.resident(number)


def want_units(line: Line, action: str, plain: Mapping[str, Any], change: int | None) -> None:
    """Every unit a form names is one of the register; BadInput for each that is not."""
    names = people.known(change).names
    faults = [
        (field.key, Say(f"没有单位“{plain[field.key]}”", f"There is no unit {plain[field.key]!r}"))
        for field in intake.fields_of(line, action)
        if field.kind == "unit" and plain.get(field.key) and plain[field.key] not in names
    ]
    if faults:
        raise BadInput(faults)


def want_answers(line: Line, data: Mapping[str, Any], day: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what goes into the opening event, what is personal); BadInput lists every fault, also where it is in the name of an
    organisation that the register says is cancelled, or on a certificate that is no longer in force."""
    name = line.opens_with
    plain, personal = intake.clean(line, name, intake.fill(line, name, data, day))
    given, faults = plain | personal, []
    for field in intake.fields_of(line, name):
        value = given.get(field.key)
        code = value if field.kind == "organisation" else None
        if field.kind == "subject" and value and value["kind"] == "organisation":
            code = value["number"]
        why = gone(code) if code else None
        if why:
            faults.append((field.key, Say(f"“{field.label}”：{why}", f"“{field.label.en}”: {why.en}")))
    faults += ended_certificates(line, name, given, str(given.get("agency", "")), day)
    if plain.get(undertaken.WAY) == undertaken.PROMISED:
        why = undertaken.barred(plain.get("uscc", ""), personal.get("identity", ""))
        faults += [(undertaken.WAY, why)] if why else []
    if faults:
        raise BadInput(faults)
    return plain, personal


def ended_certificates(
    line: Line, action: str, given: Mapping[str, Any], unit: str, day: int
) -> list[tuple[str, Say]]:
    """A fault for every certificate that a form names and that its unit's register says is no longer in force."""
    found = []
    for field in intake.fields_of(line, action):
        value = given.get(field.key) if field.kind == "certificate" else None
        if value and (why := ended(unit, value, to_date(day))) is not None:
            found.append((field.key, Say(f"“{field.label}”：{why}", f"“{field.label.en}”: {why.en}")))
    return found


def want_in_force(member: Member, action: str, given: Mapping[str, Any], day: int) -> None:
    """BadInput where an action names a certificate that is no longer in force."""
    unit = str(member.case.parties.get("agency", ""))
    if faults := ended_certificates(member.case.line, action, given, unit, day):
        raise BadInput(faults)


def ruling_row(member: Member, action: Action, at: int, plain: Mapping[str, Any]) -> dict[str, str]:
    """The unit, area and basis of the row a ruling writes into the duty list; BadInput where it cannot."""
    scope, unit = str(plain[action.amends]), str(plain["unit"])
    code = {"street": member.street, "community": member.community}.get(scope, "")
    if scope != "whole" and not code:
        say = Say(
            "这件没有落到街道、社区,只能选全区", "The case lies in no subdistrict: only the whole district"
        )
        raise BadInput([(action.amends, say)])
    area = f"{AREAS[scope]}:{code}" if code else AREAS[scope]
    ground = str(plain.get("text", "")).strip().replace("\n", " ")
    return {
        "unit": unit,
        "area": area,
        "basis": f"指挥中心裁定 {member.number}（{day_text(at // 86400)}）：{ground}",
    }


def no_post(unit: str) -> Refused:
    """Two hats are two requests: nobody acts for a unit where they hold no post that day."""
    return Refused([Say(
        f"你今天在单位“{unit}”没有岗位,不能代表它办理", f"You hold no post in unit {unit!r} today and cannot act for it"
    )])  # fmt: skip
