"""Desk list and case page with 100,000 cases in the table, against an empty page of the desk (same person, same
frame, nothing in it); the bare answer through the same middleware, without any template, is shown beside it."""

from __future__ import annotations

import http.client
import statistics
import time

from bench import place
from bench.measure import Line, Rate
from bench.web import server
from bihuan.core.time.instant import at

CASES, SEEDS, VIEWS, ROUNDS = 100_000, 40, 40, 5
CHANGED = (
    "number", "id", "root", "opened_at", "due_at", "plain_due_at", "wake_at", "rank", "final", "holder", "units",
)  # fmt: skip


def fill(people: dict[str, str]) -> str:
    """40 true cases in the hands of one unit, copied with their events until there are 100,000; a number to look at."""
    from bihuan.cases.actions import act, open_case

    begin, seeds, number = at("2026-10-12 09:00"), [], ""
    for i in range(SEEDS):
        opened = open_case(
            "urban_management", place.BIN, by=people["collector"], unit=place.CENTRE, at=begin + i,
            data={"what": "垃圾箱满了", "channel": "collector"}, place=place.POINT,
        )  # fmt: skip
        act(opened.case, "accept", by=people["acceptor"], unit=place.CENTRE, at=begin + 600 + i, data={})
        act(
            opened.case, "dispatch", by=people["dispatcher"], unit=place.COMMAND, at=begin + 900 + i,
            data={"unit": place.UNIT},
        )  # fmt: skip
        number = opened.number
        seeds.append(opened.case)
    multiply(seeds)
    return number


def multiply(seeds: list[int]) -> None:
    """Copy cases and events as owner, each a little later, until there are CASES: 19 of 20 closed (a district has
    180,000 a year and clocks of days, so about 5,000 are open), the open ones spread over 16 units."""
    from django.db import connection

    from bihuan.config.roles import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = 'cases_case' and column_name <> all(%s)"
            " order by ordinal_position",
            [list(CHANGED)],
        )
        rest = ", ".join(name for (name,) in cursor.fetchall())
        later = "+ (n * interval '7 seconds')"
        copy, of = (
            "id + 1000000 + n * 10000",
            f"from {{}}, generate_series(1, {CASES // SEEDS - 1}) n where {{}} = any(%s)",
        )
        unit = "case when n / 20 %% 16 = 0 then holder else 'bench.' || n / 20 %% 16 end"
        cursor.execute(
            f"insert into cases_case (id, root, number, opened_at, due_at, plain_due_at, wake_at, rank, final, holder,"
            f" units, {rest}) select {copy}, {copy}, number || '-' || n, opened_at {later}, due_at {later},"
            f" plain_due_at {later}, wake_at {later}, rank + n * 7, n %% 20 <> 0, {unit}, array[{unit}], {rest}"
            f" {of.format('cases_case', 'id')}",
            [seeds],
        )
        cursor.execute(
            'insert into cases_event (case_id, seq, name, "by", unit, role, at, effective, data) '
            f'select case_{copy}, seq, name, "by", unit, role, at, effective, data '
            f"{of.format('cases_event', 'case_id')}",
            [seeds],
        )
        cursor.execute("analyze cases_case")
        cursor.execute("analyze cases_event")


def lines(people: dict[str, str]) -> list[Line]:
    """Over HTTP through the product's server, one reader, the four addresses in turn."""
    number = fill(people)
    pages = {
        "bare answer": "/empty",
        "empty page": "/frame",
        "desk list": "/desk/",
        "case page": f"/desk/{number}/",
    }
    seen: dict[str, list[float]] = {name: [] for name in pages}
    with server("bench.pages_wsgi:application", {}) as (port, _):
        link = http.client.HTTPConnection("127.0.0.1", port)
        cookie = {"Cookie": f"sessionid={session_of(people['officer'])}"}
        for url in pages.values():
            p95(link, url, cookie)  # both workers warm
        for _ in range(ROUNDS):
            for name, url in pages.items():
                seen[name].append(1 / p95(link, url, cookie))
    rates = {name: Rate(f"{name}, p95", tuple(values)) for name, values in seen.items()}
    ours = (("desk list", "十万件时的队列 / desk list"), ("case page", "十万件时的办件页 / case page"))
    return [Line(what, rates[name], rates["empty page"], 0.5) for name, what in ours] + [
        Line(what, rates[name], rates["bare answer"], 0) for name, what in ours
    ]


def session_of(person: str) -> str:
    """The key of a session of somebody logged in."""
    from django.test import Client

    from bihuan.people.models import Person

    client = Client()
    client.force_login(Person.objects.get(pk=person), "django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def p95(link: http.client.HTTPConnection, url: str, headers: dict[str, str]) -> float:
    """Seconds that 95 of 100 views stay under."""
    took = []
    for _ in range(VIEWS):
        begun = time.perf_counter()
        link.request("GET", url, headers=headers)
        answer = link.getresponse()
        answer.read()
        took.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise AssertionError(f"{url}: {answer.status}")
    return statistics.quantiles(took, n=20)[-1]
