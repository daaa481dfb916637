"""For everybody: every draw, every abort and attempt; one draw with all that is needed to redo it; the hall screen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.cases.shapes import BadInput, Refused
from bihuan.draws import actions, queries
from bihuan.draws.face import Face, face, topics
from bihuan.draws.shapes import NoSuchDraw
from bihuan.record import queries as record

PROOFS = {"manifest.proof": "seal", "result.proof": "result"}


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Every draw, the newest first, with aborts and their reasons, and second draws that were refused."""
    before = request.GET.get("before", "")
    rows, more = queries.rows(request.now, int(before) if before.isdecimal() and len(before) < 18 else 0)  # type: ignore[attr-defined]
    told = {
        "section": "draws",
        "rows": rows,
        "more": more,
        "attempts": queries.attempts(),
        "states": queries.states(request.now),  # type: ignore[attr-defined]
    }
    return render(request, "draws/draws.html", told)


@require_safe
def show(request: HttpRequest, authority: str, part: str) -> HttpResponse:
    """One draw: timetable, parties, values, files, the button that redoes it, and whether a code was on the list."""
    one, sid = want(request, authority, part), request.GET.get("id", "").strip()[:22]
    found = queries.listed(one.draw, sid) if sid else None
    line = request.GET.get("line", "")
    told = {"sid": sid, "found": found, "poured": line if line.isdecimal() and len(line) < 9 else ""}
    return _page(request, one, told)


@require_POST
def pour(request: HttpRequest, authority: str, part: str) -> HttpResponse:
    """Throw digits into the public pot of a draw; the page then says which line they are."""
    one, digits = want(request, authority, part), request.POST.get("digits", "").strip()[:64]
    faults: list[tuple[str, Any]] = []
    try:
        number = actions.pour(one.draw.name, digits, at=request.now)  # type: ignore[attr-defined]
        return redirect(f"{reverse('draw', args=[authority, part])}?line={number}#pot")
    except BadInput as bad:
        faults = list(bad.faults)
    except Refused as refused:
        faults = [("", reason) for reason in refused.reasons]
    return _page(request, one, {"digits": digits, "faults": faults}, 422)


def _page(request: HttpRequest, one: Face, more: dict[str, Any], status: int = 200) -> HttpResponse:
    titles = queries.states(request.now)  # type: ignore[attr-defined]
    told = {"section": "draws", "face": one, "states": titles, "pot": queries.pot_of(one.draw)}
    return render(request, "draws/draw.html", told | more, status=status)


@require_safe
def screen(request: HttpRequest, authority: str, part: str) -> HttpResponse:
    """The hall screen: large, asks again by itself; a notary follows the draw on it."""
    response = render(request, "draws/screen.html", {"face": want(request, authority, part)})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def fairness(request: HttpRequest, authority: str, part: str) -> HttpResponse:
    """How fair a published draw is, in numbers; before it is published only what is known without the result."""
    one = want(request, authority, part)
    report = queries.report(one.draw) if one.state == "published" else None
    told = {
        "section": "draws",
        "face": one,
        "report": report,
        "topics": topics(report.said if report else []),
    }
    return render(request, "draws/fairness.html", told)


@require_safe
def data(request: HttpRequest, authority: str, part: str) -> JsonResponse:
    """The draw as open data, with the addresses of its files and what a verifier needs beside them."""
    return _open(
        JsonResponse(told(want(request, authority, part)), json_dumps_params={"ensure_ascii": False})
    )


@require_safe
def data_all(request: HttpRequest) -> JsonResponse:
    """Every draw as open data, a page at a time."""
    before = request.GET.get("before", "")
    rows, more = queries.rows(request.now, int(before) if before.isdecimal() and len(before) < 18 else 0)  # type: ignore[attr-defined]
    found = [
        {"draw": row.name, "title": row.title, "period": row.period, "purpose": row.purpose, "state": row.state,
         "closes": row.closes.isoformat(), "frozen": row.at.isoformat(), "reason": row.reason, "earlier": row.tries}
        for row in rows
    ]  # fmt: skip
    tries = [
        {"authority": one.authority, "period": one.period, "standing": one.standing, "at": one.at.isoformat()}
        for one in queries.attempts()
    ]
    return _open(
        JsonResponse(
            {"draws": found, "before": more, "refused": tries}, json_dumps_params={"ensure_ascii": False}
        )
    )


@require_safe
def file(request: HttpRequest, authority: str, part: str, name: str) -> HttpResponse:
    """The bytes of a published file, or the receipt of the manifest or result; 404 for what is not public."""
    try:
        draw = queries.draw(f"{authority}/{part}")
    except NoSuchDraw:
        raise Http404 from None
    if name in PROOFS:
        text = queries.proof(draw, PROOFS[name])
        body = text.encode() if text else None
    else:
        body = queries.published(draw, name)
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(response)


def want(request: HttpRequest, authority: str, part: str) -> Face:
    try:
        return face(f"{authority}/{part}", request.now, settings.HOME)  # type: ignore[attr-defined]
    except NoSuchDraw:
        raise Http404 from None


def told(one: Face) -> dict[str, Any]:
    """The draw for programs: nothing that is not on its page."""
    draw, parts = one.draw, one.url
    return {
        "draw": draw.name, "title": draw.title, "unit": str(one.unit), "period": draw.period, "purpose": draw.purpose,
        "state": one.state, "sealed": draw.sealed, "hash": draw.hash, "manifest": one.hash, "place": one.place,
        "closes": draw.closes.isoformat(), "frozen": draw.at.isoformat(), "reason": one.reason, "bits": round(one.bits, 1),
        "parties": [{"party": p.code, "commitment": p.commitment, "nonce": p.nonce, "late": p.late} for p in one.parties],
        "values": [
            {"name": v.name, "shown": v.shown, "source": v.source, "fell": v.fell, "replaced": v.replaced, "reason": v.reason}
            for v in one.values
        ],
        "classes": {stratum: {"listed": n, "drawn": k} for stratum, (n, k) in one.classes.items()},
        "files": {name: {"url": reverse("draw-file", args=[*parts, name]), "hash": hash, "bytes": size} for name, hash, size in one.files},
        "proofs": {kind: reverse("draw-file", args=[*parts, name]) for name, kind in PROOFS.items() if kind in one.proofs},
        "substitutes": [{"out": s.key, "in": s.said["next"], "reason": s.said["reason"]} for s in one.replaced],
        "rivals": queries.rivals(draw), "policy": record.policy(settings.HOME),
    }  # fmt: skip


def _open(response: Any) -> Any:
    response["Access-Control-Allow-Origin"] = "*"  # anybody's page may redo a draw
    return response
