"""From a file to a report: choose it, see what the reader found, save it; originals; which of two texts is in force."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bihuan.cases import kept
from bihuan.cases.hat import at_desk, hat_of
from bihuan.cases.shapes import BadInput, Refused, Upload
from bihuan.core.say import Say
from bihuan.targets import actions, texts, words
from bihuan.targets import preview as previews
from bihuan.targets.desk_views.frame import may, show
from bihuan.targets.texts import NoSuchText
from bihuan.targets.views import english

DRAFT = "report:"
MOST = 30_000_000  # bytes: what the reader opens
FORMS = {
    "text": Say("文本", "Text"), "html": Say("网页", "Web page"), "docx": Say("Word 文档", "Word document"),
    "pdf": Say("PDF", "PDF"),
}  # fmt: skip


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a file; what is no report is refused with the reason. Below, the reports that are kept."""
    faults: list[tuple[str, Say]] = []
    if request.method == "POST" and not may(request):
        faults = [
            (
                "",
                Say(
                    "录入报告由区政府督查室的经办人或负责人办",
                    "Only an officer or the head of the supervision office adds reports",
                ),
            )
        ]
    elif request.method == "POST":
        key, faults = _lay_aside(request)
        if not faults:
            return redirect("report-check", key)
    return show(
        request, "intake", faults=faults, shelves=texts.shelves(), may=may(request), forms=FORMS,
        answer=422 if faults else 200,
    )  # fmt: skip


def _lay_aside(request: HttpRequest) -> tuple[str, list[tuple[str, Say]]]:
    """The key under which the file waits, or why it is no report."""
    file = request.FILES.get("file")
    if file is None or file.size is None:
        return "", [("file", Say("请选一个文件", "Choose a file"))]
    if file.size > MOST:
        say = Say(
            f"文件有 {file.size / 1e6:.0f} MB，超过 30 MB，不像一份报告",
            f"The file has {file.size / 1e6:.0f} MB; over 30 MB is no report",
        )
        return "", [("file", say)]
    upload = Upload("report", actions.tidy_name(file.name or ""), file.read())
    try:
        previews.preview(upload.body, upload.name)
    except BadInput as bad:
        return "", [
            (name, Say(f"“{upload.name}”：{say}", f"“{upload.name}”: {say.en}")) for name, say in bad.faults
        ]
    key = token_hex(8)
    kept.lay_aside(request.session, DRAFT + key, [upload], request.now)  # type: ignore[attr-defined]
    return key, []


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """What was found in the file, before anything is saved; place and year as found, to be corrected."""
    waiting = kept.laid_aside(request.session, DRAFT + key)
    if not waiting:
        messages.warning(request, _("这个文件已经保存过，或者放了一天以上，清掉了。请重新选。"))
        return redirect("report-new")
    (upload,) = waiting
    if "drop" in request.POST:
        kept.drop(request.session, DRAFT + key)
        messages.success(request, _("没有保存，文件已丢掉。"))
        return redirect("report-new")
    seen, given, faults = previews.preview(upload.body, upload.name), request.POST, list[tuple[str, Say]]()
    place, year = given.get("place", seen.place), given.get("year", str(seen.year or ""))
    number = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0
    if request.method == "POST":
        done, faults = _save(request, upload, place, number)
        if done is not None:
            kept.drop(request.session, DRAFT + key)
            return done
    twin, others = previews.there(seen.text, place.strip(), number or None)
    return show(
        request, "intake_check", seen=seen, meta=seen.findings["meta"], place=place, year=year, source=given.get("source", ""),
        faults=faults, twin=twin, others=others, may=may(request), form=FORMS[seen.form],
        counts=[(words.CHIPS[kind], seen.counts[kind]) for kind in ("num", "goal", "task", "term")],
        doubts=[(mark, before, after, words.doubt_words(mark.fact)) for mark, before, after in seen.doubts],
        checks=[(words.check_title(c), *words.check_words(c)) for c in seen.checks], answer=422 if faults else 200,
    )  # fmt: skip


def _save(
    request: HttpRequest, upload: Upload, place: str, year: int
) -> tuple[HttpResponse | None, list[tuple[str, Say]]]:
    """Keep the report; where to go then, or what is wrong."""
    hat = request.hat  # type: ignore[attr-defined]
    try:
        added = actions.add_file(
            upload.body, upload.name, place, year, request.POST.get("source", ""), hat.by, request.now,  # type: ignore[attr-defined]
        )  # fmt: skip
    except BadInput as bad:
        return None, list(bad.faults)
    except Refused as refused:
        return None, [("", reason) for reason in refused.reasons]
    pk = added.report.pk
    if added.repeated:
        messages.success(request, _("这份报告早已录入，文字一样；这个文件也存下了。"))
        return redirect("report-new"), []
    first = next((one for one in texts.shelf(pk).others), None)
    if first is not None:
        messages.success(request, _("已保存。同一地方同一年另有一份，请看哪里不同，定以哪份为准。"))
        return redirect("reports-beside", first.pk, pk), []
    messages.success(request, _("已保存。下面是读出的目标和任务，等人确认。"))
    return redirect("proposals", pk), []


@at_desk
@require_safe
def original(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The file as it came, to be saved; for staff, because files carry names of their authors."""
    try:
        row = texts.original(pk, digest)
    except NoSuchText:
        raise Http404 from None
    with default_storage.open(row.file) as file:
        response = HttpResponse(file.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def beside(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two texts of one place and year side by side, for everybody; the supervision office says here which is in force."""
    return _beside(request, pk, other, [])


@at_desk
@require_POST
def adopt(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Say which of the two texts is in force, with the reason."""
    hat, given = request.hat, request.POST  # type: ignore[attr-defined]
    chosen = given.get("report", "")
    if chosen not in (str(pk), str(other)):
        return _beside(
            request, pk, other, [("report", Say("请选以哪一份为准", "Choose which text is in force"))]
        )
    try:
        actions.adopt(int(chosen), given.get("why", ""), by=hat.by, unit=hat.unit, at=request.now)  # type: ignore[attr-defined]
    except BadInput as bad:
        return _beside(request, pk, other, list(bad.faults))
    except Refused as refused:
        return _beside(request, pk, other, [("", reason) for reason in refused.reasons])
    messages.success(request, _("已定。另一份照样看得到，注明不以它为准。"))
    return redirect("reports-beside", pk, other)


def _beside(request: HttpRequest, pk: int, other: int, faults: list[tuple[str, Any]]) -> HttpResponse:
    try:
        found = texts.beside(pk, other)
    except NoSuchText:
        raise Http404 from None
    shelf = texts.shelf(pk)
    request.hat = hat_of(request)  # type: ignore[attr-defined]
    in_force = texts.in_force(found.one.place, found.one.year)
    staff = request.hat is not None and may(request)  # type: ignore[attr-defined]
    said = {
        "section": "promises", "found": found, "one": found.one, "other": found.other, "shelf": shelf, "faults": faults,
        "in_force": in_force, "english": english(), "given": request.POST, "may": staff,
        "concerned": texts.concerned(found, in_force) if staff else (),
        "here": reverse("reports-adopt", args=[pk, other]),
    }  # fmt: skip
    return render(request, "targets/two_texts.html", said, status=422 if faults else 200)
