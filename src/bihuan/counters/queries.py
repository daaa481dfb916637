"""Reads of counters: what can be booked, who waits, who is called where, how long people waited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection

from bihuan.cases import lookup
from bihuan.cases.edge import day_of, to_date
from bihuan.core.say import Say
from bihuan.counters import seed
from bihuan.counters.models import Booking, Counter, Offering, ServiceHall, Slot, Ticket
from bihuan.counters.numbers import BOOKING, TICKET, number_of, phone_digest, read_number, right_code
from bihuan.people import queries as people

DAYS = 30
# a booked person waits from the hour booked, or from arriving, whichever is later
WAITED = """select t.service_id, count(*), percentile_cont(0.5) within group (order by w), percentile_cont(0.9) within group (order by w)
    from (select service_id, greatest(0, extract(epoch from called_at - greatest(taken_at, coalesce(not_before, taken_at)))) w
    from counters_ticket where called_at is not null and day >= %s and day <= %s) t group by 1"""
QUEUED = (
    """select service_id, count(*) from counters_ticket where day = %s and called_at is null group by 1"""
)
ROOM = """select service_id, count(*) filter (where end_at < %s and arrived is null and cancelled is null), count(*) filter (where cancelled is not null), count(*)
    from (select b.service_id, s."end" end_at, b.arrived_at arrived, b.cancelled_at cancelled from counters_booking b join counters_slot s on s.id = b.slot_id
    where b.day >= %s and b.day <= %s) b group by 1"""


@dataclass(frozen=True, slots=True)
class Priority:
    """A reason to be called before others, as the rules name it."""

    code: str
    title: Say
    source: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as its page shows it: how many wait now, how long people waited (seconds; None: no data), bookings missed."""

    service: Offering
    title: Say
    unit: Say
    waiting: int
    n: int
    median: int | None
    p90: int | None
    booked: int
    cancelled: int
    missed: int


@dataclass(frozen=True, slots=True)
class Called:
    """A number on the screen, and where it is to go."""

    shown: str
    counter: Say
    calls: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was served: for whoever rates it."""

    number: str
    title: Say
    unit: str
    service: str
    counter: str
    served_by: str


@cache
def priorities() -> Mapping[str, Priority]:
    """The reasons to go first, by code."""
    return {
        row["code"]: Priority(row["code"], Say(row["name"], row["name_en"]), row["source"])
        for row in seed.rows("priorities")
    }


def halls() -> Sequence[ServiceHall]:
    return list(ServiceHall.objects.order_by("code"))


def hall(code: str) -> ServiceHall | None:
    return ServiceHall.objects.filter(code=code).first()


def services(hall_code: str, at: datetime) -> list[ServiceRow]:
    """The services of a hall with their queues now and the waits of the last thirty days: four queries."""
    today = to_date(day_of(at))
    since = today - timedelta(days=DAYS)
    waited = {row[0]: row[1:] for row in _ask(WAITED, [since, today])}
    queued = dict(_ask(QUEUED, [today]))
    room = {row[0]: row[1:] for row in _ask(ROOM, [at, since, today])}
    names = people.known(people.change()).names
    found = []
    for one in Offering.objects.filter(hall=hall_code).order_by("letter"):
        n, median, p90 = waited.get(one.pk, (0, None, None))
        missed, cancelled, booked = room.get(one.pk, (0, 0, 0))
        found.append(
            ServiceRow(one, one.title, names.get(one.unit) or Say(one.unit, one.unit), queued.get(one.pk, 0), n,
                 None if median is None else round(median), None if p90 is None else round(p90), booked, cancelled, missed)
        )  # fmt: skip
    return found


def service(hall_code: str, code: str) -> Offering | None:
    return Offering.objects.filter(hall=hall_code, code=code).first()


def free_slots(one: Offering, at: datetime) -> list[Slot]:
    """The slots to come, full ones too, in order."""
    return list(Slot.objects.filter(service=one, start__gt=at).order_by("start")[:200])


def booking_of(number: str, phone: str, code: str, at: datetime) -> Booking | None:
    """The booking of number and code, or of telephone and code; None where they do not belong together."""
    read = read_number(number) if number else None
    if read and read[0] == BOOKING:
        found = _bookings(pk=read[2])
    elif phone and (digest := phone_digest(phone)):
        found = _bookings(phone=digest, day__gte=to_date(day_of(at)))
    else:
        return None
    return next((one for one in found if right_code(booking_number(one), code)), None)


def _bookings(**which: Any) -> list[Booking]:
    return list(Booking.objects.select_related("slot", "service__hall").filter(**which).order_by("-pk")[:20])


def booking(pk: int) -> Booking | None:
    return next(iter(_bookings(pk=pk)), None)


def booking_number(one: Booking) -> str:
    return number_of(BOOKING, one.day, one.pk)


def ticket_number(one: Ticket) -> str:
    return number_of(TICKET, one.day, one.pk)


def code_of(number: str) -> str:
    return lookup.code_of(number)


def shown_as(one: Ticket) -> str:
    """A012, as it stands on the ticket and on the screen."""
    return f"{one.service.letter}{one.place:03d}"


def screen(hall_code: str, at: datetime, most: int = 8) -> list[Called]:
    """The numbers called last and not done yet, the newest first: numbers and counters, nobody's name."""
    rows = (
        Ticket.objects.select_related("service", "counter")
        .filter(service__hall=hall_code, day=to_date(day_of(at)), called_at__isnull=False, done_at=None, passed_at=None)
        .order_by("-called_at", "-pk")[:most]
    )  # fmt: skip
    return [Called(shown_as(one), one.counter.title, one.calls) for one in rows if one.counter]


def at_counter(counter: int) -> Ticket | None:
    """The number that is being served at a counter."""
    live = Ticket.objects.filter(counter=counter, called_at__isnull=False, done_at=None, passed_at=None)
    return live.select_related("service").first()


def counter(pk: int) -> Counter | None:
    return Counter.objects.select_related("hall").filter(pk=pk).first()


def counters_for(unit: str) -> list[Counter]:
    """The counters at which a clerk of this unit may sit."""
    found = Counter.objects.select_related("hall").prefetch_related("services").order_by("hall", "code")
    return [one for one in found if unit == one.hall.unit or unit in {s.unit for s in one.services.all()}]


def waiting_for(counter: int, at: datetime) -> int:
    """How many wait for what this counter serves."""
    return Ticket.objects.filter(service__counters=counter, day=to_date(day_of(at)), called_at=None).count()


def units_at(counter: int) -> frozenset[str]:
    """The units whose clerks may work at a counter."""
    one = Counter.objects.select_related("hall").get(pk=counter)
    return frozenset({one.hall.unit, *one.services.values_list("unit", flat=True)})


def is_clerk(by: str, unit: str, day: int) -> bool:
    """Whether a person is a window clerk of a unit on a day."""
    return "window" in people.posts_of(by, unit, day)


def runs_hall(hall_code: str, unit: str) -> bool:
    """Whether a unit gives out tickets in a hall: its own, or one of its services."""
    one = hall(hall_code)
    return one is not None and (unit == one.unit or one.services.filter(unit=unit).exists())


def visit_of(number: str, code: str | None = None) -> Visit | None:
    """The visit of a ticket that was served, of its bearer (`code` None: known already); None where there is none."""
    read = read_number(number)
    if (
        read is None
        or read[0] != TICKET
        or (code is not None and not right_code(number.strip().upper(), code))
    ):
        return None
    one = (
        Ticket.objects.select_related("service", "counter").filter(pk=read[2], done_at__isnull=False).first()
    )
    if one is None or ticket_number(one) != number.strip().upper() or one.counter is None:
        return None
    title = Say(f"{one.service.name}，{one.counter.label}", f"{one.service.name_en}, {one.counter.label_en}")
    return Visit(
        ticket_number(one), title, one.service.unit, one.service.code, one.counter.label, one.served_by
    )


def served(since: datetime, until: datetime) -> list[tuple[str, str, str, Say]]:
    """(ticket number, unit, service, its name) of the visits served in a period: what could be rated."""
    rows = Ticket.objects.select_related("service").filter(done_at__gte=since, done_at__lt=until)
    return [(ticket_number(one), one.service.unit, one.service.code, one.service.title) for one in rows]


def _ask(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
