"""One's own page: matters, drafts, data, who read it; taken along, put right, deleted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bihuan import lines
from bihuan.cases import mine
from bihuan.cases.actions import look_up
from bihuan.cases.actions.pictures import public_copy
from bihuan.cases.edge import day_of
from bihuan.cases.papers import paper_of_bearer
from bihuan.cases.queries import tracked
from bihuan.cases.said import in_words
from bihuan.cases.shapes import BadInput, Head, NoSuchCase, TooMany
from bihuan.core.say import Say
from bihuan.deletions import actions as deletions
from bihuan.deletions.queries import case_of
from bihuan.hall.filing import remember
from bihuan.hall.resident import for_residents, leave
from bihuan.hall.views.drafts import form_of
from bihuan.items.queries import catalogue
from bihuan.people.queries import readings_of_all
from bihuan.residents import actions, queries
from bihuan.residents.queries import Me


@require_safe
@for_residents
def show(request: HttpRequest, me: Me, faults: Sequence[tuple[str, Say]] = ()) -> HttpResponse:
    """Everything in one place; personal answers are covered, the holder can take them along in full."""
    at: Any = request.now  # type: ignore[attr-defined]
    heads = mine.heads(me.cases, at)
    numbers = {head.id: head.number for head in heads}
    given = {
        "section": "me", "me": me, "running": [head for head in heads if not head.final], "closed": [head for head in heads if head.final],
        "drafts": [(one, title_of(one)) for one in queries.drafts_of(me.id, at)], "faults": faults,
        "readings": [(numbers.get(case, ""), read) for case, read in readings_of_all(me.cases)],
    }  # fmt: skip
    return render(request, "hall/me.html", given, status=422 if faults else 200)


def title_of(draft: queries.Begun) -> Say:
    """What a draft is for: its item, else its business."""
    item = catalogue().items.get(draft.matter)
    return item.title if item else lines.at(draft.line, day_of(draft.saved_at)).title


@require_safe
@for_residents
def case(request: HttpRequest, me: Me, number: str) -> HttpResponse:
    """To the page of one of their matters."""
    found = next((head for head in mine.heads(me.cases, request.now) if head.number == number), None)  # type: ignore[attr-defined]
    if found is not None:
        request.session["tracked"] = request.session.get("tracked", {}) | {number: found.id}
    return redirect("track-case", number)


@require_POST
@for_residents
def add(request: HttpRequest, me: Me) -> HttpResponse:
    """A matter that was filed without the account: number and code show that it is theirs."""
    number, at = request.POST.get("number", "").strip().upper()[:32], request.now  # type: ignore[attr-defined]
    try:
        found = look_up(
            number, request.POST.get("code", "")[:64], source=request.META.get("REMOTE_ADDR", ""), at=at
        )
    except NoSuchCase:
        faults = [("code", Say("编号和查询码对不上", "Number and code do not belong together"))]
        return _show_again(request, faults)
    except TooMany as many:
        return _show_again(request, [("code", many.reason)])
    actions.claim(me.id, found, at=at)
    return redirect("me")


@require_safe
@for_residents
def draft(request: HttpRequest, me: Me, number: str) -> HttpResponse:
    """Go on with one of their drafts."""
    found = next((one for one in queries.drafts_of(me.id, request.now) if one.number == number), None)  # type: ignore[attr-defined]
    if found is None:
        return redirect("me")
    remember(request, found)
    return form_of(found)


@require_POST
@for_residents
def correct(request: HttpRequest, me: Me) -> HttpResponse:
    """Another name, for the account and for what still runs."""
    try:
        actions.correct(me.id, name=request.POST.get("name", "")[:300], cases=me.cases, at=request.now)  # type: ignore[attr-defined]
    except BadInput as bad:
        return _show_again(request, list(bad.faults))
    return redirect("me")


@require_http_methods(["GET", "HEAD", "POST"])
@for_residents
def delete(request: HttpRequest, me: Me) -> HttpResponse:
    """What goes and what stays, each with its reason; then gone."""
    heads = mine.heads(me.cases, request.now)  # type: ignore[attr-defined]
    if request.method == "POST" and "yes" in request.POST:
        asked = deletions.close_account(me, at=request.now)  # type: ignore[attr-defined]
        leave(request)
        return render(request, "hall/deleted.html", {"section": "me", "asked": asked})
    kept = [(head, case_of(head.id, request.now).why) for head in heads]  # type: ignore[attr-defined]
    given = {
        "section": "me", "kept": [(head, why) for head, why in kept if why is not None],
        "free": [head for head, why in kept if why is None], "drafts": len(queries.drafts_of(me.id, request.now)),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "hall/delete.html", given)


@require_safe
@for_residents
def export(request: HttpRequest, me: Me) -> HttpResponse:
    """Everything held about them as JSON, with the files, in one archive."""
    at: Any = request.now  # type: ignore[attr-defined]
    actions.note_export(me.id, len(me.cases), at=at)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        said = {
            "account": {"phone": me.phone, "name": me.name, "since": me.since.isoformat()},
            "cases": [_told(head, at, archive) for head in mine.heads(me.cases, at)],
            "drafts": [
                {"number": one.number, "line": one.line, "item": one.matter, "saved": one.saved_at.isoformat(), "until": one.until.isoformat(),
                 "said": dict(QueryDict(one.said).lists()), "files": [file.name for file in one.files]}
                for one in queries.drafts_of(me.id, at)
            ],
            "readings": [
                {"case": case, "at": read.at.isoformat(), "unit": str(read.unit), "fields": list(read.fields), "purpose": read.purpose,
                 "basis": read.basis}
                for case, read in readings_of_all(me.cases, most=None)
            ],
        }  # fmt: skip
        archive.writestr("data.json", json.dumps(said, ensure_ascii=False, indent=1))
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return answer


def _told(head: Head, at: Any, archive: zipfile.ZipFile) -> dict[str, Any]:
    """One case as data; its files go into the archive."""
    found, files = tracked(head.id, at), []
    for doc in found.documents:
        paper = paper_of_bearer(doc.id, head.id)
        if paper is not None:
            name = f"{head.number}/{doc.id}-{doc.name}"
            with public_copy(paper.file, paper.original) as file:
                archive.writestr(name, file.read())
            files.append({"file": name, "kind": str(doc.kind_title), "sha256": doc.sha256})
    return {
        "id": head.id, "number": head.number, "line": str(head.line_title), "matter": str(head.matter_title), "title": head.title,
        "state": str(head.state_title), "opened": head.opened_at.isoformat(),
        "personal": {str(field.label): str(in_words(field, value)) for field, value in mine.personal(head)},
        "steps": [
            {"at": step.at.isoformat(), "step": str(step.title), "unit": str(step.unit_title), "said": {str(k): str(v) for k, v in step.data}}
            for step in found.steps
        ],
        "files": files,
    }  # fmt: skip


def _show_again(request: HttpRequest, faults: Sequence[tuple[str, Say]]) -> HttpResponse:
    request.method = "GET"
    return show(request, faults=faults)
