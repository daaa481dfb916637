from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture
def owner(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection as owner of the tables, past Django, in its own transaction per statement."""
    from django.db import connection

    from bihuan.config import postgres

    where = postgres.address(postgres.home(), postgres.OWNER)
    with psycopg.connect(
        host=where["HOST"] or None, port=where["PORT"] or None, user=where["USER"] or None,
        password=where["PASSWORD"] or None, dbname=connection.settings_dict["NAME"], autocommit=True,
    ) as db:  # fmt: skip
        yield db
