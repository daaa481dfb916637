"""One search for everything: a number is followed, words lead to what can be reported, asked for or read."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.core.line.folder import Line
from bihuan.core.line.seek import seek
from bihuan.core.say import Say
from bihuan.lines.catalogue import matters_on
from bihuan.lines.everyday import LINE, WORDS, without_twins

NUMBER = re.compile(r"[A-Z]{2,4}\d{8}-\d{1,12}")
ASKING = ("信息", "公开", "申请", "文件", "查阅", "information", "document", "disclosure", "foi")
LONGEST = 80


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What answers to the words; the page says so where nothing does, and never guesses."""
    text = request.GET.get("q", "")[:LONGEST].strip()
    number = text.upper().replace(" ", "")
    if NUMBER.fullmatch(number):
        return redirect(f"{reverse('track')}?{urlencode({'number': number})}")
    day = day_of(request.now)  # type: ignore[attr-defined]
    rows = matters_on(lines.at(LINE, day), day)
    found = without_twins(seek(rows, text, WORDS)) if text else []
    shown = {
        "section": "find", "q": text, "found": [(row, Say(row.name, row.name_en)) for row in found],
        "asks": any(word in text.casefold() for word in ASKING), "lines": lines_for(text, day) if text else [],
    }  # fmt: skip
    return render(request, "public/find.html", shown)


def lines_for(text: str, day: int) -> list[Line]:
    """The lines whose name or actions have the words in them."""
    wanted = text.casefold()
    found = []
    for line in lines.in_force(day).values():
        titles = [line.title, *(action.title for action in line.actions.values())]
        if any(wanted in f"{title} {title.en}".casefold() for title in titles):
            found.append(line)
    return found
