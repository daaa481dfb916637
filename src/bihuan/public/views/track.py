"""Tracking by number and code: where it is, who has it, how long each held it, and what its person may do."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases import actions, entry, lookup, receipts
from bihuan.cases.edge import day_of, to_instant
from bihuan.cases.papers import shown_papers
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import BadInput, NoSuchCase, Refused, TooMany, Tracked
from bihuan.core.say import Say
from bihuan.deletions.queries import requests_of
from bihuan.people import queries as people
from bihuan.public.progress import line_of, tell_progress
from bihuan.ratings.occasions import may_rate

NOT_FOUND = Say(
    "编号和查询码对不上。两样都在凭证上，查询码是 8 位", "Number and code do not belong together. Both are on the receipt; the code has 8 characters"
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; with number and code the case itself. Codes in an address are taken out of it at once."""
    given = request.POST if request.method == "POST" else request.GET
    number, code = given.get("number", "").strip().upper()[:32], given.get("code", "")[:64]
    faults: list[tuple[str, Say]] = []
    if number and number in request.session.get("tracked", {}) and not code:
        return redirect("track-case", number)
    if number and code:
        try:
            remember(request, number, code)
            return redirect("track-case", number)
        except NoSuchCase:
            faults = [("code", NOT_FOUND)]
        except TooMany as many:
            faults = [("", many.reason)]
    elif request.method == "POST" or number:
        faults = [(key, say) for key, value, say in (
            ("number", number, Say("请写编号，例 CG20261124-000387", "Write the number, such as CG20261124-000387")),
            ("code", code, Say("请写查询码，8 位，在凭证上", "Write the look-up code, 8 characters, on the receipt")),
        ) if not value]  # fmt: skip
    shown = {
        "section": "track",
        "number": number,
        "faults": faults,
        "known": list(request.session.get("tracked", {}))[-5:],
    }
    return render(request, "public/track_ask.html", shown, status=422 if faults else 200)


def remember(request: HttpRequest, number: str, code: str) -> None:
    case = actions.look_up(number, code, source=request.META.get("REMOTE_ADDR", ""), at=request.now)  # type: ignore[attr-defined]
    request.session.setdefault("tracked", {})[number] = case
    request.session.modified = True


def case_of(request: HttpRequest, number: str) -> int | None:
    found: int | None = request.session.get("tracked", {}).get(number)
    return found


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The case as its person sees it."""
    case = case_of(request, number)
    if case is None:
        if request.GET.get("code"):
            return redirect(f"{reverse('track')}?number={number}&code={request.GET['code'][:64]}")
        return redirect(f"{reverse('track')}?number={number}")
    found = tracked(case, request.now)  # type: ignore[attr-defined]
    for part, one in found.split_off:  # whoever may see the report may see what was taken out of it
        request.session["tracked"][one.number] = part
        request.session.modified = True
    for one in found.parts:  # and whoever applied for the whole, each part of it
        if one.id is not None:
            request.session["tracked"][one.number] = one.id
            request.session.modified = True
    return render(request, "public/track.html", shown_of(request, found))


def shown_of(request: HttpRequest, found: Tracked) -> dict[str, Any]:
    pictures = [doc for doc in found.documents if doc.mime.startswith("image/") and not doc.personal]
    before = next((doc for doc in pictures if doc.kind == "evidence:report"), None) or next(
        (doc for doc in pictures if doc.kind == "evidence:before"), None
    )
    after = next(
        (doc for doc in reversed(pictures) if doc.kind in ("evidence:check", "evidence:after")), None
    )
    verdict = {
        choice.name: choice for choice in found.allowed if choice.name in ("reopen", "rate", "not_fixed")
    }
    return {
        **receipts.card(found, settings.HOME), "section": "track", "line": line_of(found),
        "progress": tell_progress(found, to_instant(request.now)), "before": before, "after": after,  # type: ignore[attr-defined]
        "verdict": verdict, "others": [choice for choice in found.allowed if choice.name not in verdict],
        "readings": readings(found), "deletions": requests_of(found.head.number) if found.head.final else [],
        "ratable": may_rate(found.head.line, found.head.final, request.now),  # type: ignore[attr-defined]
        "papers": shown_papers(found, request.now),  # type: ignore[attr-defined]
    }  # fmt: skip


def readings(found: Tracked) -> list[Any]:
    return people.readings_of(found.head.id)


@require_safe
def code(request: HttpRequest, number: str) -> HttpResponse:
    """The QR code of the link to this case, for whoever knows its code already."""
    if case_of(request, number) is None:
        raise Http404
    link = request.build_absolute_uri(f"{reverse('track')}?number={number}&code={lookup.code_of(number)}")
    qr = segno.make(link, error="m")
    svg = qr.svg_inline(scale=4, border=2, dark="#14252B", light="#fff")
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@require_safe
def receipt(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """The receipt of one step as a file, for whoever knows the code of the case; a page to wait on until it is public."""
    case = case_of(request, number)
    if case is None or seq not in {step.seq for step in tracked(case, request.now).steps}:  # type: ignore[attr-defined]
        raise Http404
    text = receipts.receipt(case, seq)
    if text is None:
        shown = {
            "section": "track",
            "number": number,
            "seq": seq,
            "promise": receipts.promise(case, seq, settings.HOME),
        }
        return render(request, "public/receipt_waits.html", shown, status=404)
    return as_file(text, f"{number}-{seq}.tlog-proof")


@require_safe
def promise(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """The signed promise that a step will stand in the log within a minute, for whoever knows the code of the case."""
    case = case_of(request, number)
    if case is None or seq not in {step.seq for step in tracked(case, request.now).steps}:  # type: ignore[attr-defined]
        raise Http404
    found = receipts.promise(case, seq, settings.HOME)
    if found is None:
        raise Http404
    return as_file(found.text, f"{number}-{seq}.promise")


def as_file(text: str, name: str) -> HttpResponse:
    kept = {"Cache-Control": "private, no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=kept)


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """An action of the person who reported or applied: 没修好, a rating, a note."""
    case = case_of(request, number)
    if case is None:
        return redirect(f"{reverse('track')}?number={number}")
    now = request.now  # type: ignore[attr-defined]
    found = tracked(case, now)
    choice = next((one for one in found.allowed if one.name == name), None)
    if choice is None:
        return redirect("track-case", number)
    faults: list[tuple[str, Say]] = []
    if request.method == "POST":
        try:
            actions.act(
                case, name, by=found.by, unit="", at=now, data=entry.read(choice.fields, request.POST),
                files=entry.read_files(choice.fields, request.FILES), key=key_of(request, case, name),
            )  # fmt: skip
            return redirect("track-case", number)
        except BadInput as bad:
            faults = bad.faults
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
    asked = entry.ask(
        line_of(found),
        choice.fields,
        day_of(now),
        entered=request.POST if request.method == "POST" else request.GET,
    )
    shown = {
        "section": "track",
        "head": found.head,
        "choice": choice,
        "asked": asked,
        "faults": faults,
        "key": new_key(request),
    }
    return render(request, "public/track_do.html", shown, status=422 if faults else 200)


def new_key(request: HttpRequest) -> str:
    from secrets import token_hex

    return request.POST.get("request_key") or token_hex(16)


def key_of(request: HttpRequest, case: int, name: str) -> str | None:
    given = request.POST.get("request_key", "")[:64]
    return f"act:{case}:{name}:{given}" if given else None
