"""Who changed what on a task, and its goals in all their versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.targets import goals
from bihuan.targets.goals import Change, Terms, Version
from bihuan.targets.models import Commitment, Report, Target
from bihuan.targets.plan import LABELS
from bihuan.targets.table.entries import Units, written
from bihuan.targets.table.rows import Row, terms_of


@dataclass(frozen=True, slots=True)
class GoalOf:
    """A goal as it holds now, the versions that held, every change of it with its ruling."""

    target: int
    key: str
    terms: Terms
    figure: Say
    versions: tuple[Version, ...]
    changes: tuple[Change, ...]

    @property
    def waiting(self) -> Change | None:
        return next((change for change in self.changes if change.agreed is None), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the record of edits."""

    at: datetime
    who: Say
    label: Say
    old: str
    new: str


def goals_of(one: Row) -> list[GoalOf]:
    """The goals that a task stands on: one a quoted goal."""
    return _goals(source.target for source in one.row.sources.all() if source.target)


def log(one: Row, units: Units, english: bool) -> list[Entry]:
    """Every edit of the assignment, the newest first, with the person who made it."""
    edits = sorted(one.row.edits.all(), key=lambda edit: -edit.pk)
    names = people.names_of({str(edit.by_id) for edit in edits})
    return [
        Entry(
            edit.at, Say(*names.get(str(edit.by_id), ("", ""))), LABELS[edit.field],
            written(edit.field, edit.old, units, english), written(edit.field, edit.new, units, english),
        )
        for edit in edits
    ]  # fmt: skip


def changed_goal(task: Commitment, key: str) -> GoalOf | None:
    """The goal of one mark of a task where it was changed, else None; one query while nothing was."""
    rows = task.sources.filter(key=key, target__changes__ruling__agreed=True)
    found = rows.select_related("target__indicator").first()
    return _goals([found.target])[0] if found and found.target else None


@dataclass(frozen=True, slots=True)
class Changed:
    """A goal of the report that was changed, with the first public task that stands on it."""

    goal: GoalOf
    title: str


def changed_goals(report: Report) -> list[Changed]:
    """Goals of public tasks that were changed with a second person's word, in the order of the text."""
    rows = Commitment.objects.filter(
        report=report, public=True, sources__target__changes__ruling__agreed=True
    )
    titles: dict[int, str] = {}
    for pk, title in rows.order_by("pk").values_list("sources__target", "title"):
        titles.setdefault(pk, title)
    targets = Target.objects.filter(pk__in=titles).select_related("indicator")
    found = _goals(sorted(targets, key=lambda one: (int(one.key.split("-")[1]), one.pk)))
    return [Changed(goal, titles[goal.target]) for goal in found]


def _goals(targets: Iterable[Target]) -> list[GoalOf]:
    found = {target.pk: target for target in targets}
    terms, changes = terms_of(found.values()), goals.changes(list(found))
    return [
        GoalOf(
            pk, target.key, terms[pk], goals.figure(terms[pk][1], terms[pk][2]),
            goals.versions_of(changes.get(pk, []), terms[pk]), tuple(changes.get(pk, ())),
        )
        for pk, target in found.items()
    ]  # fmt: skip
