"""The audit table: what is watched, the digest of a day, and whether a day is still what the log says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

import orjson
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bihuan.core.log.entry import AUDIT_DAY, HASH, Entry, canonical, commitment, group, pack, unpack
from bihuan.core.say import Say
from bihuan.record.models import AuditDay

# What actions write; rows of accounts, posts, grants, delegations and keys come from triggers (people/migrations/0005).
KINDS = frozenset({"login", "login_failed", "logout", "read", "export", "correct", "delete"})
ROWS = """select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), kind, by, unit, about, said::text
    from record_audit where (at at time zone 'Asia/Shanghai')::date = %s order by id"""
OPEN_DAYS = """select distinct (at at time zone 'Asia/Shanghai')::date d from record_audit
    where (at at time zone 'Asia/Shanghai')::date < %s
    and at > coalesce((select max(day) from record_auditday) - interval '1 day', '-infinity')
    and not exists (select from record_auditday a where a.day = (at at time zone 'Asia/Shanghai')::date) order by d"""
SALT = bytes(HASH)  # nothing in a day's entry is secret: its payload is public


def digest_of(day: date) -> tuple[int, str]:
    """(rows, SHA-256 as hex) of a day of the district: each row as a JSON list on its own line, in the order of ids."""
    said, rows = sha256(), 0
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [day])
        for *columns, text in cursor.fetchall():
            rows += 1
            said.update(orjson.dumps([*columns, orjson.loads(text)], option=orjson.OPT_SORT_KEYS) + b"\n")
    return rows, said.hexdigest()


def sealed(day: date, at: datetime) -> tuple[int, str, bytes]:
    """(rows, digest, entry of the log) of a day as it stands; `at` is when it is sealed."""
    rows, digest = digest_of(day)
    payload = payload_of(day, rows, digest)
    kind = settings.RECORD_SUITE.hash
    groups = [group(kind, i, SALT, payload if i == 0 else b"{}") for i in range(3)]
    one = Entry(
        AUDIT_DAY,
        int(at.timestamp()) * 1000,
        sha256(payload).digest(),
        commitment(kind, groups),
        kind,
        payload,
    )
    return rows, digest, pack(one)


def payload_of(day: date, rows: int, digest: str) -> bytes:
    return canonical({"day": day.isoformat(), "rows": rows, "sha256": digest})


def open_days(now: datetime) -> list[date]:
    """The days of the district that are over, have rows and are not sealed."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_DAYS, [now.astimezone(timezone.get_current_timezone()).date()])
        return [row[0] for row in cursor.fetchall()]


def check_days() -> Iterator[tuple[str, Say]]:
    """(row, what is wrong) of every closed day whose rows are not what its entry in the log says."""
    for one in AuditDay.objects.order_by("day"):
        row, said = f"record_audit {one.day}", unpack(bytes(one.entry))
        rows, digest = digest_of(one.day)
        if payload_of(one.day, rows, digest) != said.payload:
            yield (
                row,
                Say(
                    f"这一天的审计记录和公开记录的摘要对不上（现在 {rows} 行，当时 {one.rows} 行）",
                    f"the audit rows of the day do not fit the digest in the log ({rows} rows now, {one.rows} then)",
                ),
            )
        with connection.cursor() as cursor:
            cursor.execute(
                "select exists (select from record_leaf where event_id is null and entry = %s) "
                "or exists (select from record_pending where event_id is null and entry = %s)",
                [bytes(one.entry), bytes(one.entry)],
            )
            if not (cursor.fetchone() or (False,))[0]:
                yield row, Say("这一天的摘要不在公开记录里", "the day's digest is not in the log")
