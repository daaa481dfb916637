"""Both registers at the desk: looked at, searched, brought up to date from a table that is shown before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases import kept
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.hat import at_desk
from bihuan.cases.sent_table import SHOWN, NoTable, form_key, sent_table
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.rows import write_sheet
from bihuan.core.say import Say
from bihuan.core.table import Columns, Unreadable
from bihuan.inspections import actions, queries, registered
from bihuan.inspections.desk_views.frame import hat_of, show, tried
from bihuan.inspections.library import kinds, pools
from bihuan.inspections.registers import (
    COLUMNS,
    NEEDED,
    NEEDED_OF_INSPECTORS,
    OF_INSPECTORS,
    read_businesses,
    read_inspectors,
)  # fmt: skip
from bihuan.subjects import queries as subjects

LARGEST = 30_000_000  # bytes of a file from the browser; larger registers come by `bihuan businesses`
LEADERS = {"officer", "head"}
RELATIONS = {
    "kin": Say("近亲属", "Kin"), "interest": Say("有直接利害关系", "Direct interest"),
    "worked": Say("在那里任过职", "Worked there"), "other": Say("其他可能影响公正的关系", "Another relation"),
}  # fmt: skip
Bad = Sequence[tuple[int, str, Say]]


def labels(columns: Columns) -> dict[str, Say]:
    """The heading of each column in both languages."""
    return {key: Say(names[0], names[-1]) for key, names in columns.items()}


@at_desk
@require_safe
def businesses(request: HttpRequest) -> HttpResponse:
    """The register of businesses, found by code, name and kind."""
    hat, today = hat_of(request), to_date(day_of(request.now))  # type: ignore[attr-defined]
    text, kind, after = (request.GET.get(key, "").strip()[:40] for key in ("q", "kind", "after"))
    kind = kind if kind in kinds() else ""
    rows, more = registered.businesses(text, "" if kind == "any" else kind, after[:18], day=today)
    return show(request, "businesses", [], rows=rows, more=more, q=text, kind=kind, kinds=kinds().items(), may=may_list(hat))  # fmt: skip


@at_desk
@require_safe
def business(request: HttpRequest, code: str) -> HttpResponse:
    """One business with everything that was recorded of it."""
    hat_of(request)
    story = registered.business_story(code)
    if not story:
        raise Http404
    return show(request, "story", [], title=subjects.names_of([code]).get(code, code), number=code, public=True, back="desk-inspections-businesses", changes=told(story, labels(COLUMNS)))  # fmt: skip


@at_desk
@require_safe
def inspector(request: HttpRequest, iid: str) -> HttpResponse:
    """One inspector with everything that was recorded of the entry."""
    hat_of(request)
    story = registered.inspector_story(iid)
    if not story:
        raise Http404
    (name,) = queries.loads(request.now, story[:1])  # type: ignore[attr-defined]
    return show(request, "story", [], title=name.name, number=iid, public=False, back="desk-inspections-people", changes=told(story, labels(OF_INSPECTORS)))  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """Inspectors with their certificates and load; one declares a relation in person."""
    hat, given, faults = hat_of(request), request.POST, []
    if request.method == "POST":
        faults = tried(
            request,
            lambda who: actions.declare_relation(
                given.get("code", "").strip().upper(), given.get("kind", ""), given.get("words", ""), by=who["by"], at=who["at"]
            ),
        )  # fmt: skip
        if not faults:
            messages.success(request, _("已经记下，下一次抽取就避开。"))
            return redirect("desk-inspections-people")
    text, after = (request.GET.get(key, "").strip()[:40] for key in ("q", "after"))
    found, more = registered.inspectors(text, after)
    return show(
        request, "team", faults, given=given, rows=queries.loads(request.now, found), more=more, q=text, may=bool(LEADERS & set(hat.posts)),  # type: ignore[attr-defined]
        mine=queries.inspector_of(hat.by), relations=RELATIONS.items(),
    )  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load_businesses(request: HttpRequest) -> HttpResponse:
    """A table of businesses: what it would change, then recorded."""

    def look(name: str, body: bytes) -> tuple[Any, Bad]:
        read = read_businesses(name, body)
        compared = registered.compare(read.good)
        names = subjects.names_of([*list(compared.fresh)[:SHOWN], *list(compared.changed)[:SHOWN]])
        fresh = [(code, names.get(code, "")) for code in compared.fresh[:SHOWN]]
        changed = [(code, names.get(code, ""), columns) for code, columns in list(compared.changed.items())[:SHOWN]]  # fmt: skip
        found = {"n_fresh": len(compared.fresh), "n_changed": len(compared.changed), "same": compared.same, "fresh": fresh, "changed": changed}  # fmt: skip
        return (read.good, found), read.bad

    return loading(request, "businesses", look, actions.take_businesses, COLUMNS, NEEDED, {"kinds": kinds().items()})  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load_inspectors(request: HttpRequest) -> HttpResponse:
    """A table of the inspectors of one's own unit: what it would change, then recorded."""
    hat, today = hat_of(request), to_date(day_of(request.now))  # type: ignore[attr-defined]

    def look(name: str, body: bytes) -> tuple[Any, Bad]:
        good, bad = read_inspectors(name, body, hat.unit, registered.accounts(hat.unit, today))
        told_of = registered.entry_faults([one for _, one in good], today)
        bad += [(line, one.iid, say) for (line, one), faults in zip(good, told_of, strict=True) for _, say in faults]  # fmt: skip
        entries = [one for (_, one), faults in zip(good, told_of, strict=True) if not faults]
        compared = registered.compare_inspectors(entries)
        numbers = {one.person: one.iid for one in entries}
        fresh = [(numbers[one], "") for one in compared.fresh[:SHOWN]]
        changed = [(numbers[one], "", columns) for one, columns in list(compared.changed.items())[:SHOWN]]
        found = {"n_fresh": len(compared.fresh), "n_changed": len(compared.changed), "same": compared.same, "fresh": fresh, "changed": changed}  # fmt: skip
        return (entries, found), sorted(bad, key=lambda row: row[0])

    return loading(request, "people", look, actions.take_inspectors, OF_INSPECTORS, NEEDED_OF_INSPECTORS, {"pools": pools().items()})  # fmt: skip


def loading(
    request: HttpRequest, which: str, look: Any, take: Any, columns: Columns, needed: Sequence[str], words: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """Choose a file, see what it would change, record the good rows; the bad ones come back as a table."""
    hat, key, named = hat_of(request), form_key(request), labels(columns)
    shown: dict[str, Any] = {"which": which, "key": key, "labels": named, "needed": [named[one] for one in needed], "others": [say for one, say in named.items() if one not in needed]} | words  # fmt: skip
    allowed = may_list(hat) if which == "businesses" else bool(LEADERS & set(hat.posts))
    if request.method != "POST" or not allowed:
        return show(request, "load", [], **shown, shut=not allowed, answer=200 if allowed else 403)
    try:
        sent = sent_table(request, key, LARGEST)
        (good, found), bad = look(sent.name, sent.body)
    except (NoTable, Unreadable) as none:
        if isinstance(none, Unreadable):
            kept.drop(request.session, key)
        return show(request, "load", [("table", none.say)], **shown)
    if "faults" in request.POST:
        return faults_table(which, bad)
    if "record" not in request.POST:
        return show(
            request, "load", [], **shown, **found, seen=True, name=sent.name, bad=bad[:SHOWN], n_bad=len(bad)
        )
    try:
        done = take(good, by=hat.by, unit=hat.unit, at=request.now)  # type: ignore[attr-defined]
    except (BadInput, Refused) as no:
        faults = list(no.faults) if isinstance(no, BadInput) else [("", say) for say in no.reasons]
        return show(request, "load", faults, **shown, **found, seen=True, name=sent.name, bad=bad[:SHOWN], n_bad=len(bad))  # fmt: skip
    kept.drop(request.session, key)
    messages.success(request, _("新增 %(added)d 条，更新 %(changed)d 条；原来的都留着。") % {"added": done.added, "changed": done.changed})  # fmt: skip
    return redirect(f"desk-inspections-{which}")


def faults_table(which: str, bad: Bad) -> HttpResponse:
    """The bad rows as CSV: line, code, reason."""
    rows = [(line, f"'{code}", f"{say} / {say.en}") for line, code, say in bad]
    response = HttpResponse(write_sheet([(_("行"), _("编号"), _("原因")), *rows]), content_type="text/csv; charset=utf-8")  # fmt: skip
    response["Content-Disposition"] = f'attachment; filename="{which}-faults.csv"'
    return response


def may_list(hat: Any) -> bool:
    """Whether this hat brings the register of businesses up to date."""
    return bool(LEADERS & set(hat.posts)) and hat.unit in registered.inspect_units()


def told(story: Sequence[Any], named: dict[str, Say]) -> list[tuple[Any, list[tuple[Say, Any, Any]]]]:
    """Each row with what it changed of the one before it, everything for the first."""
    return [
        (new, [(say, cell(old, key), cell(new, key)) for key, say in named.items() if hasattr(new, key) and (old is None or getattr(old, key) != getattr(new, key))])
        for new, old in zip(story, [*story[1:], None], strict=True)
    ]  # fmt: skip


def cell(row: Any, key: str) -> Any:
    """A cell in words."""
    value = getattr(row, key, None)
    if key in ("kinds", "pools"):
        words = kinds() if key == "kinds" else pools()
        return listed(words[one] for one in value or ())
    if isinstance(value, bool):
        return Say("是", "yes") if value else Say("否", "no")
    text = "—" if value in ("", None) else str(value)
    return Say(text, text)


def listed(words: Iterable[Say]) -> Say:
    """Several words as one."""
    found = list(words)
    return Say("、".join(found) or "—", ", ".join(one.en for one in found) or "—")
