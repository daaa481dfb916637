"""Demonstration zones at the desk: which street has one, boundaries that wait for approval, proposing and ruling."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.edge import day_of, to_date
from bihuan.cases.maps import zones_map
from bihuan.core.place.zones import square_km
from bihuan.core.say import Say
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.views.beats import read_day
from bihuan.desk.views.beats import why_not as why_not_rule
from bihuan.people import queries as people
from bihuan.places import actions as places
from bihuan.places.queries import NotHere, division_names, streets
from bihuan.places.roster import Unfit
from bihuan.places.sheet import sheet
from bihuan.places.zones import proposals, zone_story, zones_on

LARGEST = 1_000_000  # bytes of a boundary
POSTS = frozenset({"head", "acceptor", "officer"})


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def zones(request: DeskRequest) -> HttpResponse:
    """Every street with its zone; what waits for approval; the form to propose one."""
    day = day_of(request.now)
    faults: list[tuple[str, Say]] = []
    try:
        known = sheet()
    except NotHere as error:
        return show(request, "zones", "coverage", reason=error.reason)
    if request.method == "POST":
        faults = rule(request) if request.POST.get("zone") else propose(request)
        if not faults:
            return redirect("desk-zones")
    now, waiting = zones_on(to_date(day)), proposals()
    names = {code: Say(*pair) for code, pair in division_names().items()}
    by_street: dict[str, list[Any]] = {}
    for row in now:
        by_street.setdefault(row.street, []).append(row)
    persons = people.names_of({row.proposed_by for row in waiting})
    rows = [(street, names.get(street.code, Say(street.name, street.name)), [shown(z) for z in by_street.get(street.code, [])]) for street in streets(to_date(day))]  # fmt: skip
    return show(
        request, "zones", "coverage", rows=rows, without=sum(not found for _, _, found in rows), faults=faults,
        waiting=[{**shown(row), "by": Say(*persons.get(row.proposed_by, ("", ""))), "street": names.get(row.street, Say(row.street, row.street)), "own": row.proposed_by == request.acting.actor.id} for row in waiting],
        drawn=zones_map(known, now, waiting), may_rule=not why_not_rule(request), mine=own_streets(request), given=request.POST,
        streets=[(code, names.get(code, Say(code, code))) for code in own_streets(request)], codes=[(z.code, z.name) for z in now if z.street in own_streets(request)],
        today=to_date(day).isoformat(), answer=422 if faults else 200,
    )  # fmt: skip


@at_desk
@require_safe
def zone(request: DeskRequest, code: str) -> HttpResponse:
    """Every boundary this zone has had, been offered or been refused."""
    story = zone_story(code)
    if not story:
        raise Http404
    persons = people.names_of({p for row in story for p in (row.proposed_by, row.ruled_by)})
    rows = [{**shown(row), "by": Say(*persons.get(row.proposed_by, ("", ""))), "ruler": Say(*persons.get(row.ruled_by, ("", "")))} for row in story]  # fmt: skip
    now = [row for row in story if row.agreed and row.until is None]
    return show(
        request, "zone", "coverage", code=code, name=story[0].name, rows=rows,
        drawn=zones_map(sheet(), now, [row for row in story if row not in now][:1], street=story[0].street),
    )  # fmt: skip


def shown(row: Any) -> dict[str, Any]:
    return {"row": row, "area": square_km(row.area)}


def own_streets(request: DeskRequest) -> list[str]:
    """The streets whose zones somebody may propose: all for the centre, a street office its own."""
    acting = request.acting
    if not POSTS & set(acting.posts):
        return []
    if not why_not_rule(request) or "acceptor" in acting.posts:
        return list(sheet().streets)
    own = people.division_of(acting.unit)
    return [own] if own in sheet().streets else []


def propose(request: DeskRequest) -> list[tuple[str, Say]]:
    """Record a proposed boundary; what is wrong with it."""
    sent, street = request.POST, request.POST.get("street", "")
    if street not in own_streets(request):
        return [("street", Say("请选街道；街道的示范区由本街道或者监督中心提出", "Choose a subdistrict; its own office or the supervision centre proposes"))]  # fmt: skip
    polygon, faults = boundary(request)
    if polygon is None:
        return faults
    try:
        places.propose_zone(
            street, sent.get("name", ""), polygon, sent.get("reason", ""), code=sent.get("code", ""),
            by=request.acting.actor.id, at=request.now, day=day_of(request.now),
        )  # fmt: skip
    except Unfit as error:
        return error.faults
    messages.success(request, _("已提出，等另一个人批"))
    return []


def boundary(request: DeskRequest) -> tuple[Any, list[tuple[str, Say]]]:
    """(GeoJSON geometry, faults) from the file or the text."""
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > LARGEST:
        return None, [("polygon", Say("文件太大", "The file is too large"))]
    text = (
        file.read().decode("utf-8-sig", "replace")
        if file is not None
        else request.POST.get("polygon", "")[:LARGEST]
    )
    try:
        read = json.loads(text)
        if isinstance(read, dict) and read.get("type") == "FeatureCollection":
            (read,) = read["features"]
        if isinstance(read, dict) and read.get("type") == "Feature":
            read = read["geometry"]
    except (ValueError, KeyError, TypeError) as error:
        return None, [("polygon", Say(f"不是 GeoJSON：{str(error)[:80]}", f"No GeoJSON: {str(error)[:80]}"))]
    if not isinstance(read, dict):
        return None, [("polygon", Say("不是 GeoJSON 的多边形", "No GeoJSON polygon"))]
    return read, []


def rule(request: DeskRequest) -> list[tuple[str, Say]]:
    """Agree to a proposed boundary or refuse it; what is wrong with it."""
    sent, reason = request.POST, why_not_rule(request)
    if reason is not None:
        return [("", reason)]
    since, faults = read_day(sent, "since", needed=True)
    number = sent.get("zone", "")
    if since is None or not number.isdecimal() or len(number) > 18:
        return faults or [("", Say("没有这个待批的边界", "No such boundary waits for approval"))]
    try:
        places.rule_zone(
            int(number),
            "agree" in sent,
            sent.get("note", ""),
            since,
            by=request.acting.actor.id,
            at=request.now,
        )
    except Unfit as error:
        return error.faults
    messages.success(request, _("已同意") if "agree" in sent else _("已退回"))
    return []
