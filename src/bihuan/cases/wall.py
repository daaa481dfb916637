"""The second wall: row-level security asks `bihuan.scope`, and whoever did not say it sees no row.

The scope is set in the same message as the query (PostgreSQL runs one message as one transaction, and a
local setting ends with it), so it costs no round trip and cannot leak into the next request on a kept
connection. Scopes: "" nothing; SYSTEM everything, the only one that may write; ALL reads everything; else
codes of units and places, separated by commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
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


# The wall stands in the plan of every table, which makes planning a long statement dearer than running it.
_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
MOST_PLANNED = 50  # plans a connection keeps: what is seldom asked is planned anew


def planned(sql: str, kinds: str = "") -> str:
    """A long statement as the call of its plan, which is made once a connection; the parameters stay in their order.
    `kinds` are their SQL types, where PostgreSQL cannot tell them from the statement."""
    name = f"b_{sha256(sql.encode()).hexdigest()[:16]}"
    connection.ensure_connection()
    known = _planned.setdefault(connection.connection, set())
    if name not in known:
        if len(known) >= MOST_PLANNED:
            return sql
        first, *rest = sql.split("%s")
        numbered = first + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))
        with connection.cursor() as cursor:
            cursor.execute(f"prepare {name} {kinds and f'({kinds})'} as {numbered}")
        known.add(name)
    marks = ", ".join(["%s"] * sql.count("%s"))
    return f"execute {name} {marks and f'({marks})'}"


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
