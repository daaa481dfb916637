"""Reads of papers: by the code on them, of a case, the public register of certificates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from bihuan.core.say import Say
from bihuan.papers.models import Certificate, Paper
from bihuan.papers.standing import Standing, standing

PAGE = 30
LONGEST = 64
WINDOW, ENDLESS = 5000, 2**62
# Part of a number, a whole code, part of the name of an organisation: c is the certificate, p its paper.
ANSWERS = """(position(upper(%(text)s) in upper(p.number)) > 0 or c.uscc = upper(%(text)s)
    or c.holder_kind = 'organisation' and position(upper(%(text)s) in upper(c.holder)) > 0)"""
LATELY = f"""select p.id from (select * from papers_certificate where paper_id < %(below)s
        order by paper_id desc limit %(window)s) c join papers_paper p on p.id = c.paper_id
    where {ANSWERS} order by p.id desc limit %(most)s"""
# Two or three characters by the index of pairs, more by the index of four in a row. What is found is looked at before
# both are put together: many may have the parts and few the whole.
EVER = """select p.id from papers_paper p where p.kind = 'certificate' and p.id < %(below)s
        and papers_grams(p.number, 2) || papers_grams(p.number, 4) @> papers_grams(%(text)s, %(size)s)
        and position(upper(%(text)s) in upper(p.number)) > 0
    union select c.paper_id from papers_certificate c where c.holder_kind = 'organisation' and c.paper_id < %(below)s
        and papers_grams(c.holder, 2) || papers_grams(c.holder, 4) @> papers_grams(%(text)s, %(size)s)
        and position(upper(%(text)s) in upper(c.holder)) > 0
    union select c.paper_id from papers_certificate c where c.uscc = upper(%(text)s) and c.paper_id < %(below)s
    order by id desc limit %(most)s"""
# One character is no pair; whoever types one is soon answered.
EACH = f"""select p.id from papers_certificate c join papers_paper p on p.id = c.paper_id
    where c.paper_id < %(below)s and {ANSWERS} order by c.paper_id desc limit %(most)s"""


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper as pages show it; the last fields are those of a certificate. `holder` of a person is masked."""

    id: int
    code: str
    kind: str
    key: str
    document: int | None
    case: int
    case_number: str
    seq: int
    unit: str
    unit_name: Say
    number: str
    title: Say
    on: date
    standing: Standing
    pdf: str
    sha256: str
    holder: str = ""
    holder_kind: str = ""
    uscc: str = ""
    scope: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    replaces: str = ""
    unmatched: bool = False  # it names an earlier certificate that was not found, so that none ended

    @property
    def personal(self) -> bool:
        """Whether its PDF names a person."""
        return self.holder_kind == "person"


def by_code(code: str, day: date) -> Issued | None:
    """The paper with this code, as it stands on a day."""
    found = Paper.objects.select_related("certificate").filter(code=code[:LONGEST]).first()
    return None if found is None else issued(found, day)


def by_id(pk: int, day: date) -> Issued | None:
    found = Paper.objects.select_related("certificate").filter(pk=pk).first()
    return None if found is None else issued(found, day)


def of_case(case: int, day: date) -> list[Issued]:
    """Every paper of a case, oldest first."""
    rows = Paper.objects.select_related("certificate").filter(case_id=case).order_by("pk")
    found = [issued(one, day) for one in rows]
    return [replace(one, unmatched=one.replaces != "" and not _replaced(one)) for one in found]


def _replaced(one: Issued) -> bool:
    """Whether a certificate with the number this one names ended by being replaced."""
    return Paper.objects.filter(
        kind="certificate", unit=one.unit, number=one.replaces, ended_how="replaced", ended_on=one.since
    ).exists()


def of_document(document: int, day: date) -> Issued | None:
    """The paper that a stored letter was entered as; None for letters without a number."""
    found = Paper.objects.select_related("certificate").filter(document=document).first()
    return None if found is None else issued(found, day)


def register(day: date, text: str = "", before: int = 0, limit: int = PAGE) -> tuple[list[Issued], int]:
    """(certificates, newest first, id to go on from or 0). `text` is a number or part of one, a 统一社会信用代码, or part
    of the name of an organisation; persons are not found by name."""
    wanted, below = text.strip()[:LONGEST], before or ENDLESS
    ids = _sought(wanted, below, limit + 1) if wanted else _newest(below, limit + 1)
    rows = Paper.objects.select_related("certificate").filter(pk__in=ids[:limit]).order_by("-pk")
    return [issued(one, day) for one in rows], ids[limit - 1] if len(ids) > limit else 0


def _newest(below: int, most: int) -> list[int]:
    found = Certificate.objects.filter(pk__lt=below).order_by("-pk").values_list("pk", flat=True)
    return list(found[:most])


def _sought(wanted: str, below: int, most: int) -> list[int]:
    """The newest certificates that answer to a text: what many have is found among the last few thousand, what few have
    by the index of characters in a row; either way not every certificate is read."""
    size = 4 if len(wanted) > 3 else 2
    said: dict[str, Any] = {"text": wanted, "size": size, "below": below, "most": most, "window": WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(LATELY, said)
        found = [pk for (pk,) in cursor.fetchall()]
        if len(found) < most:
            cursor.execute(EVER if len(wanted) > 1 else EACH, said)
            found = [pk for (pk,) in cursor.fetchall()]
    return found


def certificates(case: int) -> list[Paper]:
    """The certificates of a case as they are stored."""
    return list(
        Paper.objects.select_related("certificate").filter(kind="certificate", case_id=case).order_by("seq")
    )


def ended(unit: str, number: str, day: date) -> Say | None:
    """Why nothing can be built on the certificate of a unit with this number; None where one is in force, or where the
    register has none, which proves nothing: it may be older than the register."""
    rows = Paper.objects.select_related("certificate").filter(
        kind="certificate", unit=unit, number=number.strip()
    )
    found = [issued(one, day) for one in rows]
    if not found or any(one.standing.since is None for one in found):
        return None
    last, by = found[-1].standing, found[-1].unit_name
    return Say(
        f"{number.strip()} {last.title}（{last.since} 起），不能再凭它办；请重新申请，登记有误请找{by}更正",
        f"{number.strip()} is no longer in force ({last.title.en}, from {last.since}): nothing can be done on it; apply anew, or have it put right by {by.en}",
    )


def earlier(unit: str, numbers: Collection[str], uscc: str) -> list[tuple[int, int]]:
    """(paper, case) of certificates of a unit with one of these numbers that have not ended: of this organisation, or,
    where `uscc` is "", of persons."""
    rows = Paper.objects.filter(
        kind="certificate", unit=unit, number__in=numbers, ended_on=None, certificate__uscc=uscc
    )
    return list(rows.order_by("pk").values_list("pk", "case_id"))


def issued(one: Paper, day: date) -> Issued:
    """A row as pages show it."""
    more = one.certificate if one.kind == "certificate" else None
    until = more.until if more else None
    return Issued(
        one.pk, one.code, one.kind, one.key, one.document, one.case_id, one.case_number, one.seq, one.unit,
        Say(one.unit_name, one.unit_name_en or one.unit_name), one.number, Say(one.title, one.title_en), one.on,
        standing(one.kind, one.on, one.ended_on, one.ended_how, until, day), one.pdf, one.sha256,
        *((more.holder, more.holder_kind, more.uscc, more.scope, more.place, more.since, more.until, more.replaces)
          if more else ()),
    )  # fmt: skip
