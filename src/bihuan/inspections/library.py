"""一单 and 一细则 as data: the list of what is inspected with its checklists, and the rules in force on a day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from bihuan.core.register import Rules
from bihuan.core.rows import read_rows
from bihuan.core.say import Say

SEED = Path(__file__).parent / "seed"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at, with the provision it stands on."""

    say: Say
    law: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the list: which department inspects which kind of business for what, by which provision."""

    code: str
    name: Say
    unit: str
    kind: str
    law: str
    method: Say
    key_area: bool
    source: Say
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """The rules as they stand from a day on, with what they are taken from."""

    since: date
    base: Fraction
    rules: Rules
    reserve: int
    flag: int  # per cent
    went: int  # days within which whoever inspected a business does not inspect it again
    law: str
    source: Say


class NoRules(LookupError):
    """No rules cover that day."""


@cache
def items() -> dict[str, Item]:
    """The list by code."""
    points: dict[str, list[Point]] = {}
    for row in _rows("points.csv", "item", "point", "point_en", "law"):
        points.setdefault(row["item"], []).append(Point(Say(row["point"], row["point_en"]), row["law"]))
    columns = (
        "item",
        "name",
        "name_en",
        "unit",
        "kind",
        "law",
        "method",
        "method_en",
        "key_area",
        "source",
        "source_en",
    )
    return {
        row["item"]: Item(
            row["item"], Say(row["name"], row["name_en"]), row["unit"], row["kind"], row["law"],
            Say(row["method"], row["method_en"]), row["key_area"] == "yes", Say(row["source"], row["source_en"]), tuple(points[row["item"]]),
        )
        for row in _rows("items.csv", *columns)
    }  # fmt: skip


@cache
def kinds() -> dict[str, Say]:
    """Kinds of businesses by code."""
    return {row["kind"]: Say(row["name"], row["name_en"]) for row in _rows("kinds.csv", "kind", "name", "name_en")}  # fmt: skip


@cache
def pools() -> dict[str, Say]:
    """Specialities of inspectors by code."""
    return {row["pool"]: Say(row["name"], row["name_en"]) for row in _rows("pools.csv", "pool", "name", "name_en")}  # fmt: skip


@cache
def details() -> tuple[Detail, ...]:
    """Every version of the rules, the latest first."""
    table = tomllib.loads((SEED / "details.toml").read_text(encoding="utf-8"))
    found = []
    for row in table["rules"]:
        base = Fraction(row["base"])
        ratios = {cls: min(Fraction(1), base * Fraction(times)) for cls, times in row["times"].items()}
        rules = Rules(ratios, row["least"], row["cap"], row["lately"])
        found.append(
            Detail(
                row["since"],
                base,
                rules,
                row["reserve"],
                row["flag"],
                row["went"],
                row["law"],
                Say(row["source"], row["source_en"]),
            )
        )
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def detail_on(day: date) -> Detail:
    """The rules as they stand on a day; NoRules before the first."""
    for one in details():
        if one.since <= day:
            return one
    raise NoRules(f"no rules cover {day}")


def _rows(name: str, *columns: str) -> list[dict[str, str]]:
    return read_rows((SEED / name).read_text(encoding="utf-8"), name, columns)
