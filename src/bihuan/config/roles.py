"""Two database roles: ``bihuan_app`` runs the product, ``bihuan_owner`` owns the tables and runs migrations.

The application is not a superuser, owns nothing and cannot bypass row-level security, so triggers, revoked
grants and policies bind it. The owner's default privileges let the application select, insert, update and
delete in every table that a migration makes; a migration takes away what it should not have, for example
``RunSQL("revoke update, delete on cases_event from bihuan_app")``, and grants nothing. TRUNCATE is never
granted. Policies need ``alter table ... enable row level security``; the owner stays exempt, which is what
migrations want.

Tests run as ``bihuan_app`` as well; a test that must act as the owner does so inside ``as_owner()``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import sql

from bihuan.config import postgres
from bihuan.config.settings import HOME


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect Django as the owner while the block runs; only outside a transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("as_owner() changes the connection and cannot be used inside a transaction")
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    owner = postgres.address(HOME, postgres.OWNER)
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in before})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def let_app_in(db: Any, app: str) -> None:
    """Let the application use what migrations will create in a database we did not make; run as its owner."""
    for what in ("select, insert, update, delete on tables", "usage, select on sequences"):
        db.execute(sql.SQL("alter default privileges grant " + what + " to {}").format(sql.Identifier(app)))
