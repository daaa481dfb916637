"""The ceremony at the desk: the organiser logs, enters, computes, aborts; a party commits and opens its own nonce."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.draws import actions, queries
from bihuan.draws.face import face
from bihuan.draws.shapes import NoSuchDraw

Faults = list[tuple[str, Any]]
HEX = re.compile("(?:[0-9a-f]{2})+")


@at_desk
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Draws under way that one's unit organises or gives a nonce for."""
    hat, now = request.hat, request.now  # type: ignore[attr-defined]
    titles = queries.states(now)
    rows = [(one, titles[stands]) for one, stands in queries.for_unit(hat.unit, now)]
    return render(request, "draws/desk_draws.html", {"acting": hat, "section": "draws", "rows": rows})


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, authority: str, part: str) -> HttpResponse:
    """One draw: what is to do now for this unit, and why not what is not."""
    hat, now, faults, teams = request.hat, request.now, [], None  # type: ignore[attr-defined]
    try:
        draw = queries.draw(f"{authority}/{part}")
        if hat.unit != draw.unit and hat.unit not in draw.parties:
            raise Http404
        if request.method == "POST":
            try:
                step = STEPS.get(request.POST.get("do", ""))
                if step is None:
                    raise Http404
                teams = step(request, draw.name, {"by": hat.by, "unit": hat.unit, "at": now})
                if teams is None:
                    messages.success(request, _("已经记下。"))
                    return redirect("desk-draw", authority, part)
            except BadInput as bad:
                faults = list(bad.faults)
            except Refused as refused:
                faults = [("", reason) for reason in refused.reasons]
        shown = face(draw.name, now, settings.HOME)
    except NoSuchDraw:
        raise Http404 from None
    told = {
        "acting": hat, "section": "draws", "throwers": request.POST.getlist("throwers"), "face": shown, "faults": faults, "given": request.POST, "teams": teams,
        "organises": hat.unit == draw.unit, "party": next((p for p in shown.parties if p.code == hat.unit), None),
        "shut": [(p.code, p.title) for p in shown.parties if p.late and not p.recovered and p.code != hat.unit],
        "missing": [name for name in queries.missing(draw) if name != queries.pot_of(draw)],
    }  # fmt: skip
    return render(request, "draws/desk_draw.html", told, status=422 if faults else 200)


def _commit(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    shares = [_hex("shares", line, 64) for line in request.POST.get("shares", "").split()]
    actions.commit(name, _bytes(request, "commitment"), shares=shares, **who)


def _receive(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    actions.receive(name, **who)


def _share(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    share = _hex("share", "".join(request.POST.get("share", "").split()), 66)
    actions.open_share(name, request.POST.get("party", ""), share, **who)


def _seal(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    actions.seal(name, **who)


def _open(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    actions.open_nonce(name, _bytes(request, "nonce"), **who)


def _value(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    throwers = request.POST.getlist("throwers")
    actions.set_value(name, request.POST.get("beacon", ""), throwers=throwers, **_said(request), **who)


def _correct(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    reason = request.POST.get("reason", "").strip()[:1000]
    actions.correct_value(name, request.POST.get("beacon", ""), reason=reason, **_said(request), **who)


def _compute(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    actions.compute(name, trusted=queries.trusted(settings.HOME), **who)


def _abort(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    actions.abort(name, request.POST.get("reason", "").strip()[:1000], **who)


def _blind(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    actions.open_blind(name, **who)


def _substitute(request: HttpRequest, name: str, who: dict[str, Any]) -> None:
    sid, reason = request.POST.get("sid", "").strip()[:22], request.POST.get("reason", "").strip()[:200]
    actions.substitute(name, sid, reason, **who)


def _teams(request: HttpRequest, name: str, who: dict[str, Any]) -> Any:
    return actions.read_teams(name, purpose=request.POST.get("purpose", ""), **who)


STEPS: dict[str, Callable[[HttpRequest, str, dict[str, Any]], Any]] = {
    "commit": _commit, "receive": _receive, "share": _share, "seal": _seal, "open": _open, "value": _value, "correct": _correct, "compute": _compute,
    "abort": _abort, "blind": _blind, "substitute": _substitute, "teams": _teams,
}  # fmt: skip


def _bytes(request: HttpRequest, key: str) -> bytes:
    return _hex(key, request.POST.get(key, "").strip(), 64)


def _hex(key: str, text: str, wanted: int) -> bytes:
    if len(text) != wanted or not HEX.fullmatch(text.lower()):
        told = Say(
            f"应是 {wanted} 位十六进制（{wanted // 2} 个字节）",
            f"{wanted} hex digits ({wanted // 2} bytes) are wanted",
        )
        raise BadInput([(key, told)])
    return bytes.fromhex(text)


def _said(request: HttpRequest) -> dict[str, Any]:
    """A value as it was typed: digits as announced, or hex; where it was read; when it fell."""
    given, faults = request.POST, []
    text = " ".join(given.get("value", "").split())
    drand = given.get("beacon", "").startswith("drand ")
    if not text or not text.isascii() or (drand and not re.fullmatch("(?:[0-9a-f]{2})+", text)):
        faults.append(("value", Say("值照公告的样子写：数字之间空一格；drand 写签名的十六进制", "Write the value as announced: digits with one blank between; of drand the signature in hex")))  # fmt: skip
    if not given.get("source", "").strip():
        faults.append(("source", Say("写明从哪里读来的", "Say where it was read")))
    try:
        fell = datetime.fromisoformat(given.get("fell", ""))
    except ValueError:
        fell = None
        if not drand:
            faults.append(("fell", Say("写明什么时候产生的", "Say when it fell")))
    if faults:
        raise BadInput(faults)
    now: datetime = request.now  # type: ignore[attr-defined]
    moment = fell.replace(tzinfo=now.tzinfo) if fell else now
    value = bytes.fromhex(text) if drand else text.encode()
    return {"value": value, "source": given["source"].strip()[:200], "fell": moment}
