"""One action: its form, what is wrong with what was sent, and back to the case when it is done."""

from __future__ import annotations

from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bihuan.cases import actions, entry, kept
from bihuan.cases.edge import day_of
from bihuan.cases.sent_table import form_key
from bihuan.cases.shapes import BadInput, CasePage, Choice, KeyConflict, Refused, Upload
from bihuan.core.say import Say
from bihuan.core.time.clock import SECONDS, WORKING_SECONDS
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.views.case import load, way_out
from bihuan.people import queries as people
from bihuan.targets import queries as promises


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """The form of one action, and doing it."""
    page = load(request, number)
    if isinstance(page, HttpResponse):
        return page
    choice = next((one for one in (*page.allowed, *page.refused) if one.name == name), None)
    if choice is None:
        return show(request, "not_found", "", answer=404, find_text="")
    if request.method == "POST":
        return _do(request, page, choice)
    if name == "split" and not choice.reasons:
        return redirect(f"{reverse('desk-new-where', args=[page.head.line])}?{split_query(page)}")
    if choice.reasons:
        out = way_out(page.line, choice)
        return show(
            request, "refused", "queue", answer=409, page=page, head=page.head, choice=choice, way_out=out
        )
    return _form(request, page, choice, key=token_hex(16))


def _do(request: DeskRequest, page: CasePage, choice: Choice) -> HttpResponse:
    key = form_key(request)
    files = entry.read_files(choice.fields, request.FILES)
    given = {upload.kind for upload in files}
    files += [upload for upload in kept.laid_aside(request.session, key) if upload.kind not in given]
    faults: list[tuple[str, Say]] = []
    reasons: list[Say] = []
    try:
        done = actions.act(
            page.head.id, choice.name, by=request.acting.actor.id, unit=request.acting.unit, at=request.now,
            data=entry.read(choice.fields, request.POST), files=files, key=f"desk:{request.acting.actor.id}:{key}",
        )  # fmt: skip
    except KeyConflict as conflict:
        faults, key = list(conflict.faults), token_hex(16)
    except BadInput as bad:
        faults = list(bad.faults)
    except Refused as refused:
        reasons = refused.reasons
    else:
        kept.drop(request.session, key)
        messages.success(request, done.name)
        return redirect("desk-case", page.head.number)
    wrong = {field for field, _ in faults}
    kept.lay_aside(
        request.session, key, [upload for upload in files if upload.kind not in wrong], request.now
    )
    return _form(request, page, choice, key=key, faults=faults, reasons=reasons)


def _form(
    request: DeskRequest, page: CasePage, choice: Choice, *, key: str, faults: Any = (), reasons: Any = ()
) -> HttpResponse:
    """The form with everything that was entered; on handing out, the unit of the duty list stands first."""
    gives = any(field.kind == "unit" and field.key == "unit" for field in choice.fields)
    duty = page.duty if gives else None
    asked = entry.ask(
        page.line, choice.fields, day_of(request.now), unit=request.acting.unit,
        suggested=first_asked(page) if duty else (), entered=request.POST if request.method == "POST" else offered(page, choice),
        limit_unit=limit_unit(page), case=page.folded,
    )  # fmt: skip
    there = kept_names(choice, kept.laid_aside(request.session, key))
    status = 422 if faults else 409 if reasons else 200
    return show(
        request, "act", "queue", answer=status, page=page, head=page.head, choice=choice, asked=asked, key=key, faults=faults,
        reasons=reasons, duty=duty, sent_back=page.sent_back if gives else None, kept=there, planned=planned(page, choice),
    )  # fmt: skip


def offered(page: CasePage, choice: Choice) -> QueryDict | None:
    """What a form says before anybody wrote in it: the one case near by, where a report may be joined; the unit that
    was named with a return, where it has the duty; what the case said before."""
    back = page.sent_back
    if back and back.unit and not back.lacks and any(field.key == "unit" for field in choice.fields):
        return QueryDict(f"unit={back.unit}")
    if choice.name == "join" and len(page.near) == 1:
        return QueryDict(f"main={page.near[0].number}")
    said = QueryDict(mutable=True)
    said.update(proposed(page, choice))
    for field in choice.fields:  # a checklist stands there with its points, to be answered
        source, _, key = field.default.partition(".")
        if field.kind == "table" and source == "case":
            for name, _ in field.columns:
                said.setlist(
                    f"{field.key}-{name}", [str(row.get(name, "")) for row in page.said.get(key) or ()]
                )
    return said or None


def proposed(page: CasePage, choice: Choice) -> dict[str, str]:
    """What was said on the case before and is asked for again: `default = "case.<field>"` in the form."""
    found: dict[str, str] = {}
    for field in choice.fields:
        source, _, key = field.default.partition(".")
        if source == "case" and page.said.get(key) and field.kind != "table":
            found[field.key] = str(page.said[key])
    return found


def planned(page: CasePage, choice: Choice) -> tuple[Say, str] | None:
    """The unit that was planned for this promise and why it was suggested, where the form asks for it."""
    code = proposed(page, choice).get("lead")
    if code is None:
        return None
    name = people.known(people.change()).names.get(code, Say(code, code))
    return name, promises.suggested_why(page.head.id, code)


def first_asked(page: CasePage) -> tuple[str, ...]:
    """The units of the duty list, whoever was named with the last return before the others."""
    takers: tuple[str, ...] = page.duty.answer.takers if page.duty else ()
    named = page.sent_back.unit if page.sent_back else ""
    return tuple(sorted(takers, key=lambda unit: unit != named))


def split_query(page: CasePage) -> str:
    """The steps of entering a case begin where the report lies; another place may be chosen."""
    at = {"lon": page.head.lon, "lat": page.head.lat} if page.head.lon is not None else {}
    return urlencode(at | {"part_of": page.head.number})


def kept_names(choice: Choice, uploads: list[Upload]) -> list[tuple[Say, str]]:
    """(label of the field, name) of the files that need not be chosen again."""
    labels = {field.key: field.label for field in choice.fields} | {
        field.stores: field.label for field in choice.fields
    }
    return [(labels.get(upload.kind, Say(upload.kind, upload.kind)), upload.name) for upload in uploads]


def limit_unit(page: CasePage) -> str:
    """The unit in which the main clock counts, as the form's list calls it."""
    run = page.folded.runs.get(page.line.main_clock)
    unit = run.limit.unit if run is not None else "working days"
    return {WORKING_SECONDS: "working hours", SECONDS: "hours"}.get(unit, unit)
