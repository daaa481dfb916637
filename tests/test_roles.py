"""Tests run as the application's role, which is not a superuser; no role can act and erase its trace."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

from bihuan.config import postgres
from bihuan.config.roles import APART, as_owner, is_apart, set_apart


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


def as_role(role: str) -> psycopg.Connection:
    """The test database as this role, past Django."""
    where = postgres.address(postgres.home(), role)
    return psycopg.connect(
        host=where["HOST"] or None, port=where["PORT"] or None, user=where["USER"] or None,
        password=where["PASSWORD"] or None, dbname=connection.settings_dict["NAME"],
    )  # fmt: skip


def may(role: str, statement: str) -> bool:
    """Does the database let this role run the statement? Whether its values make sense is not asked."""
    with as_role(role) as db:
        db.execute("select set_config('bihuan.scope', 'system', true)")  # row-level security is another wall
        try:
            db.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.IntegrityError:
            return True
        finally:
            db.rollback()
    return True


EVENT = """insert into cases_event (case_id, seq, name, by, unit, role, at, effective, data)
    values (0, 1, 'x', '1', '', '', now(), now(), '{}')"""
OUTBOX = "insert into record_outbox (event_id, digest) values (0, '')"
WAIT = "insert into record_pending (entry) values ('')"
AUDIT = "insert into record_audit (at, kind, by, unit, about, said) values (now(), 'read', '1', '', '', '{}')"
LEAF = "insert into record_leaf (idx, entry) values (0, '')"
TILE = "insert into record_tile (level, n, data) values (0, 0, '')"
STATE = "insert into record_state (one, size, edge) values (true, 0, '{}')"
CHECKPOINT = "insert into record_checkpoint (size, root, note, at) values (1, '', '', now())"
PAIRS = {  # role, what it may do, what of it, or of what proves it, it may not touch
    "who acts does not rewrite events": (
        postgres.APP, [EVENT], ["update cases_event set by = '2'", "delete from cases_event"],
    ),
    "who acts does not rewrite digests and salts": (
        postgres.APP, [OUTBOX], ["update record_outbox set digest = ''", "delete from record_outbox"],
    ),
    "who acts does not take back what waits for the log": (
        postgres.APP, [WAIT], ["update record_pending set entry = ''", "delete from record_pending"],
    ),
    "who acts does not order, rewrite or publish the log": (
        postgres.APP, [EVENT],
        [LEAF, TILE, STATE, CHECKPOINT, "update record_state set size = 0", "delete from record_state"]
        + [f"delete from record_{one}" for one in ("leaf", "tile", "checkpoint")]
        + [f"update record_{one} set {column} = ''" for one, column in
           (("leaf", "entry"), ("tile", "data"), ("checkpoint", "note"))],
    ),
    "who is watched does not rewrite the watching": (
        postgres.APP, [AUDIT, "insert into record_auditday (day, rows, digest, entry) values ('1999-01-01', 0, '', '')"],
        ["update record_audit set by = '2'", "delete from record_audit", "update record_auditday set rows = 1",
         "delete from record_auditday", "update record_watch set wrong = 0", "delete from record_watch"],
    ),
    "who orders the log does not act, and does not rewrite what is ordered": (
        postgres.LOG, [LEAF, TILE, STATE, CHECKPOINT, "update record_state set size = 0", "delete from record_pending"],
        [EVENT, OUTBOX, WAIT, AUDIT, "update record_leaf set entry = ''", "delete from record_leaf",
         "update record_tile set data = ''", "delete from record_tile", "update record_checkpoint set note = ''",
         "delete from record_checkpoint", "update record_pending set entry = ''", "delete from record_state",
         "update people_person set username = 'x'", "insert into people_grant default values"],
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("pair", PAIRS)
def test_no_role_can_act_and_erase_its_trace(pair):
    role, acts, traces = PAIRS[pair]
    assert {one: may(role, one) for one in acts} == dict.fromkeys(acts, True)
    assert {one: may(role, one) for one in traces} == dict.fromkeys(traces, False)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [postgres.APP, postgres.LOG])
def test_what_is_append_only_is_so_for_every_role(role):
    with as_role(role) as db:
        guarded = db.execute(
            "select distinct tgrelid::regclass::text from pg_trigger where tgname = 'append_only'"
        ).fetchall()
        assert len(guarded) >= 8
        open_to = [
            (table, what)
            for (table,) in guarded
            for what in ("update", "delete", "truncate", "trigger")
            if db.execute("select has_table_privilege(%s, %s)", [table, what]).fetchone() != (False,)
        ]
    assert open_to == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [postgres.APP, postgres.LOG])
@pytest.mark.parametrize(
    "statement",
    [
        "set role bihuan_owner", "set session authorization bihuan_owner", "set session_replication_role = replica",
        "alter table record_leaf disable trigger all", "drop trigger append_only on cases_event",
        "truncate record_audit", "create table planted (id int)",
    ],
)  # fmt: skip
def test_no_role_makes_itself_another(role, statement):
    assert not may(role, statement)
    assert not may(role, f"set role {({postgres.APP, postgres.LOG} - {role}).pop()}")


@pytest.mark.django_db
def test_the_sequencer_reads_nothing_but_the_log():
    with as_role(postgres.LOG) as db:
        tables = db.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and has_table_privilege(oid, 'select')"
        ).fetchall()
    assert sorted(t for (t,) in tables) == sorted(APART)


@pytest.mark.django_db(transaction=True)
def test_one_role_for_both_is_left_as_it_is():
    with as_owner(), connection.cursor() as db:
        assert is_apart(db, postgres.APP, postgres.LOG)
        assert not is_apart(db, postgres.OWNER, postgres.LOG)
        assert is_apart(db, postgres.APP, postgres.APP)
        set_apart(db, postgres.APP, postgres.APP)
        assert is_apart(db, postgres.APP, postgres.LOG)
