"""Many reports from one table: choose it, see which rows can be opened, open them; the answer is a table of numbers."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.cases import batch, kept
from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.cases.shapes import Upload
from bihuan.core.line.parts import Line
from bihuan.core.rows import write_rows
from bihuan.core.say import Say
from bihuan.core.table import Bad, Unreadable
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.views.new import LONGEST_KEY, wanted

LARGEST = 10_000_000  # bytes
SHOWN = 200  # rows shown; the downloaded table has them all


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: DeskRequest, line: str) -> HttpResponse:
    """The file, then what would be opened, then our number beside theirs."""
    text = wanted(request, line)
    key = request.POST.get("request_key", "")[:LONGEST_KEY] or token_hex(16)
    if request.method != "POST":
        return page(request, line, text, key, answer=200)
    sent = request.FILES.get("table")
    files = kept.laid_aside(request.session, key)
    if sent is not None:
        if (sent.size or 0) > LARGEST:
            return page(request, line, text, key, fault=Say(f"文件超过 {LARGEST // 1_000_000} MB，请分成几份", f"The file is over {LARGEST // 1_000_000} MB; split it"))  # fmt: skip
        files = [Upload("table", str(sent.name), sent.read())]
        kept.lay_aside(request.session, key, files, request.now)
    if not files:
        return page(request, line, text, key, fault=Say("请选一个文件", "Choose a file"))
    try:
        read = batch.read_batch(files[0].name, files[0].body, line, request.now)
    except Unreadable as error:
        kept.drop(request.session, key)
        return page(request, line, text, key, fault=error.say)
    if "open" not in request.POST and "answer" not in request.POST:
        return page(request, line, text, key, answer=200, read=read, bad=read.bad, name=files[0].name)
    acting = request.acting
    done, refused = batch.open_all(read.good, line, by=acting.actor.id, unit=acting.unit, at=request.now)
    bad = sorted([*read.bad, *refused], key=lambda one: one.line)
    if "answer" in request.POST:  # the same rows again: each was opened once
        return answer_table(text, day_of(request.now), done, bad)
    return page(request, line, text, key, answer=200, done=done, bad=bad, name=files[0].name)


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
    response = HttpResponse(
        "\ufeff" + write_rows([head, *sorted(rows)]), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="intake-answer.csv"'
    return response
