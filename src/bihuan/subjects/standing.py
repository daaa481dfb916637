"""What it means for an application that the register says this or that of an organisation: a table with the law beside it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from bihuan.core.say import Say

FILE = "standing.csv"
HERE = Path(__file__).with_name(FILE)
ACTS = frozenset({"refuse", "warn"})


class Meaning(NamedTuple):
    """`refuses`: nobody can apply in its name, else whoever applies and the window are told; `no_undertaking`: the
    ordinary way alone; `example`: the district has to confirm it."""

    refuses: bool
    no_undertaking: bool
    say: Say
    law: str
    example: bool


def meanings() -> dict[str, Meaning]:
    """By status or list; those of the district's own folder of lines come first. ValueError names a faulty row."""
    own = settings.LINES_FOLDER / FILE if settings.LINES_FOLDER else None
    return _read(HERE) | (_read(own) if own is not None else {})


@cache
def _read(path: Path) -> dict[str, Meaning]:
    if not path.is_file():
        return {}
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["act"] not in ACTS or not (row["zh"] and row["en"] and row["law"]):
                raise ValueError(
                    f"{path.name}: {row['key']}: act 只能是 refuse、warn，zh、en、law 都要写 / refuse or warn, with zh, en and law"
                )
            say = Say(row["zh"], row["en"])
            found[row["key"]] = Meaning(row["act"] == "refuse", row["undertake"] == "no", say, row["law"], row["mark"] == "example")  # fmt: skip
    return found
