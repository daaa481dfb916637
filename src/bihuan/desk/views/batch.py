"""Many reports from one table: choose it, see which rows can be opened, open them; the answer is a table of numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.cases import batch, kept
from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.cases.sent_table import SHOWN, NoTable, form_key, sent_table
from bihuan.core.line.parts import Line
from bihuan.core.rows import write_sheet
from bihuan.core.say import Say
from bihuan.core.table import Bad, Unreadable
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.views.new import wanted
from bihuan.record.actions import note_taken

LARGEST = 10_000_000  # bytes


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: DeskRequest, line: str) -> HttpResponse:
    """The file, then what would be opened, then our number beside theirs."""
    text = wanted(request, line)
    key = form_key(request)
    if request.method != "POST":
        return page(request, line, text, key, answer=200)
    try:
        sent = sent_table(request, key, LARGEST)
    except NoTable as none:
        return page(request, line, text, key, fault=none.say)
    try:
        read = batch.read_batch(sent.name, sent.body, line, request.now)
    except Unreadable as error:
        kept.drop(request.session, key)
        return page(request, line, text, key, fault=error.say)
    if "open" not in request.POST and "answer" not in request.POST:
        return page(request, line, text, key, answer=200, read=read, bad=read.bad, name=sent.name)
    acting = request.acting
    done, refused = batch.open_all(read.good, line, by=acting.actor.id, unit=acting.unit, at=request.now)
    bad = sorted([*read.bad, *refused], key=lambda one: one.line)
    if "answer" in request.POST:  # the same rows again: each was opened once
        note_taken(
            f"intake/{line}", len(done) + len(bad), by=acting.actor.id, unit=acting.unit, at=request.now
        )
        return answer_table(text, day_of(request.now), done, bad)
    return page(request, line, text, key, answer=200, done=done, bad=bad, name=sent.name)


def page(
    request: DeskRequest, code: str, line: Line, key: str, *, fault: Say | None = None, answer: int = 422, bad: Any = (), **more: Any
) -> HttpResponse:  # fmt: skip
    day = day_of(request.now)
    names, must = batch.titles(line, day), batch.needed(line, day)
    return show(
        request, "new_batch", "new", answer=answer, line=line, code=code, key=key, fault=fault,
        labels=batch.labels(line, day), needed=[names[one] for one in must],
        others=[say for one, say in names.items() if one not in must], bad=bad[:SHOWN], bad_count=len(bad), shown=SHOWN, **more,
    )  # fmt: skip


def answer_table(line: Line, day: int, done: list[batch.Done], bad: list[Bad]) -> HttpResponse:
    """What goes back to the sender: their number, ours, or why not."""
    labels = batch.labels(line, day)
    rows: list[tuple[int, str, str, str]] = [(one.line, one.theirs, one.number, "") for one in done]
    for row in bad:
        said = "；".join(f"{tell(labels.get(key, Say(key, key)))}：{tell(say)}" for key, say in row.faults)
        rows.append((row.line, row.code, "", said))
    head = (_("行"), tell(batch.TITLES["number"]), _("本区编号"), _("没有收的原因"))
    response = HttpResponse(write_sheet([head, *sorted(rows)]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="intake-answer.csv"'
    return response
