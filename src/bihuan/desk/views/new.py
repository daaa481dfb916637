"""Entering a case at the desk, as it is told on the telephone: which business → where → what → the form → number and code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases import actions, entry, intake, kept, lookup, materials, queries, undertaken, where
from bihuan.cases.edge import day_of, to_instant
from bihuan.cases.maps import choose_map, pin_map, tree
from bihuan.cases.near import near
from bihuan.cases.sent_table import form_key
from bihuan.cases.shapes import BadInput, CasePage, NoSuchCase, Refused, Upload
from bihuan.core.line.parts import Line, Matter
from bihuan.core.line.seek import seek
from bihuan.core.say import Say
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.counter import known_of, lines_for, matters_for
from bihuan.lines.catalogue import matters_on
from bihuan.lines.everyday import EVERYDAY, WORDS
from bihuan.lines.forms import Field, defaults, fields
from bihuan.places.queries import NotHere

ENTERED = "entered"  # session key: the numbers this person entered, whose code may be shown again
OTHERS = frozenset(
    {"program", "contact_email", "part_of", "told"}
)  # what other programs or the split itself say
TOLD = QueryDict("channel=hotline")  # most of what is entered at a desk is told on the telephone


@at_desk
@require_safe
def start(request: DeskRequest) -> HttpResponse:
    """Which business; a unit that takes in one only goes straight on."""
    found = list(lines_for(request.acting.unit, day_of(request.now)).items())
    if len(found) == 1:
        return redirect("desk-new-where", found[0][0])
    return show(request, "new", "new", found=found, answer=200 if found else 403)


@at_desk
@require_safe
def place(request: DeskRequest, line: str) -> HttpResponse:
    """Where: a street, a cell, a point; straight on where the business has no place."""
    text = wanted(request, line)
    if not any(field.kind == "place" for field in fields(text, text.opens_with)):
        return redirect("desk-new-what", line)
    found, fault = point(request)
    street, split = request.GET.get("street", "")[:9], part_of(request)
    drawn = pin_map(found) if found and not street else choose_map(street)
    if split is not None:  # links of the map stay within the split
        drawn = drawn.replace('href="?', f'href="?part_of={split.head.number}&amp;')
    return show(
        request, "new_place", "new", split=split, line=text, code=line, here=found, fault=fault, street=street, tree=tree(),
        map=drawn, query=query(request),
        onward=f"{reverse('desk-new-what', args=[line])}?{query(request)}",
    )  # fmt: skip


@at_desk
@require_safe
def matter(request: DeskRequest, line: str) -> HttpResponse:
    """What: the catalogue by words, the everyday ones first; each with the unit that has the duty there."""
    text = wanted(request, line)
    if not text.matters:
        return redirect(f"{reverse('desk-new-form', args=[line])}?{query(request)}")
    found, _ = point(request)
    words = request.GET.get("q", "")[:80].strip()
    day = day_of(request.now)
    rows = {row.code: row for row in matters_for(line, request.acting.unit, day, matters_on(text, day))}
    if words:
        chosen = seek(rows.values(), words, WORDS)
    else:
        chosen = [rows[code] for code, _ in EVERYDAY if code in rows] or list(rows.values())
    return show(
        request, "new_matter", "new", split=part_of(request), line=text, code=line, q=words, here=found, total=len(rows), query=query(request),
        rows=[(row, takers(request, line, row, found), query(request, matter=row.code)) for row in chosen],
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: DeskRequest, line: str) -> HttpResponse:
    """The opening form, and filing it; a repeated send files once."""
    text = wanted(request, line)
    day = day_of(request.now)
    asked = asked_of(text, request.GET.get("matter", ""), day)
    asked = tuple(f for f in asked if f.key not in known_of(line, "", request.acting.unit))
    key = form_key(request)
    faults: list[tuple[str, Say]] = []
    reasons: list[Say] = []
    if request.method == "POST":
        files = entry.read_files(asked, request.FILES)
        given = {upload.kind for upload in files}
        files += [upload for upload in kept.laid_aside(request.session, key) if upload.kind not in given]
        try:
            opened = file(request, line, asked, files, key)
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            reasons = refused.reasons
        else:
            kept.drop(request.session, key)
            request.session[ENTERED] = [*request.session.get(ENTERED, []), opened.number][-50:]
            if told := request.GET.get("part_of"):
                return redirect("desk-case", told)
            return redirect("desk-new-done", opened.number)
        wrong = {field for field, _ in faults}
        kept.lay_aside(
            request.session, key, [upload for upload in files if upload.kind not in wrong], request.now
        )
    found, _ = point(request)
    row = matter_of(text, request.GET.get("matter", ""), day)
    if row and row not in matters_for(line, request.acting.unit, day, [row]):
        raise Http404
    entered = request.POST if request.method == "POST" else TOLD
    shown = entry.ask(text, asked, day, unit=request.acting.unit, entered=entered)
    return show(
        request, "new_form", "new", answer=422 if faults else 409 if reasons else 200, split=part_of(request), line=text, code=line, asked=shown,
        faults=faults, reasons=reasons, key=key, here=found, matter=row, query=query(request),
        takers=takers(request, line, row, found) if row else None,
        near=near(text, row.code, found.cell[:9], found.lon, found.lat, to_instant(request.now)) if row and found else (),
        kept=[upload.name for upload in kept.laid_aside(request.session, key)],
    )  # fmt: skip


def file(request: DeskRequest, line: str, asked: Sequence[Field], files: list[Upload], key: str) -> Any:
    """Open the case on behalf of the unit one sits for."""
    acting, given = request.acting, request.GET
    split = part_of(request)
    spot = {"lon": given["lon"], "lat": given["lat"]} if given.get("lon") and given.get("lat") else None
    if split is not None:
        return actions.split_off(
            split.head.id, given.get("matter", ""), by=acting.actor.id, unit=acting.unit, at=request.now,
            data=entry.read(asked, request.POST), place=spot, files=files, key=f"part:{acting.actor.id}:{key}",
        )  # fmt: skip
    text, data = lines.at(line, day_of(request.now)), entry.read(asked, request.POST)
    data |= known_of(line, given.get("matter", ""), request.acting.unit)
    by, unit, data = intake.told_for(text, data, acting.actor.id, acting.unit)
    return actions.open_case(
        line, given.get("matter", ""), by=by, unit=unit, at=request.now, data=data, place=spot, files=files,
        key=f"new:{acting.actor.id}:{key}",
    )  # fmt: skip


@at_desk
@require_safe
def done(request: DeskRequest, number: str) -> HttpResponse:
    """Number and code, to be read out to whoever called."""
    if number not in request.session.get(ENTERED, []):
        raise Http404
    return show(request, "new_done", "new", number=number, secret=lookup.code_of(number))


def wanted(request: DeskRequest, code: str) -> Line:
    """The line, if this unit takes in its cases."""
    found = lines_for(request.acting.unit, day_of(request.now)).get(code)
    if found is None:
        raise Http404
    return found


def asked_fields(line: Line, day: int) -> list[Field]:
    """What the clerk fills in: not the place, nor what the line itself knows, nor who holds the code."""
    known = defaults(line, line.opens_with, day).keys() | intake.bearers(line) | OTHERS
    return [f for f in fields(line, line.opens_with) if f.kind != "place" and f.key not in known]


def asked_of(line: Line, matter: str, day: int) -> tuple[Field, ...]:
    """The fields for one matter: its papers one by one, and the choice of an undertaking where it has one."""
    found = materials.each(asked_fields(line, day), matter)
    return undertaken.fields_for(line, found, matter, day) if line.code == undertaken.LINE else found


def point(request: DeskRequest) -> tuple[where.Here | None, Say | None]:
    """The point of the address, or what is wrong with it."""
    if not (request.GET.get("lon") and request.GET.get("lat")):
        return None, None
    try:
        return where.here(float(request.GET["lon"]), float(request.GET["lat"])), None
    except ValueError:
        return None, Say("坐标应当是数字", "Coordinates must be numbers")
    except NotHere as error:
        return None, error.reason


def query(request: DeskRequest, **more: str) -> str:
    """The steps so far as they are carried on in the address; nothing personal is in it."""
    held = {key: request.GET[key][:64] for key in ("lon", "lat", "matter", "part_of") if request.GET.get(key)}
    return urlencode(held | more)


def part_of(request: DeskRequest) -> CasePage | None:
    """The report that the new case is split off, where this person may split it; Http404 where not."""
    number = request.GET.get("part_of", "")[:32]
    if not number:
        return None
    try:
        page = queries.case_page(number, request.acting.actor, request.now, request.acting.stamps)
    except (NoSuchCase, Refused):
        raise Http404 from None
    if not any(choice.name == "split" for choice in page.allowed):
        raise Http404
    return page


def matter_of(line: Line, code: str, day: int) -> Matter | None:
    return next((row for row in matters_on(line, day) if row.code == code), None)


def takers(request: DeskRequest, line: str, row: Matter, found: where.Here | None) -> tuple[Say, ...]:
    """The units that have the duty for this matter at this place."""
    return where.who_handles(line, row.code, found.cell, request.now)[1] if found else ()
