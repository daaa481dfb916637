"""The questions of "what applies to me" and what hangs on their answers: dated tables of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from bihuan.core.items.applies import NO, YES, Condition
from bihuan.core.say import Say
from bihuan.core.table import csv_rows

HERE = Path(__file__).parent


@cache
def facts(on: date) -> dict[str, Say]:
    """The questions that count on a day, by fact."""
    return {fact: Say(ask, ask_en) for fact, ask, ask_en in _rows("facts.csv", "fact,ask,ask_en", on)}


@cache
def conditions(on: date) -> tuple[Condition, ...]:
    """What hangs on an answer on a day; an unknown fact or answer raises."""
    known, found = facts(on), []
    for power, fact, answer, basis in _rows("conditions.csv", "power,fact,answer,basis", on):
        if fact not in known or answer not in (YES, NO):
            raise ValueError(f"conditions.csv: {power}: {fact} {answer}")
        found.append(Condition(power, fact, answer, basis))
    return tuple(found)


def _rows(name: str, columns: str, on: date) -> Iterator[list[str]]:
    head, *rows = csv_rows((HERE / name).read_text(encoding="utf-8"))
    if head != ["since", *columns.split(",")]:
        raise ValueError(f"{name}: the columns are since, {columns}")
    return (row[1:] for row in rows if date.fromisoformat(row[0]) <= on)
