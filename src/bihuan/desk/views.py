"""The desk: one queue in the order of due times, one page a case, the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from secrets import token_hex
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bihuan import lines
from bihuan.cases import actions, entry, queries
from bihuan.cases.edge import day_of, to_instant
from bihuan.cases.shapes import BadInput, CasePage, NoSuchCase, Refused
from bihuan.core.case import UnknownAction
from bihuan.core.say import Say
from bihuan.desk.acting import Acting, acting
from bihuan.desk.choices import limit_unit, primary_of, sort_refused, suggested_for
from bihuan.desk.finding import tell_finding
from bihuan.desk.map import draw_district

MODES = {"mine": Say("我的", "Mine"), "involved": Say("本单位参与的", "My unit takes part"), "all": Say("能看到的全部", "All I may see")}
View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """For staff who hold a post today; the view gets who they act as."""

    @never_cache
    @login_required
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        me = acting(request)
        if me is None:
            return render(request, "desk/no_post.html", status=403)
        return view(request, me, *args, **kwargs)

    return entered


def now_of(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]


@require_safe
@staff
def queue(request: HttpRequest, me: Acting) -> HttpResponse:
    """What this unit owes, by due time; the order cannot be changed."""
    mode = request.GET.get("mode", "mine")
    line = request.GET.get("line", "")
    mode = mode if mode in MODES else "mine"
    line = line if line in lines.all_lines() else ""
    after = request.GET.get("after", "")
    found = queries.queue(me.actor, now_of(request), after, mode=mode, line=line)
    shown = {
        "section": "queue", "acting": me, "found": found, "mode": mode, "modes": MODES, "line": line, "after": after,
        "finding": tell_finding(found, to_instant(now_of(request))), "more": f"mode={mode}&line={line}&after={found.next}",
        "lines": [(code, lines.at(code, day_of(now_of(request))).title) for code in lines.all_lines()],
    }  # fmt: skip
    return render(request, "desk/queue.html", shown)


def page_of(request: HttpRequest, me: Acting, pk: int) -> CasePage:
    """The case page; a case that is not there and one that may not be seen answer alike."""
    try:
        return queries.case_page(pk, me.actor, now_of(request))
    except NoSuchCase:
        raise Http404 from None


@require_safe
@staff
def case(request: HttpRequest, me: Acting, pk: int) -> HttpResponse:
    try:
        page = page_of(request, me, pk)
    except Refused as refused:
        return no_right(request, me, refused)
    if request.GET.get("part") == "why":
        return render(request, "desk/why.html", {"page": page})
    return render(request, "desk/case.html", shown_of(request, me, page))


def shown_of(request: HttpRequest, me: Acting, page: CasePage) -> dict[str, Any]:
    primary = primary_of(page)
    here, elsewhere = sort_refused(page, me.actor)
    return {
        "section": "queue", "acting": me, "page": page, "head": page.head, "primary": primary,
        "others": [one for one in page.allowed if one is not primary and not one.housekeeping],
        "asides": [one for one in page.allowed if one is not primary and one.housekeeping], "refused": here, "elsewhere": elsewhere,
    }  # fmt: skip


def no_right(request: HttpRequest, me: Acting, refused: Refused) -> HttpResponse:
    return render(request, "desk/no_right.html", {"acting": me, "reasons": refused.reasons}, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def do(request: HttpRequest, me: Acting, pk: int, name: str) -> HttpResponse:
    """The form of an action and doing it; what is refused shows its reasons, what was entered stays."""
    try:
        page = page_of(request, me, pk)
    except Refused as refused:
        return no_right(request, me, refused)
    choice = next((one for one in (*page.allowed, *page.refused) if one.name == name), None)
    if choice is None:
        raise Http404
    faults: list[tuple[str, Say]] = []
    reasons = list(choice.reasons)
    if request.method == "POST":
        key = request.POST.get("request_key", "")[:64]
        try:
            actions.act(
                pk, name, by=me.actor.id, unit=me.unit, at=now_of(request), data=entry.read(choice.fields, request.POST),
                files=entry.read_files(choice.fields, request.FILES), key=f"act:{pk}:{name}:{key}" if key else None,
            )  # fmt: skip
            return redirect("case", pk)
        except BadInput as bad:
            faults = bad.faults
        except Refused as refused:
            reasons = refused.reasons
        except UnknownAction:
            raise Http404 from None
    day, posted = day_of(now_of(request)), request.POST if request.method == "POST" else None
    asked = entry.ask(
        page.line, choice.fields, day, unit=me.unit, suggested=suggested_for(page, name, day), entered=posted, limit_unit=limit_unit(page),
    )  # fmt: skip
    status = 409 if reasons and request.method == "POST" else 422 if faults else 200
    shown = {
        "section": "queue", "acting": me, "page": page, "head": page.head, "choice": choice, "asked": asked, "faults": faults, "reasons": reasons,
        "key": request.POST.get("request_key") or token_hex(16),
    }  # fmt: skip
    return render(request, "desk/do.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def reveal(request: HttpRequest, me: Acting, pk: int) -> HttpResponse:
    """Personal data for a stated purpose: the reading is logged and the person can see it."""
    try:
        page = page_of(request, me, pk)
    except Refused as refused:
        return no_right(request, me, refused)
    faults: list[tuple[str, Say]] = []
    contact, status = None, 200
    given = {name: request.POST.get(name, "") for name in ("purpose", "basis")}
    if request.method == "POST":
        try:
            contact = actions.reveal(pk, request.user, me.unit, at=now_of(request), **given)  # type: ignore[arg-type]
            request.session["revealed"] = [*request.session.get("revealed", ()), pk]
        except BadInput as bad:
            faults, status = bad.faults, 422
        except Refused as refused:
            faults, status = [("", reason) for reason in refused.reasons], 403
    shown = {"section": "queue", "acting": me, "page": page, "head": page.head, "faults": faults, "contact": contact, "given": given}
    return render(request, "desk/reveal.html", shown, status=status)


@require_safe
@staff
def find(request: HttpRequest, me: Acting) -> HttpResponse:
    """A case by its number."""
    text = request.GET.get("number", "").strip()[:40]
    head = queries.search(me.actor, text, now_of(request)) if text else None
    if head is not None:
        return redirect("case", head.id)
    return render(request, "desk/not_found.html", {"section": "queue", "acting": me, "find_text": text})


@require_POST
@staff
def choose_unit(request: HttpRequest, me: Acting) -> HttpResponse:
    """Work for another unit of one's own."""
    wanted = request.POST.get("unit", "")
    if wanted in {code for code, _title, _posts in me.choices}:
        request.session["unit"] = wanted
        request.session.pop("revealed", None)
    return redirect("queue")


@require_safe
@staff
def district_map(request: HttpRequest, me: Acting) -> HttpResponse:
    """Open cases by cell, late ones by street; the table says the same."""
    street = request.GET.get("street", "")[:9]
    line = request.GET.get("line", "")
    line = line if line in lines.all_lines() else ""
    shown = draw_district(street, line, now_of(request))
    title = _("地图")
    return render(request, "desk/map.html", shown | {"section": "map", "acting": me, "title": title, "line": line})
