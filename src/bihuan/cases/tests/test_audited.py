"""What is watched leaves a row in its own transaction, each day's rows are sealed in the log, and an edit is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from bihuan.cases import actions as cases
from bihuan.cases import sealed
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District
from bihuan.config.roles import as_owner
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Grant, Person, Post
from bihuan.record import actions as record
from bihuan.record.models import Audit, AuditDay, Pending
from bihuan.record.tests.office import Office, make_office

pytestmark = pytest.mark.django_db(transaction=True)
SINCE = date(2026, 1, 1)
DAY, NEXT = at("2026-10-12 09:00"), at("2026-10-13 00:05")


@pytest.fixture
def office(tmp_path: Any, settings: Any) -> Office:
    settings.HOME = tmp_path
    return make_office(tmp_path / "record")


@pytest.fixture
def unguarded(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    owner.execute("alter table record_audit disable trigger user")
    yield owner
    owner.execute("alter table record_audit enable trigger user")


def kinds() -> list[tuple[str, str]]:
    return list(Audit.objects.order_by("id").values_list("kind", "about"))


def test_what_staff_take_along_is_in_the_digest_of_its_day(real_district: District, office: Office) -> None:
    record.note_taken("coverage/walked", 12, by="7", unit="nk.jiandu", at=to_datetime(DAY))
    assert kinds()[-1] == ("export", "coverage/walked")
    record.close_days(to_datetime(NEXT))
    day = AuditDay.objects.get(day=date(2026, 10, 12))
    assert day.rows == 1 and Pending.objects.filter(entry=day.entry).exists()


def test_logging_in_and_out(real_district: District) -> None:
    person = real_district.persons["shouli"]
    person.set_password("not a real one 1")
    person.save()
    before = Audit.objects.count()
    client = Client()
    for word in ("wrong", "not a real one 1"):
        client.post("/desk/login/", {"username": person.username, "password": word})
    client.post("/desk/login/", {"username": "my password by mistake", "password": "x"})
    client.post("/desk/logout/")
    assert kinds()[before:] == [
        ("login_failed", person.username), ("login", person.username), ("login_failed", ""), ("logout", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["action", "table", "sql"])
def test_whoever_may_do_what_is_watched_whichever_way_it_is_changed(
    real_district: District, way: str
) -> None:
    person = real_district.persons["jie"]
    before = Audit.objects.count()
    with transaction.atomic():
        people.act_as("7")
        if way == "action":
            people.give_post(person, "nk.s001", "head", SINCE)
        elif way == "table":
            Post.objects.create(person=person, unit_id="nk.s001", code="head", since=SINCE)
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "insert into people_post (unit_id, code, person_id, since) values ('nk.s001', 'head', %s, %s)",
                    [person.pk, SINCE],
                )
    (row,) = Audit.objects.order_by("id")[before:]
    assert (row.kind, row.by, row.said["old"], row.said["new"]["code"]) == ("post", "7", None, "head")
    Grant.objects.create(post="head", purpose="see", basis="例", since=SINCE)
    assert Audit.objects.order_by("-id")[0].by == "bihuan_app"  # nobody said who: the role did it


def test_a_password_is_never_written_but_that_it_changed_is(real_district: District) -> None:
    person = real_district.persons["jie"]
    before = Audit.objects.count()
    person.set_password("another secret 9")
    person.save()
    person.save()  # nothing changed
    (row,) = Audit.objects.order_by("id")[before:]
    assert row.said["password"] == "changed"
    assert "pbkdf2" not in str(row.said)
    assert "argon2" not in str(row.said)


def test_what_is_rolled_back_leaves_no_row_and_what_cannot_be_written_down_does_not_happen(
    real_district: District, owner: psycopg.Connection
) -> None:
    person, before = real_district.persons["jie"], Audit.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        people.give_post(person, "nk.s001", "head", SINCE)
        raise RuntimeError
    assert Audit.objects.count() == before
    owner.execute("revoke insert on record_audit from bihuan_app")
    try:
        with pytest.raises(DatabaseError):
            people.give_post(person, "nk.s001", "head", SINCE)
        assert not Post.objects.filter(person=person, code="head").exists()
    finally:
        owner.execute("grant insert on record_audit to bihuan_app")


def test_reading_personal_data(real_district: District) -> None:
    opened = real_district.report(contact={"name": "演示居民", "phone": "13900000000"})
    reader = real_district.persons["shouli"]
    cases.reveal(
        opened.case, reader, "nk.jiandu", purpose="回访", basis="《个人信息保护法》第十三条", at=at("2026-10-12 09:10")
    )  # fmt: skip
    row = Audit.objects.order_by("-id")[0]
    assert (row.kind, row.by, row.unit, row.about) == ("read", str(reader.pk), "nk.jiandu", opened.number)
    assert row.said["fields"] == ["name", "phone"]
    assert "演示居民" not in str(row.said)


@pytest.mark.parametrize("one", ["sysadmin", "secadmin", "auditor"])
@pytest.mark.parametrize("other", ["sysadmin", "secadmin", "auditor"])
def test_three_administrators_are_three_persons_in_the_database_too(
    real_district: District, one: str, other: str
) -> None:
    person = Person.objects.create_user("sanyuan", name="演示管理员")
    Post.objects.create(person=person, unit_id="nk.gov", code=one, since=SINCE, until=date(2026, 6, 1))
    later = {"person": person, "unit_id": "nk.gov", "code": other}
    Post.objects.create(**later, since=date(2026, 6, 1))
    if one != other:
        with pytest.raises(IntegrityError, match="三员"):
            Post.objects.create(**later, since=date(2026, 5, 31), until=date(2026, 6, 1))


def test_an_unknown_kind_raises() -> None:
    with pytest.raises(KeyError):
        record.note("looked", by="1", at=to_datetime(DAY))


def note_three(day: int = DAY) -> None:
    for who in ("1", "2", "3"):
        record.note("login", by=who, about=f"user{who}", at=to_datetime(day))


def test_a_day_is_sealed_once_when_it_is_over(office: Office) -> None:
    note_three()
    assert record.close_days(to_datetime(at("2026-10-12 23:59"))) == 0
    assert record.close_days(to_datetime(NEXT)) == 1
    assert record.close_days(to_datetime(NEXT)) == 0
    told = AuditDay.objects.get()
    assert (told.day, told.rows) == (date(2026, 10, 12), 3)
    office.keeper().turn(to_datetime(NEXT))
    assert not Pending.objects.exists()
    assert b'"rows":3' in bytes(told.entry)
    page = Client().get("/log/?n=0").content.decode()
    assert "一天审计的摘要" in page
    assert told.digest in page
    assert sealed.watch(office.folder.parent, to_datetime(NEXT)).wrong == 0


@pytest.mark.parametrize(
    "edit",
    [
        "update record_audit set by = '4' where by = '2'",
        "update record_audit set at = at + interval '1 second' where by = '2'",
        "update record_audit set said = '{\"x\": 1}' where by = '2'",
        "delete from record_audit where by = '3'",
        "insert into record_audit (at, kind, by, unit, about, said) select at, kind, '9', unit, about, said from record_audit limit 1",
    ],
)
def test_an_edited_day_is_named(office: Office, unguarded: psycopg.Connection, edit: str) -> None:
    note_three()
    record.close_days(to_datetime(NEXT))
    office.keeper().turn(to_datetime(NEXT))
    unguarded.execute(edit)
    night = sealed.watch(office.folder.parent, to_datetime(NEXT))
    assert [row for row, _, _ in night.found] == ["record_audit 2026-10-12"]


def test_nobody_changes_the_table_as_the_product() -> None:
    note_three()
    with pytest.raises(DatabaseError):
        Audit.objects.update(by="x")
    with pytest.raises(DatabaseError):
        Audit.objects.filter(by="1").delete()
    with as_owner(), pytest.raises(DatabaseError, match="append-only"):
        Audit.objects.update(by="x")
