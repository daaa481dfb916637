"""The desk of departments that inspect: plans, the roster of a task, its draw, inspectors, and visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan import lines
from bihuan.cases.edge import LOCAL, day_of, to_date
from bihuan.cases.hat import at_desk
from bihuan.core.register import CLASSES, REASONS, UNFIT
from bihuan.draws import queries as draws
from bihuan.inspections import actions, published, queries, registered
from bihuan.inspections.desk_views.frame import Faults, hat_of, show, tried
from bihuan.inspections.library import items, kinds, pools
from bihuan.inspections.shapes import CHANGES, NoSuchTask
from bihuan.people import queries as people


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """Plans of the year, drafts of one's own unit included; a head adopts what somebody else drafted."""
    hat, faults = hat_of(request), []
    if request.method == "POST":
        pk = request.POST.get("plan", "")
        if not pk.isdecimal():
            raise Http404
        faults = tried(request, lambda who: actions.adopt_plan(int(pk), request.POST.get("words", ""), **who))
        if not faults:
            messages.success(request, _("计划已经批准，公布了。"))
            return redirect("desk-inspections")
    rows = [one for one in queries.plans(public=False) if hasattr(one, "adoption") or one.unit == hat.unit]
    return show(request, "plans", faults, plans=rows, waiting=published.waiting())


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a plan with one task; a plan has as many tasks as there are forms filled in one after the other."""
    hat, faults, given = hat_of(request), [], request.POST
    today = to_date(day_of(request.now))  # type: ignore[attr-defined]
    if request.method == "POST":
        first, last = _date(given.get("first", "")), _date(given.get("last", ""))
        if first is None or last is None:
            faults = [("first" if first is None else "last", _("日期要写成 2026-03-02"))]
        else:
            wanted = actions.Wanted(
                given.get("task", ""), given.get("kind", ""), given.getlist("items"), _slots(given), first, last,
                given.getlist("joined"),
            )  # fmt: skip
            faults = tried(request, lambda who: actions.draft_plan(first.year, given.get("title", ""), [wanted], **who))  # fmt: skip
            faults = [(field.replace("tasks.1.title", "task").removeprefix("tasks.1."), say) for field, say in faults]  # fmt: skip
        if not faults:
            messages.success(request, _("计划记下了，等本部门负责人批准。"))
            return redirect("desk-inspections")
    return show(
        request, "new", faults, given=given, chosen=given.getlist("items"), items=items().values(), kinds=kinds().items(),
        slots=[(code, title, given.get(f"n-{code}", ""), given.get(f"most-{code}", "")) for code, title in pools().items()],
        units=[(code, queries.unit_name(code)) for code in sorted(registered.inspect_units() - {hat.unit})],
        joined=given.getlist("joined"), today=today,
    )  # fmt: skip


def _slots(given: QueryDict) -> str:
    """Who goes, as a task writes it: "pool:count[:cap],…", of the pools that somebody goes from."""
    rows = [
        (code, given.get(f"n-{code}", "").strip(), given.get(f"most-{code}", "").strip()) for code in pools()
    ]
    return ",".join(
        ":".join([code, n, most] if most else [code, n]) for code, n, most in rows if n.strip("0") or most
    )


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """Register a visit at the door of a business: its visits of the year against the cap are shown first."""
    hat, given, faults = hat_of(request), request.POST, []
    code = (given.get("code") or request.GET.get("code", "")).strip().upper()[:18]
    door = queries.door(code, request.now) if code else None  # type: ignore[attr-defined]
    if request.method == "POST":
        n = given.get("people", "")
        faults = tried(
            request,
            lambda who: actions.register_visit(
                code, given.get("channel", ""), given.get("basis", ""), int(n) if n.isdecimal() and len(n) < 4 else 0,
                number=given.get("number", "").strip().upper()[:32], **who,
            ),
        )  # fmt: skip
        if not faults:
            messages.success(request, _("入企登记好了，当事人在自己的页面上看得到。"))
            return redirect("inspection-business", code)
    elif code and door is None:
        faults = [("code", _("登记里没有这个代码"))]
    text = lines.at(queries.LINE, day_of(request.now))  # type: ignore[attr-defined]
    channels = [(key, queries.channel_name(key, text)) for key in (*text.matters, "other")]
    mine = queries.cases_of(hat.by, code) if door else []
    return show(request, "visit", faults, given=given, code=code, door=door, channels=channels, mine=mine)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: the roster as the registers stand, with its reconciliation; frozen, taken up, substitutes called in."""
    hat, faults = hat_of(request), []
    found, given = _task(pk), request.POST
    if request.method == "POST":
        faults = _do(request, found, given)
        if not faults:
            return redirect("desk-inspections-task", pk)
    preview = queries.preview(found, request.now)  # type: ignore[attr-defined]
    own = found.unit == hat.unit and {"officer", "head"} & set(hat.posts)
    dropped = queries.dropped(found) if own else []
    usual = draws.usual_parties(hat.unit)
    return show(request, "task", faults, given=given, own=own, dropped=dropped, usual=usual, **_roster(found, preview))  # fmt: skip


def _do(request: HttpRequest, found: Any, given: Any) -> Faults:
    """Freeze, take up or call in a substitute, as the button says."""
    what = given.get("do", "")
    if what == "take_up":
        done: list[tuple[int, int]] = []
        faults = tried(request, lambda who: done.append(actions.take_up(given.get("draw", "")[:96], **who)))
        for opened, short in done:
            messages.success(
                request, _("立了 %(n)s 件，缺人去不了的 %(short)s 户。") % {"n": opened, "short": short}
            )
        return faults
    if what == "substitute":
        faults = tried(request, lambda who: actions.substitute(given.get("number", "")[:32], **who))
        if not faults:
            messages.success(request, _("候补的下一户立件了。"))
        return faults
    closes, falls = _moment(given.get("closes", "")), _moment(given.get("falls", ""))
    if closes is None or falls is None:
        return [("closes" if closes is None else "falls", _("时间要写成 2026-03-02 17:00"))]
    beacons = [line.strip() for line in given.get("beacons", "").splitlines() if line.strip()]
    terms = actions.Ceremony(
        people.units_in(given.get("parties", "")), beacons, closes,
        {one: falls for one in beacons if one.split()[0] in ("kl8", "pl5")}, sealed=given.get("sealed") == "yes",
    )  # fmt: skip
    faults = tried(request, lambda who: actions.freeze(found.pk, terms, **who))
    if not faults:
        messages.success(request, _("名单冻结了，等各方承诺。"))
    return faults


def _moment(text: str) -> datetime | None:
    """A moment of the district as a form writes it."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
    except ValueError:
        return None


def _roster(found: Any, preview: Any) -> dict[str, Any]:
    return {
        "told": published.told(found), "task": found, "preview": preview, "roster": preview.roster, "classes": CLASSES,
        "reasons": REASONS, "unfit": UNFIT, "changes": CHANGES, "detail": queries.rules_of(found),
    }  # fmt: skip


def _task(pk: int) -> Any:
    try:
        return queries.task(pk)
    except NoSuchTask:
        raise Http404 from None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
