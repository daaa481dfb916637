"""The catalogue of services brought up to date from a workbook, shown before it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.cases import kept
from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.cases.sent_table import SHOWN, NoTable, form_key, sent_table
from bihuan.core.items.parts import ORDER, TABLES, TITLES
from bihuan.core.items.read import Read, read_tables
from bihuan.core.rows import write_sheet
from bihuan.core.say import Say
from bihuan.core.table import Unreadable
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.items import actions, queries
from bihuan.items.sheet import read_workbook
from bihuan.people import queries as people

LARGEST = 10_000_000  # bytes


def label(table: str, column: str) -> Say:
    """A column's name in both languages."""
    names = TABLES[table][column]
    return Say(names[0], names[-1])


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: DeskRequest) -> HttpResponse:
    """Choose a workbook, see what it would change, record the good rows; bad ones come back as a table."""
    reason = why_not(request)
    key = form_key(request)
    if request.method != "POST" or reason:
        return page(request, key=key, reason=reason, answer=403 if reason else 200)
    try:
        sent = sent_table(request, key, LARGEST)
    except NoTable as none:
        return page(request, key=key, fault=none.say)
    try:
        tables = read_workbook(sent.name, sent.body)
        read = read_tables(tables, queries.around(day_of(request.now), people.unit_names()))
    except Unreadable as error:
        kept.drop(request.session, key)
        return page(request, key=key, fault=error.say)
    if "faults" in request.POST:
        return faults_table(read)
    whole = request.POST.get("whole") == "1" and not read.bad
    if "record" not in request.POST:
        return page(request, key=key, read=read, name=sent.name, whole=whole, answer=200)
    done = actions.record_entries(
        read.good, by=request.acting.actor.id, at=request.now, source=sent.name, whole=whole
    )
    kept.drop(request.session, key)
    messages.success(
        request,
        _("新增 %(added)d 条，更新 %(changed)d 条，停用 %(removed)d 条")
        % {"added": done.added, "changed": done.changed, "removed": done.removed},
    )
    return redirect("desk-items")


def page(
    request: DeskRequest, *, key: str, read: Read | None = None, fault: Say | None = None, reason: Say | None = None,
    name: str = "", whole: bool = False, answer: int = 422,
) -> HttpResponse:  # fmt: skip
    found = {}
    if read is not None:
        compared = queries.compare(read.good)
        found = {
            "compared": compared, "bad_count": len(read.bad),
            "bad": [(TITLES[one.table], one.line, one.code, [(label(one.table, column), say) for column, say in one.faults]) for one in read.bad[:SHOWN]],
            "changed": [(TITLES[table], code, [label(table, one) for one in columns]) for table, code, columns in compared.changed[:SHOWN]],
            "tables": [(TITLES[one], len(rows)) for one, rows in read.good.items()],
        }  # fmt: skip
    return show(
        request, "items_load", "items", answer=answer, key=key, fault=fault, reason=reason, name=name, whole=whole, looked=read is not None,
        columns=[(TITLES[table], [label(table, column) for column in TABLES[table]]) for table in reversed(ORDER)], **found,
    )  # fmt: skip


def faults_table(read: Read) -> HttpResponse:
    """The bad rows as CSV: table, line, code, column, reason; Excel opens it with its Chinese intact."""
    head = (_("表"), _("行"), _("编码"), _("栏"), _("原因"))
    rows = [
        (tell(TITLES[bad.table]), bad.line, bad.code, tell(label(bad.table, column)), tell(say))
        for bad in read.bad
        for column, say in bad.faults
    ]
    response = HttpResponse(write_sheet([head, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="items-faults.csv"'
    return response


def why_not(request: DeskRequest) -> Say | None:
    """Who keeps the catalogue: the head or an officer of the office of government services."""
    if queries.keeps(request.acting.unit, request.acting.posts):
        return None
    return Say("事项目录由区政务服务办公室的负责人或者经办人更新", "The catalogue is kept by the head or an officer of the government service office")  # fmt: skip
