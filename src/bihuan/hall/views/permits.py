"""Apply for a licence: the form of the line for one item, kept while it is being written, one case however often sent."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases import actions, entry, lookup
from bihuan.cases.edge import day_of
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.items.parts import Item
from bihuan.core.say import Say
from bihuan.hall.views.catalogue import material, unit_names, words
from bihuan.items import queries
from bihuan.lines.forms import Field, fields

LINE = "permits"
# What the hall knows without asking: whoever holds the code applies, now, to the unit of the item.
KNOWN = frozenset({"applicant", "received_on", "agency"})
DRAFTS = "permit_drafts"  # session key: item → what was written so far, as it was sent
MOST_DRAFTS = 5
LONGEST_DRAFT = 20_000  # characters


def asked_fields(day: int) -> list[Field]:
    line = lines.at(LINE, day)
    return [field for field in fields(line, line.opens_with) if field.key not in KNOWN]


def item_of(code: str) -> Item:
    found = queries.catalogue().items.get(code)
    if found is None or found.line != LINE:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one item; laid aside and found again, or filed."""
    item, now = item_of(code), request.now  # type: ignore[attr-defined]
    shown = asked_fields(day_of(now))
    if request.method != "POST":
        return page(request, item, shown, kept_draft(request, code))
    if "save" in request.POST:
        keep_draft(request, code)
        return page(request, item, shown, kept_draft(request, code), saved=True)
    key = request.POST.get("request_key", "")[:64]
    try:
        opened = actions.open_case(
            LINE, code, by=None, unit="", at=now, data=entry.read(shown, request.POST) | {"agency": item.unit},
            files=entry.read_files(shown, request.FILES), key=f"permit:{key}" if key else None,
        )  # fmt: skip
    except BadInput as bad:
        faults = bad.faults
    except Refused as refused:
        faults = [("", reason) for reason in refused.reasons]
    else:
        drop_draft(request, code)
        request.session.setdefault("tracked", {})[opened.number] = opened.case
        request.session.modified = True
        return redirect("permit-applied", opened.number)
    keep_draft(request, code)
    return page(request, item, shown, request.POST, faults=faults)


def page(
    request: HttpRequest, item: Item, shown: list[Field], entered: QueryDict | None, *,
    faults: list[tuple[str, Say]] | None = None, saved: bool = False,
) -> HttpResponse:  # fmt: skip
    day = day_of(request.now)  # type: ignore[attr-defined]
    materials = queries.materials_of(item.code)
    given = {
        "section": "hall", "item": item, "faults": faults or [], "saved": saved, "found_again": entered is not None and request.method != "POST",
        "asked": entry.ask(lines.at(LINE, day), shown, day, entered=entered), "unit": unit_names().get(item.unit),
        "bring": [material(one) for one in materials if one.asked], "had": [material(one) for one in materials if not one.asked],
        "legal": words(item.legal), "key": (entered.get("request_key") if entered is not None else "") or token_hex(16),
    }  # fmt: skip
    return render(request, "hall/permit.html", given, status=422 if faults else 200)


def keep_draft(request: HttpRequest, code: str) -> None:
    """Lay aside what was written; files stay with whoever chose them."""
    text = request.POST.copy()
    text.pop("csrfmiddlewaretoken", None)
    said = text.urlencode()
    if len(said) > LONGEST_DRAFT:
        return
    drafts = {key: value for key, value in request.session.get(DRAFTS, {}).items() if key != code}
    while len(drafts) >= MOST_DRAFTS:
        drafts.pop(next(iter(drafts)))
    request.session[DRAFTS] = drafts | {code: said}


def kept_draft(request: HttpRequest, code: str) -> QueryDict | None:
    said = request.session.get(DRAFTS, {}).get(code)
    return None if said is None else QueryDict(said)


def drop_draft(request: HttpRequest, code: str) -> None:
    drafts = dict(request.session.get(DRAFTS, {}))
    drafts.pop(code, None)
    request.session[DRAFTS] = drafts


@require_safe
def applied(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of an application, for whoever filed it."""
    case = request.session.get("tracked", {}).get(number)
    if case is None:
        return redirect("track")
    found: Any = tracked(case, request.now)  # type: ignore[attr-defined]
    given = {"section": "hall", "found": found, "head": found.head, "code": lookup.code_of(number)}
    return render(request, "hall/permit_applied.html", given)
