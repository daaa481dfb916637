"""The month of 100,000 cases: closing it against the floor, a bare scan of the same rows; laying cases flat beside it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from bench import place
from bench.measure import Line, Rate, race
from bihuan.core.time.instant import DAY, at

CASES, LIVES = 100_000, 60
BEGIN, CLOSED = at("2026-10-01 09:00"), at("2026-11-02 10:00")
WANTED = 5.0  # seconds a month of 100,000 cases may take
SCAN = """select count(*), count(distinct parties ->> 'handler'), sum(begun) from assess_thing
    where line = 'urban_management' and begun < %s and last >= %s and dropped is null"""


def lives(people: dict[str, str]) -> list[int]:
    """Some cases lived through the ordinary write path; the others are copies of them, moved by days and streets."""
    from bihuan.cases.actions import act, open_case
    from bihuan.cases.models import Case
    from bihuan.cases.shapes import Refused, Upload
    from bihuan.cases.tests.conftest import picture
    from bihuan.cases.wall import SYSTEM, open_to

    def photo(kind: str) -> list[Any]:
        return [Upload(f"evidence:{kind}", f"{kind}.jpg", picture())]

    found = []
    for n in range(LIVES):
        moment = BEGIN + n * 60
        pk = open_case(
            "urban_management", place.BIN, by=people["collector"], unit=place.CENTRE, at=moment,
            data={"what": "垃圾箱满了", "channel": "collector"}, place=place.POINT,
        ).case  # fmt: skip
        found.append(pk)
        if n % 20 == 0:
            continue  # nobody takes it in
        act(pk, "accept", by=people["acceptor"], unit=place.CENTRE, at=moment + 600, data={"text": "属实"})
        act(
            pk,
            "dispatch",
            by=people["dispatcher"],
            unit=place.COMMAND,
            at=moment + 900,
            data={"unit": place.UNIT},
        )
        if n % 20 == 1:
            continue  # it stays with the unit
        for turn in range(1 + (n % 10 == 2)):  # some are sent back once
            done = moment + 3000 + turn * 6000 + (n % 7 == 3) * DAY
            act(
                pk,
                "feedback",
                by=people["officer"],
                unit=place.UNIT,
                at=done,
                data={"text": "好了"},
                files=photo("after"),
            )
            with open_to(SYSTEM):
                checker = Case.objects.get(pk=pk).parties["checker"]
            good = turn or n % 10 != 2
            with suppress(Refused):
                act(
                    pk, "check_ok" if good else "check_bad", by=checker, unit=place.CENTRE, at=done + 900,
                    data={"text": "看过"}, files=photo("check"),
                )  # fmt: skip
    return found


COPY_CASES = """insert into cases_case (id, number, line, version, matter, title, root, lookup_hash, data, lon, lat, datum, cell,
    community, street, state, outcome, final, parties, holder, units, opened_at, closed_at, rank, stopped, late, provisional)
    select c.id + g * %(step)s, c.number || '-' || g, line, version, matter, title, c.id + g * %(step)s, lookup_hash, data, lon,
    lat, datum, cell, left(cell, 6) || lpad((g %% 12 + 1)::text, 3, '0') || lpad((g %% 14 + 1)::text, 3, '0'),
    left(cell, 6) || lpad((g %% 12 + 1)::text, 3, '0'), state, outcome, final, parties, holder, units,
    opened_at + (g %% 29) * interval '1 day', closed_at + (g %% 29) * interval '1 day', rank, stopped, late, provisional
    from cases_case c cross join generate_series(1, %(times)s) g where c.id = any(%(cases)s)"""
COPY_EVENTS = """insert into cases_event (case_id, seq, name, by, unit, role, at, effective, data)
    select case_id + g * %(step)s, seq, name, by, unit, role, at + (g %% 29) * interval '1 day',
    effective + (g %% 29) * interval '1 day', data from cases_event cross join generate_series(1, %(times)s) g
    where case_id = any(%(cases)s)"""


def fill(people: dict[str, str]) -> int:
    """A month of 100,000 cases in the database; how many."""
    from django.db import connection, transaction

    from bihuan.cases.wall import SYSTEM, set_scope

    cases = lives(people)
    given = {"cases": cases, "times": CASES // len(cases) - 1, "step": 10_000}
    with transaction.atomic(), connection.cursor() as cursor:
        set_scope(SYSTEM)
        cursor.execute(COPY_CASES, given)
        cursor.execute(COPY_EVENTS, given)
    with connection.cursor() as cursor:
        cursor.execute("analyze cases_case, cases_event")
    return CASES // len(cases) * len(cases)


def lines(people: dict[str, str]) -> list[Line]:
    """Closing a month a second, against a scan of what it counts; absolute seconds stand in the note."""
    from bihuan.assess.actions.telling import tell
    from bihuan.cases.edge import to_date
    from bihuan.people.actions import add_person, give_post

    head = add_person("bench.head", "示例")
    give_post(head, place.CENTRE, "head", to_date(17_000))
    for n in range(3):  # a case that is sent back needs another checker
        give_post(add_person(f"bench.checker{n}", "示例"), place.CENTRE, "checker", to_date(17_000))
    start = time.perf_counter()
    n = fill(people)
    filled, start = time.perf_counter() - start, time.perf_counter()
    tell(CLOSED)
    told = time.perf_counter() - start
    _analyze()
    moments = iter(range(CLOSED, CLOSED + DAY, 120))
    mine, floor = race(
        [("close a month", lambda: _close(str(head.pk), next(moments)), 1), ("bare scan", _scan, 1)]
    )
    seconds = 1 / mine.median
    note = f"{n:,} cases: {seconds:.1f} s (wanted ≤ {WANTED:.0f} s); filled in {filled:.0f} s, laid flat in {told:.0f} s"
    limit = Rate(f"{WANTED:.0f} s", tuple(1 / WANTED for _ in mine.rates))
    return [
        Line("月度结账 / closing a month", mine, floor, 0, note),
        Line("月度结账 / closing a month", mine, limit, 1),
    ]


def _close(by: str, moment: int) -> None:
    from bihuan.assess.actions.closing import close_month

    close_month(2026, 10, by=by, unit=place.CENTRE, at=moment)


def _scan() -> None:
    from django.db import connection

    from bihuan.core.score.formula import period_of

    period = period_of(2026, 10)
    with connection.cursor() as cursor:
        cursor.execute(SCAN, [period.until, period.since])
        cursor.fetchall()


def _analyze() -> None:
    from django.db import connection

    from bihuan.config.roles import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("vacuum analyze assess_thing")
