"""Three database roles: ``bihuan_app`` runs the product, ``bihuan_log`` orders the public record, ``bihuan_owner``
owns the tables and runs migrations.

The application is not a superuser, owns nothing and cannot bypass row-level security, so triggers, revoked
grants and policies bind it. The owner's default privileges let the application select, insert, update and
delete in every table that a migration makes; a migration takes away what it should not have, for example
``RunSQL("revoke update, delete on cases_event from bihuan_app")``, and grants nothing. TRUNCATE is never
granted. Policies need ``alter table ... enable row level security``; the owner stays exempt, which is what
migrations want.

Only the sequencer writes the log, and it writes nothing else (``APART``): whoever acts cannot order what is
published of it, and whoever orders cannot act.

Tests run as ``bihuan_app`` as well; a test that must act as the owner does so inside ``as_owner()``, one that
orders the log inside ``as_sequencer()``.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection
from psycopg import sql

from bihuan.config import postgres
from bihuan.config.settings import HOME

# Tables of the log: what the sequencer may, and what the application keeps.
APART = {
    "record_pending": ("select, delete", "select, insert"),
    "record_leaf": ("select, insert", "select"),
    "record_tile": ("select, insert", "select"),
    "record_state": ("select, insert, update", "select"),
    "record_checkpoint": ("select, insert", "select"),
}
IS_APART = """select has_table_privilege(%s, 'record_leaf', 'insert') and not exists (select from unnest(%s::text[]) t
    where has_table_privilege(%s, t, 'insert') or has_table_privilege(%s, t, 'update, delete'))"""


def as_owner() -> AbstractContextManager[None]:
    """Connect Django as the owner while the block runs; only outside a transaction."""
    return connected_as(postgres.OWNER)


def as_sequencer() -> AbstractContextManager[None]:
    """Connect Django as the one that writes the log while the block runs; only outside a transaction."""
    return connected_as(postgres.LOG)


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    if connection.in_atomic_block:
        raise RuntimeError("another role is another connection: not inside a transaction")
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    other = postgres.address(HOME, role)
    connection.close()
    connection.settings_dict.update({key: other[key] for key in before})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def let_app_in(db: Any, app: str) -> None:
    """Let the application use what migrations will create in a database we did not make; run as its owner."""
    for what in ("select, insert, update, delete on tables", "usage, select on sequences"):
        db.execute(sql.SQL("alter default privileges grant " + what + " to {}").format(sql.Identifier(app)))


def is_apart(db: Any, app: str, log: str) -> bool:
    """Does only the sequencer's role write the log? Where both are one role there is nothing to set apart."""
    tables = [table for table in APART if table != "record_pending"]
    return app == log or bool(db.execute(IS_APART, [log, tables, app, app]).fetchone()[0])


def set_apart(db: Any, app: str, log: str) -> None:
    """Give the tables of the log to the sequencer's role and leave the application what it needs; run as their owner."""
    if app == log:
        return
    for table, rights in APART.items():
        for role, may in zip((log, app), rights, strict=True):
            names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
            db.execute(sql.SQL("revoke all on {table} from {role}").format(**names))
            db.execute(sql.SQL("grant " + may + " on {table} to {role}").format(**names))
    db.execute(sql.SQL("grant usage on sequence record_tile_id_seq to {}").format(sql.Identifier(log)))
