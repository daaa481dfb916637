"""A sheet that offices edited goes back into the table: row by row, a bad row is named and left, a goal goes to two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from bihuan.cases.edge import to_instant
from bihuan.core.say import Say
from bihuan.targets import board
from bihuan.targets.actions.row_cells import Difference, RowFaults, Sheet, goal_cells, goals_then, plan_cells
from bihuan.targets.actions.want import want_office
from bihuan.targets.models import Report
from bihuan.targets.table import rows as table
from bihuan.targets.table.columns import BY_NAME, REPORTED
from bihuan.targets.table.entries import cell_text
from bihuan.targets.table.opened import Line, Opened, case_number
from bihuan.targets.table.rows import Row


@dataclass(frozen=True, slots=True)
class RowTaken:
    """A row of the sheet: what it changes, or why it is not taken; never both."""

    number: int
    title: str
    task: int | None
    changes: tuple[Difference, ...]
    faults: tuple[tuple[Say, Say], ...]  # (column, reason)
    notes: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet changes. `digest` tells this outcome from another; `stale`: it was another when it was to be saved."""

    rows: tuple[RowTaken, ...]
    same: int
    absent: tuple[str, ...]  # tasks that the sheet does not name; they stay as they are
    saved: bool
    stale: bool = False

    @property
    def digest(self) -> str:
        return sha256(repr(self.rows).encode()).hexdigest()[:32]

    @property
    def changed(self) -> int:
        return sum(bool(row.changes) for row in self.rows)

    @property
    def bad(self) -> int:
        return sum(bool(row.faults) for row in self.rows)


def take_sheet(
    report_id: int, opened: Opened, *, by: str, unit: str, at: datetime | int, save: bool, expect: str = ""
) -> Taken:
    """What a sheet changes in the table of a report; saved only where `save`, and only if it is still what `expect` says.

    Both ways run the same writes, so what is shown is what happens. A row that cannot be taken changes nothing.
    """
    want_office(by, unit, at)
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report_id)
        every = table.rows(report, at)
        sheet = Sheet(
            opened, board.units(), table.plan_year(report), by, unit, to_instant(at),
            goals_then(every, opened.exported),
        )  # fmt: skip
        rows, named = _rows(sheet, {one.number: one for one in every})
        found = Taken(
            tuple(row for row in rows if row.changes or row.faults or row.notes),
            sum(not (row.changes or row.faults) for row in rows),
            tuple(one.row.title for one in every if one.number not in named),
            save,
        )
        stale = save and found.digest != expect
        if stale or not save:
            transaction.set_rollback(True)
    return Taken(found.rows, found.same, found.absent, save and not stale, stale)


def _rows(sheet: Sheet, by_number: Mapping[str, Row]) -> tuple[list[RowTaken], set[str]]:
    out, named = [], set[str]()
    for line in sheet.opened.lines:
        number = case_number(line.cells["number"])
        title = line.cells.get("title") or line.cells["number"]
        one = by_number.get(number)
        if one is None or number in named:
            out.append(
                RowTaken(
                    line.number,
                    title,
                    None,
                    (),
                    ((BY_NAME["number"].title, _no_row(number, number in named)),),
                    (),
                )
            )
            continue
        named.add(number)
        out.append(_row(sheet, line, one))
    return out, named


def _no_row(number: str, twice: bool) -> Say:
    if twice:
        return Say(f"{number} 在表里有两行，留一行", f"{number} stands twice: keep one row")
    if number:
        return Say(f"这份报告没有督查件 {number}", f"This report has no case {number}")
    return Say(
        "没有督查件编号，认不出是哪一项；新任务从报告的建议里确认",
        "No case number, so it is not known which task this is; new tasks are confirmed from the report",
    )


def _row(sheet: Sheet, line: Line, one: Row) -> RowTaken:
    """One row in a savepoint of its own: all of it or nothing."""
    notes = tuple(_left(line, one))
    try:
        with transaction.atomic():
            changes = (*plan_cells(sheet, line, one), *goal_cells(sheet, line, one))
    except RowFaults as wrong:
        return RowTaken(line.number, one.row.title, one.row.pk, (), tuple(wrong.faults), notes)
    return RowTaken(line.number, one.row.title, one.row.pk, changes, (), notes)


def _left(line: Line, one: Row) -> list[Say]:
    """Columns that are reported in the case; what a sheet says there is named, not taken."""
    now = {"progress": "text", "problem": "problem", "next": "next"}
    found = [
        BY_NAME[name].title for name in REPORTED
        if line.cells.get(name) and line.cells[name] != cell_text(str(one.task.progress.get(now[name]) or ""))
    ]  # fmt: skip
    return [
        Say(
            f"{column}不从表里收，在督查件里报进展",
            f"{column.en} is not taken from a sheet: report it in the case",
        )
        for column in found
    ]
