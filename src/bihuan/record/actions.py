"""Writes of the log: entries get their place, checkpoints that enough witnesses saw are published; and audit rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.entry import (
    AUDIT_DAY,
    EVENT,
    HASH,
    WITH_PAYLOAD,
    Entry,
    canonical,
    commitment,
    group,
    pack,
    tag,
)
from bihuan.core.log.tiles import Edge
from bihuan.core.say import Say
from bihuan.record import auditing, noticing
from bihuan.record.models import Audit, AuditDay, Notice, Pending, Watch

BATCH = 8192
KEPT = 200  # findings of one night that are kept by name


@transaction.atomic
def sequence(limit: int = BATCH) -> int:
    """Give the next waiting entries their places, in one durable transaction; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "set local synchronous_commit = on"
        )  # nothing may be signed that a crash could take back
        cursor.execute(
            "insert into record_state (one, size, edge) values (true, 0, '{}') on conflict do nothing"
        )
        cursor.execute("select size, edge from record_state for update")
        size, partial = cursor.fetchone()
        cursor.execute(
            "with taken as (delete from record_pending where id in "
            "(select id from record_pending order by id limit %s) returning id, event_id, entry), "
            "placed as (insert into record_leaf (idx, event_id, entry) "
            "select %s + row_number() over (order by id) - 1, event_id, entry from taken returning idx, entry) "
            "select entry from placed order by idx",
            [limit, size],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        edge = Edge(size, [bytes(one) for one in partial])
        if full := edge.add(bytes(entry) for (entry,) in rows):
            cursor.execute(
                "insert into record_tile (level, n, data) select * from unnest(%s::int[], %s::bigint[], %s::bytea[])",
                [list(column) for column in zip(*full, strict=True)],
            )
        cursor.execute(
            "update record_state set size = %s, edge = %s::bytea[]",
            [edge.size, [bytes(one) for one in edge.partial]],
        )
    return len(rows)


def publish(told: Checkpoint, note: str, at: datetime) -> None:
    """Make a cosigned checkpoint the public one; the same one again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into record_checkpoint (size, root, note, at) values (%s, %s, %s, %s) on conflict do nothing",
            [told.size, told.root, note, at],
        )


def note_watch(at: datetime, entries: int, events: int, found: Iterable[tuple[str, Say]]) -> Watch:
    """Write down what a reading of everything found, clean or not."""
    rows = [[row, str(say), say.en] for row, say in found]
    return Watch.objects.create(at=at, entries=entries, events=events, wrong=len(rows), found=rows[:KEPT])


def note(
    kind: str,
    *,
    by: str,
    at: datetime,
    unit: str = "",
    about: str = "",
    said: Mapping[str, Any] | None = None,
) -> None:
    """Write down that something watched happens, in the transaction it happens in; an unknown kind is a KeyError."""
    if kind not in auditing.KINDS:
        raise KeyError(kind)
    Audit.objects.create(at=at, kind=kind, by=by[:64], unit=unit, about=about[:120], said=dict(said or {}))


def note_taken(what: str, rows: int, *, by: str, unit: str, at: datetime) -> None:
    """Write down that a member of staff takes a table out of the system, before it is handed out: which one
    ("coverage/reports") and how many rows."""
    note("export", by=by, unit=unit, about=what, said={"rows": rows}, at=at)


def enter(kind: int, payload: bytes | Mapping[str, Any], *, at: datetime) -> bytes:
    """Let something public wait for its place in the log, in the transaction it happens in; the entry's bytes.

    For kinds 2, 3, 4 and 8: a manifest or result of a draw, a change of settings, a release. The payload (at most
    60,000 bytes; a mapping becomes canonical JSON) is public, the tag is its SHA-256. Kinds of cases and audit days
    are a ValueError, a payload that has no place is a Doubt.
    """
    if kind not in WITH_PAYLOAD - {AUDIT_DAY}:
        raise ValueError(f"kind {kind} is not entered with a payload")
    body = payload if isinstance(payload, bytes) else canonical(payload)
    salt, hash = bytes(HASH), settings.RECORD_SUITE.hash  # nothing in it is secret
    groups = [group(hash, i, salt, body if i == 0 else b"{}") for i in range(3)]
    entry = pack(Entry(kind, _ms(at), sha256(body).digest(), commitment(hash, groups), hash, body))
    Pending.objects.create(entry=entry)
    return entry


def enter_closed(
    kind: int, groups: Sequence[Mapping[str, Any]], *, key: bytes, seq: int, at: datetime
) -> tuple[bytes, bytes]:
    """The same for what shows only its commitment (kinds 5 and 6): (entry, the 96 salt bytes that open it).

    `groups` are what is public, internal and personal; `key` (32 random bytes, kept by the caller) and `seq` give
    the tag, by which whoever holds the key finds all entries of one thing.
    """
    if kind in WITH_PAYLOAD or kind == EVENT:
        raise ValueError(f"kind {kind} is not entered closed")
    salts, hash = [secrets.token_bytes(HASH) for _ in range(3)], settings.RECORD_SUITE.hash
    made = [group(hash, i, salts[i], canonical(one)) for i, one in enumerate(groups)]
    entry = pack(Entry(kind, _ms(at), tag(key, seq), commitment(hash, made), hash))
    Pending.objects.create(entry=entry)
    return entry, b"".join(salts)


@transaction.atomic
def tell(kind: int, about: str, said: Mapping[str, Any], *, at: datetime | None = None) -> bool:
    """Let the log say what a row is, in the transaction that writes the row; False where it says so already.

    `about` names the row ("people_post 12"), `said` is public and fits JSON with whole numbers; without a moment it
    is that of the transaction. The nightly reading compares row, notice and entry.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s)), now()", [f"record_notice {about}"])
        (_, moment) = cursor.fetchone()
    before = noticing.latest(about)
    if before is not None and before.said == dict(said):
        return False
    if kind in WITH_PAYLOAD:
        entry, salts = enter(kind, noticing.body(about, said), at=at or moment), None
    else:
        seq = Notice.objects.filter(about=about).count()
        groups = [{"about": about, **said}, {}, {}]
        entry, salts = enter_closed(kind, groups, key=noticing.key_of(about), seq=seq, at=at or moment)
    Notice.objects.create(kind=kind, about=about, said=dict(said), entry=entry, salts=salts)
    return True


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000


@transaction.atomic
def close_days(now: datetime) -> int:
    """Put the digest of every day that is over and has audit rows into the log, once; how many."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('record_auditday'))")
    days = auditing.open_days(now)
    for day in days:
        rows, digest, entry = auditing.sealed(day, now)
        AuditDay.objects.create(day=day, rows=rows, digest=digest, entry=entry)
        Pending.objects.create(entry=entry)
    return len(days)
