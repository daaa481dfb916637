"""Statements that are planned once a connection: the wall and the lock hold as for those planned anew each time."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction

from bihuan.cases import wall
from bihuan.cases.family import lock_family
from bihuan.cases.tests.conftest import District
from bihuan.cases.tests.test_wall import put
from bihuan.lines import calendar

MANY = 8  # PostgreSQL settles on one plan for all values at the sixth time


@pytest.mark.django_db(transaction=True)
def test_one_plan_shows_each_scope_its_own_rows() -> None:
    put("A1", ["nk.cgw"])
    put("A2", ["nk.s001"])
    sql = "select number from cases_case where number like %s order by number"
    for _ in range(MANY):
        seen = [
            [row[0] for row in wall.ask(wall.planned(sql), ["A%"], scope)]
            for scope in ("nk.cgw", "nk.s001", "nk.cgw,nk.s001", "")
        ]
        assert seen == [["A1"], ["A2"], ["A1", "A2"], []]
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), max(generic_plans) > 0 from pg_prepared_statements where name like 'b!_%' escape '!'"
        )
        assert cursor.fetchone() == (1, True)


@pytest.mark.django_db(transaction=True)
def test_what_a_connection_has_no_room_for_is_planned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "MOST_PLANNED", 0)
    assert wall.planned("select 4711, %s::int") == "select 4711, %s::int"


def test_whoever_waited_for_the_lock_reads_what_was_written_meanwhile(real_district: District) -> None:
    case = real_district.report()
    for _ in range(MANY):
        with transaction.atomic():
            lock_family(case.case, calendar())
    seen: list[list[str]] = []

    def wait_and_read() -> None:
        try:
            for _ in range(2):
                with transaction.atomic():
                    family = lock_family(case.case, calendar())
                    assert family is not None
                    seen.append([event.name for event in family.members[case.case].events])
        finally:
            connection.close()

    other = Thread(target=wait_and_read)
    with transaction.atomic():
        lock_family(case.case, calendar())
        other.start()
        see_waiting(other)
        real_district.do(case.case, "note", "shouli", "2026-10-12 09:10", text="先看看")
    other.join()
    assert seen == [["report", "note"]] * 2


def see_waiting(other: Thread) -> None:
    for _ in range(1200):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                return
        other.join(0.05)
    raise AssertionError("nobody waited for the lock")
