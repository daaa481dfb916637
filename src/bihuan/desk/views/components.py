"""The register of components: found by code, name and cell; brought up to date from a table, shown before it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases import kept
from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.cases.sent_table import SHOWN, NoTable, form_key, sent_table
from bihuan.core.codes.division import COMPONENT_CLASSES
from bihuan.core.place.component import ACCURACY, COLUMNS, NEEDED, STATES
from bihuan.core.rows import write_sheet
from bihuan.core.say import Say
from bihuan.core.table import Unreadable
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.lines.intake import taken_in_by
from bihuan.people import queries as people
from bihuan.places import actions as places
from bihuan.places import queries
from bihuan.places.queries import NotHere, division_names
from bihuan.places.register import Sheet, kinds_on, read_file

LINE = "urban_management"
POSTS = frozenset({"acceptor", "head"})  # of the unit that takes in the cases of this line
LARGEST = 30_000_000  # bytes of a file from the browser; larger registers come by `bihuan load components`
# headings that a table may carry, in either language
LABELS = {key: Say(names[0], next(n for n in names if n.isascii())) for key, names in COLUMNS.items()}


@at_desk
@require_safe
def register(request: DeskRequest) -> HttpResponse:
    """Counts by class and state, and the rows found."""
    text, cell = request.GET.get("q", "")[:40].strip(), request.GET.get("cell", "")[:15]
    state, after = request.GET.get("state", ""), request.GET.get("after", "")[:17]
    rows = queries.components(text, cell, state if state in STATES else "", after)
    counts = queries.component_counts()
    classes = [
        (title, [counts.get(big, {}).get(key, 0) for key in STATES], sum(counts.get(big, {}).values()))
        for big, title in COMPONENT_CLASSES.items()
    ]
    return show(
        request, "components", "components", rows=[shown(row) for row in rows], classes=classes, states=STATES.items(), q=text,
        cell=cell, state=state, total=sum(total for _, _, total in classes), may=not why_not(request),
        after=rows[-1].code if len(rows) == 50 else "",
    )  # fmt: skip


@at_desk
@require_safe
def component(request: DeskRequest, code: str) -> HttpResponse:
    """One component with everything that was recorded of it."""
    story = queries.component_story(code)
    if not story:
        raise Http404
    changes = [
        (new, [(LABELS[name], cell_of(old, name), cell_of(new, name)) for name in queries.KEPT if getattr(old, name) != getattr(new, name)] if old else [])
        for new, old in zip(story, [*story[1:], None], strict=True)
    ]  # fmt: skip
    return show(request, "component", "components", one=shown(story[0]), changes=changes)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: DeskRequest) -> HttpResponse:
    """Choose a file, see what it would change, record the good rows; bad ones come back as a table."""
    reason = why_not(request)
    key = form_key(request)
    if request.method != "POST" or reason:
        return page(request, key=key, reason=reason, answer=403 if reason else 200)
    try:
        sent = sent_table(request, key, LARGEST)
    except NoTable as none:
        return page(request, key=key, fault=none.say)
    try:
        sheet = read_file(sent.name, sent.body, kinds_on(day_of(request.now)), unit_codes(), queries.tiling())
    except Unreadable as error:
        kept.drop(request.session, key)
        return page(request, key=key, fault=error.say)
    except NotHere as error:
        return page(request, key=key, fault=error.reason)
    if "faults" in request.POST:
        return faults_table(sheet)
    if "record" not in request.POST:
        return page(request, key=key, sheet=sheet, name=sent.name, answer=200)
    done = places.record_components(sheet.good, by=request.acting.actor.id, at=request.now)
    kept.drop(request.session, key)
    messages.success(
        request,
        _("新增 %(added)d 个，更新 %(changed)d 个部件") % {"added": done.added, "changed": done.changed},
    )
    return redirect("desk-components")


def page(
    request: DeskRequest, *, key: str, sheet: Sheet | None = None, fault: Say | None = None, reason: Say | None = None,
    name: str = "", answer: int = 422,
) -> HttpResponse:  # fmt: skip
    found: dict[str, Any] = {}
    if sheet is not None:
        compared = queries.compare(sheet.good)
        found = {
            "compared": compared, "bad": sheet.bad[:SHOWN], "bad_count": len(sheet.bad), "good_count": len(sheet.good),
            "changed": [(code, sheet.good[code].name, [tell(LABELS[n]) for n in names]) for code, names in list(compared.changed.items())[:SHOWN]],
        }  # fmt: skip
    return show(
        request, "components_load", "components", answer=answer, key=key, fault=fault, reason=reason, name=name, labels=LABELS,
        needed=[tell(LABELS[one]) for one in NEEDED], others=[tell(LABELS[one]) for one in COLUMNS if one not in NEEDED],
        states=[tell(Say(str(say), key)) for key, say in STATES.items()], accuracy=ACCURACY.items(), **found,
    )  # fmt: skip


def faults_table(sheet: Sheet) -> HttpResponse:
    """The bad rows as CSV: line, code, column, reason; Excel opens it with its Chinese intact."""
    head = (_("行"), tell(LABELS["code"]), _("栏"), _("原因"))
    rows = [
        (bad.line, f"'{bad.code}", tell(LABELS[column]), tell(say))
        for bad in sheet.bad
        for column, say in bad.faults
    ]
    response = HttpResponse(write_sheet([head, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="components-faults.csv"'
    return response


def why_not(request: DeskRequest) -> Say | None:
    """Who keeps the register: the acceptors and the head of the centre that takes in the cases."""
    acting = request.acting
    ours = LINE in dict(taken_in_by(acting.unit, day_of(request.now)))
    if ours and POSTS & set(acting.posts):
        return None
    return Say("部件登记由监督中心的受理员或者负责人更新", "The register is kept by the acceptors and the head of the supervision centre")  # fmt: skip


def unit_codes() -> dict[str, str]:
    """Code by name and by code, of every unit of the district."""
    names = people.known(people.change()).names
    return {str(say): code for code, say in names.items()} | {code: code for code in names}


def shown(row: Any) -> dict[str, Any]:
    """A row with its units and its community by name."""
    names = people.known(people.change()).names
    units = {key: names.get(getattr(row, key)) or Say(getattr(row, key) or "—", getattr(row, key) or "—") for key in ("supervisor", "owner", "maintainer")}  # fmt: skip
    street, community = (
        Say(*division_names().get(code, (code, code))) for code in (row.cell[:9], row.cell[:12])
    )
    return {"row": row, "state": STATES[row.state], "street": street, "community": community, **units}


def cell_of(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return STATES[value] if name == "state" else "—" if value in ("", None) else value
