"""What every step does: the draw is locked, the case acts, the row is written, the public record hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.shapes import Refused
from bihuan.core.draw.words import Refused as NotDrawn
from bihuan.core.log.entry import DRAW
from bihuan.core.say import Say
from bihuan.draws import queries
from bihuan.draws.models import Draw, File, Step
from bihuan.record.actions import enter


def refuse(zh: str, en: str) -> Refused:
    return Refused([Say(zh, en)])


@contextmanager
def engine() -> Iterator[None]:
    """What the engine refuses is refused here in its words."""
    try:
        yield
    except NotDrawn as error:
        raise Refused([error.say]) from error


@contextmanager
def locked(draw_id: str) -> Iterator[Draw]:
    """The draw, one writer at a time; NoSuchDraw where there is none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('draw ' || %s))", [draw_id])
        yield queries.draw(draw_id)


def act(draw: Draw, name: str, data: Mapping[str, Any], *, by: str, unit: str, at: datetime) -> None:
    """The action of the case, judged by its line; Refused and BadInput go through."""
    cases.act(draw.case, name, by=by, unit=unit, at=at, data=data)


def keep(
    draw: Draw, kind: str, *, at: datetime, by: str = "", unit: str = "", key: str = "", body: bytes = b"",
    said: Mapping[str, Any] | None = None, payload: bytes | Mapping[str, Any] | None = None, log: int = DRAW,
) -> Step:  # fmt: skip
    """Write the step; its payload, if any, into the public record with it."""
    entry = None if payload is None else enter(log, payload, at=at)
    return Step.objects.create(
        draw=draw, kind=kind, key=key, body=body, said=dict(said or {}), entry=entry, by=by, unit=unit, at=at
    )


def store(draw: Draw, name: str, body: bytes, hash: bytes, at: datetime) -> None:
    """Keep the bytes of a file for good."""
    with wall.open_to(wall.SYSTEM):
        File.objects.create(draw=draw, name=name, body=body, hash=hash.hex(), at=at)
