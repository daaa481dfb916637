"""annual.toml of a line: which row of its yearly table each outcome belongs to. A line may have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.line.parts import Fault, Line
from bihuan.core.say import Say
from bihuan.lines.extras import check_table, table_of
from bihuan.lines.forms import Field, fields

FILE = "annual.toml"
TOP = frozenset({"zh", "en", "law", "source", "column", "ground", "row"})
KEYS = frozenset({"section", "zh", "en", "outcome", "ground"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the outcomes it counts, of them only those on these grounds where there are any."""

    section: Say
    title: Say
    outcomes: tuple[str, ...]
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annual:
    """A yearly table: its rows, and the fields that give the columns and the grounds."""

    title: Say
    law: str
    source: str
    columns: Field
    ground: str
    rows: tuple[Row, ...]


def annual(line: Line) -> Annual | None:
    """The yearly table of a line; None where it has none."""
    table = table_of(line, FILE)
    if not table:
        return None
    columns = next(f for f in fields(line, line.opens_with) if f.key == table["column"])
    rows = tuple(
        Row(Say(**row["section"]), Say(row["zh"], row["en"]), tuple(row["outcome"]), tuple(row.get("ground", ())))
        for row in table["row"]
    )  # fmt: skip
    return Annual(
        Say(table["zh"], table["en"]), table["law"], table["source"], columns, table["ground"], rows
    )


def check_annual(line: Line) -> list[Fault]:
    """What is wrong with annual.toml: an outcome or ground in no row or in two, a column the form does not ask."""
    return check_table(line, FILE, _faults)


def _faults(line: Line, table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(TOP ^ set(table)):
        yield key, "没有这个键或者没有写", "unknown key, or missing"
    if not any(f.key == table.get("column") and f.options for f in fields(line, line.opens_with)):
        yield "column", "要写申请表上的一个选项", "must be a choice of the opening form"
    counted: list[tuple[str, str]] = []
    for number, row in enumerate(table.get("row", ()), 1):
        for key in sorted((KEYS - {"ground"}) - set(row) | set(row) - KEYS):
            yield f"row {number}.{key}", "没有这个键或者没有写", "unknown key, or missing"
        counted += [(one, on) for one in row.get("outcome", ()) for on in row.get("ground", ("",))]
    wanted = set(_endings(line, str(table.get("ground", ""))))
    for one in sorted({cell for cell in counted if counted.count(cell) > 1}):
        yield " ".join(one).strip(), "在两行里", "is in two rows"
    for one in sorted(wanted - set(counted)):
        yield " ".join(one).strip(), "哪一行也不在", "is in no row"
    for one in sorted(set(counted) - wanted):
        yield " ".join(one).strip(), "这条线没有这个结果或者情形", "is no outcome or ground of this line"


def _endings(line: Line, ground: str) -> Iterator[tuple[str, str]]:
    """Every outcome, and where its form asks on which ground, every ground of it."""
    for name, action in line.actions.items():
        if action.outcome:
            asked = [f for f in fields(line, name) if f.key == ground and f.options]
            yield from ((action.outcome, code) for f in asked for code, _ in f.options)
            if not asked:
                yield action.outcome, ""
