"""Booking: a slot never holds more than it has room for, whoever asks at once; cancelled, arrived, missed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.counters import actions, queries
from bihuan.counters.models import Booking, Slot
from bihuan.counters.numbers import phone_digest
from bihuan.counters.tests.conftest import MORNING, service

PHONE = "13900001234"


def slot(when: str = "2026-10-12 09:00", code: str = "food") -> Slot:
    return Slot.objects.get(service__code=code, start=to_datetime(at(when)))


def test_slots_fill_the_office_hours_of_the_calendar_once(floor: District) -> None:
    starts = [f"{one.start.astimezone(to_datetime(0).tzinfo):%m-%d %H:%M}" for one in queries.free_slots(service(), to_datetime(at(MORNING)))]  # fmt: skip
    assert starts[:3] == ["10-12 08:30", "10-12 09:00", "10-12 09:30"]
    assert "10-12 12:00" not in starts and "10-12 17:00" in starts and "10-12 17:30" not in starts
    assert not [one for one in starts if one.startswith(("10-17", "10-18"))]  # Saturday, Sunday
    assert actions.open_slots(at(MORNING)) == 0


def test_a_booking_takes_a_place_and_is_found_by_number_or_telephone_and_code(floor: District) -> None:
    made = actions.book(slot().pk, PHONE, at=at(MORNING))
    number = queries.booking_number(made)
    code, now = queries.code_of(number), to_datetime(at(MORNING))
    assert slot().taken == 1
    for number_said, phone_said in (
        (number, ""),
        (number.lower(), ""),
        ("", "139 0000 1234"),
        ("", "+8613900001234"),
    ):
        assert queries.booking_of(number_said, phone_said, code.lower(), now) == made
    assert queries.booking_of(number, "", "AAAAAAAA", now) is None
    assert queries.booking_of("", "13900005678", code, now) is None
    assert PHONE not in str(list(Booking.objects.values_list()))


@pytest.mark.parametrize("phone", ["", "123", "not a number", "23900001234"])
def test_a_telephone_number_is_wanted(floor: District, phone: str) -> None:
    with pytest.raises(BadInput) as bad:
        actions.book(slot().pk, phone, at=at(MORNING))
    assert bad.value.faults[0][0] == "phone" and slot().taken == 0


def test_a_slot_that_has_begun_is_not_booked(floor: District) -> None:
    with pytest.raises(BadInput):
        actions.book(slot().pk, PHONE, at=at("2026-10-12 09:00"))


def test_one_booking_a_day_for_a_service_and_a_telephone(floor: District) -> None:
    first = actions.book(slot().pk, PHONE, at=at(MORNING))
    with pytest.raises(Refused, match="先取消再约"):
        actions.book(slot("2026-10-12 10:00").pk, PHONE, at=at(MORNING))
    assert slot("2026-10-12 10:00").taken == 0  # the place was given back
    actions.cancel(first.pk, at=at("2026-10-12 08:30"))
    assert slot().taken == 0
    actions.book(slot("2026-10-12 10:00").pk, PHONE, at=at("2026-10-12 08:40"))
    with pytest.raises(Refused, match="取消过"):
        actions.cancel(first.pk, at=at("2026-10-12 08:45"))


def test_it_is_cancelled_until_it_begins(floor: District) -> None:
    made = actions.book(slot().pk, PHONE, at=at(MORNING))
    with pytest.raises(Refused, match="已经到了约定的时间"):
        actions.cancel(made.pk, at=at("2026-10-12 09:00"))


def test_whoever_does_not_come_is_counted_as_missed(floor: District) -> None:
    actions.book(slot().pk, PHONE, at=at(MORNING))
    came = actions.book(slot().pk, "13900005678", at=at(MORNING))
    actions.arrive(came.pk, at=at("2026-10-12 09:10"))
    row = next(one for one in queries.services("nankai", to_datetime(at("2026-10-12 10:00"))) if one.service.code == "food")  # fmt: skip
    assert (row.booked, row.missed, row.cancelled) == (2, 1, 0)


def test_the_database_refuses_more_than_there_is_room_for(floor: District) -> None:
    with pytest.raises(IntegrityError, match="counters_slot_room"), transaction.atomic():
        Slot.objects.filter(pk=slot().pk).update(taken=5)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_on_one_slot_never_book_twice(real_floor: District) -> None:
    pk, gate = slot().pk, Barrier(50)

    def ask(n: int) -> str:
        try:
            connection.ensure_connection()
            gate.wait(60)
            actions.book(pk, f"139{n:08d}", at=at(MORNING))
            return "booked"
        except Refused:
            return "full"
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert (answers.count("booked"), answers.count("full")) == (4, 46)
    assert slot().taken == Booking.objects.filter(slot=pk).count() == 4


def test_telephones_are_one_however_they_are_written() -> None:
    assert phone_digest("139-0000-1234") == phone_digest(" +86 13900001234") != ""
    assert phone_digest("022-27350000") == ""
