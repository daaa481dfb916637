"""How long things really take: working days from application to end, from closed cases and never from a promise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_instant

DAYS = 365
# Parts of a bundle count like any other case: nothing but two moments leaves the wall.
CLOSED = """select opened_at, closed_at from cases_case where line = %s and matter = any(%s) and outcome = any(%s)
    and closed_at >= %s"""
LEAST = 5  # under so many cases there is a number of cases and no figure


@dataclass(frozen=True, slots=True)
class Taken:
    """Of `n` cases closed in the last year: the working days within which half and nine tenths were done."""

    n: int
    half: int | None
    most: int | None

    @property
    def known(self) -> bool:
        return self.half is not None


def taken(line: str, matters: Collection[str], outcomes: Collection[str], now: datetime) -> Taken:
    """The figures of these matters together, applied for alone or as part of a bundle; time that waited for the applicant is in it, as people live it."""
    rows = wall.ask(CLOSED, [line, list(matters), list(outcomes), now - timedelta(days=DAYS)], wall.SYSTEM)
    cal = lines.calendar()
    days = sorted(cal.count(to_instant(a) // 86400, to_instant(b) // 86400) for a, b in rows)
    if len(days) < LEAST:
        return Taken(len(days), None, None)
    return Taken(len(days), rank(days, 50), rank(days, 90))


def rank(values: Sequence[int], percent: int) -> int:
    """The smallest of the sorted values that at least `percent` per cent do not exceed."""
    place = -(-len(values) * percent // 100)
    return values[max(0, place - 1)]
