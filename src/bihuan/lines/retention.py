"""How long the personal data of each line is kept after closing, as dated rows: `retention.csv`, public at /retention."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "retention.csv"
PERMANENT = "permanent"
MAIN = "main"  # goes with the case it hangs on (随主办件保管)
THEN = ("delete", "appraise")  # by itself at night, or after somebody has appraised it (档案法实施条例§24)


@dataclass(frozen=True, slots=True)
class Keeping:
    """One row: `years` None is for ever or, with `of_main`, as long as the case it hangs on; `obliges`: the law keeps it until
    then, whoever asks; `party` answers for it."""

    line: str
    since: date
    years: int | None
    party: str
    obliges: bool
    then: str
    law: str
    source: str
    of_main: bool = False

    def until(self, closed: date) -> date | None:
        """The last day of keeping for what was closed on a day; None for ever."""
        if self.years is None:
            return None
        year = closed.year + self.years
        return date(year, 2, 28) if (closed.month, closed.day) == (2, 29) else closed.replace(year=year)

    def closed_before(self, today: date) -> date | None:
        """What was closed before this day has been kept long enough today; None: nothing ever."""
        if self.years is None:
            return None
        year = today.year - self.years
        return date(year, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=year)


def keeping(line: str, on: date) -> Keeping:
    """The row of a line in force on a day; KeyError where there is none: nobody may guess how long."""
    rows = [row for row in table().get(line, ()) if row.since <= on]
    if not rows:
        raise KeyError(f"retention.csv: no row for {line} on {on}")
    return rows[-1]


@cache
def table() -> Mapping[str, tuple[Keeping, ...]]:
    """Every row by line, the oldest first; ValueError names the row that cannot be read."""
    found: dict[str, list[Keeping]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if (
                row["then"] not in THEN
                or row["obliges"] not in ("yes", "no")
                or not row["law"]
                or not row["source"]
            ):
                raise ValueError(f"retention.csv {number}: then, obliges, law or source is wrong")
            years = None if row["years"] in (PERMANENT, MAIN) else int(row["years"])
            found.setdefault(row["line"], []).append(Keeping(
                row["line"], date.fromisoformat(row["since"]), years, row["party"], row["obliges"] == "yes",
                row["then"], row["law"], row["source"], row["years"] == MAIN,
            ))  # fmt: skip
    return {line: tuple(sorted(rows, key=lambda one: one.since)) for line, rows in found.items()}
