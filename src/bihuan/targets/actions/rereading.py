"""A report is read again by another version of the reader; what people made of it stays as it was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.targets.actions.want import want_office
from bihuan.targets.found import findings_of, reader_digest
from bihuan.targets.models import Decision, Rejection, Report, Rereading, Source
from bihuan.targets.reread import Reread, chosen_only, merge, passages


def would_change(report: Report) -> Reread | None:
    """What reading again would change; None where this version of the reader has read it."""
    if report.reader == reader_digest():
        return None
    return merge(report.findings, findings_of(report.text), _held(report))


def read_again(report_id: int, at: datetime | int) -> Reread | None:
    """Read a report again where the reader has changed since, and keep what stood there; None where it has not.

    BadInput where today's reader no longer takes the text for a report: then nothing changes.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report_id)
        found = would_change(report)
        if found is not None:
            _keep(report, found, reader_digest(), None, at)
    return found


def take_reading(
    report_id: int, chosen: Collection[str], *, by: str, unit: str, at: datetime | int
) -> Reread:
    """Take up the new reading of these passages; the others stay as they were read and may be taken up later.

    By the supervision office. What was confirmed, set aside or decided stays whatever is chosen.
    """
    want_office(by, unit, at)
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report_id)
        found = would_change(report)
        if found is None:
            raise BadInput([("", Say("这份报告已经是新的读法", "The report is read this way already"))])
        every = passages(found)
        left = [part for part in every if part.key not in chosen]
        if set(chosen) - {part.key for part in every}:
            say = Say("有几处在这中间变了，请再看一遍", "Some passages have changed meanwhile: look again")
            raise BadInput([("passage", say)])
        if every and not chosen:
            raise BadInput([("passage", Say("先勾选要采用的", "First choose what to take up"))])
        if left:
            found = chosen_only(report.findings, findings_of(report.text), _held(report), left)
        _keep(report, found, report.reader if left else reader_digest(), by, at)
    return found


def _keep(report: Report, found: Reread, reader: str, by: str | None, at: datetime | int) -> None:
    Rereading.objects.create(
        report=report, reader=report.reader, before=report.findings, changes=found.rows(), by_id=by,
        at=to_datetime(to_instant(at)),
    )  # fmt: skip
    Report.objects.filter(pk=report.pk).update(findings=found.findings, reader=reader)


def _held(report: Report) -> set[str]:
    """Marks that a person confirmed, set aside or decided."""
    keys = set(Source.objects.filter(commitment__report=report).values_list("key", flat=True))
    keys |= set(report.targets.values_list("key", flat=True))
    keys |= set(Rejection.objects.filter(report=report).values_list("key", flat=True))
    spans = Decision.objects.filter(report=report).values_list("start", "end")
    return keys | {f"doubt-{start}-{end}" for start, end in spans}
