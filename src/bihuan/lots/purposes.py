"""What lots are drawn for: rows of purposes.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bihuan.core.rows import read_rows
from bihuan.core.say import Say

HERE = Path(__file__).parent
COLUMNS = ("code", "zh", "en", "thing", "thing_en", "line", "asks", "law", "source")


@dataclass(frozen=True, slots=True)
class Purpose:
    """A kind of lot: `thing` is what there is too little of; `line` has the registrations, "" where a table has them; `asks` what a
    rule of its kind may say besides the groups that the office names: soldiers, siblings, address, cut."""

    code: str
    title: Say
    thing: Say
    line: str
    asks: frozenset[str]
    law: str
    source: str


@cache
def purposes() -> dict[str, Purpose]:
    """All of them by code."""
    rows = read_rows((HERE / "purposes.csv").read_text(encoding="utf-8"), "purposes.csv", COLUMNS)
    return {r["code"]: Purpose(r["code"], Say(r["zh"], r["en"]), Say(r["thing"], r["thing_en"]), r["line"], frozenset(r["asks"].split()), r["law"], r["source"]) for r in rows}  # fmt: skip
