"""Counts slots, numbers and tickets again from their rows, and says what does not add up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from bihuan.core.difference import Difference
from bihuan.counters.numbers import BOOKING, TICKET, number_of

# Each is (where, stored, computed) of one row that is wrong; the first column is the row's id, the second its day.
TAKEN = """select s.id, s.start::date, s.taken, count(b.id) filter (where b.cancelled_at is null)
    from counters_slot s left join counters_booking b on b.slot_id = s.id
    group by s.id having s.taken <> count(b.id) filter (where b.cancelled_at is null) order by 1"""
LAST = """select coalesce(i.service_id, t.service_id), coalesce(i.day, t.day), coalesce(i.last, 0), coalesce(t.last, 0), coalesce(t.n, 0)
    from counters_issued i full join (select service_id, day, max(place) last, count(*) n from counters_ticket group by 1, 2) t
    on t.service_id = i.service_id and t.day = i.day
    where coalesce(i.last, 0) <> coalesce(t.last, 0) or coalesce(i.last, 0) <> coalesce(t.n, 0) order by 2, 1"""
MOMENTS = """select id, day, taken_at, called_at, done_at, passed_at from counters_ticket
    where called_at < taken_at or coalesce(done_at, passed_at) < called_at or (done_at is not null and passed_at is not null)
    or (called_at is null and coalesce(done_at, passed_at) is not null) or (called_at is null) <> (counter_id is null)
    or (called_at is null) <> (calls = 0) or (taken_at at time zone 'Asia/Shanghai')::date <> day order by 1"""
ARRIVED = """select b.id, b.day, b.arrived_at is not null, t.id is not null, b.cancelled_at is not null
    from counters_booking b left join counters_ticket t on t.booking_id = b.id
    where (b.arrived_at is null) <> (t.id is null) or (b.cancelled_at is not null and b.arrived_at is not null) order by 1"""
BOOKED = """select b.id, b.day, s.service_id, b.service_id from counters_booking b join counters_slot s on s.id = b.slot_id
    where s.service_id <> b.service_id or (s.start at time zone 'Asia/Shanghai')::date <> b.day order by 1"""


def check() -> Iterator[Difference]:
    """Places of slots against bookings, the last number against tickets, the order of a ticket's moments, arrivals."""
    for pk, day, stored, found in _rows(TAKEN):
        yield Difference(f"slot {pk} of {day}: places taken", stored, found)
    for service, day, last, most, n in _rows(LAST):
        yield Difference(f"service {service} on {day}: last number", last, f"{most}, {n} tickets")
    for pk, day, *moments in _rows(MOMENTS):
        told = ", ".join("-" if one is None else f"{one:%H:%M:%S}" for one in moments)
        yield Difference(
            f"ticket {number_of(TICKET, day, pk)}: taken, called, done, passed over", told, "in order"
        )
    for pk, day, arrived, ticket, cancelled in _rows(ARRIVED):
        where = f"booking {number_of(BOOKING, day, pk)}: arrived"
        yield Difference(where, arrived, "cancelled" if cancelled and arrived else ticket)
    for pk, day, right, stored in _rows(BOOKED):
        yield Difference(f"booking {number_of(BOOKING, day, pk)}: service and day of its slot", stored, right)


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
