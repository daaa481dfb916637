"""`act` on PostgreSQL against bare Django writing the same rows, and against SpiffWorkflow with its state in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench import place, spiff
from bench.measure import Line, race
from bihuan.core.instant import at

MANY = 60  # cases a round; each is opened, accepted and dispatched


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
    from django.db import transaction

    from bench.bare import rows
    from bench.bare.models import Spiff
    from bihuan.cases.actions import act

    waiting = ours(people)
    moment, day = at("2026-10-12 09:30"), datetime(2026, 10, 12, 1, tzinfo=UTC)
    data = {"text": "属实"}

    def prepare() -> list[int]:
        return [next(waiting) for _ in range(MANY)]

    def prepare_bare() -> list[int]:
        return [rows.create(day, {"what": "垃圾箱满了"}).pk for _ in range(MANY)]

    def prepare_spiff() -> list[int]:
        return [Spiff.objects.create(state=spiff.begin()).pk for _ in range(MANY // 4)]

    batches: dict[str, list[list[int]]] = {
        "ours": [prepare() for _ in range(6)],
        "bare": [prepare_bare() for _ in range(6)],
        "spiff": [prepare_spiff() for _ in range(6)],
    }

    def do_ours() -> None:
        for case in batches["ours"].pop():
            act(case, "accept", by=people["acceptor"], unit=place.CENTRE, at=moment, data=data)
            act(
                case,
                "dispatch",
                by=people["dispatcher"],
                unit=place.COMMAND,
                at=moment + 60,
                data={"unit": place.UNIT},
            )

    def do_bare() -> None:
        for case in batches["bare"].pop():
            rows.act(case, 2, "accept", day, data)
            rows.act(case, 3, "dispatch", day, {"unit": place.UNIT})

    def do_spiff() -> None:
        for pk in batches["spiff"].pop():
            for _ in range(2):
                with transaction.atomic():
                    row = Spiff.objects.select_for_update().get(pk=pk)
                    row.state, _ = spiff.step(row.state)
                    row.save()

    mine, bare, peer = race(
        [
            ("act", do_ours, MANY * 2),
            ("bare Django, same rows", do_bare, MANY * 2),
            ("SpiffWorkflow, state in a row", do_spiff, MANY // 4 * 2),
        ]
    )
    return [
        Line(
            "act，落库 / act on PostgreSQL", mine, bare, 0.5, "bare: lock, insert event and outbox, save case"
        ),
        Line("act，落库 / act on PostgreSQL", mine, peer, 1),
    ]
