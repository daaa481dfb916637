"""A form between first look and receipt: written in parts, laid aside, found again elsewhere, filed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from bihuan import lines
from bihuan.cases import actions, entry, photo
from bihuan.cases.edge import day_of
from bihuan.cases.entry import Asked
from bihuan.cases.online import missing
from bihuan.cases.receive import want_answers
from bihuan.cases.shapes import BadInput, Refused, TooMany, Upload
from bihuan.core.say import Say
from bihuan.hall.resident import RESIDENT, here
from bihuan.lines.forms import FILES, Field, fields
from bihuan.residents import actions as residents
from bihuan.residents import queries
from bihuan.residents.prefill import Filled, fill, told

MINE = "drafts"  # session key: form → number of the draft that this browser opened
FILED = "filed"  # session key: key of a form that was filed → number of its case
PREFILL = "prefill"  # sent with the form where its writer asked for what is held
SOURCES = "sources"  # the field of a line that keeps where answers came from
NOT_SAID = ("csrfmiddlewaretoken", "draft", "draft_code", "seen", "save", "drop")
LAST = 20
Faults = list[tuple[str, Say]]


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked for and where it goes: `known` is what the hall adds by itself, `done` the page of the receipt."""

    line: str
    matter: str
    asked: Sequence[Field]
    known: Mapping[str, Any]
    template: str
    done: str
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.line}/{self.matter}"


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields under one heading: `left` are required and still empty."""

    number: int
    title: Say | None
    asked: Sequence[Asked]
    left: int


def fill_in(request: HttpRequest, form: Form) -> HttpResponse:
    """Show the form with what its writer laid aside, lay it aside, or file it; what cannot be taken stands at its field
    and everything else is kept, files too."""
    draft = mine(request, form)
    if request.method != "POST":
        return page(request, form, QueryDict(draft.said) if draft else None, draft)
    if draft is None and (number := request.session.get(FILED, {}).get(request.POST.get("request_key", ""))):
        return redirect(form.done, number)  # sent twice: the first was filed
    sent = entry.read_files(form.asked, request.FILES)
    if "save" in request.POST or "drop" in request.POST:
        good, faults = sort_files(form, sent)
        draft, changed = keep(request, form, draft, good)
        return page(request, form, request.POST, draft, faults + changed, saved=not (faults or changed))
    if draft is not None and str(draft.version) != request.POST.get("seen", ""):
        return page(request, form, request.POST, draft, told_changed(request, form, draft), status=409)
    there = queries.uploads_of(draft.number) if draft else []
    number, said = "", Faults()
    if not without(request, form, kinds([*there, *sent])):
        number, said = file(request, form, [*there, *sent])
    if number:
        if draft is not None:
            residents.drop_draft(draft.number)
            request.session[MINE] = {k: v for k, v in request.session[MINE].items() if k != form.name}
        return redirect(form.done, number)
    good, wrong = sort_files(form, sent)  # everything is told at once, and what is good is kept
    faults = (
        wrong_answers(request, form)
        + wrong
        + without(request, form, kinds([*there, *good]) | {key for key, _ in wrong})
    )
    draft, changed = keep(request, form, draft, good)
    return page(request, form, request.POST, draft, (faults or named(form, said)) + changed)


def mine(request: HttpRequest, form: Form) -> queries.Begun | None:
    """The draft of this form that this browser opened, or that the form sent with its code: a session may have ended."""
    at: Any = request.now  # type: ignore[attr-defined]
    number, sent = request.session.get(MINE, {}).get(form.name, ""), request.POST.get("draft", "")[:32]
    found = queries.begun(number, at) if number else None
    if sent and sent != number:
        try:
            found = residents.open_draft(
                sent, request.POST.get("draft_code", ""), source=request.META.get("REMOTE_ADDR", ""), at=at
            )
        except (BadInput, TooMany):
            found = None  # expired or filed meanwhile: what the form carries becomes a draft of its own
    if found is not None and (found.line, found.matter) == (form.line, form.matter):
        remember(request, found)
        return found
    return None


def remember(request: HttpRequest, draft: queries.Begun) -> None:
    """This browser may open the draft from now on."""
    name = f"{draft.line}/{draft.matter}"
    kept = request.session.get(MINE, {})
    if kept.get(name) != draft.number:
        request.session[MINE] = dict([*kept.items(), (name, draft.number)][-LAST:])


def keep(
    request: HttpRequest, form: Form, draft: queries.Begun | None, files: Sequence[Upload]
) -> tuple[queries.Begun | None, Faults]:
    """Lay aside what was sent; faults where it was saved elsewhere in between: nothing is overwritten in silence."""
    said = request.POST.copy()
    for name in NOT_SAID:
        said.pop(name, None)
    seen = request.POST.get("seen", "")
    drop = [int(one) for one in request.POST.getlist("drop") if one.isdigit()]
    try:
        kept = residents.keep_draft(
            draft.number if draft else "", form.line, form.matter, said.urlencode(), seen=int(seen) if seen.isdigit() else 0,
            at=request.now, files=files, drop=drop, resident=request.session.get(RESIDENT),  # type: ignore[attr-defined]
        )  # fmt: skip
    except residents.Changed as changed:
        return changed.now, told_changed(request, form, changed.now)
    except BadInput as bad:
        return draft, list(bad.faults)
    remember(request, kept)
    return kept, []


def told_changed(request: HttpRequest, form: Form, now: queries.Begun) -> Faults:
    """Which fields another window or device left otherwise than this one has them."""
    there = QueryDict(now.said)
    names = [
        one.label
        for one in form.asked
        if any(
            there.getlist(key) != request.POST.getlist(key)
            for key in {*there, *request.POST}
            if key == one.key or key.startswith(f"{one.key}-")
        )
    ]
    which = "、".join(names) or "文件"
    which_en = ", ".join(one.en for one in names) or "files"
    return [("", Say(
        f"这份申请在别的窗口或者设备上又存过。和这里不一样的：{which}。下面是你在这里写的；再按一次，就以这里为准",
        f"This form was saved in another window or on another device meanwhile. Different there: {which_en}. Below is what you wrote here; press again and this is kept",
    ))]  # fmt: skip


def sort_files(form: Form, sent: Sequence[Upload]) -> tuple[list[Upload], Faults]:
    """The files that can be taken, and what is wrong with the others."""
    good: list[Upload] = []
    faults: Faults = []
    for upload in sent:
        try:
            photo.take(upload)
        except BadInput as bad:
            faults += bad.faults
        else:
            good.append(upload)
    return good, named(form, faults)


def named(form: Form, faults: Faults) -> Faults:
    """The faults of files with the name of their field in front: a form may ask for seven of them."""
    labels = {one.key: one.label for one in form.asked if one.kind in FILES}
    found = []
    for key, say in faults:
        label = labels.get(key)
        if label is not None and f"“{label}”" not in say:
            say = Say(f"“{label}”：{say}", f"“{label.en}”: {say.en if isinstance(say, Say) else say}")
        found.append((key, say))
    return found


def kinds(uploads: Sequence[Upload]) -> set[str]:
    return {one.kind for one in uploads}


def without(request: HttpRequest, form: Form, there: set[str]) -> Faults:
    """The papers that are asked for, after these answers, and not there."""
    line = lines.at(form.line, day_of(request.now))  # type: ignore[attr-defined]
    return missing(line, form.asked, there, entry.read(form.asked, request.POST))


def wrong_answers(request: HttpRequest, form: Form) -> Faults:
    """What is wrong with the answers, without filing anything."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    try:
        want_answers(lines.at(form.line, day), entry.read(form.asked, request.POST) | dict(form.known), day)
    except BadInput as bad:
        return list(bad.faults)
    return []


def file(request: HttpRequest, form: Form, uploads: Sequence[Upload]) -> tuple[str, Faults]:
    """(number of the case, faults): one case however often it is sent."""
    key = request.POST.get("request_key", "")[:64]
    try:
        opened = actions.open_case(
            form.line, form.matter, by=None, unit="", at=request.now, files=uploads,  # type: ignore[attr-defined]
            data=entry.read(form.asked, request.POST) | dict(form.known) | came_from(request, form), key=f"{form.line}:{key}" if key else None,
        )  # fmt: skip
    except BadInput as bad:
        return "", list(bad.faults)
    except Refused as refused:
        return "", [("", reason) for reason in refused.reasons]
    if me := here(request):
        residents.claim(me.id, opened.case, at=request.now)  # type: ignore[attr-defined]
    request.session.setdefault("tracked", {})[opened.number] = opened.case
    if key:
        request.session[FILED] = dict([*request.session.get(FILED, {}).items(), (key, opened.number)][-LAST:])
    request.session.modified = True
    return opened.number, []


def filled_in(request: HttpRequest, form: Form, entered: QueryDict | None) -> dict[str, Filled]:
    """What was held and is put into the form: only for somebody who is logged in and asked for it."""
    me = here(request)
    if me is None or PREFILL not in (entered if entered is not None else request.GET):
        return {}
    return fill(me, form.asked, request.now, form.matter)  # type: ignore[attr-defined]


def came_from(request: HttpRequest, form: Form) -> dict[str, str]:
    """Which answers came from where, as the case keeps it; nothing where the form does not keep it."""
    line = lines.at(form.line, day_of(request.now))  # type: ignore[attr-defined]
    filled = filled_in(request, form, request.POST)
    if not filled or not any(field.key == SOURCES for field in fields(line, line.opens_with)):
        return {}
    return {SOURCES: told(filled, {key: sent_as(request.POST, key) for key in filled})}


def sent_as(posted: QueryDict, key: str) -> str:
    """What was sent in a field; of an address its words."""
    return str(posted.get(key) or posted.get(f"{key}-text") or "")


def marked(one: Asked, filled: Mapping[str, Filled], fresh: bool) -> Asked:
    """A field with what was held: put in where the form is fresh, and always with its source and whether it was changed."""
    held = filled.get(one.field.key)
    if held is None:
        return one
    address = one.field.kind == "address"
    said = dict(one.value or {}).get("text") if address else one.value
    if fresh or said == held.value:
        return replace(
            one, value={"text": held.value} if address and fresh else one.value if address else held.value, source=Say(f"带出自：{held.source}。可以改", f"Filled in from: {held.source.en}. You may change it")
        )  # fmt: skip
    return replace(
        one,
        source=Say(f"改过，原来带出自：{held.source}", f"Changed; it was filled in from: {held.source.en}"),
    )


def page(
    request: HttpRequest, form: Form, entered: QueryDict | None, draft: queries.Begun | None, faults: Faults | None = None,
    *, saved: bool = False, status: int = 422,
) -> HttpResponse:  # fmt: skip
    """The form as it stands."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    files: dict[str, list[queries.Kept]] = {}
    for one in draft.files if draft else ():
        files.setdefault(one.field, []).append(one)
    filled = filled_in(request, form, entered)
    asked = [
        marked(replace(one, kept=tuple(files.get(one.field.key, ()))), filled, entered is None)
        for one in entry.ask(lines.at(form.line, day), form.asked, day, entered=entered or request.GET)
    ]
    parts = parts_of(asked)
    given = dict(form.given) | {
        "asked": asked, "parts": parts, "faults": faults or [], "saved": saved, "draft": draft,
        "prefilled": bool(filled), "can_prefill": entered is None and not filled and here(request) is not None,
        "found_again": draft is not None and request.method != "POST",
        "key": (entered.get("request_key") if entered is not None else "") or token_hex(16),
        "left": sum(part.left for part in parts),
    }  # fmt: skip
    answer = render(request, form.template, given, status=status if faults else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


def parts_of(asked: Sequence[Asked]) -> list[Part]:
    """The fields under the headings of the form; one part without a heading where the form is short."""
    found: list[tuple[Say | None, list[Asked]]] = []
    for one in asked:
        if one.field.part is not None or not found:
            found.append((one.field.part, []))
        found[-1][1].append(one)
    return [
        Part(number, title, rows, sum(1 for one in rows if is_left(one)))
        for number, (title, rows) in enumerate(found, 1)
    ]


def is_left(one: Asked) -> bool:
    """Whether a required field is still empty; one that another answer decides is not counted."""
    return one.field.required and not one.field.when and not (one.value or one.kept)
