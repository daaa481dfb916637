"""Tickets: who is next, by whom called, never twice; done, passed over; waits from the data; the pages."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.counters import actions, queries
from bihuan.counters.models import Ticket
from bihuan.counters.tests.conftest import MORNING, counter, service
from bihuan.counters.tests.test_booking import PHONE, slot

Clock = Callable[[str], None]


def take(when: str, code: str = "food", priority: str = "") -> Ticket:
    return actions.take(service(code).pk, at=at(when), priority=priority)


def call(floor: District, when: str, who: str = "shi", window: str = "w1") -> str:
    unit = "nk.zwb" if who == "zheng" else "nk.scjg"
    found = actions.call_next(counter(window), by=floor.id(who), unit=unit, at=at(when))
    return queries.shown_as(found) if found else ""


def done(floor: District, when: str, who: str = "shi", window: str = "w1") -> None:
    unit = "nk.zwb" if who == "zheng" else "nk.scjg"
    actions.finish(counter(window), by=floor.id(who), unit=unit, at=at(when))


def test_booked_at_their_hour_then_priority_then_by_turn_then_early_ones(floor: District) -> None:
    early = actions.book(slot("2026-10-12 10:00").pk, "13900009999", at=at(MORNING))
    booked = actions.book(slot("2026-10-12 09:00").pk, PHONE, at=at(MORNING))
    take("2026-10-12 08:31"), take("2026-10-12 08:40", priority="elder")
    actions.arrive(early.pk, at=at("2026-10-12 08:41"))
    actions.arrive(booked.pk, at=at("2026-10-12 08:50"))
    order = []
    for minute in range(5, 9):
        order.append(call(floor, f"2026-10-12 09:0{minute}"))
        done(floor, f"2026-10-12 09:0{minute}")
    assert order == ["A004", "A002", "A001", "A003"]
    assert call(floor, "2026-10-12 09:30") == ""


def test_a_counter_calls_only_what_it_serves_and_one_at_a_time(floor: District) -> None:
    take("2026-10-12 08:31", "general")
    assert call(floor, "2026-10-12 08:32", window="w1") == ""
    assert call(floor, "2026-10-12 08:33", "zheng", "w2") == "C001"
    with pytest.raises(Refused, match="先办完或者过号"):
        call(floor, "2026-10-12 08:34", "zheng", "w2")
    actions.pass_over(counter("w2"), by=floor.id("zheng"), unit="nk.zwb", at=at("2026-10-12 08:35"))
    with pytest.raises(Refused, match="没有叫到的号"):
        done(floor, "2026-10-12 08:36", "zheng", "w2")


def test_only_a_window_clerk_of_a_unit_at_the_counter_calls(floor: District) -> None:
    take("2026-10-12 08:31")
    for who, unit in (("cgw", "nk.cgw"), ("gongkai", "nk.gov"), ("chuangkou", "nk.gov"), ("shi", "nk.zwb")):
        with pytest.raises(Refused, match="窗口人员"):
            actions.call_next(counter("w1"), by=floor.id(who), unit=unit, at=at("2026-10-12 08:32"))
    assert Ticket.objects.get().called_at is None


def test_priority_is_one_of_the_list(floor: District) -> None:
    with pytest.raises(BadInput) as bad:
        take("2026-10-12 08:31", priority="friend")
    assert bad.value.faults[0][0] == "priority" and not Ticket.objects.exists()


def test_a_booking_gives_a_number_once_on_its_day_before_it_is_over(floor: District) -> None:
    made = actions.book(slot("2026-10-13 09:00").pk, PHONE, at=at(MORNING))
    for when in ("2026-10-12 09:00", "2026-10-13 09:30"):
        with pytest.raises(Refused, match="不在预约的时间"):
            actions.arrive(made.pk, at=at(when))
    actions.arrive(made.pk, at=at("2026-10-13 09:20"))
    with pytest.raises(Refused, match="取过号"):
        actions.arrive(made.pk, at=at("2026-10-13 09:21"))


def test_waits_are_counted_from_the_data_and_a_booked_one_from_its_hour(floor: District) -> None:
    now = to_datetime(at("2026-10-12 12:00"))
    assert next(one for one in queries.services("nankai", now) if one.service.code == "food").median is None
    booked = actions.book(slot("2026-10-12 09:00").pk, PHONE, at=at(MORNING))
    actions.arrive(booked.pk, at=at("2026-10-12 08:30"))
    assert call(floor, "2026-10-12 09:02") == "A001"  # two minutes, not thirty-two
    done(floor, "2026-10-12 09:03")
    for start, called in (("09:05", "09:11"), ("09:12", "09:22")):  # six and ten minutes
        take(f"2026-10-12 {start}")
        call(floor, f"2026-10-12 {called}")
        done(floor, f"2026-10-12 {called}")
    row = next(one for one in queries.services("nankai", now) if one.service.code == "food")
    assert (row.n, row.median, row.p90, row.waiting) == (3, 360, 552, 0)


@pytest.mark.django_db(transaction=True)
def test_two_counters_at_once_never_call_the_same_number(real_floor: District) -> None:
    for n in range(20):
        take(f"2026-10-12 08:{31 + n}")
    gate, seats = Barrier(8), [("shi", "w1"), ("shi2", "w2"), ("shi", "w3"), ("shi2", "w1")] * 2

    def ask(seat: tuple[str, str]) -> str:
        try:
            connection.ensure_connection()
            gate.wait(60)
            return call(real_floor, "2026-10-12 09:00", *seat)
        except Refused:
            return "busy"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, seats))
    called = [one for one in answers if one != "busy"]
    assert sorted(called) == ["A001", "A002", "A003"] and answers.count("busy") == 5


@pytest.mark.django_db(transaction=True)
def test_numbers_given_out_at_once_are_all_different(real_floor: District) -> None:
    gate, pk = Barrier(16), service().pk

    def ask(_: int) -> str:
        try:
            connection.ensure_connection()
            gate.wait(60)
            return queries.shown_as(actions.take(pk, at=at("2026-10-12 08:31")))
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(ask, range(16))) == [f"A{n:03d}" for n in range(1, 17)]


def test_the_screen_tells_numbers_and_counters_and_nobody(
    floor: District, clock: Clock, client: Client
) -> None:
    take("2026-10-12 08:31"), take("2026-10-12 08:32")
    call(floor, "2026-10-12 08:40")
    clock("2026-10-12 08:41")
    page = client.get("/counters/nankai/screen").content.decode()
    assert "A001" in page and "1 号窗口" in page and "A002" not in page
    assert "测试" not in page and floor.persons["shi"].name not in page


def test_a_person_books_and_cancels_on_the_pages(floor: District, clock: Clock, client: Client) -> None:
    form = "/counters/nankai/food"
    assert client.post(form, {"phone": PHONE}).status_code == 422
    wrong = client.post(form, {"slot": slot().pk, "phone": "12"})
    assert wrong.status_code == 422 and "11 位手机号" in wrong.content.decode()
    assert client.post(form, {"slot": slot().pk, "phone": PHONE}).status_code == 302
    page = client.get("/counters/booking").content.decode()
    assert "YY20261012-" in page and PHONE not in page
    stranger = Client()
    assert stranger.post("/counters/booking", {"do": "cancel", "booking": "1"}).status_code == 422
    pk = next(iter(client.session["bookings"]))
    number = queries.booking_number(queries.booking(pk))  # type: ignore[arg-type]
    assert stranger.post("/counters/booking", {"phone": PHONE, "code": "AAAAAAAA"}).status_code == 422
    assert (
        stranger.post("/counters/booking", {"phone": PHONE, "code": queries.code_of(number)}).status_code
        == 200
    )
    assert "已取消" in client.post("/counters/booking", {"do": "cancel", "booking": pk}).content.decode()


def test_a_clerk_gives_out_numbers_calls_and_the_visit_is_rated(
    floor: District, clock: Clock, client: Client
) -> None:
    desk = Client()
    desk.force_login(floor.persons["shi"], backend="django.contrib.auth.backends.ModelBackend")
    given = desk.post("/desk/counters/nankai/tickets", {"do": "walk", "service": "food"}).content.decode()
    ticket = Ticket.objects.get()
    number = queries.ticket_number(ticket)
    assert "A001" in given and number in given and queries.code_of(number) in given
    code = queries.code_of(number)
    assert client.post("/ratings/rate", {"number": number, "code": code}).status_code == 422  # not served yet
    page = f"/desk/counters/{counter('w1')}/"
    for step in ("next", "again", "done"):
        assert desk.post(page, {"do": step}).status_code == 302
    answer = client.post("/ratings/rate", {"number": number, "code": code})
    assert answer["Location"] == f"/ratings/rate/{number}"
    assert client.post(answer["Location"], {"level": "2", "named": "no"}).status_code == 302
    from bihuan.cases import wall
    from bihuan.cases.models import Case

    with wall.open_to(wall.SYSTEM):
        case = Case.objects.get(line="ratings")
    assert (
        case.data["about"] == number
        and case.data["served_by"] == floor.id("shi")
        and case.holder == "nk.scjg"
    )


def test_only_window_clerks_get_in(floor: District, clock: Clock) -> None:
    for who, status in (("shi", 200), ("cgw", 403), ("chuangkou", 200)):
        desk = Client()
        desk.force_login(floor.persons[who], backend="django.contrib.auth.backends.ModelBackend")
        assert desk.get("/desk/counters/").status_code == status
    desk.force_login(floor.persons["zheng"], backend="django.contrib.auth.backends.ModelBackend")
    assert desk.get(f"/desk/counters/{counter('w1')}/").status_code == 200  # the hall's own unit
    assert desk.get("/desk/counters/none/tickets").status_code == 404
