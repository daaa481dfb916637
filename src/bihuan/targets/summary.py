"""A leader's page: which promises are off track, who holds them and how long, what is due next. Counts are honest:
only what could be checked is rated, and a goal without readings is "no data", never on track."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date, to_instant
from bihuan.cases.held import Held, held
from bihuan.cases.paced import Measured
from bihuan.core.case.light import RED
from bihuan.core.say import Say
from bihuan.core.score.pace import BEHIND, FAR_BEHIND
from bihuan.targets import board, living, queries, sift, verdicts
from bihuan.targets.measured import paced
from bihuan.targets.models import Report
from bihuan.targets.parts import Followed
from bihuan.targets.paths import GoalPath, goal_path

STANDINGS = ("off", "open", "done", "ended")
SLOW = frozenset({BEHIND, FAR_BEHIND})


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next: a node of the plan, or the limit of the present step."""

    on: datetime | date
    what: Say
    is_node: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise on the page. `why` are the reasons it is off track, empty where it is not."""

    one: Followed
    why: tuple[Say, ...]
    held: Held | None
    next: Next | None
    path: GoalPath | None
    measured: Measured | None
    told: str = ""  # the last word of the unit: inside the house only

    @property
    def standing(self) -> str:
        """off, open, done or ended."""
        if self.one.head is None or self.one.head.final:
            return sift.standing(self.one)
        return "off" if self.why else "open"

    @property
    def has_data(self) -> bool:
        """Whether any figure says how it goes."""
        return bool((self.path and self.path.later) or (self.measured and self.measured.readings))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How many promises a unit leads, and how they stand."""

    unit: str
    title: Say
    off: int
    open: int
    done: int
    ended: int

    @property
    def all(self) -> int:
        return self.off + self.open + self.done + self.ended

    @property
    def said(self) -> Say:
        return Say(
            f"落后 {self.off}，在办 {self.open}，办成 {self.done}，没有办成 {self.ended}",
            f"{self.off} behind, {self.open} in progress, {self.done} done, {self.ended} not done",
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The page. `soft` are followed and never rated; they are in none of the counts."""

    report: Report
    off: tuple[Promise, ...]
    open: tuple[Promise, ...]
    done: tuple[Promise, ...]
    ended: tuple[Promise, ...]
    soft: int
    soft_late: tuple[Promise, ...]
    units: tuple[UnitRow, ...]
    goals: int  # with a figure
    read: int  # of these with a reading

    @property
    def rated(self) -> int:
        return len(self.off) + len(self.open) + len(self.done) + len(self.ended)


def summary(pk: int | None, at: datetime | int, staff: bool = False) -> Summary:
    """The summary of a report; NoSuchReport. What is not public is there for staff only."""
    report = queries.report(pk)
    rows = [row for row in board.rows_of(report.pk) if staff or row.public]
    found = queries.followed(rows, at)
    ids = [one.row.case_id for one in found]
    now_held, measures = held(ids, at), paced(ids, at)
    told = dict(wall.ask(board.PROGRESS, [ids], wall.ALL)) if staff and ids else {}
    paths = _paths(report, staff)
    every = [
        _promise(one, now_held.get(one.row.case_id), measures.get(one.row.case_id), paths, at, told) for one in found
    ]  # fmt: skip
    rated = [one for one in every if one.one.row.rated]
    soft = [one for one in every if not one.one.row.rated]

    def of(standing: str) -> tuple[Promise, ...]:
        return tuple(sorted((one for one in rated if one.standing == standing), key=_order))

    return Summary(
        report, of("off"), of("open"), of("done"), of("ended"), len(soft),
        tuple(one for one in soft if one.standing == "off"), _units(rated), len(paths),
        sum(bool(way.later) for way in paths.values()),
    )  # fmt: skip


def _paths(report: Report, staff: bool) -> dict[str, GoalPath]:
    readings = queries.readings_of(report, staff)
    ways = (
        (mark.key, goal_path(report.findings, mark.fact, *readings))
        for mark in living.marks(report.findings) if mark.kind == "goal"
    )  # fmt: skip
    return {key: way for key, way in ways if way is not None}


def _promise(
    one: Followed, holding: Held | None, measured: Measured | None, paths: Mapping[str, GoalPath], at: datetime | int,
    told: Mapping[int, str],
) -> Promise:  # fmt: skip
    keys = [source.key for source in one.row.sources.all()]
    path = next((paths[key] for key in keys if key in paths), None)
    final = one.head is None or one.head.final
    last = str(orjson.loads(told.get(one.row.case_id) or "{}").get("text") or "")
    return Promise(
        one, () if final else _why(measured, path), None if final else holding, None if final else _next(one, at), path,
        measured, last,
    )  # fmt: skip


def _why(measured: Measured | None, path: GoalPath | None) -> tuple[Say, ...]:
    """The reasons a promise is off track: a clock that is late, figures that are behind. Not the arithmetic of the report."""
    why = []
    if measured and measured.light.colour == RED:
        why.append(measured.light.says)
    if measured and measured.pace and measured.pace.standing in SLOW:
        why.append(measured.pace.says)
    if path and path.later:
        verdict = verdicts.judge(path)
        if verdict.short:
            why.append(verdict.finding)
    return tuple(why)


def _next(one: Followed, at: datetime | int) -> Next | None:
    today = to_date(day_of(at))
    nodes = [node for node in one.row.nodes.all() if node.due >= today]
    head = one.head
    due = head.due_at if head else None
    if nodes and (due is None or nodes[0].due <= due.date()):
        return Next(nodes[0].due, Say(nodes[0].text, nodes[0].text), True)
    return Next(due, head.state_title, False) if head and due else None


def _order(one: Promise) -> tuple[bool, int, float, int]:
    """Late by its clock first, then whoever has held it longest, then what is due first."""
    late = bool(one.measured and one.measured.light.colour == RED)
    due = one.one.head.due_at if one.one.head else None
    return (
        not late, -(one.held.days if one.held else 0), to_instant(due) if due else float("inf"), one.one.row.pk,
    )  # fmt: skip


def _units(rated: Sequence[Promise]) -> tuple[UnitRow, ...]:
    """Units by how many promises are off track, then by how many they lead."""
    by: dict[str, list[Promise]] = {}
    for one in rated:
        by.setdefault(one.one.row.lead_id, []).append(one)
    rows = [
        UnitRow(unit, some[0].one.lead, *(sum(p.standing == code for p in some) for code in STANDINGS))
        for unit, some in by.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.off, -row.all, row.unit)))
