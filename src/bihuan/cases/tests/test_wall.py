"""Row-level security and append-only guards, asked as the application's own role by raw SQL."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from bihuan.cases import wall
from bihuan.cases.models import Case, Contact, Document, Event

pytestmark = pytest.mark.django_db(transaction=True)
T = datetime(2026, 3, 2, tzinfo=UTC)


def put(number: str, units: list[str], street: str = "") -> Case:
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.create(
            number=number, line="x", version="2016-01-01", state="s", units=units, street=street,
            opened_at=T, root=0, lookup_hash=f"hash-{number}", title="secret title",
        )  # fmt: skip
        Event.objects.create(case=case, seq=1, name="report", by="1", at=T, effective=T)
        Contact.objects.create(case=case, name="甲某", phone="1")
        Document.objects.create(
            case=case,
            event_seq=1,
            kind="evidence:x",
            name="x",
            mime="x",
            size=1,
            sha256="0",
            file="x",
            server_at=T,
        )
        return case


TABLES = ["cases_case", "cases_event", "cases_contact", "cases_document"]


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_other_units_do_not_exist(table: str) -> None:
    put("A1", ["nk.cgw", "nk.zhihui"], street="120104001")
    put("A2", ["nk.s001"], street="120104002")

    def count(scope: str) -> int:
        return wall.ask(f"select count(*) from {table}", [], scope)[0][0]

    assert count("nk.cgw") == 1
    assert count("nk.s001,nk.zhihui") == 2
    assert count("120104002") == 1
    assert count("nk.cg") == 0
    assert count("all") == 2
    assert count("") == 0


@pytest.mark.parametrize("table", TABLES)
def test_unset_scope_shows_nothing_and_does_not_leak(table: str) -> None:
    put("A1", ["nk.cgw"])
    assert wall.ask(f"select count(*) from {table}", [], wall.SYSTEM)[0][0] == 1
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        assert cursor.fetchone()[0] == 0
    with pytest.raises(ZeroDivisionError), wall.open_to(wall.SYSTEM):
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        assert cursor.fetchone()[0] == 0


def test_number_and_code_open_one_case_only() -> None:
    one, _other = put("A1", ["nk.cgw"]), put("A2", ["nk.cgw"])
    assert wall.ask("select cases_track('A1', 'hash-A1')", [], "")[0][0] == one.pk
    assert wall.ask("select cases_track('A1', 'hash-A2')", [], "")[0][0] is None
    assert wall.ask("select number from cases_case", [], f"case:{one.pk}") == [("A1",)]
    assert wall.ask("select count(*) from cases_event", [], f"case:{one.pk}") == [(1,)]


def test_public_view_has_no_words_and_no_persons() -> None:
    put("A1", ["nk.cgw"])
    with connection.cursor() as cursor:
        cursor.execute("select * from cases_public")
        assert cursor.rowcount == 1
        names = {c.name for c in cursor.description}
    assert not names & {"title", "data", "parties", "lookup_hash", "lon", "lat", "units", "id"}


@pytest.mark.parametrize("scope", ["", "all", "nk.cgw"])
def test_only_the_write_path_writes(scope: str) -> None:
    case = put("A1", ["nk.cgw"])
    with pytest.raises(DatabaseError, match="row-level security"):
        wall.ask(
            "insert into cases_event (case_id, seq, name, by, unit, role, at, effective, data) "
            "values (%s, 2, 'x', '1', '', '', now(), now(), '{}') returning 1",
            [case.pk],
            scope,
        )
    assert wall.ask("update cases_case set state = 'hacked' returning 1", [], scope) == []


@pytest.mark.parametrize("table", ["cases_event", "cases_document", "record_outbox", "people_reading"])
@pytest.mark.parametrize("verb", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_the_application_may_not_change_what_happened(table: str, verb: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|append-only"):
        wall.ask(verb.format(table), [], wall.SYSTEM)


@pytest.mark.parametrize("table", ["cases_event", "cases_document", "record_outbox", "people_reading"])
@pytest.mark.parametrize("verb", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_even_the_owner_is_stopped_by_the_trigger(table: str, verb: str, owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(verb.format(table))


def test_cases_are_not_deleted() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        wall.ask("delete from cases_case", [], wall.SYSTEM)
