"""`act` on PostgreSQL against bare Django writing the same rows, and against SpiffWorkflow with its state in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench import place, spiff
from bench.measure import ROUNDS, Line, race
from bihuan.core.time.instant import at

MANY, FEW = 60, 15  # cases and workflows a round; each takes two steps
MOMENT, DAY = at("2026-10-12 09:30"), datetime(2026, 10, 12, 1, tzinfo=UTC)


def ours(people: dict[str, str]) -> Iterator[Any]:
    """Cases waiting to be accepted; opening them is not measured."""
    from bihuan.cases.actions import open_case

    number = 0
    while True:
        number += 1
        yield open_case(
            "urban_management", place.BIN, by=people["collector"], unit=place.CENTRE, at=at("2026-10-12 09:00") + number,
            data={"what": "垃圾箱满了", "channel": "collector"}, place=place.POINT,
        ).case  # fmt: skip


def lines(people: dict[str, str]) -> list[Line]:
    """The two comparisons; what a round works on is made beforehand and not measured."""
    from bench.bare import rows
    from bench.bare.models import Spiff

    waiting = ours(people)
    batches: dict[str, list[list[int]]] = {"ours": [], "bare": [], "spiff": []}
    for _ in range(ROUNDS + 1):
        batches["ours"].append([next(waiting) for _ in range(MANY)])
        batches["bare"].append([rows.create(DAY, {"what": "垃圾箱满了"}).pk for _ in range(MANY)])
        batches["spiff"].append([Spiff.objects.create(state=spiff.begin()).pk for _ in range(FEW)])
    mine, bare, peer = race(
        [
            ("act", lambda: do_ours(batches["ours"].pop(), people), MANY * 2),
            ("bare Django, same rows", lambda: do_bare(batches["bare"].pop()), MANY * 2),
            ("SpiffWorkflow, state in a row", lambda: do_spiff(batches["spiff"].pop()), FEW * 2),
        ]
    )
    return [
        Line(
            "act，落库 / act on PostgreSQL", mine, bare, 0.5, "bare: lock, insert event and outbox, save case"
        ),
        Line("act，落库 / act on PostgreSQL", mine, peer, 1),
    ]


def do_ours(cases: list[int], people: dict[str, str]) -> None:
    """Open and dispatch each case."""
    from bihuan.cases.actions import act

    unit = {"unit": place.UNIT}
    for case in cases:
        act(case, "accept", by=people["acceptor"], unit=place.CENTRE, at=MOMENT, data={"text": "属实"})
        act(case, "dispatch", by=people["dispatcher"], unit=place.COMMAND, at=MOMENT + 60, data=unit)


def do_bare(cases: list[int]) -> None:
    """The same two steps without process, rights or clocks."""
    from bench.bare import rows

    for case in cases:
        rows.act(case, 2, "accept", DAY, {"text": "属实"})
        rows.act(case, 3, "dispatch", DAY, {"unit": place.UNIT})


def do_spiff(flows: list[int]) -> None:
    """Two steps of a workflow whose state lives in a row."""
    from django.db import transaction

    from bench.bare.models import Spiff

    for pk in flows:
        for _ in range(2):
            with transaction.atomic():
                row = Spiff.objects.select_for_update().get(pk=pk)
                row.state, _ = spiff.step(row.state)
                row.save()
