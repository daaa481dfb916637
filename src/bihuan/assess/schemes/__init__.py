"""The dated schemes of the monthly assessment: each a folder with scheme.toml and what is not modelled yet.

A scheme is frozen with every month that is closed by it, with the formulas of the line and a mark of the code that
counts; whatever the folders say later, a month is shown and counted again by its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import bihuan
from bihuan import lines
from bihuan.core.line.parts import Line
from bihuan.core.say import Say
from bihuan.core.score.formula import Counted, Indicator, counted_of, indicator_of, named, version_of
from bihuan.core.score.scheme import Scheme, scheme_of
from bihuan.lines.schemes import scheme_on, schemes

HERE = Path(__file__).parent
Frozen = dict[str, Any]
COUNTING = ("core/score/formula.py", "core/score/flat.py", "core/score/scheme.py", "assess/counting.py")


class BadScheme(ValueError):
    """A scheme names what its line does not have."""


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator of the month: who answers for it, by which version of its formula. Never a person."""

    of: Indicator
    party: str
    post: str
    version: str

    @property
    def key(self) -> str:
        return self.of.key


@dataclass(frozen=True, slots=True)
class Rule:
    """Points for each case by one rule; without `counted` a person names the case and the reason.

    `first` and `last` say which times count where the same happens to a case more than once in one unit's hands.
    """

    key: str
    title: Say
    party: str
    counted: Counted | None
    each: Decimal
    law: str
    source: str
    first: int = 1
    last: int | None = None


@dataclass(frozen=True, slots=True)
class MonthScheme:
    """How a month of one line is assessed."""

    line: str
    points: Scheme
    items: tuple[Item, ...]
    rules: tuple[Rule, ...]
    overdue: Mapping[str, str]  # the clock that may be overdue, and the party that then owes it
    letterhead: Say
    gaps: tuple[Mapping[str, Any], ...]

    def item(self, key: str) -> Item:
        """The indicator of this key; KeyError."""
        return {one.key: one for one in self.items}[key]

    def rule(self, key: str) -> Rule:
        """The rule of this key; KeyError."""
        return {one.key: one for one in self.rules}[key]


def frozen_at(day: int) -> Frozen:
    """The scheme in force on a Day, the formulas it names and the code that counts, as one JSON value."""
    table = scheme_on(HERE, day)
    rows = _formulas(table, lines.at(table["line"], day))
    unknown = [row["key"] for row in table["indicator"] if row["key"] not in rows]
    if unknown:
        raise BadScheme(f"{table['line']}/score.toml has no {', '.join(unknown)}")
    return {"scheme": table, "indicators": rows, "code": code_version()}


def _formulas(table: Mapping[str, Any], line: Line) -> dict[str, Any]:
    known = {row["key"]: row for row in line.score.get("indicator", ())}
    return {row["key"]: known[row["key"]] for row in table["indicator"] if row["key"] in known}


Wanted = dict[str, dict[tuple[str, str], frozenset[str]]]


@cache
def wanted() -> Wanted:
    """The things that some scheme counts, by line: (kind, name) -> the parties that are asked for. No others are kept."""
    found: dict[str, dict[tuple[str, str], set[str]]] = {}
    texts = ((one, text) for one in schemes(HERE) for text in lines.all_lines()[one["line"]].values())
    for table, text in texts:
        rows = _formulas(table, text)
        if len(rows) < len(table["indicator"]):
            continue  # by this text no month can be closed under this scheme
        scheme = thaw({"scheme": table, "indicators": rows})
        mine = found.setdefault(scheme.line, {})
        sets = [
            (one.party, counted) for one in scheme.items for counted in (one.of.numerator, one.of.denominator)
        ]
        sets += [(one.party, one.counted) for one in scheme.rules if one.counted is not None]
        for party, counted in sets:
            for thing in named(counted):
                mine.setdefault(thing, set()).add(party)
        mine.setdefault(("run", scheme.overdue["clock"]), set()).add(scheme.overdue["party"])
    return {line: {key: frozenset(of) for key, of in mine.items()} for line, mine in found.items()}


def thaw(frozen: Frozen) -> MonthScheme:
    """The scheme of a closed month, whatever the folders say today."""
    table, rows = frozen["scheme"], frozen["indicators"]
    line = table["line"]
    return MonthScheme(
        line, scheme_of(table, {f"{line}/{key}": row for key, row in rows.items()}),
        tuple(
            Item(indicator_of(rows[one["key"]]), one["party"], one["post"], version_of(rows[one["key"]]))
            for one in table["indicator"]
        ),
        tuple(_rule(row) for row in table["deduction_rule"]), dict(table["overdue"]), Say(table["letterhead"]["zh"], table["letterhead"]["en"]),
        tuple(table["gaps"]),
    )  # fmt: skip


def _rule(row: Mapping[str, Any]) -> Rule:
    counted = counted_of(row["counted"]) if "counted" in row else None
    return Rule(
        row["key"], Say(row["zh"], row["en"]), row.get("party", ""), counted, Decimal(str(row["each"])), row["law"],
        row["source"], row.get("first", 1), row.get("last"),
    )  # fmt: skip


@cache
def code_version() -> str:
    """Which code counts: the version of the package and a mark of the files a figure depends on."""
    root = Path(bihuan.__file__).parent
    mark = sha256(b"".join((root / name).read_bytes() for name in COUNTING)).hexdigest()[:16]
    return f"{bihuan.__version__}+{mark}"
