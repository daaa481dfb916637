"""A report is read again by another version of the reader; what people made of it stays as it was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.cases.edge import to_datetime, to_instant
from bihuan.targets.found import findings_of, reader_digest
from bihuan.targets.models import Decision, Rejection, Report, Rereading, Source
from bihuan.targets.reread import Reread, merge


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
        if found is None:
            return None
        Rereading.objects.create(
            report=report, reader=report.reader, before=report.findings, changes=found.rows(),
            at=to_datetime(to_instant(at)),
        )  # fmt: skip
        Report.objects.filter(pk=report_id).update(findings=found.findings, reader=reader_digest())
    return found


def _held(report: Report) -> set[str]:
    """Marks that a person confirmed, set aside or decided."""
    keys = set(Source.objects.filter(commitment__report=report).values_list("key", flat=True))
    keys |= set(report.targets.values_list("key", flat=True))
    keys |= set(Rejection.objects.filter(report=report).values_list("key", flat=True))
    spans = Decision.objects.filter(report=report).values_list("start", "end")
    return keys | {f"doubt-{start}-{end}" for start, end in spans}
