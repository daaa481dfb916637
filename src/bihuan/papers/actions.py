"""All writes of papers: a letter gets its number, a certificate comes into being and ends, a PDF is kept."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from bihuan.core.say import Say
from bihuan.papers.models import Certificate, Paper
from bihuan.papers.signs import number_text, sign_of

CODE_BYTES = 16  # 128 bits: nobody comes upon a paper by trying
NEXT = """insert into papers_series (unit, year, last) values (%s, %s, 1)
    on conflict (unit, year) do update set last = papers_series.last + 1 returning last"""


@dataclass(frozen=True, slots=True)
class Issue:
    """Who issues what, on which event of which case, under which date."""

    case: int
    case_number: str
    seq: int
    key: str
    title: Say
    unit: str
    unit_name: Say
    on: date
    entered_at: datetime | None = None  # when it is written, which may be later than its date


def number_letter(issue: Issue, document: int) -> Paper:
    """Enter a letter that is being written under the next number of its unit and year.

    Call it in the transaction that stores the letter: the number is the letter's or nobody's, so none is missing
    and none is given twice. The row of the series stays locked until that transaction ends.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is given in the transaction of its letter")
    year = issue.on.year
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [issue.unit, year])
        n = cursor.fetchone()[0]
    number = number_text(sign_of(issue.unit, str(issue.unit_name), issue.on), year, n)
    return _enter(issue, kind="letter", number=number, document=document, year=year, n=n)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a certificate says; `replaced` are the papers of the certificates it takes the place of."""

    number: str
    holder: str
    holder_kind: str
    uscc: str
    scope: str
    place: str
    since: date
    until: date | None
    replaces: str
    replaced: Sequence[int] = ()


def certify(issue: Issue, granted: Granted) -> Paper:
    """Let the certificate of an issuing event come into being, once; those it replaces end on the day it begins."""
    found = Paper.objects.filter(kind="certificate", case_id=issue.case, seq=issue.seq).first()
    if found is not None:
        return found
    with transaction.atomic():
        paper = _enter(issue, kind="certificate", number=granted.number)
        Certificate.objects.create(
            paper=paper, holder=granted.holder, holder_kind=granted.holder_kind, uscc=granted.uscc,
            scope=granted.scope, place=granted.place, since=granted.since, until=granted.until,
            replaces=granted.replaces,
        )  # fmt: skip
        Paper.objects.filter(pk__in=granted.replaced, ended_on=None).update(
            ended_on=granted.since, ended_how="replaced"
        )
    return paper


def end(case: int, keys: Collection[str], how: str, on: date, *, certificate: bool) -> int:
    """End letters of these keys of a case, and its certificates where `certificate`; how many were not ended yet."""
    found = Paper.objects.filter(case_id=case, ended_on=None)
    ended = found.filter(kind="letter", key__in=keys).update(ended_on=on, ended_how=how)
    if certificate:
        ended += found.filter(kind="certificate").update(ended_on=on, ended_how=how)
    return ended


def keep_print(paper: int, body: bytes) -> None:
    """Keep the PDF of a paper; the first one made stays."""
    digest = sha256(body).hexdigest()
    name = f"papers/{digest[:2]}/{digest}.pdf"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(body))
    Paper.objects.filter(pk=paper, pdf="").update(pdf=name, sha256=digest)


def forget(case: int) -> int:
    """Delete the PDFs of a case and what its certificates say of a person, in the transaction in which its words are
    deleted; how many papers. Number, unit and date stay: that something was issued is no secret."""
    found = Paper.objects.filter(case_id=case)
    for name in found.exclude(pdf="").values_list("pdf", flat=True):
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
    Certificate.objects.filter(paper__in=found, holder_kind="person").update(holder="", scope="", place="")
    found.exclude(pdf="").update(pdf="", sha256="")
    return found.count()


def _enter(
    issue: Issue, *, kind: str, number: str, document: int | None = None, year: int | None = None,
    n: int | None = None,
) -> Paper:  # fmt: skip
    return Paper.objects.create(
        code=secrets.token_urlsafe(CODE_BYTES), kind=kind, key=issue.key, document=document, case_id=issue.case,
        case_number=issue.case_number, seq=issue.seq, unit=issue.unit, unit_name=str(issue.unit_name),
        unit_name_en=issue.unit_name.en, number=number, year=year, n=n, title=str(issue.title),
        title_en=issue.title.en, on=issue.on, entered_at=issue.entered_at,
    )  # fmt: skip
