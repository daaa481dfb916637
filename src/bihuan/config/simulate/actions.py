"""Writes of the simulator: the people of an empty district, and cases by COPY in the form in which `act` stores them.

COPY passes row-level security only as owner, so this runs inside `as_owner()`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction

from bihuan import lines
from bihuan.cases.models import Case
from bihuan.cases.photo import Taken, develop
from bihuan.cases.project import project
from bihuan.cases.rows import (
    DOCUMENT,
    EVENT,
    PROJECTED,
    document_values,
    entry_of,
    event_values,
    files_of,
    identity,
    print_values,
    projected,
    public_name,
    seal,
    stored,
    whose,
)
from bihuan.config.demo.staff import Staff, complete, hire
from bihuan.config.simulate.memory import Life
from bihuan.core.log.entry import HASH
from bihuan.core.say import Say
from bihuan.people.actions import add_person
from bihuan.people.models import Person
from bihuan.record.canonical import SALTS

MARK = "simulated-district"  # an account nobody can use: this district is invented
CONTACT = ("case_id", "name", "phone", "data")
PRINT = ("document_id", "prints", "bands")
OUTBOX = ("event_id", "digest", "salts")
developed = lru_cache(maxsize=512)(develop)  # a bulk fill hands in the same few pictures over and over
MOMENTS = {"opened_at", "closed_at", "due_at", "plain_due_at", "wake_at", "at", "effective", "server_at"}


class RealDistrict(Exception):
    """The district has people or cases that the simulator did not make; `say` is the sentence."""

    def __init__(self) -> None:
        self.say = Say(
            "这里有真实的人员或办件，模拟只能在空的或模拟出来的区里运行；请用另一个 BIHUAN_HOME 或另一个库。",
            "There are real people or cases here: the simulator runs in an empty or simulated district only;"
            " use another BIHUAN_HOME or another database.",
        )
        super().__init__(f"{self.say} / {self.say.en}")


def settle(password: str) -> Staff:
    """The invented people of an empty district, or those of one that was simulated before; else RealDistrict."""
    if Person.objects.filter(username=MARK).exists():
        return complete(Staff.there())
    if Person.objects.exists() or Case.objects.exists():
        raise RealDistrict
    with transaction.atomic():
        add_person(MARK, "模拟区", "A simulated district", None)
        return hire(password, password)


def reserve(table: str, count: int) -> int:
    """The first of so many ids in a row that nobody else gets."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [table])
        cursor.execute(
            f"select setval('{table}_id_seq', greatest(nextval('{table}_id_seq'), 1) + %s)", [count]
        )
        return int(cursor.fetchone()[0]) - count


def keep_files(taken: Iterable[Taken]) -> None:
    """Lay the pictures where `act` lays them; the same picture is kept once."""
    for one in taken:
        copies = [(public_name(one), developed(one.original)[0])] if one.picture else []
        default_storage.keep([*stored([one]), *copies])  # type: ignore[attr-defined]  # of config.storage


def copy_in(lives: Sequence[Life], asof: int, *, prints: bool = True) -> int:
    """Write cases with events, digests, documents and contacts, and what the pictures look like; how many events."""
    cal = lines.calendar()
    cases: list[list[Any]] = []
    columns: list[str] = []
    for life in lives:
        now = project(life.member.case, cal, asof)
        row = identity(life.member, now)
        columns = columns or [*row, *PROJECTED]
        cases.append([*row.values(), *projected(now)])
    total = sum(len(life.member.events) for life in lives)
    event_id = reserve("cases_event", total)
    events, outbox, entries, documents, contacts = [], [], [], [], []
    for life in lives:
        pk, number = life.member.id, life.member.number
        life.member.key = secrets.token_bytes(HASH)
        of = whose(life.member)
        for seq, event in enumerate(life.member.events, 1):
            events.append([event_id, *event_values(pk, seq, event)])
            salts = secrets.token_bytes(SALTS)
            came = [one for when, _, one in life.files if when == seq]
            outbox.append([event_id, life.digests.get(seq) or seal(number, seq, event), salts])
            entries.append(
                [event_id, entry_of(of, seq, event, files_of(came), salts, settings.RECORD_SUITE.hash)]
            )
            event_id += 1
        documents += [(one, document_values(one, pk, seq, at)) for seq, at, one in life.files]
        if life.contact:
            said = orjson.dumps(life.contact["data"]).decode()
            contacts.append([pk, life.contact["name"], life.contact["phone"], said])
    with transaction.atomic():
        _copy("cases_case", columns, cases)
        _copy("cases_event", ["id", *EVENT], events)
        _copy("record_outbox", OUTBOX, outbox)
        _copy("record_key", ("case_id", "key"), [[life.member.id, life.member.key] for life in lives])
        _copy("record_pending", ("event_id", "entry"), entries)
        _copy_documents(documents, prints)
        _copy("cases_contact", CONTACT, contacts)
    return total


def _copy_documents(documents: Sequence[tuple[Taken, list[Any]]], prints: bool) -> None:
    if not prints:
        return _copy("cases_document", list(DOCUMENT), [row for _, row in documents])
    first = reserve("cases_document", len(documents))
    _copy("cases_document", ["id", *DOCUMENT], [[first + i, *row] for i, (_, row) in enumerate(documents)])
    looks = [developed(one.original)[1] if one.picture else () for one, _ in documents]
    seen = [[first + i, *print_values(some)] for i, some in enumerate(looks) if some]
    return _copy("cases_print", PRINT, seen)


def _copy(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    moments = [i for i, name in enumerate(columns) if name in MOMENTS]
    named = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({named}) from stdin") as copy:
        for row in rows:
            values = list(row)
            for i in moments:
                if values[i] is not None:
                    values[i] = datetime.fromtimestamp(values[i], UTC)
            copy.write_row(values)


def tidy() -> None:
    """Let the planner know what there is now."""
    with connection.cursor() as cursor:
        for table in (
            "cases_case",
            "cases_event",
            "cases_document",
            "record_outbox",
            "record_key",
            "record_pending",
        ):
            cursor.execute(f"vacuum analyze {table}")
