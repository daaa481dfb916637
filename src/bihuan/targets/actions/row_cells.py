"""What the cells of one row of a sheet change: the assignment at once, the goal as a proposal for a second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.targets import board
from bihuan.targets.actions.assign import edit
from bihuan.targets.actions.goals import Basis, Goal, propose_change
from bihuan.targets.goals import Terms
from bihuan.targets.models import GoalChange
from bihuan.targets.plan import LABELS
from bihuan.targets.table import rows as table
from bihuan.targets.table.columns import BY_NAME, GOAL, PLAN
from bihuan.targets.table.entries import BadEntry, Units, cell_text, plan_fields, taken, written
from bihuan.targets.table.figures import NoFigure, narrow, read_figure, said, shown
from bihuan.targets.table.opened import Line, Opened
from bihuan.targets.table.rows import Row

FIELDS = {
    "text": "goal",
    "": "goal",
}  # where a fault of a goal stands in the sheet; others have the column's name


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a row before and after, as cells show them."""

    column: Say
    old: str
    new: str
    goal: bool = False  # only proposed: a second person decides


@dataclass(frozen=True)
class Sheet:
    """What reading a row needs to know."""

    opened: Opened
    units: Units
    year: int
    by: str
    unit: str
    at: int
    before: Mapping[int, Terms]  # goals as they stood at the export, where they changed since


class RowFaults(Exception):
    """What is wrong with a row: (column, reason)."""

    def __init__(self, faults: list[tuple[Say, Say]]) -> None:
        super().__init__("; ".join(f"{column}: {say}" for column, say in faults))
        self.faults = faults


# --- the assignment ---------------------------------------------------------------------------------------------


def plan_cells(sheet: Sheet, line: Line, one: Row) -> list[Difference]:
    now = board.values(one.row.title, one.row.lead_id, one.task.plan)
    then, since = _plan_then(one, now, sheet.opened.exported)
    given, faults = dict[str, str](), list[tuple[Say, Say]]()
    for name in PLAN:
        if name not in line.cells or _untouched(name, line.cells[name], then[name], sheet.units):
            continue
        try:
            given[name] = taken(name, line.cells[name], sheet.units, sheet.year)
        except BadEntry as bad:
            faults.append((BY_NAME[name].title, bad.say))
            continue
        if name in since and given[name] != now[name]:
            faults.append((BY_NAME[name].title, overtaken(written(name, now[name], sheet.units, False))))
    if faults:
        raise RowFaults(faults)
    if not given:
        return []
    plan = replace(one.task.plan, **plan_fields(given))
    title, lead = given.get("title", one.row.title), given.get("lead", one.row.lead_id)
    try:
        edits = edit(one.row.pk, title, lead, plan, by=sheet.by, unit=sheet.unit, at=sheet.at)
    except Refused as no:
        raise RowFaults([(BY_NAME["lead"].title, say) for say in no.reasons]) from no
    except BadInput as bad:
        raise RowFaults(
            [(LABELS.get(name, BY_NAME["number"].title), say) for name, say in bad.faults]
        ) from bad
    return [
        Difference(
            LABELS[made.field],
            written(made.field, made.old, sheet.units, False),
            written(made.field, made.new, sheet.units, False),
        )
        for made in edits
    ]


def _plan_then(one: Row, now: Mapping[str, str], exported: int | None) -> tuple[dict[str, str], set[str]]:
    """The fields as they stood at the export, and which of them changed since."""
    then, since = dict(now), set[str]()
    if exported is not None:
        for made in reversed(list(one.row.edits.all())):
            if to_instant(made.at) > exported:
                then[made.field] = made.old
                since.add(made.field)
    return then, since


def _untouched(name: str, cell: str, then: str, units: Units) -> bool:
    """Whether a cell says what the export wrote into it, in either language."""
    return cell_text(cell) in (written(name, then, units, False), written(name, then, units, True))


def overtaken(now: str) -> Say:
    return Say(
        f"导出以后已改成“{now}”；按现在的表再改",
        f"Changed to “{now}” since the export: start from the table as it is now",
    )


# --- the goal ---------------------------------------------------------------------------------------------------


def goals_then(every: Iterable[Row], exported: int | None) -> dict[int, Terms]:
    """Goals as they stood at the export, for those that a ruling changed since."""
    if exported is None:
        return {}
    found: dict[int, Terms] = {}
    for change in table.agreed(one.row.target_id for one in every if one.row.target_id):
        if to_instant(change.ruling.at) > exported:
            terms = (change.old_text, change.old_value, change.old_unit, change.old_scope, change.old_year)
            found.setdefault(change.target_id, terms)
    return found


def goal_cells(sheet: Sheet, line: Line, one: Row) -> list[Difference]:
    there = [name for name in GOAL if name in line.cells]
    target = one.row.target
    if target is None or one.terms is None:
        filled = [name for name in there if line.cells[name]]
        if filled:
            raise RowFaults([(BY_NAME[filled[0]].title, Say("这一项的原文没有目标，没有可改的", "The report states no goal here: there is none to change"))])  # fmt: skip
        return []
    then = sheet.before.get(target.pk, one.terms)
    printed = _printed(then)
    if all(_like(name, line.cells[name], printed[name]) for name in there):
        return []
    if target.pk in sheet.before:
        raise RowFaults([(BY_NAME["goal"].title, overtaken(one.terms[0]))])
    given = printed | {name: line.cells[name] for name in there}
    try:
        value, unit = read_figure(given["value"], given["unit"])
    except NoFigure:
        raise RowFaults([(BY_NAME["value"].title, Say("目标值要写成数字，例 900", "Write the figure as a number, for example 900"))]) from None  # fmt: skip
    goal = Goal(given["goal"], value, unit, given["scope"], narrow(given["year"]))
    if _proposed(target.pk, goal):
        return []
    return _propose(sheet, line, target.pk, goal, printed, given)


def _propose(
    sheet: Sheet, line: Line, target: int, goal: Goal, printed: Mapping[str, str], given: Mapping[str, str]
) -> list[Difference]:
    reason, basis = line.cells.get("reason", ""), line.cells.get("basis", "")
    try:
        propose_change(target, goal, reason, Basis(basis), by=sheet.by, unit=sheet.unit, at=sheet.at)
    except BadInput as bad:
        raise RowFaults([(BY_NAME[FIELDS.get(name, name)].title, say) for name, say in bad.faults]) from bad
    except Refused as no:
        raise RowFaults([(BY_NAME["goal"].title, say) for say in no.reasons]) from no
    return [
        Difference(BY_NAME[name].title, printed[name], given[name], goal=True)
        for name in GOAL
        if not _like(name, given[name], printed[name])
    ]


def _printed(terms: Terms) -> dict[str, str]:
    """A goal as the export writes it."""
    text, value, unit, scope, year = terms
    figure, unit = shown(value, unit)
    return {
        "goal": cell_text(text), "scope": cell_text(scope), "value": said(figure), "unit": cell_text(unit), "year": str(year or ""),
    }  # fmt: skip


def _like(name: str, cell: str, printed: str) -> bool:
    if name == "value":
        try:
            return read_figure(cell, "")[0] == printed
        except NoFigure:
            return False
    return cell_text(cell) == printed


def _proposed(target: int, goal: Goal) -> bool:
    """Whether the very same change waits for its ruling already: the sheet was taken before, or names the goal twice."""
    there = GoalChange.objects.filter(target_id=target, ruling=None).first()
    return there is not None and (
        (there.text, said(there.value), there.unit, there.scope, str(there.year or ""))
        == (goal.text.strip(), goal.value, goal.unit, goal.scope.strip(), goal.year.strip())
    )
