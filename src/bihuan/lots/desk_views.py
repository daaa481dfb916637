"""For the office in charge: publish a rule, take in the list, freeze the draw, settle, note who gives back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bihuan.cases.edge import to_datetime
from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.lots import LAST
from bihuan.core.say import Say
from bihuan.core.time.instant import at as instant
from bihuan.draws import queries as draws
from bihuan.lots import actions, queries
from bihuan.lots.purposes import purposes
from bihuan.lots.table import COLUMNS
from bihuan.lots.views import GROUPS, shown
from bihuan.people import queries as people

Faults = list[tuple[str, Any]]
LARGEST = 10_000_000  # bytes of a list


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of one's unit, and the form that publishes a rule."""
    hat, faults, said = request.hat, Faults(), request.POST  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            one = actions.publish(
                purpose=known(said.get("purpose", "")), year=number(said.get("year", "")), title=said.get("title", ""),
                title_en=said.get("title_en", "")[:150], seats=number(said.get("seats", "")),
                groups=named(said), siblings="siblings" in said,
                address="address" in said, last=said.get("last", ""), cut=day(said.get("cut", "")),
                source=said.get("source", ""), by=hat.by, unit=hat.unit, at=request.now,  # type: ignore[attr-defined]
            )  # fmt: skip
            return redirect("desk-lots-round", one.code)
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
    given = {
        "acting": hat, "section": "lots", "faults": faults, "given": said, "rows": queries.rounds(hat.unit), "purposes": purposes().values(),
        "last": LAST.items(), "groups": GROUPS.items(), "chosen": said.getlist("groups"),
    }  # fmt: skip
    return render(request, "lots/desk_rounds.html", given, status=422 if faults else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """One round with what is to do next."""
    hat, faults, said = request.hat, Faults(), request.POST  # type: ignore[attr-defined]
    given = shown(request, code)
    if given["one"].unit != hat.unit:
        raise Http404
    if request.method == "POST":
        step = STEPS.get(said.get("do", ""))
        if step is None:
            raise Http404
        try:
            sent = said.dict() | request.FILES.dict()
            step(code, sent, {"by": hat.by, "unit": hat.unit, "at": request.now})  # type: ignore[attr-defined]
            return redirect("desk-lots-round", code)
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as refused:
            faults = [("", reason) for reason in refused.reasons]
    more = {
        "acting": hat,
        "faults": faults,
        "given": said,
        "usual": draws.usual_parties(hat.unit),
        "unverified": queries.unverified(given["one"]),
        "columns": [Say(*names) for names in COLUMNS.values()],
    }
    return render(request, "lots/desk_round.html", given | more, status=422 if faults else 200)


def take_in(code: str, said: Any, who: dict[str, Any]) -> None:
    sent = said.get("file")
    if sent is not None and (sent.size or 0) > LARGEST:
        raise BadInput([("table", Say("文件超过 10 MB，请分开", "The file is over 10 MB; split it"))])
    if sent is not None:
        actions.take_in(code, table=sent.read(), name=str(sent.name), **who)
    else:
        actions.take_in(code, table=said.get("table", "").encode(), **who)


def freeze(code: str, said: Any, who: dict[str, Any]) -> None:
    closes = moment(said.get("closes", ""))
    if closes is None:
        raise BadInput([("closes", Say("请写截止时间", "Write when nonces close"))])
    beacons = [one.strip() for one in said.get("beacons", "").splitlines() if one.strip()]
    actions.freeze(
        code, parties=people.units_in(said.get("parties", "")), beacons=beacons, closes=closes, **who
    )


def settle(code: str, said: Any, who: dict[str, Any]) -> None:
    actions.settle(code, **who)


def leave(code: str, said: Any, who: dict[str, Any]) -> None:
    actions.leave(code, said.get("number", "").strip().upper(), **who)


STEPS: dict[str, Callable[[str, Any, dict[str, Any]], None]] = {
    "list": take_in, "freeze": freeze, "settle": settle, "leave": leave,
}  # fmt: skip


def named(said: Any) -> list[str]:
    """The groups chosen, and those that the office names itself."""
    own = [one.strip() for one in said.get("own_groups", "").replace("，", "、").split("、") if one.strip()]
    return list(dict.fromkeys([one for one in said.getlist("groups") if one in GROUPS] + own))


def known(code: str) -> str:
    if code not in purposes():
        raise BadInput([("purpose", Say("请选用途", "Choose what it is for"))])
    return code


def number(text: str) -> int:
    """A whole number as written, else 0, which is refused with its field."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput([("cut", Say("日期写成 2020-08-31", "Write the date as 2020-08-31"))]) from None


def moment(text: str) -> datetime | None:
    """A moment of the district as the browser sends it."""
    try:
        return to_datetime(instant(text.replace("T", " "))) if text else None
    except ValueError:
        raise BadInput([("closes", Say("时间写成 2026-05-20 17:00", "Write the time as 2026-05-20 17:00"))]) from None  # fmt: skip
