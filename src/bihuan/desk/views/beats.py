"""Responsibility cells at the desk: who is on duty today, one beat with its collectors, leave, and the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan import lines
from bihuan.cases import kept
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.sent_table import SHOWN, NoTable, form_key, sent_table
from bihuan.core.place.beats import Roster
from bihuan.core.say import Say
from bihuan.core.table import Unreadable
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.lines.intake import taken_in_by
from bihuan.people import queries as people
from bihuan.places import actions as places
from bihuan.places import queries
from bihuan.places.beats_sheet import COLUMNS, BeatSheet, read_beats
from bihuan.places.queries import NotHere, division_names
from bihuan.places.roster import LINE, Unfit, WatchRow, beat_story, leaves

LARGEST = 5_000_000  # bytes of a table


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def beats(request: DeskRequest) -> HttpResponse:
    """Every beat with who is on duty in each shift of today; leave is recorded here."""
    day, faults = day_of(request.now), []
    if request.method == "POST":
        faults = give_leave(request)
        if not faults:
            messages.success(request, _("请假和替班已登记"))
            return redirect("desk-beats")
    roster = queries.roster(day)
    cells = by_beat(roster, day)
    staff = collectors(day)
    coming = leaves(day)
    names = people.names_of(
        {*staff, *persons_of(roster), *(x.person for x in coming), *(x.deputy for x in coming)}
    )
    rows = [
        {
            "code": code, "name": name, "cells": len(cells.get(code, ())),
            "duty": [[said(one.person, one.owner, names) for one in roster.of_beat(code, shift.code, day)] for shift in roster.shifts],
        }
        for code, name in queries.beat_names().items()
    ]  # fmt: skip
    return show(
        request, "beats", "coverage", rows=rows, shifts=[(shift.title, shift.hours, shift.zones) for shift in roster.shifts],
        leaves=[{"row": x, "person": person(x.person, names), "deputy": person(x.deputy, names)} for x in coming],
        staff=[(pk, person(pk, names)) for pk in staff], may=not why_not(request), faults=faults, given=request.POST,
        today=to_date(day).isoformat(), answer=422 if faults else 200,
    )  # fmt: skip


def give_leave(request: DeskRequest) -> list[tuple[str, Say]]:
    """Record the leave that was filled in; what is wrong with it."""
    reason = why_not(request)
    if reason is not None:
        return [("", reason)]
    since, until, faults = two_days(request.POST, "since", "until", needed=True)
    if since is None or until is None or faults:
        return faults
    try:
        places.give_leave(
            request.POST.get("person", ""), request.POST.get("deputy", ""), since, until, request.POST.get("reason", ""),
            collectors=collectors(day_of(request.now)), by=request.acting.actor.id, at=request.now,
        )  # fmt: skip
    except Unfit as error:
        return error.faults
    return []


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def beat(request: DeskRequest, code: str) -> HttpResponse:
    """One beat: its cells, who holds it and held it; assign and end."""
    day, faults = day_of(request.now), []
    names_of_beats = queries.beat_names()
    if code not in names_of_beats:
        raise Http404
    if request.method == "POST":
        faults = change_watch(request, code)
        if not faults:
            return redirect("desk-beat", code=code)
    story, roster, staff = beat_story(code), queries.roster(day), collectors(day)
    names = people.names_of({*staff, *(watch.person for watch in story)})
    titles = {shift.code: shift.title for shift in roster.shifts}
    rows = [
        {"row": one, "person": person(one.person, names), "shift": titles.get(one.shift, Say(one.shift, one.shift)),
         "now": one.until is None or one.until > to_date(day)}
        for one in story
    ]  # fmt: skip
    communities: dict[str, int] = {}
    for cell in by_beat(roster, day).get(code, ()):
        communities[cell[:12]] = communities.get(cell[:12], 0) + 1
    divisions = division_names()
    return show(
        request, "beat", "coverage", code=code, name=names_of_beats[code], rows=rows, shifts=titles.items(), faults=faults,
        communities=[(Say(*divisions.get(c, (c, c))), n) for c, n in sorted(communities.items())], given=request.POST,
        staff=[(pk, person(pk, names)) for pk in staff], may=not why_not(request), today=to_date(day).isoformat(),
        cells=sum(communities.values()), answer=422 if faults else 200,
    )  # fmt: skip


def change_watch(request: DeskRequest, code: str) -> list[tuple[str, Say]]:
    """Assign a collector, or end a holding; what is wrong with it."""
    reason = why_not(request)
    if reason is not None:
        return [("", reason)]
    by, sent = request.acting.actor.id, request.POST
    try:
        if sent.get("end", "").isdecimal() and len(sent["end"]) < 19:
            until, faults = read_day(sent, "stop", needed=True)
            if until is None:
                return faults
            places.end_watch(int(sent["end"]), until, by=by)
            messages.success(request, _("已登记止日"))
            return []
        since, until, faults = two_days(sent, "since", "until", needed=False)
        if since is None or faults:
            return faults
        if sent.get("shift") not in {shift.code for shift in queries.shifts(day_of(request.now))}:
            return [("shift", Say("请选班次", "Choose a shift"))]
        row = WatchRow(code, sent["shift"], sent.get("person", ""), since, until)
        places.assign(row, collectors=collectors(day_of(request.now)), by=by)
    except Unfit as error:
        return error.faults
    messages.success(request, _("采集员已登记"))
    return []


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: DeskRequest) -> HttpResponse:
    """Cells or collectors from a table: shown first, then recorded."""
    reason = why_not(request)
    key = form_key(request)
    if request.method != "POST" or reason:
        return load_page(request, key, reason=reason, answer=403 if reason else 200)
    day = day_of(request.now)
    try:
        sent = sent_table(request, key, LARGEST)
    except NoTable as none:
        return load_page(request, key, faults=[("table", none.say)])
    since, faults = read_day(request.POST, "since", needed=True)
    staff = collectors(day)
    try:
        sheet = read_beats(
            sent.name, sent.body, cells=frozenset(queries.tiling().codes), beats=frozenset(queries.beat_names()),
            accounts={name: pk for pk, name in people.accounts_of(staff).items()}, shifts=queries.shifts(day),
        )  # fmt: skip
    except Unreadable as error:
        kept.drop(request.session, key)
        return load_page(request, key, faults=[("table", error.say)])
    except NotHere as error:
        return load_page(request, key, faults=[("", error.reason)])
    if since is None or faults or sheet.bad or "record" not in request.POST:
        return load_page(
            request, key, sheet=sheet, name=sent.name, faults=faults, answer=422 if faults else 200
        )
    try:
        done = places.record_beats(sheet.beats, since=since, by=request.acting.actor.id) if sheet.beats else (
            places.record_watches(sheet.watches, collectors=staff, by=request.acting.actor.id)
        )  # fmt: skip
    except Unfit as error:
        return load_page(request, key, sheet=sheet, name=sent.name, faults=error.faults)
    kept.drop(request.session, key)
    messages.success(
        request,
        _("新增 %(added)d，调整 %(changed)d，移出 %(removed)d")
        % {"added": done.added, "changed": done.changed, "removed": done.removed},
    )
    return redirect("desk-beats")


def load_page(
    request: DeskRequest, key: str, *, sheet: BeatSheet | None = None, name: str = "", reason: Say | None = None,
    faults: list[tuple[str, Say]] | None = None, answer: int = 422,
) -> HttpResponse:  # fmt: skip
    day = day_of(request.now)
    return show(
        request, "beats_load", "coverage", answer=answer, key=key, sheet=sheet, name=name, reason=reason, faults=faults or [],
        labels={key: Say(names[0], names[-1]) for key, names in COLUMNS.items()}, shown=SHOWN,
        shifts=[shift.title for shift in queries.shifts(day)],
        since=request.POST.get("since", "") or to_date(day).isoformat(),
    )  # fmt: skip


def two_days(
    sent: Mapping[str, str], first: str, last: str, *, needed: bool
) -> tuple[date | None, date | None, list[tuple[str, Say]]]:
    """(from, to, faults) of two fields; the first is always needed."""
    since, wrong = read_day(sent, first, needed=True)
    until, more = read_day(sent, last, needed=needed)
    return since, until, wrong + more


def read_day(sent: Mapping[str, str], key: str, *, needed: bool) -> tuple[date | None, list[tuple[str, Say]]]:
    """(date, faults) of a field."""
    text = sent.get(key, "").strip()
    if not text:
        return None, [(key, Say("请填日期", "A date is needed"))] if needed else []
    try:
        return date.fromisoformat(text), []
    except ValueError:
        return None, [
            (
                key,
                Say(f"“{text[:20]}”不是日期，写成 2026-12-01", f"{text[:20]!r} is no date; write 2026-12-01"),
            )
        ]


def why_not(request: DeskRequest) -> Say | None:
    """Who arranges the collectors: the head of the centre that takes in the cases."""
    acting = request.acting
    if LINE in dict(taken_in_by(acting.unit, day_of(request.now))) and "head" in acting.posts:
        return None
    return Say(
        "责任网格由监督中心负责人安排", "The head of the supervision centre arranges the responsibility cells"
    )


def centre(day: int) -> str:
    """The supervision centre."""
    return str(lines.at(LINE, day).param("centre", day).value)


def collectors(day: int) -> list[str]:
    """Ids of those who are collectors of the centre on a Day."""
    return people.holders(centre(day), "collector", day)


def by_beat(roster: Roster, day: int) -> dict[str, list[str]]:
    """The cells of each beat on a Day."""
    found: dict[str, list[str]] = {}
    for cell in roster.rooms:
        if beat := roster.beat_of(cell, day):
            found.setdefault(beat, []).append(cell)
    return found


def persons_of(roster: Roster) -> set[str]:
    """Everybody in a roster."""
    found = {watch.person for rows in roster.watches.values() for watch in rows}
    return found | {leave.deputy for rows in roster.leaves.values() for leave in rows}


def person(pk: str, names: Mapping[str, tuple[str, str]]) -> Say:
    return Say(*names.get(pk, (pk, pk)))


def said(pk: str, owner: str, names: Mapping[str, tuple[str, str]]) -> Say:
    """示一, or 示二（替示一） on leave."""
    one, other = person(pk, names), person(owner, names)
    return one if pk == owner else Say(f"{one}（替{other}）", f"{one.en} (for {other.en})")
