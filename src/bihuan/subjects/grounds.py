"""What may move a credit class: a dated list, each ground with its provision; nothing outside of it moves anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bihuan.core.rows import read_rows
from bihuan.core.say import Say

TABLE = Path(__file__).parent / "seed" / "grounds.csv"
COLUMNS = ("ground", "name", "name_en", "law", "since", "source")


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of the list, the provision it stands on and where that was read."""

    code: str
    name: Say
    law: str
    since: date
    source: str


class NoGround(Exception):
    """What was named as the ground is not on the list; `say` is the sentence people read."""

    def __init__(self, say: Say) -> None:
        super().__init__(say)
        self.say = say


@cache
def grounds() -> dict[str, Ground]:
    """The list, by code."""
    rows = read_rows(TABLE.read_text(encoding="utf-8"), TABLE.name, COLUMNS)
    return {
        row["ground"]: Ground(
            row["ground"],
            Say(row["name"], row["name_en"]),
            row["law"],
            date.fromisoformat(row["since"]),
            row["source"],
        )
        for row in rows
    }


def want_ground(code: str, day: date) -> Ground:
    """The ground of that code as it counts on a day; NoGround where the list has none, whoever asks."""
    found = grounds().get(code)
    if found is None:
        raise NoGround(
            Say(
                f"清单里没有“{code}”这一种：没有法律法规依据的，不得用来调整信用分类或者增设惩戒",
                f"{code!r} is not on the list: what no law or regulation names moves no class and adds no sanction",
            )
        )
    if day < found.since:
        raise NoGround(
            Say(f"“{found.name}”自 {found.since} 起才可以用", f"{found.name.en!r} counts from {found.since} only")
        )  # fmt: skip
    return found
