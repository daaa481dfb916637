"""All writes of counters: halls loaded, slots opened, bookings, tickets, calling. Nobody is called twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from bihuan import lines
from bihuan.cases.edge import day_of, to_date, to_datetime, to_instant
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.counters import queries, seed
from bihuan.counters.models import Booking, Counter, Offering, ServiceHall, Slot, Ticket
from bihuan.counters.numbers import phone_digest

AHEAD = 7  # days ahead that can be booked
# whose hour has come, then who goes first by the rules, then by turn, then who is early
NEXT = """select t.id from counters_ticket t where t.day = %s and t.called_at is null
    and t.service_id in (select offering_id from counters_counter_services where counter_id = %s)
    order by case when t.not_before <= %s then 0 when t.not_before is not null then 3 when t.priority <> '' then 1 else 2 end,
        coalesce(t.not_before, t.taken_at), t.id
    for update skip locked limit 1"""
NUMBER = """insert into counters_issued (service_id, day, last) values (%s, %s, 1)
    on conflict (service_id, day) do update set last = counters_issued.last + 1 returning last"""


def load_counters(folder: Path = seed.HERE) -> Mapping[str, int]:
    """Halls, services and counters from CSV; running it again changes nothing but what the files say anew."""
    rows = {name: seed.rows(name, folder) for name in ("halls", "services", "counters")}
    for row in rows["halls"]:
        ServiceHall.objects.update_or_create(code=row["code"], defaults={key: row[key] for key in ("name", "name_en", "address", "unit")})  # fmt: skip
    for row in rows["services"]:
        plain = {key: row[key] for key in ("letter", "name", "name_en", "unit")}
        numbers = {key: int(row[key]) for key in ("minutes", "capacity")}
        Offering.objects.update_or_create(hall_id=row["hall"], code=row["code"], defaults=plain | numbers)
    for row in rows["counters"]:
        counter, _ = Counter.objects.update_or_create(
            hall_id=row["hall"], code=row["code"], defaults={key: row[key] for key in ("label", "label_en")}
        )
        counter.services.set(Offering.objects.filter(hall_id=row["hall"], code__in=row["serves"].split()))
    return {name: len(found) for name, found in rows.items()}


def open_slots(at: datetime | int, ahead: int = AHEAD) -> int:
    """Open the slots of the coming days in the office hours of the calendar; how many are new."""
    calendar, today, fresh = lines.calendar(), day_of(at), []
    for service in Offering.objects.all():
        length = service.minutes * 60
        for day in range(today, today + ahead + 1):
            for a, b in calendar.sessions(day):
                for start in range(day * 86400 + a, day * 86400 + b - length + 1, length):
                    fresh.append(
                        Slot(service=service, start=to_datetime(start), end=to_datetime(start + length), capacity=service.capacity)
                    )  # fmt: skip
    before = Slot.objects.count()
    Slot.objects.bulk_create(fresh, ignore_conflicts=True)
    return Slot.objects.count() - before


def book(slot: int, phone: str, *, at: datetime | int) -> Booking:
    """Take a place in a slot; the last place goes to one of those who ask at once, the others are refused."""
    digest = phone_digest(phone)
    if not digest:
        raise BadInput([("phone", Say("请写 11 位手机号", "Write a mobile number of 11 digits"))])
    now = to_datetime(to_instant(at))
    try:
        with transaction.atomic():
            row = Slot.objects.filter(pk=slot).first()
            if row is None or row.start <= now:
                raise BadInput([("slot", Say("这个时段已经开始或者没有，请另选", "This time has begun or is not there; choose another"))])  # fmt: skip
            if not Slot.objects.filter(pk=slot, taken__lt=F("capacity")).update(taken=F("taken") + 1):
                raise Refused([Say("这个时段刚刚约满，请另选", "This time has just been filled; choose another")])  # fmt: skip
            return Booking.objects.create(
                slot=row, service_id=row.service_id, day=to_date(day_of(row.start)), phone=digest, made_at=now
            )
    except IntegrityError as error:
        if "counters_one_booking" not in str(error):
            raise
        raise Refused([Say("这个号码当天已经约了这项业务，先取消再约", "This number has a booking for this service on that day; cancel it first")]) from None  # fmt: skip


def cancel(booking: int, *, at: datetime | int) -> None:
    """Give the place back, until the slot begins."""
    now = to_datetime(to_instant(at))
    with transaction.atomic():
        row = Booking.objects.select_for_update().select_related("slot").get(pk=booking)
        if row.cancelled_at:
            raise Refused([Say("已经取消过了", "It was cancelled before")])
        if row.arrived_at or row.slot.start <= now:
            raise Refused([Say("已经到了约定的时间，不能再取消", "The time has come; it can no longer be cancelled")])  # fmt: skip
        row.cancelled_at = now
        row.save(update_fields=["cancelled_at"])
        Slot.objects.filter(pk=row.slot_id).update(taken=F("taken") - 1)


def forget_phone(phone: str) -> list[str]:
    """Let nothing lead from a telephone to its bookings any more; the numbers of the tickets taken on them."""
    digest = phone_digest(phone)
    found = list(Booking.objects.filter(phone=digest)) if digest else []
    for one in found:
        one.phone = f"forgotten {token_hex(16)}"  # two of one day stay two
    Booking.objects.bulk_update(found, ["phone"])
    return [
        queries.ticket_number(one)
        for one in Ticket.objects.filter(booking__in=found).select_related("service")
    ]


def take(service: int, *, at: datetime | int, priority: str = "") -> Ticket:
    """A number for somebody who walked in; `priority` is one of those that the rules name."""
    if priority and priority not in queries.priorities():
        raise BadInput([("priority", Say("请选名单上的优先理由", "Choose one of the reasons on the list"))])
    return _ticket(service, to_instant(at), priority, None)


def arrive(booking: int, *, at: datetime | int) -> Ticket:
    """A number for somebody with a booking, on its day and before its slot is over: called when the hour has come."""
    moment = to_instant(at)
    now = to_datetime(moment)
    with transaction.atomic():
        row = Booking.objects.select_for_update().select_related("slot").get(pk=booking)
        if row.cancelled_at or row.arrived_at:
            raise Refused([Say("这个预约已经取消或者取过号", "This booking was cancelled or has its number")])
        if day_of(row.slot.start) != moment // 86400 or row.slot.end <= now:
            raise Refused([Say("不在预约的时间：没有到那天，或者已经过了", "It is not the time booked: another day, or over")])  # fmt: skip
        row.arrived_at = now
        row.save(update_fields=["arrived_at"])
        return _ticket(row.service_id, moment, "", row)


def _ticket(service: int, moment: int, priority: str, booking: Booking | None) -> Ticket:
    day = to_date(moment // 86400)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NUMBER, [service, day])
        (place,) = cursor.fetchone()
        return Ticket.objects.create(
            service_id=service, day=day, place=place, booking=booking, not_before=booking.slot.start if booking else None,
            priority=priority, taken_at=to_datetime(moment),
        )  # fmt: skip


def call_next(counter: int, *, by: str, unit: str, at: datetime | int) -> Ticket | None:
    """Call whoever is next for this counter, None if nobody waits; two counters never call the same number."""
    moment = to_instant(at)
    want_clerk(counter, by, unit, moment)
    with transaction.atomic():
        Counter.objects.select_for_update().get(pk=counter)  # one click at a time at one counter
        if queries.at_counter(counter) is not None:
            raise Refused([Say("先办完或者过号，再叫下一个", "Finish or pass over the present one first")])
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [to_date(moment // 86400), counter, to_datetime(moment)])
            found = cursor.fetchone()
        if found is None:
            return None
        called = {"called_at": to_datetime(moment), "calls": 1, "counter_id": counter, "served_by": by}
        Ticket.objects.filter(pk=found[0]).update(**called)
        return Ticket.objects.get(pk=found[0])


def call_again(counter: int, *, by: str, unit: str, at: datetime | int) -> None:
    """Call the present number once more."""
    _change(counter, by, unit, at, calls=F("calls") + 1)


def finish(counter: int, *, by: str, unit: str, at: datetime | int) -> None:
    """The present one is done; from now on the visit may be rated."""
    _change(counter, by, unit, at, done_at=to_datetime(to_instant(at)), served_by=by)


def pass_over(counter: int, *, by: str, unit: str, at: datetime | int) -> None:
    """Nobody came when the number was called."""
    _change(counter, by, unit, at, passed_at=to_datetime(to_instant(at)))


def _change(counter: int, by: str, unit: str, at: datetime | int, **fields: object) -> None:
    want_clerk(counter, by, unit, to_instant(at))
    live = Ticket.objects.filter(counter=counter, called_at__isnull=False, done_at=None, passed_at=None)
    if not live.update(**fields):
        raise Refused([Say("窗口现在没有叫到的号", "No number is being served here")])


def want_clerk(counter: int, by: str, unit: str, moment: int) -> None:
    """Refused unless the person is a window clerk today, of the hall's unit or one whose services this counter serves."""
    if unit not in queries.units_at(counter) or not queries.is_clerk(by, unit, moment // 86400):
        raise Refused([Say("须由这个窗口所属单位的窗口人员办", "Only a window clerk of a unit at this counter may do this")])  # fmt: skip
