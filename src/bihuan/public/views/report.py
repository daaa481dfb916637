"""Report a problem: photo → place → what → receipt. Each step keeps what was entered; a repeated send files once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bihuan import lines
from bihuan.cases import actions, receipts, where
from bihuan.cases.edge import day_of
from bihuan.cases.maps import choose_map, pin_map, tree
from bihuan.cases.shapes import BadInput, Opened, Refused, Upload
from bihuan.core.line.parts import Matter
from bihuan.core.line.seek import seek
from bihuan.core.say import Say
from bihuan.lines.catalogue import matters_on
from bihuan.lines.everyday import EVERYDAY, LINE, WORDS, without_twins
from bihuan.places.queries import NotHere
from bihuan.public import draft

ENTERED = ("matter", "detail", "name", "phone")
LONGEST_KEPT = 4000  # characters of one answer kept in the session; the page sent back has all of it
DATUMS = ("WGS-84", "CGCS2000", "GCJ-02", "BD-09")


@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest) -> HttpResponse:
    """Step 1: a photo, or none."""
    held = draft.open_draft(request.session)
    faults: list[tuple[str, Say]] = []
    if request.GET.get("matter"):
        draft.keep(request.session, what=held.get("what", {}) | {"matter": request.GET["matter"][:64]})
    if request.method == "POST":
        file = request.FILES.get("photo")
        try:
            if file is not None:
                draft.keep_photo(
                    request.session, Upload("photo", file.name or "photo", file.read()), now(request)
                )
            elif "without" in request.POST:
                draft.keep(request.session, photo=None)
            elif not held.get("photo"):
                faults = [
                    (
                        "photo",
                        Say(
                            "还没有选照片。没有照片可以点“没有照片，直接说”",
                            "No photo chosen yet; you may go on without one",
                        ),
                    )
                ]
        except BadInput as bad:
            faults = bad.faults
        if not faults:
            return redirect("report-place")
    return page(request, "photo", {"step": 1, "held": held, "faults": faults}, 422 if faults else 200)


@require_safe
def draft_photo(request: HttpRequest) -> HttpResponse:
    """The photo of this visitor's draft."""
    held = draft.photo_of(request.session)
    if held is None:
        raise Http404
    mime = request.session[draft.NAME]["photo"]["mime"]
    return HttpResponse(held[1], content_type=mime, headers={"Cache-Control": "private, no-store"})


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Step 2: the point, from the photo, the device, the map or the list; shows its cell and why it belongs there."""
    held = draft.current(request.session)
    given = request.POST if request.method == "POST" else request.GET
    faults: list[tuple[str, Say]] = []
    found, street = None, str(given.get("street", ""))[:9]
    asked = point_of(given)
    if asked is None and "lon" in given:
        faults.append(("place", Say("坐标应当是数字", "Coordinates must be numbers")))
    point = asked or held.get("point") or from_photo(held)
    if point:
        try:
            found = where.here(*point)
        except NotHere as error:
            faults.append(("place", error.reason))
    if request.method == "POST":
        address = str(given.get("address", ""))
        draft.keep(request.session, address=address[:400])
        if found is None and not faults:
            faults.append(
                (
                    "place",
                    Say(
                        "请在地图上点出位置，或者从列表里选",
                        "Mark the place on the map, or choose it from the list",
                    ),
                )
            )
        if len(address) > 60:
            faults.append(
                (
                    "address",
                    Say(
                        f"地点写了 {len(address)} 个字，最多 60 个字",
                        f"The place has {len(address)} characters; at most 60",
                    ),
                )
            )
        if found is not None and not faults:
            draft.keep(request.session, point=[found.lon, found.lat, "WGS-84"])
            return redirect("report-what")
    shown: dict[str, Any] = {"step": 2, "held": held, "faults": faults, "here": found, "from_photo": bool(asked is None and found and not held.get("point"))}  # fmt: skip
    try:
        shown |= {
            "tree": tree(),
            "map": pin_map(found) if found and not street else choose_map(street),
            "street": street,
        }
    except NotHere as error:
        shown |= {"no_map": error.reason}
    return page(request, "place", shown, 422 if faults and request.method == "POST" else 200)


def point_of(given: Any) -> tuple[float, float, str] | None:
    """The point of a request; None where there is none or it is no number."""
    try:
        lon, lat = float(given["lon"]), float(given["lat"])
    except (KeyError, ValueError):
        return None
    datum = given.get("datum", "WGS-84")
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return None
    return lon, lat, datum if datum in DATUMS else "WGS-84"


def from_photo(held: dict[str, Any]) -> list[Any] | None:
    place = (held.get("photo") or {}).get("place")
    return [*place, "WGS-84"] if place else None


@require_safe
def what(request: HttpRequest) -> HttpResponse:
    """Step 3: what it is, from a short list or by words; a sentence and a telephone number if one likes."""
    held = draft.current(request.session)
    if not held.get("point"):
        return redirect("report-place")
    return show_what(request, held, dict.fromkeys(ENTERED, "") | held.get("what", {}), [])


def show_what(
    request: HttpRequest, held: dict[str, Any], entered: dict[str, str], faults: list[tuple[str, Say]]
) -> HttpResponse:
    day = day_of(now(request))
    line = lines.at(LINE, day)
    text = (request.GET.get("q") or "")[:80]
    rows = {row.code: row for row in matters_on(line, day)}
    found = without_twins(seek(rows.values(), text, WORDS)) if text else []
    few = [(rows[code], say) for code, say in EVERYDAY if code in rows]
    chosen = rows.get(entered["matter"])
    if chosen is not None and not found and chosen.code not in {row.code for row, _ in few}:
        found = [chosen]
    shown = {
        "step": 3, "held": held, "faults": faults, "q": text, "entered": entered,
        "few": [with_duty(request, held, row, say) for row, say in few[:8]] if not text else [],
        "found": [with_duty(request, held, row, Say(row.name, row.name_en)) for row in found],
        "here": where.here(*held["point"]) if held.get("point") else None,
    }  # fmt: skip
    return page(request, "what", shown, 422 if faults else 200)


def with_duty(
    request: HttpRequest, held: dict[str, Any], row: Matter, title: Say
) -> tuple[Matter, Say, Say | None, Say | None]:
    """A choice with the units that have the duty for it at this place, None where the list names nobody, and why it
    is not taken here now."""
    if not held.get("point"):
        return row, title, None, None
    try:
        cell = where.here(*held["point"]).cell
    except NotHere:
        return row, title, None, None
    takers = where.who_handles(LINE, row.code, cell, now(request))[1]
    return row, title, either(takers) if takers else None, where.not_taken(LINE, row.code, cell, now(request))


def either(units: Sequence[Say]) -> Say:
    """甲或乙."""
    return Say("或".join(units), " or ".join(unit.en for unit in units))


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """File the report. All of it may also come in this one request: photo, lon, lat, matter, detail, contact."""
    held = draft.current(request.session)
    given = request.POST
    if held.get("number") and given.get("key") == held["key"]:
        return redirect("report-done")
    entered = keep_entered(request)
    faults = phone_faults(entered["phone"])
    if not entered["matter"]:
        faults.append(("matter", Say("请选一个问题，或者搜一下", "Choose a problem, or search for one")))
    if not faults:
        try:
            opened = file_report(request, held, entered)
        except BadInput as bad:
            faults = bad.faults
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
        else:
            draft.keep(request.session, number=opened.number, code=opened.code)
            request.session.setdefault("tracked", {})[opened.number] = opened.case
            request.session.modified = True
            return redirect("report-done")
    return show_what(request, held, entered, faults)


@require_POST
def seek_matter(request: HttpRequest) -> HttpResponse:
    """Search the catalogue from inside the form: what was typed is kept, and stays out of the address."""
    keep_entered(request)
    text = str(request.POST.get("q", ""))[:80].strip()
    return redirect(f"{reverse('report-what')}?{urlencode({'q': text})}" if text else "report-what")


def keep_entered(request: HttpRequest) -> dict[str, str]:
    """What the third step holds so far, kept with the draft."""
    entered = {name: str(request.POST.get(name, "")) for name in ENTERED}
    draft.keep(request.session, what={name: text[:LONGEST_KEPT] for name, text in entered.items()})
    return entered


def file_report(request: HttpRequest, held: dict[str, Any], entered: dict[str, str]) -> Opened:
    given = request.POST
    point = point_of(given) or held.get("point")
    if not point:
        raise BadInput([("place", Say("请先标出位置", "Mark the place first"))])
    files = []
    photo = draft.photo_of(request.session)
    sent = request.FILES.get("photo")
    if sent is not None:
        photo = (sent.name or "photo", sent.read())
    if photo is not None:
        files.append(Upload("photo", *photo))
    said = dict(EVERYDAY).get(entered["matter"]) or name_of(entered["matter"], day_of(now(request)))
    address = str(given.get("address") or held.get("address") or "").strip()
    data = {"what": f"{address}，{said}" if address else str(said), "channel": "public"}
    if entered["detail"].strip():
        data["detail"] = entered["detail"]
    contact = {key: entered[key] for key in ("name", "phone") if entered[key].strip()}
    return actions.open_case(
        LINE, entered["matter"], by=None, unit="", at=now(request), data=data, contact=contact or None, files=files,
        place={"lon": point[0], "lat": point[1], "datum": point[2]}, key=f"report:{given.get('key') or held['key']}",
    )  # fmt: skip


def name_of(matter: str, day: int) -> str:
    """The Chinese name of a matter; an unknown one is left to the write path, which names the fault."""
    try:
        return lines.at(LINE, day).matter(matter, day).name
    except KeyError:
        return matter[:60]


def phone_faults(phone: str) -> list[tuple[str, Say]]:
    digits = [c for c in phone if c.isdigit()]
    if not phone.strip() or (7 <= len(digits) <= 15 and not (digits[0] == "1" and len(digits) != 11)):
        return []
    return [
        (
            "phone",
            Say(
                f"现在是 {len(digits)} 位，手机号应为 11 位",
                f"{len(digits)} digits so far; a mobile number has 11",
            ),
        )
    ]


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The receipt: number, code, what happens next."""
    held = request.session.get(draft.NAME, {})
    if not held.get("number"):
        return redirect("report")
    from bihuan.cases.queries import tracked

    case = request.session["tracked"][held["number"]]
    found = tracked(case, now(request))
    duty = (
        where.who_handles(LINE, found.head.matter, found.head.cell, now(request))[0]
        if found.head.cell
        else None
    )
    shown = receipts.card(found, settings.HOME) | {"section": "report", "duty": duty}
    return render(request, "public/done.html", shown)


def page(request: HttpRequest, name: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    titles = {"photo": _("拍下问题"), "place": _("在哪里"), "what": _("是什么问题")}
    shown |= {"section": "report", "heading": titles[name], "bar": shown["step"] * 33}
    return render(request, f"public/report_{name}.html", shown, status=status)


def now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]
