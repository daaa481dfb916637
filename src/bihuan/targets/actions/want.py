"""What must hold before anything is written: who may act, which place of the report, no undecided number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.targets import living, queries
from bihuan.targets.models import Decision, Report

POSTS = frozenset({"officer", "head"})


def want_office(by: str, unit: str, at: datetime | int, other: Say | None = None) -> None:
    """Officer or head of the supervision office acts here; Refused says so."""
    day = to_instant(at) // 86400
    office = queries.office(day)
    if unit in ("", office) and people.posts_of(by, office, day) & POSTS:
        return
    name = people.known(people.change()).names.get(office, Say(office, office))
    more, more_en = (str(other), f" {other.en}") if other else ("", "")
    raise Refused(
        [
            Say(
                f"须由{name}的经办人或负责人{more}办",
                f"Only an officer or the head of the {name.en}{more_en} may do this",
            )
        ]
    )


def want_mark(report: Report, key: str, kinds: Sequence[str]) -> living.Mark:
    try:
        mark = living.find(report.findings, key)
    except KeyError:
        mark = None
    if mark is None or mark.kind not in kinds:
        raise BadInput([("key", Say("报告里没有这一处", "The report has no such place"))])
    return mark


def want_certain(report: Report, mark: living.Mark) -> None:
    """A number that may have been damaged is not promised to anybody before a person decided what it says."""
    decided = set(Decision.objects.filter(report=report).values_list("start", "end"))
    open_ones = [
        doubt
        for doubt in queries.doubtful_numbers(report.findings, mark)
        if (doubt.start, doubt.end) not in decided
    ]
    if open_ones:
        words, en = (
            "、".join(f"“{d.fact['text']}”" for d in open_ones),
            ", ".join(f"“{d.fact['text']}”" for d in open_ones),
        )
        raise Refused(
            [
                Say(
                    f"{words}存疑，先认定采用哪个写法，再确认这一项",
                    f"{en} is doubtful: decide what it says before confirming",
                )
            ]
        )
