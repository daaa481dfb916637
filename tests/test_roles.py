"""Tests run as the application's role, which is not a superuser."""

import pytest
from django.db import ProgrammingError, connection

from bihuan.config.roles import as_owner


@pytest.mark.django_db
def test_application_role_is_bound_by_the_database():
    with connection.cursor() as db:
        db.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user"
        )
        assert db.fetchone() == ("bihuan_app", False, False, False)
        db.execute(
            "select count(*) from pg_tables where schemaname = 'public' and tableowner <> 'bihuan_owner'"
        )
        assert db.fetchone() == (0,)


@pytest.mark.django_db
def test_application_may_not_truncate_nor_create_tables():
    for statement in (
        "truncate django_session",
        "create table planted (id int)",
        "drop table django_session",
    ):
        with (
            connection.cursor() as db,
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        ):
            db.execute("savepoint before")
            db.execute(statement)
        with connection.cursor() as db:
            db.execute("rollback to savepoint before")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_tests_leave_nothing_behind(turn):
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    assert Session.objects.count() == 0
    Session.objects.create(session_key=f"{turn}", session_data="", expire_date=timezone.now())


def test_the_owner_cannot_be_taken_inside_a_transaction(db):
    with pytest.raises(RuntimeError, match="transaction"), as_owner():
        pass
