"""The yearly table of a line, as a page and as CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases.annual import annual_table
from bihuan.cases.edge import to_date
from bihuan.cases.maps import tell
from bihuan.core.rows import write_sheet
from bihuan.core.time.instant import day
from bihuan.lines.annual import annual


@require_safe
def show(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """What became of the requests of a year; the running year as far as it goes."""
    this = request.now.year  # type: ignore[attr-defined]
    if code not in lines.all_lines() or not 2000 < year <= this:
        raise Http404
    line = lines.at(code, min(day(f"{year}-12-31"), max(lines.all_lines()[code])))
    of = annual(line)
    if of is None:
        raise Http404
    table = annual_table(line, of, year)
    said: dict[str, Any] = {
        "section": "lines", "line": line, "of": of, "table": table, "year": year, "running": year == this,
        "years": [y for y in (year - 1, year + 1) if to_date(line.version).year <= y <= this],
    }  # fmt: skip
    if request.GET.get("as") == "csv":
        return as_csv(said, f"{code}-{year}.csv")
    return render(request, "public/annual.html", said)


def as_csv(said: dict[str, Any], name: str) -> HttpResponse:
    """The same table as a file for a spreadsheet."""
    table = said["table"]
    head = ["", "", *(tell(one) for one in table.columns), _("总计")]
    rows = [[_("本年新收"), "", *table.fresh], [_("上年结转"), "", *table.before]]
    rows += [[tell(row.section), tell(row.title), *cells] for row, cells in table.rows]
    rows += [[_("办理合计"), "", *table.answered], [_("结转下年度继续办理"), "", *table.after]]
    body = write_sheet([tuple(map(str, row)) for row in (head, *rows)])
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
