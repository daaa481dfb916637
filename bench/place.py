"""A database of the bench's own, with the district loaded, and the bare tables beside the product's."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

CENTRE, COMMAND, UNIT = "nk.jiandu", "nk.zhihui", "nk.cgw"
BIN, POINT = "管理事项:06042", {"lon": 117.1255, "lat": 39.1170, "datum": "WGS-84"}
STAFF = (
    (CENTRE, "acceptor"),
    (CENTRE, "collector"),
    (CENTRE, "checker"),
    (COMMAND, "dispatcher"),
    (UNIT, "officer"),
)


@contextmanager
def ready() -> Iterator[Path]:
    """A fresh home folder with a migrated and loaded database; Django is set up in this process."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-bench-"))
    os.environ.update(
        BIHUAN_HOME=str(folder), BIHUAN_DEMO="1", DJANGO_SETTINGS_MODULE="bihuan.config.settings"
    )
    os.environ.pop("DATABASE_URL", None)
    try:
        from bihuan.config.cli.database import apply_migrations
        from bihuan.config.cli.serve import collect_assets

        with _database():
            apply_migrations(verbosity=0)
            collect_assets()
            _make_bare_tables()
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database() -> Iterator[None]:
    from bihuan.config import home, postgres

    with postgres.use(home.home()):
        import django
        from django.conf import settings

        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "bench.bare"]
        django.setup()
        yield
        from django.db import connection

        connection.close()


def _make_bare_tables() -> None:
    from django.db import connection

    from bench.bare import models
    from bihuan.config.roles import as_owner

    with as_owner(), connection.schema_editor() as editor:
        for model in (models.Case, models.Event, models.Outbox, models.Spiff):
            editor.create_model(model)


def staff() -> dict[str, str]:
    """One person for each post that a case of the bench needs, by post."""
    from bihuan.config.cli.load import load_all
    from bihuan.people.actions import add_person, give_post

    load_all()
    found = {}
    for unit, post in STAFF:
        person = add_person(f"bench.{post}", "示例")
        give_post(person, unit, post, date(2016, 1, 1))
        found[post] = str(person.pk)
    return found
