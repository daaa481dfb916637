"""The monthly bulletin as facts in order, for the page and for the printed 通报: every figure is the frozen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bihuan import lines
from bihuan.assess import queries, standing
from bihuan.assess.corrections import Corrections
from bihuan.assess.models import Deduction, Figure, Month, Release
from bihuan.assess.schemes import Item, MonthScheme, thaw
from bihuan.assess.standing import Standing
from bihuan.cases.edge import to_instant
from bihuan.core.say import Say
from bihuan.core.score.formula import wilson
from bihuan.core.score.words import counted_words, part_words, rate_words
from bihuan.core.time.formats import MONTHS
from bihuan.core.time.instant import DAY

SHORT = (
    "opened_rate",
    "handled_on_time",
    "handled_on_time_plain",
    "closed_on_time",
    "rework_rate",
)  # of areas
OF_UNITS = ("closed_on_time", "closed_rate", "handled_on_time_plain", "rework_rate")  # of the composite index
NO_PLACE = Say("没有地点的", "no place")


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator of one area or unit. `few`: no rate, the numbers stand for themselves."""

    item: Item
    k: int
    n: int
    out: tuple[int, ...]
    words: Say
    few: bool
    warned: bool
    interval: str

    @property
    def left_out(self) -> int:
        return sum(self.out)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its figures by indicator, how many were reported there and were overdue at the end."""

    code: str
    title: Say
    cells: dict[str, Cell]
    reports: int = 0
    overdue: int = 0
    within: Say | None = None  # the subdistrict a zone lies in


@dataclass(frozen=True, slots=True)
class UnitRow:
    standing: Standing
    cells: dict[str, Cell]
    overdue: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Everything a bulletin says; `release` is None while the month is a draft."""

    made: Month
    release: Release | None
    scheme: MonthScheme
    title: Say
    whole: tuple[Cell, ...]
    streets: tuple[AreaRow, ...]
    zones: tuple[AreaRow, ...]  # demonstration zones, listed apart
    groups: tuple[
        tuple[Say, tuple[UnitRow, ...], tuple[Say, ...]], ...
    ]  # ranked, and the titles without data
    others: tuple[AreaRow, ...]  # units that are not assessed
    posts: tuple[tuple[str, Say, tuple[Cell, ...]], ...]  # post, unit, figures
    matters: tuple[tuple[str, Say, int], ...]
    deductions: tuple[Deduction, ...]
    corrections: Corrections | None

    @property
    def reports(self) -> int:
        return int(self.made.tables["reports"])

    @property
    def overdue(self) -> int:
        return sum(row[2] for row in self.made.tables["overdue"])

    def cell(self, item: str) -> Cell:
        """The district's own figure; KeyError."""
        return {one.item.key: one for one in self.whole}[item]


def bulletin(made: Month, release: Release | None, corrections: Corrections | None = None) -> Bulletin:
    """The bulletin of a month as it was closed, and published if it was."""
    scheme = thaw(made.frozen)
    deductions = queries.deductions(made)
    by = {kind: queries.figures(made, kind) for kind in ("district", "street", "zone", "unit")}
    cells = {
        kind: {code: cells_of(scheme, rows) for code, rows in found.items()} for kind, found in by.items()
    }
    tables = made.tables
    late_street, late_unit = _summed(tables["overdue"], 1), _summed(tables["overdue"], 0)
    standings = (
        [standing.loaded(row) for row in release.standings]
        if release
        else standing.standings(made, deductions)
    )
    streets = sorted({*cells["street"], *(c for c in made.names["areas"] if len(c) == 9)} - {""})
    if "" in cells["street"]:
        streets.append("")
    ranked = {one.unit for one in standings}
    return Bulletin(
        made, release, scheme, title_of(made), tuple(cells["district"].get(made.names["district"], {}).values()),
        tuple(
            AreaRow(
                code, queries.area_title(made, code), cells["street"].get(code, {}), tables["by_street"].get(code, 0),
                late_street.get(code, 0),
            )
            for code in streets
        ),
        zones_of(made, cells["zone"]),
        tuple(_group(scheme, group, standings, cells["unit"], late_unit) for group in scheme.points.groups),
        tuple(
            AreaRow(code, queries.unit_title(made, code), row, 0, late_unit.get(code, 0))
            for code, row in sorted(cells["unit"].items())
            if code and code not in ranked and any(key in row for key in OF_UNITS)
        ),
        tuple(posts(made, scheme, cells["unit"])),
        tuple((code, title, n) for (code, n), title in zip(
            tables["matters"], queries.matter_titles(made, [row[0] for row in tables["matters"]]).values(), strict=True
        )),
        tuple(deductions), corrections,
    )  # fmt: skip


def zones_of(made: Month, cells: dict[str, dict[str, Cell]]) -> tuple[AreaRow, ...]:
    """Every demonstration zone that counted in the month, with or without cases."""
    known, found = made.names.get("zones", {}), []
    for code in sorted({*cells, *known}):
        reports, late = made.tables.get("zones", {}).get(code, (0, 0))
        within = queries.area_title(made, known[code][1]) if code in known else None
        found.append(
            AreaRow(code, queries.zone_title(made, code), cells.get(code, {}), reports, late, within)
        )
    return tuple(found)


def _group(
    scheme: MonthScheme,
    group: Any,
    standings: Sequence[Standing],
    cells: dict[str, dict[str, Cell]],
    late: dict[str, int],
) -> tuple[Say, tuple[UnitRow, ...], tuple[Say, ...]]:
    mine = [one for one in standings if one.group == group.key]
    rows = tuple(
        UnitRow(one, cells.get(one.unit, {}), late.get(one.unit, 0)) for one in mine if one.total is not None
    )
    return group.title, rows, tuple(one.title for one in mine if one.total is None)


def cells_of(scheme: MonthScheme, rows: dict[str, Figure]) -> dict[str, Cell]:
    """The figures of one area or unit in the order of the scheme."""
    return {one.key: cell(scheme, one, rows[one.key]) for one in scheme.items if one.key in rows}


def cell(scheme: MonthScheme, one: Item, row: Figure) -> Cell:
    """A figure as it is written: a rate from the least number on, else the numbers; of nothing no data."""
    k, n, out = row.numerator, row.denominator, tuple(row.left_out)
    low, high = wilson(min(k, n), n, scheme.points.confidence) if n and one.of.bound else (None, None)
    return Cell(
        one, k, n, out, rate_words(k, n, one.of.minimum_n), n < one.of.minimum_n,
        bool(sum(out)) and sum(out) >= scheme.points.warn_share * (n + sum(out)),
        "" if low is None or high is None else f"{100 * low:.1f}–{100 * high:.1f}%",
    )  # fmt: skip


def posts(
    made: Month, scheme: MonthScheme, cells: dict[str, dict[str, Cell]]
) -> Iterable[tuple[str, Say, tuple[Cell, ...]]]:
    """Each post of each unit with the indicators it answers for; posts, never who holds them."""
    order = list(dict.fromkeys(one.post for one in scheme.items))
    for post in order:
        keys = [one.key for one in scheme.items if one.post == post]
        for code, row in sorted(cells.items()):
            mine = tuple(row[key] for key in keys if key in row)
            if code and mine:
                yield post, queries.unit_title(made, code), mine


def _summed(rows: Sequence[Sequence[Any]], column: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[column]] = found.get(row[column], 0) + row[2]
    return found


def title_of(made: Any) -> Say:
    """2026年10月 / October 2026, of a month or a release."""
    number = made.number if isinstance(made, Release) else made.month
    return Say(f"{made.year}年{number}月", f"{MONTHS[number - 1]} {made.year}")


def formulas(found: Bulletin) -> list[dict[str, Any]]:
    """Every formula in words, with its version, its exclusions and its source."""
    line = lines.at(found.made.line, to_instant(found.made.asof) // DAY)
    weights = {one.key: one for one in found.scheme.points.parts}
    return [
        {
            "item": one, "top": counted_words(one.of.numerator, line), "bottom": counted_words(one.of.denominator, line),
            "out": [ex.label for ex in one.of.exclude], "least": one.of.minimum_n, "version": one.version,
            "law": one.of.law, "source": one.of.source,
            "points": part_words(weights[one.key]) if one.key in weights else None,
        }
        for one in found.scheme.items
    ]  # fmt: skip


def taken(found: Bulletin) -> list[tuple[Deduction, Say, Say, Any, Any]]:
    """Each deduction with the name of its unit and rule, its appeal and the decision."""
    out = []
    for one in found.deductions:
        objection = getattr(one, "objection", None)
        out.append((one, queries.unit_title(found.made, one.unit), found.scheme.rule(one.rule).title, objection,
                    getattr(objection, "decision", None)))  # fmt: skip
    return out


def points_text(value: Decimal | None) -> str:
    """0.20 → 0.2; of nothing a dash."""
    return "—" if value is None else f"{value.normalize():f}"
