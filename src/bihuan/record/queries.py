"""Reads of the outbox."""

from __future__ import annotations

from django.db import connection


def head() -> str:
    """The digest of the latest event of all, "" before the first: fixed before whatever comes next."""
    with connection.cursor() as cursor:
        cursor.execute("select digest from record_outbox order by id desc limit 1")
        row = cursor.fetchone()
        return row[0] if row else ""
