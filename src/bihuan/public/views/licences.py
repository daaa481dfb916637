"""Decisions on licences in public: the list, how soon each could be seen, and the whole as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.cases.licences import decisions, every, promptness
from bihuan.core.rows import write_sheet

HEAD = (
    "决定书文号", "决定书名称", "许可事项", "申请内容", "行政相对人", "统一社会信用代码", "许可机关", "决定日期", "有效期至", "失效", "失效日期",
    "公示时间", "决定到公示的工作日",
)  # fmt: skip


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """The decisions, newest first, with how many could be seen within the time that is set."""
    after = request.GET.get("before", "")
    before = int(after) if after.isdecimal() and len(after) < 18 else 0
    rows, more = decisions(before)
    prompt = promptness(request.now)  # type: ignore[attr-defined]
    shown = {"section": "hall", "rows": rows, "more": more, "before": before, "prompt": prompt}
    return render(request, "public/licences.html", shown)


@require_safe
def licences_csv(request: HttpRequest) -> HttpResponse:
    """Every decision as CSV; persons by masked names, without any number of theirs."""
    rows = [
        [one.number, one.title, one.matter, one.what, one.holder, one.uscc, one.unit, one.on, one.until or "",
         one.ended or "", one.ended_on or "", f"{one.seen_at:%Y-%m-%d %H:%M}" if one.seen_at else "",
         "" if one.days is None else one.days]
        for one in every()
    ]  # fmt: skip
    answer = HttpResponse(write_sheet([HEAD, *rows]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="licences.csv"'
    return answer
