"""The short sign of an office (机关代字) that its document numbers begin with; an office without one uses its name."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

FILE = "signs.csv"
HERE = Path(__file__).with_name(FILE)


def sign_of(unit: str, name: str, on: date) -> str:
    """The sign in force on a day: of the district's own folder of lines, else ours, else the name of the unit."""
    for path in ((settings.LINES_FOLDER / FILE) if settings.LINES_FOLDER else None, HERE):
        rows = [row for row in _rows(path) if row[0] == unit and row[1] <= on] if path else []
        if rows:
            return max(rows, key=lambda row: row[1])[2]
    return name


@cache
def _rows(path: Path) -> tuple[tuple[str, date, str], ...]:
    """(unit, since, sign) of a file; none where it is not there."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            (row["unit"], date.fromisoformat(row["since"]), row["sign"]) for row in csv.DictReader(file)
        )


def number_text(sign: str, year: int, n: int) -> str:
    """A document number as offices write it: hexagonal brackets, the whole year, no leading zero, no 第
    (GB/T 9704-2012 7.2.5)."""
    return f"{sign}〔{year}〕{n}号"
