"""One database for the test run, reached as the application's role, so that triggers and policies are tested.

The run has its own database name (``test_bihuan_<pid>``), so that several runs can share one cluster. It is
made and migrated by the owner's role; every test runs as ``bihuan_app``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from psycopg import sql

from bihuan.config import postgres

HOME = postgres.home()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    f"no browser on this machine: none of {', '.join(BROWSERS)} (apt-get install chromium fonts-noto-cjk)"
)
# A busy machine is no failure; a test that needs more examples says so itself.
hypothesis.settings.register_profile("here", deadline=None, max_examples=50)
hypothesis.settings.load_profile("here")
KEPT = ("django_migrations", "django_content_type", "auth_permission")  # made by migrate, not by tests


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL (once, in the main process) and set what tests need otherwise than production."""
    if not hasattr(config, "workerinput"):
        cluster = postgres.use(HOME)
        cluster.__enter__()
        config.add_cleanup(lambda: cluster.__exit__(None, None, None))
        os.environ["BIHUAN_TEST_RUN"] = str(os.getpid())
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
        f"test_bihuan_{os.environ['BIHUAN_TEST_RUN']}"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.LANGUAGE_COOKIE_SECURE = False
    files = tempfile.TemporaryDirectory(prefix="bihuan-files-")
    config.add_cleanup(files.cleanup)
    settings.MEDIA_ROOT = files.name
    settings.STATIC_ROOT = tempfile.mkdtemp(dir=files.name)  # nothing is collected for tests


def find_browser() -> str | None:
    """Return the Chromium of this machine, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def browser_required() -> bool:
    """Whether journeys that cannot run are failures: in CI they are."""
    return os.environ.get("CI", "").lower() in ("1", "true") or os.environ.get("BIHUAN_BROWSER") == "required"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Journeys need a browser: where there is none they are reported as not run, in CI as failed."""
    if item.get_closest_marker("journey") and not find_browser():
        if browser_required():
            pytest.fail(NO_BROWSER, pytrace=False)
        pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once more, at the end, what was not run."""
    left_out = [
        report
        for kind in ("skipped", "failed", "error")
        for report in terminalreporter.stats.get(kind, [])
        if NO_BROWSER in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.section(f"{len(left_out)} journeys NOT RUN: {NO_BROWSER}", bold=True, red=True)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser that journeys drive."""
    found = find_browser()
    assert found, NO_BROWSER
    return found


def owner_connection(name: str) -> psycopg.Connection:
    """Connect as owner, past Django."""
    where = postgres.address(HOME, postgres.OWNER)
    return psycopg.connect(
        host=where["HOST"] or None, port=where["PORT"] or None, user=where["USER"] or None,
        password=where["PASSWORD"] or None, dbname=name, autocommit=True,
    )  # fmt: skip


def drop_left_over(db: psycopg.Connection) -> None:
    """Remove test databases of runs that were killed.

    Without FORCE: that would need the right to end an autovacuum worker, which a plain DROP ends by itself.
    """
    for (name,) in db.execute(
        "select datname from pg_database where datname like 'test\\_bihuan\\_%'"
    ).fetchall():
        number = name.split("_")[2]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            db.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Create and migrate the test database as owner, then hand it to the tests as the application."""
    from django.db import connection
    from django.test.utils import setup_databases

    from bihuan.config.roles import as_owner, let_app_in, set_apart

    name = connection.creation._get_test_db_name()
    with owner_connection("postgres") as db:
        drop_left_over(db)
        db.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    with owner_connection(name) as db:
        let_app_in(db, connection.settings_dict["USER"])  # template1 of a foreign server does not do it
    with django_db_blocker.unblock(), as_owner():
        setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=[])
    with owner_connection(name) as db:
        set_apart(db, connection.settings_dict["USER"], postgres.address(HOME, postgres.LOG)["USER"])
    with django_db_blocker.unblock():
        connection.close()
    yield
    with django_db_blocker.unblock():
        connection.close()
    with owner_connection("postgres") as db:
        db.execute(sql.SQL("drop database {}").format(sql.Identifier(name)))


@pytest.fixture(autouse=True, scope="session")
def _empty_as_owner() -> Iterator[None]:
    """Empty the tables as owner after a transactional test: the application may not TRUNCATE."""
    from django.db import connection
    from django.test import TransactionTestCase

    def empty(_case: TransactionTestCase) -> None:
        name = connection.settings_dict["NAME"]
        connection.close()
        with owner_connection(name) as db:
            rows = db.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
            tables = [sql.Identifier(t) for (t,) in rows if t not in KEPT]
            if tables:
                guarded = db.execute(
                    "select tgrelid::regclass::text, tgname from pg_trigger"
                    " where tgtype & 32 = 32 and tgenabled <> 'D'"
                ).fetchall()
                toggle = [
                    sql.SQL("alter table {} {{}} trigger {}").format(sql.SQL(t), sql.Identifier(n))
                    for t, n in guarded
                ]
                with db.transaction():
                    for one in toggle:
                        db.execute(sql.SQL(one.as_string(db)).format(sql.SQL("disable")))
                    db.execute(sql.SQL("truncate {} restart identity").format(sql.SQL(", ").join(tables)))
                    for one in toggle:
                        db.execute(sql.SQL(one.as_string(db)).format(sql.SQL("enable")))

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Any]:
    """Chromium, started once for all journeys. Its driver runs a loop in this thread, which Django would take for
    async code; so journeys run in a process of their own (`make test`)."""
    from playwright.sync_api import expect, sync_playwright

    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync"
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    expect.set_options(timeout=60_000)  # a busy machine is no failure
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=browser_path, args=flags.split())
        yield started
        started.close()
    patch.undo()
