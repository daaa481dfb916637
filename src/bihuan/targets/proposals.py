"""Reads of what the report proposes: goals and tasks with suggested leads, doubts, rejections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan.cases.edge import to_instant
from bihuan.people import queries as people
from bihuan.targets import living, queries
from bihuan.targets.board import rejected
from bihuan.targets.living import Mark
from bihuan.targets.models import Rejection, Report
from bihuan.targets.plan import category_of
from bihuan.targets.queries import Followed
from bihuan.targets.suggest import Suggestion


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


def proposals(
    pk: int | None,
    at: datetime | int,
    kind: str = "",
    measure: str = "",
    unit: str = "",
    open_only: bool = False,
) -> tuple[Report, list[Proposal]]:
    """Goals and tasks with suggested leads, filtered; a fixed number of queries."""
    found = queries.report(pk)
    known, day = people.known(people.change()), to_instant(at) // 86400
    followers = queries.by_mark(queries.followed(found.commitments.all(), at))
    decided = queries.decisions(found)
    aside = rejected(found.pk)
    out = []
    for mark in living.marks(found.findings):
        if mark.kind not in living.PROPOSALS or (kind and mark.kind != kind):
            continue
        how = queries.measurability(mark)
        if (measure and how != measure) or (open_only and (mark.key in followers or mark.key in aside)):
            continue
        lead = queries.lead_for(mark, known, day)
        if unit and (lead is None or lead.unit != unit):
            continue
        damaged = any(q["suspicious"] and tuple(q["span"]) in mark for q in found.findings["quantities"])
        doubts = (
            [d for d in queries.doubtful_numbers(found.findings, mark) if (d.start, d.end) not in decided]
            if damaged
            else []
        )
        out.append(
            Proposal(
                mark,
                how,
                lead,
                tuple(doubts),
                followers.get(mark.key),
                category_of(mark),
                aside.get(mark.key),
            )
        )
    return found, out


def undecided(page: queries.MarkPage) -> list[Mark]:
    """Doubts on numbers of the mark that nobody has decided yet."""
    done = {(row.start, row.end) for row in page.decided}
    return [
        one
        for one in queries.doubtful_numbers(page.report.findings, page.mark)
        if (one.start, one.end) not in done
    ]
