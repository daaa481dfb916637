"""Reports are added, one of several is adopted, and doubtful places are decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput
from bihuan.core.report import NotAReport, text_of
from bihuan.core.say import Say
from bihuan.targets import texts
from bihuan.targets.actions.want import want_mark, want_office
from bihuan.targets.found import findings_of, reader_digest, title_of
from bihuan.targets.models import Adoption, Decision, Original, Report

LONGEST = 400_000  # characters; the longest national report has about 20,000


@dataclass(frozen=True, slots=True)
class Added:
    """The report, and whether it was there before."""

    report: Report
    repeated: bool


def add_report(text: str, place: str, year: int, source: str, by: str | None, at: datetime | int) -> Added:
    """Read a report and keep it with its source; the same text twice is the same report. BadInput says why not.

    `by` None is the loading of the packaged report.
    """
    if by is not None:
        want_office(by, "", at)
    faults: list[tuple[str, Say]] = []
    if not place.strip() or len(place.strip()) > 40:
        faults.append(
            (
                "place",
                Say(
                    "请写明是哪里的报告（40 字以内）",
                    "Say which place it is the report of (at most 40 characters)",
                ),
            )
        )
    if not 1949 <= year <= 2100:
        faults.append(("year", Say("年份应在 1949 到 2100 之间", "The year must be between 1949 and 2100")))
    if len(text) > LONGEST:
        faults.append(
            ("text", Say(f"全文超过 {LONGEST} 字，不像一份报告", f"Over {LONGEST} characters: not a report"))
        )
    if "\x00" in text:
        faults.append(
            (
                "text",
                Say(
                    "全文里有空字符，请另存为纯文本",
                    "The text contains null characters; save it as plain text",
                ),
            )
        )
    if faults:
        raise BadInput(faults)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    there = Report.objects.filter(sha256=digest).first()
    if there:
        return Added(there, True)
    findings = findings_of(text)
    meta = findings["meta"]
    try:
        with transaction.atomic():
            report = Report.objects.create(
                place=place.strip(), year=year, title=title_of(text, findings, year), speaker=meta["speaker"] or "",
                delivered=date.fromisoformat(meta["delivered"]) if meta["delivered"] else None,
                source=source.strip()[:300], text=text, sha256=digest, findings=findings, reader=reader_digest(),
                added_by_id=by, added_at=to_datetime(to_instant(at)),
            )  # fmt: skip
    except IntegrityError as error:
        if "sha256" not in str(error):
            raise
        return Added(Report.objects.get(sha256=digest), True)  # the same text came twice at once
    return Added(report, False)


def add_file(
    data: bytes, name: str, place: str, year: int, source: str, by: str | None, at: datetime | int
) -> Added:
    """Read a report file of any accepted form and keep text and file; BadInput says why not.

    A file that says what a text of this place and year says already, in whatever form, is one more original of it.
    """
    if by is not None:
        want_office(by, "", at)
    try:
        found = text_of(data, name)
    except NotAReport as error:
        raise BadInput([("file", error.say)]) from error
    twin = None if len(found.text) > LONGEST else texts.twin(found.text, place.strip(), year)
    added = Added(twin, True) if twin else add_report(found.text, place, year, source, by, at)
    digest = sha256(data).hexdigest()
    path = f"reports/{digest[:2]}/{digest}.bin"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    Original.objects.get_or_create(
        report=added.report, sha256=digest,
        defaults={
            "name": tidy_name(name), "form": found.form, "encoding": found.encoding, "size": len(data), "file": path,
            "by_id": by, "at": to_datetime(to_instant(at)),
        },
    )  # fmt: skip
    return added


def tidy_name(name: str) -> str:
    """The last part of a file name without control characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-120:].strip() or "report"


def adopt(report_id: int, why: str, *, by: str, unit: str, at: datetime | int) -> Adoption:
    """Of several texts of one place and year this one is in force from now on; the others stay readable."""
    want_office(by, unit, at)
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report_id)
        faults: list[tuple[str, Say]] = []
        if len(texts.of(report.place, report.year)) < 2:
            faults.append(
                ("", Say("这个地方这一年只有这一份", "There is only this text of the place and year"))
            )
        elif texts.in_force(report.place, report.year) == report.pk:
            faults.append(("", Say("现在就是以这一份为准", "This text is in force already")))
        if not why.strip() or len(why.strip()) > 300:
            faults.append(("why", Say("请写明理由，300 字以内", "State the reason, at most 300 characters")))
        if faults:
            raise BadInput(faults)
        return Adoption.objects.create(
            report=report, why=why.strip(), by_id=by, at=to_datetime(to_instant(at))
        )


def decide(
    report_id: int, key: str, value: str, why: str, *, by: str, unit: str, at: datetime | int
) -> Decision:
    """Decide what a doubtful place says. The text stays; the decision stands beside it with its reason."""
    want_office(by, unit, at)
    report = Report.objects.get(pk=report_id)
    mark = want_mark(report, key, ("doubt",))
    faults = [
        (name, Say(f"请写明{zh}", f"State {en}"))
        for name, given, zh, en in (
            ("value", value, "采用的写法", "the reading adopted"),
            ("why", why, "理由", "the reason"),
        )
        if not given.strip()
    ]
    if len(value) > 120:
        faults.append(("value", Say("写法不超过 120 字", "At most 120 characters")))
    if len(why) > 300:
        faults.append(("why", Say("理由不超过 300 字", "At most 300 characters")))
    if faults:
        raise BadInput(faults)
    return Decision.objects.create(
        report=report, start=mark.start, end=mark.end, value=value.strip(), why=why.strip(), by_id=by,
        at=to_datetime(to_instant(at)),
    )  # fmt: skip
