"""The second wall: row-level security asks `bihuan.scope`, and whoever did not say it sees no row.

The scope is set in the same message as the query (PostgreSQL runs one message as one transaction, and a
local setting ends with it), so it costs no round trip and cannot leak into the next request on a kept
connection. Scopes: "" nothing; SYSTEM everything, the only one that may write; ALL reads everything; else
codes of units and places, separated by commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection, transaction

SYSTEM = "system"
ALL = "all"
SET = "select set_config('bihuan.scope', %s, true); "


def ask(sql: str, params: Sequence[Any], scope: str) -> list[tuple[Any, ...]]:
    """The rows of one query seen through the wall under `scope`, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(SET + sql, [scope, *params])
        while cursor.nextset():
            pass
        return cursor.fetchall() if cursor.pgresult.nfields else []  # a description of 46 columns is dear


def ask_each(questions: Sequence[tuple[str, Sequence[Any]]], scope: str) -> list[list[tuple[Any, ...]]]:
    """The rows of several queries seen through the wall under `scope`, all in one round trip."""
    found = []
    with connection.cursor() as cursor:
        sql = SET + "; ".join(sql for sql, _ in questions)
        cursor.execute(sql, [scope, *(value for _, params in questions for value in params)])
        while cursor.nextset():
            found.append(cursor.fetchall())
    return found


_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def ask_prepared(name: str, sql: str, kind: str, value: Any, scope: str) -> list[tuple[Any, ...]]:
    """`ask` for a long query with one parameter of SQL type `kind`, planned once a connection under `name`.

    The wall stands in the plan of every table, which makes planning the page of a case dearer than running it.
    """
    connection.ensure_connection()
    known = _prepared.setdefault(connection.connection, set())
    if name not in known:
        with connection.cursor() as cursor:
            cursor.execute(f"prepare {name} ({kind}) as {sql.replace('%s', '$1')}")
        known.add(name)
    return ask(f"execute {name} (%s)", [value], scope)


def set_scope(scope: str) -> None:
    """Set the scope for the rest of the running transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('bihuan.scope', %s, true)", [scope])


@contextmanager
def open_to(scope: str) -> Iterator[None]:
    """Let ordinary ORM queries inside see the rows of `scope`; the wall is as before afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('bihuan.scope', true), set_config('bihuan.scope', %s, true)", [scope]
        )
        before = cursor.fetchone()[0] or ""
        yield
        cursor.execute("select set_config('bihuan.scope', %s, true)", [before])
