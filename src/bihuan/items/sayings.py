"""What people say and what the catalogue calls it: a dated table of our own, `said.csv`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from bihuan.core.items.find import Saying
from bihuan.core.table import csv_rows

TABLE = Path(__file__).parent / "said.csv"


@cache
def sayings(on: date) -> tuple[Saying, ...]:
    """The sayings that count on a day."""
    return tuple(saying for since, saying in _all() if since <= on)


@cache
def _all() -> tuple[tuple[date, Saying], ...]:
    head, *rows = csv_rows(TABLE.read_text(encoding="utf-8"))
    if tuple(head) != ("since", "said", "means", "doing"):
        raise ValueError(f"{TABLE.name}: the columns are since, said, means, doing")
    found = []
    for since, said, means, doing in rows:
        for one in _parts(said):
            found.append((date.fromisoformat(since), Saying(one, _parts(means), _parts(doing))))
    return tuple(found)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(one.strip().casefold() for one in text.split(";") if one.strip())
