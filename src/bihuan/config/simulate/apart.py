"""What a process of the bulk fill starts with: importable before Django is set up."""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager
from dataclasses import dataclass

_kept: list[AbstractContextManager[None]] = []  # left when the process ends, not before


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of reports in the order of time, the ids they get, and the seed of their lives."""

    first: int
    seed: str
    moments: list[tuple[int, bool]]
    until: int


def begin() -> None:
    """Set Django up, connected as owner for good; lives have no cycles, so the collector need not look at them often."""
    import django

    django.setup()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    from django.db import connection

    from bihuan.config.roles import as_owner

    _kept.append(as_owner())
    _kept[0].__enter__()
    with (
        connection.cursor() as cursor
    ):  # a crash while filling means filling again: nothing waits for the disk
        cursor.execute("set synchronous_commit = off")


def write(chunk: Chunk) -> tuple[int, int]:
    """Live and write one chunk; (cases, events)."""
    from bihuan.config.simulate.bulk import write_chunk

    return write_chunk(chunk)
