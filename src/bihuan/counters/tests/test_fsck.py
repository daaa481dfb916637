"""What fsck finds in bookings and tickets: nothing after an ordinary morning, and each planted fault by name."""

from __future__ import annotations

import pytest
from django.db import connection

from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.counters import actions
from bihuan.counters.fsck import check
from bihuan.counters.tests.conftest import MORNING
from bihuan.counters.tests.test_booking import PHONE, slot
from bihuan.counters.tests.test_queue import call, done, take


@pytest.fixture
def morning(floor: District) -> District:
    booked = actions.book(slot("2026-10-12 09:00").pk, PHONE, at=at(MORNING))
    late = actions.book(slot("2026-10-12 10:00").pk, "13900009999", at=at(MORNING))
    actions.cancel(late.pk, at=at("2026-10-12 08:20"))
    take("2026-10-12 08:31"), take("2026-10-12 08:40")
    actions.arrive(booked.pk, at=at("2026-10-12 08:50"))
    call(floor, "2026-10-12 09:05"), done(floor, "2026-10-12 09:10")
    return floor


def test_an_ordinary_morning_adds_up(morning: District) -> None:
    assert list(check()) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update counters_slot set taken = taken + 1 where taken = 1", "places taken"),
        ("update counters_issued set last = last + 1", "last number: stored 4, computed '3, 3 tickets'"),
        ("update counters_ticket set done_at = called_at - interval '1 hour' where done_at is not null", "taken, called, done"),
        ("update counters_ticket set passed_at = done_at where done_at is not null", "taken, called, done"),
        ("update counters_ticket set booking_id = null where booking_id is not null", "arrived: stored True, computed False"),
        ("update counters_booking set cancelled_at = made_at where arrived_at is not null", "computed 'cancelled'"),
        ("update counters_booking set day = day + 1 where arrived_at is not null", "service and day of its slot"),
    ],
)  # fmt: skip
def test_each_fault_is_named(morning: District, sql: str, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount == 1
    assert any(said in str(one) for one in check()), list(map(str, check()))
