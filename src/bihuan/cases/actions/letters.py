"""Letters are written after the event that owes them: to whoever the case is of, and to everybody whose report is joined to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from django.core.files.storage import default_storage
from django.db import connection, transaction

from bihuan import lines
from bihuan.cases import mains, wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.family import Family, lock_family
from bihuan.cases.letters import issue_of, letters_of, paper
from bihuan.cases.models import Document, Owed
from bihuan.cases.photo import Taken
from bihuan.cases.rows import public_name, stored
from bihuan.cases.shapes import put_off
from bihuan.papers import actions as papers
from bihuan.people import queries as people

log = structlog.get_logger(__name__)


def write_owed(at: datetime | int, limit: int = 100) -> int:
    """Write the letters that are owed, oldest first; how many events were looked at. One that cannot be written
    keeps its error and waits twice as long each time, up to a day."""
    moment = to_instant(at)
    owed = list(Owed.objects.filter(again_at__lte=to_datetime(moment)).order_by("again_at", "pk")[:limit])
    for one in owed:
        try:
            with transaction.atomic():
                write_letters(one.case_id, one.seq, to_datetime(moment))
            with (
                transaction.atomic()
            ):  # apart: the lock of the main case is never held while a joined one is waited for
                tell_joined(one.case_id, one.seq, to_datetime(moment))
                one.delete()
        except Exception as error:  # one bad letter must not hold up all others: it is written down
            log.error("letter failed", case=one.case_id, seq=one.seq, error=repr(error))
            Owed.objects.filter(pk=one.pk).update(**put_off(error, one.tries, moment))
    return len(owed)


def write_letters(case_id: int, seq: int, at: datetime | None = None) -> int:
    """Write the letters of one event that were not uploaded with it, now; how many. Running it again adds nothing."""
    with transaction.atomic():
        family = lock_family(case_id, lines.calendar())
        assert family is not None
        member = family.members[case_id]
        event = member.events[seq - 1]
        names = people.known(family.change).names
        there = {kind for kind, of in member.docs if of == seq}
        written = 0
        for letter in letters_of(member.case.line, event.name):
            if f"letter:{letter}" in there:
                continue
            one = paper(member, event, letter, names)
            save_files([one])
            document = document_of(case_id, seq, one, event.at)
            document.save(force_insert=True)
            if issue := issue_of(member, event, seq, letter, names):
                papers.number_letter(replace(issue, entered_at=at), document.pk)
            written += 1
        close_wall(family)
    return written


def tell_joined(case_id: int, seq: int, at: datetime | None = None) -> int:
    """Write the letters of an event of a main case to whoever reported the same thing; how many."""
    with wall.open_to(wall.SYSTEM):
        (main,) = mains.members([case_id])
        event = main.events[seq - 1]
        line = main.case.line
        kept = event.name == line.opens_with or bool(line.actions[event.name].shown_to)
        wanted = () if kept else letters_of(line, event.name)
        told = mains.joined_to(main.number) if wanted else []
        names = people.known(people.change()).names
        written = [(to, letter, paper(main, event, letter, names, to)) for to in told for letter in wanted]
        save_files([one for _, _, one in written])
        rows = [document_of(to.id, to.seq, one, event.at) for to, _, one in written]
        for document, (to, letter, _) in zip(Document.objects.bulk_create(rows), written, strict=True):
            if issue := issue_of(main, event, seq, letter, names, to):
                papers.number_letter(replace(issue, entered_at=at), document.pk)
        return len(rows)


def document_of(case_id: int, seq: int, one: Taken, at: int) -> Document:
    return Document(
        case_id=case_id, event_seq=seq, kind=one.kind, name=one.name, mime=one.mime, size=one.size,
        sha256=one.sha256, file=public_name(one), personal=one.personal, server_at=to_datetime(at),
    )  # fmt: skip


def close_wall(family: Family) -> None:
    """Inside a larger transaction the wall is put back as it was; else the scope ends with the transaction."""
    if connection.savepoint_ids:
        wall.set_scope(family.scope_before)


def save_files(taken: Sequence[Taken]) -> None:
    """Lay what came on the disk; the copy of a picture is made of it later (actions.pictures)."""
    default_storage.keep(stored(taken))  # type: ignore[attr-defined]  # of config.storage
