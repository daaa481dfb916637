"""Reads of what the report proposes: goals and tasks with suggested leads, doubts, rejections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bihuan.cases.edge import to_instant
from bihuan.people import queries as people
from bihuan.targets import around, living, queries
from bihuan.targets.board import rejected
from bihuan.targets.living import Mark
from bihuan.targets.models import Rejection, Report
from bihuan.targets.plan import category_of
from bihuan.targets.preview import doubtful
from bihuan.targets.queries import Followed
from bihuan.targets.suggest import Suggestion


@dataclass(frozen=True, slots=True)
class Chapter:
    """The proposals of one section of the report."""

    title: tuple[str, ...]
    rows: tuple[Proposal, ...]
    ready: int  # how many of them wait to be confirmed and have a suggested lead and no doubtful number


@dataclass(frozen=True, slots=True)
class Waiting:
    """A doubtful place nobody has decided, with its words in the text and how many proposals wait for it."""

    mark: Mark
    before: str
    after: str
    holds: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A goal or task of the report that may become a commitment."""

    mark: Mark
    measurability: str
    lead: Suggestion | None
    doubts: tuple[Mark, ...]  # numbers nobody has decided yet
    followed: Followed | None
    category: str
    rejected: Rejection | None
    within: str = (
        ""  # of a goal: the task that says it in the same words and is still open; one commitment of both
    )


def proposals(pk: int | None, at: datetime | int) -> tuple[Report, list[Proposal]]:
    """Goals and tasks with suggested leads in the order of the text; a fixed number of queries."""
    found = queries.report(pk)
    known, day = people.known(people.change()), to_instant(at) // 86400
    followers = queries.by_mark(queries.followed(found.commitments.all(), at))
    decided = queries.decisions(found)
    aside = rejected(found.pk)
    out = []
    for mark in living.marks(found.findings):
        if mark.kind not in living.PROPOSALS:
            continue
        damaged = any(q["suspicious"] and tuple(q["span"]) in mark for q in found.findings["quantities"])
        doubts = queries.doubtful_numbers(found.findings, mark) if damaged else []
        out.append(
            Proposal(
                mark=mark, measurability=queries.measurability(mark), lead=queries.lead_for(mark, known, day),
                doubts=tuple(one for one in doubts if (one.start, one.end) not in decided),
                followed=followers.get(mark.key), category=category_of(mark), rejected=aside.get(mark.key),
            )
        )  # fmt: skip
    tasks = [row.mark for row in out if row.mark.kind == "task" and is_open(row)]
    return found, [replace(row, within=_within(row.mark, tasks)) for row in out]


def _within(mark: Mark, tasks: Iterable[Mark]) -> str:
    return next((t.key for t in tasks if mark.kind == "goal" and (mark.start, mark.end) in t), "")


def chapters(rows: Iterable[Proposal]) -> list[Chapter]:
    """The proposals by the sections they stand in, in the order of the text."""
    return [
        Chapter(title, tuple(group), sum(is_open(one) and not one.doubts and bool(one.lead) for one in group))
        for title, found in groupby(rows, key=lambda row: tuple(row.mark.fact["section"][:2]))
        if (group := list(found))
    ]


def is_open(row: Proposal) -> bool:
    """Whether nobody has confirmed it or set it aside."""
    return row.followed is None and row.rejected is None


def tally(rows: Iterable[Proposal]) -> dict[str, int]:
    """How many proposals there are, confirmed, set aside, open, and open but held up by a doubtful number."""
    every = list(rows)
    waits = [row for row in every if is_open(row)]
    return {
        "all": len(every), "done": sum(row.followed is not None for row in every),
        "aside": sum(row.followed is None and row.rejected is not None for row in every), "open": len(waits),
        "held": sum(bool(row.doubts) for row in waits), "unled": sum(row.lead is None for row in waits),
        "within": sum(bool(row.within) for row in waits),
    }  # fmt: skip


def families(rows: Iterable[Proposal], chosen: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """(key, the chosen goals that its task says in the same words) for every key that becomes a commitment."""
    task_of = {row.mark.key: row.within for row in rows if row.within in chosen}
    keys = list(dict.fromkeys(chosen))
    return [
        (key, tuple(one for one in keys if task_of.get(one) == key)) for key in keys if key not in task_of
    ]


def inner(pk: int, key: str, at: datetime | int) -> list[Proposal]:
    """Open goals that this task says in the same words."""
    return [row for row in proposals(pk, at)[1] if row.within == key and is_open(row) and not row.doubts]


def to_decide(report: Report, rows: Iterable[Proposal]) -> list[Waiting]:
    """Doubtful numbers of the whole report that nobody has decided; those that hold up proposals come first."""
    holds = Counter(doubt.key for row in rows if is_open(row) for doubt in row.doubts)
    done = queries.decisions(report)
    found = []
    for mark in doubtful(report.findings, living.marks(report.findings)):
        if (mark.start, mark.end) not in done:
            a, b = around.sentence(report.text, mark)
            found.append(
                Waiting(mark, report.text[a : mark.start], report.text[mark.end : b], holds[mark.key])
            )
    return sorted(found, key=lambda one: (-one.holds, one.mark.start))


def undecided(page: queries.MarkPage) -> list[Mark]:
    """Doubts on numbers of the mark that nobody has decided yet."""
    done = {(row.start, row.end) for row in page.decided}
    return [
        one
        for one in queries.doubtful_numbers(page.report.findings, page.mark)
        if (one.start, one.end) not in done
    ]
