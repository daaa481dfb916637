"""The rows of the table of tasks with all that its pages and its workbook show; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from bihuan.cases.limits import main_due
from bihuan.core.say import Say
from bihuan.core.time.formats import listed
from bihuan.targets import board, goals, living, paths, queries
from bihuan.targets.board import Task
from bihuan.targets.goals import Change, Terms
from bihuan.targets.models import Commitment, GoalChange, Report, Target
from bihuan.targets.plan import LABELS

VERDICTS = {
    "done": Say("完成", "Done"), "fixed": Say("整改后完成", "Done after rectification"), "missed": Say("未完成", "Missed"),
    "not_opened": Say("不予立项", "Not opened"), "cancelled": Say("终止督查", "Cancelled"),
    "merged": Say("已并入另一件", "Merged into another case"),
}  # fmt: skip
NEEDED = (
    "leader",
    "answerable",
    "nodes",
    "result",
    "evidence",
)  # what every row is to have before it is handed over
DUE = Say("时限", "Due")


@dataclass(frozen=True, slots=True)
class Start:
    """The latest level the report gives for what the goal measures."""

    value: Decimal
    unit: str
    year: int


@dataclass(frozen=True, slots=True)
class Row:
    """A task with its place in the report, the goal as it holds now and the changes of it."""

    task: Task
    section: tuple[str, ...]
    terms: Terms | None
    base: Start | None
    changes: tuple[Change, ...]
    lead: Say
    due: datetime | None  # of the matter itself, set when it is assigned; never that of a step before

    @property
    def row(self) -> Commitment:
        return self.task.row

    @property
    def number(self) -> str:
        """Of the supervision case: what names the row in a sheet."""
        head = self.task.one.head
        return head.number if head else ""

    @property
    def figure(self) -> Say | None:
        """The goal's figure in words; None where it has none."""
        return (
            goals.figure(self.terms[1], self.terms[2]) if self.terms and self.terms[1] is not None else None
        )

    @property
    def base_figure(self) -> Say | None:
        """The base in words; None where the report gives none."""
        return goals.figure(self.base.value, self.base.unit) if self.base else None

    @property
    def verdict(self) -> Say | None:
        head = self.task.one.head
        return VERDICTS.get(head.outcome) if head and head.final else None

    @property
    def waiting(self) -> bool:
        """Whether a change of the goal waits for the second person."""
        return any(change.agreed is None for change in self.changes)

    @property
    def responsible(self) -> Say | None:
        return listed(self.task.responsible) if self.task.responsible else None

    @property
    def assisting(self) -> Say | None:
        return listed(self.task.assisting) if self.task.assisting else None

    @property
    def lacks(self) -> Say | None:
        """The same in words; None where every column is filled in."""
        return listed(self.missing) if self.missing else None

    @property
    def missing(self) -> list[Say]:
        """The labels of what nobody has filled in yet."""
        found = [LABELS[name] for name in NEEDED if not getattr(self.task.plan, name)]
        return found if self.due else [*found, DUE]


def terms_of(targets: Iterable[Target]) -> dict[int, Terms]:
    """Goals as they hold now, by number; in one query."""
    found = {target.pk: target for target in targets}
    last = {row.target_id: row for row in agreed(found)}
    out = {}
    for pk, target in found.items():
        change = last.get(pk)
        scope = target.indicator.scope if target.indicator else change.scope if change else ""
        value = target.value.quantize(Decimal("0.0001")) if target.value is not None else None
        out[pk] = (change.text if change else target.text, value, target.unit, scope, target.by_year)
    return out


def agreed(targets: Iterable[int]) -> list[GoalChange]:
    """Changes that a second person agreed to, oldest first."""
    rows = GoalChange.objects.filter(target_id__in=list(targets), ruling__agreed=True)
    return list(rows.select_related("ruling").order_by("id"))


def rows(report: Report, at: datetime | int) -> list[Row]:
    """Every task of the report in the order of its text."""
    return _rows(report, board.table(report.pk, at), at)


def row(pk: int, at: datetime | int) -> Row:
    """One task; board.NoSuchTask."""
    task = board.task(pk, at)
    (found,) = _rows(queries.report(task.row.report_id), [task], at)
    return found


def _rows(report: Report, tasks: Sequence[Task], at: datetime | int) -> list[Row]:
    marks = {mark.key: mark for mark in living.marks(report.findings)}
    targets = [task.row.target for task in tasks if task.row.target]
    now, changes = terms_of(targets), goals.changes([target.pk for target in targets])
    due = main_due([task.row.case_id for task in tasks], at)
    out = []
    for task in tasks:
        mark, target = marks.get(task.row.key), task.row.target
        fact: Mapping[str, Any] = mark.fact if mark else {}
        out.append(
            Row(
                task, tuple(fact.get("section", ())), now[target.pk] if target else None,
                _base(report, fact) if target else None,
                tuple(changes.get(target.pk, ())) if target else (), task.one.lead, due.get(task.row.case_id),
            )
        )  # fmt: skip
    return out


def _base(report: Report, fact: Mapping[str, Any]) -> Start | None:
    if fact.get("norm_value") is None or not fact.get("canonical"):
        return None
    base = paths.base_of(report.findings, fact)
    return Start(Decimal(str(base["norm_value"])), base["norm_unit"], base["period"]["to"]) if base else None


def wanted(every: Iterable[Row], lead: str = "", state: str = "", gap: str = "") -> list[Row]:
    """Rows of one lead unit, in one state, with something missing (`gap` any) or a goal that waits for its ruling."""
    return [
        one for one in every
        if (not lead or one.row.lead_id == lead)
        and (not state or (one.task.one.head is not None and one.task.one.head.state == state))
        and (not gap or (gap == "any" and bool(one.missing)) or (gap == "waiting" and one.waiting))
    ]  # fmt: skip


def grouped(every: Sequence[Row], by: str) -> list[tuple[Say, list[Row]]]:
    """Rows under the section of the report that they stand in, or under their lead unit."""
    if by == "unit":
        units = sorted(every, key=lambda one: (one.row.lead_id, one.task.number))
        return [
            (group[0].lead, group)
            for _code, some in groupby(units, key=lambda one: one.row.lead_id)
            if (group := list(some))
        ]
    found: dict[str, list[Row]] = {}
    for one in every:
        found.setdefault(" › ".join(one.section[:2]), []).append(one)
    return [(Say(title or "没有章节", title or "No section"), some) for title, some in found.items()]


def plan_year(report: Report) -> int:
    """The year whose quarters the nodes of this report's tasks mean."""
    return int(report.findings["meta"].get("plan_year") or report.year)
