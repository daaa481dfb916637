"""The table as a workbook: out to the offices, and back with what it would change shown first."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases.edge import to_instant
from bihuan.cases.hat import at_desk
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.record.actions import note_taken
from bihuan.targets import actions, board, queries
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.desk_views.table import filters
from bihuan.targets.queries import NoSuchReport
from bihuan.targets.table import rows as table
from bihuan.targets.table.book import book
from bihuan.targets.table.opened import LARGEST, open_sheet
from bihuan.targets.table.rows import Row
from bihuan.targets.views import english

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING = Say("选好文件再传", "Choose a file first")


@at_desk
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as it is filtered, as .xlsx."""
    report, asked = _report(pk), filters(request)
    every = table.rows(report, request.now)  # type: ignore[attr-defined]
    shown = table.wanted(every, asked.get("lead", ""), asked.get("state", ""), asked.get("gap", ""))
    page = request.build_absolute_uri(reverse("living-report-of", args=[pk]))

    def link(one: Row) -> str:
        return f"{page}#{one.row.key}"

    body = book(
        report, shown, board.units(), request.hat.unit_title, to_instant(request.now), link,  # type: ignore[attr-defined]
        by=asked.get("by", "section"), english=english(),
    )  # fmt: skip
    hat = request.hat  # type: ignore[attr-defined]
    note_taken(f"tasks/{report.year}", len(shown), by=hat.by, unit=hat.unit, at=request.now)  # type: ignore[attr-defined]
    name = f"{report.place}{report.year}年任务分解表.xlsx"
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = (
        f"attachment; filename=\"tasks-{report.year}.xlsx\"; filename*=UTF-8''{quote(name)}"
    )
    return answer


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet that an office filled in: what it would change row by row, then saved."""
    report, faults = _report(pk), list[tuple[str, Any]]()
    context: dict[str, Any] = {"report": report, "may": may(request)}
    if request.method == "POST":
        try:
            body = _body(request)
            opened = open_sheet(body)
            hat, save = request.hat, "expect" in request.POST  # type: ignore[attr-defined]
            found = actions.take_sheet(
                pk, opened, by=hat.by, unit=hat.unit, at=request.now, save=save, expect=request.POST.get("expect", ""),  # type: ignore[attr-defined]
            )  # fmt: skip
        except BadInput as bad:
            faults = list(bad.faults)
        except Refused as no:
            faults = [("", say) for say in no.reasons]
        else:
            context |= {"found": found, "opened": opened, "sheet": base64.b64encode(body).decode()}
            if found.saved:
                said = ngettext("收了 %(n)d 行的改动", "收了 %(n)d 行的改动", found.changed) % {
                    "n": found.changed
                }
                messages.success(request, said)
    return show(request, "sheet", **context, faults=faults, answer=422 if faults else 200)


def _body(request: HttpRequest) -> bytes:
    """The file, or the one that was shown a moment ago."""
    there = request.FILES.get("file")
    if there is not None and not isinstance(there, list):
        if there.size is not None and there.size > LARGEST:
            raise BadInput([("file", Say("文件超过 1 MB，不像任务分解表", "Over 1 MB: no table of tasks"))])
        return there.read()
    try:
        body = base64.b64decode(request.POST.get("sheet", ""), validate=True)
    except binascii.Error:
        body = b""
    if not body:
        raise BadInput([("file", NOTHING)])
    return body


def _report(pk: int) -> Any:
    try:
        return queries.report(pk)
    except NoSuchReport:
        raise Http404 from None
