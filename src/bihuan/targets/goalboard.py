"""All goals of a report with a figure, each with its picture or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bihuan.core.say import Say
from bihuan.targets import living, queries, verdicts
from bihuan.targets.living import Mark
from bihuan.targets.models import Report
from bihuan.targets.parts import Followed
from bihuan.targets.paths import GoalPath, goal_path, why_not

STANDINGS = {
    "behind": Say("比须达到的慢", "behind"), "abreast": Say("跟得上", "keeping up"),
    "unread": Say("没有读数", "no readings"), "undrawn": Say("没有路可画", "no path"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: a path, or why there is none; `followed` where it is a public commitment."""

    mark: Mark
    path: GoalPath | None
    why_not: Say | None
    followed: Followed | None

    @property
    def standing(self) -> str:
        """Of what is measured only; the report's own arithmetic is no standing."""
        if self.path is None:
            return "undrawn"
        if not self.path.later:
            return "unread"
        short = verdicts.judge(self.path).short
        return "unread" if short is None else "behind" if short else "abreast"


@dataclass(frozen=True, slots=True)
class Board:
    """The goals of the wanted horizon in the order of the text, and how many stand where."""

    report: Report
    goals: tuple[Goal, ...]
    horizons: tuple[tuple[str, int], ...]
    horizon: str
    counts: Mapping[str, int]


def board(pk: int | None, at: datetime | int, horizon: str = "") -> Board:
    """The goals that state a figure; NoSuchReport. A horizon that the report does not have narrows nothing."""
    report = queries.report(pk)
    readings = queries.readings_of(report)
    held = queries.by_mark(queries.followed(report.commitments.filter(public=True), at))
    every = [
        Goal(mark, goal_path(report.findings, mark.fact, *readings), why_not(mark.fact), held.get(mark.key))
        for mark in living.marks(report.findings)
        if mark.kind == "goal" and mark.fact["norm_value"] is not None
    ]  # fmt: skip
    horizons = dict.fromkeys(one.mark.fact["horizon"] for one in every)
    wanted = horizon if horizon in horizons else ""
    goals = tuple(one for one in every if not wanted or one.mark.fact["horizon"] == wanted)
    return Board(
        report, goals, tuple((h, sum(g.mark.fact["horizon"] == h for g in every)) for h in horizons), wanted,
        {code: sum(one.standing == code for one in goals) for code in STANDINGS},
    )  # fmt: skip
