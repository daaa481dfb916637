"""Reads of the table of tasks 任务分解表: plans, rejections, what the desk shows of each commitment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_instant
from bihuan.cases.hat import Hat
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.people.models import Unit
from bihuan.targets import living, queries
from bihuan.targets.models import Commitment, Party, Rejection, Report
from bihuan.targets.plan import Plan, said_nodes
from bihuan.targets.queries import Followed
from bihuan.targets.suggest import Suggestion, suggest_beside
from bihuan.targets.table.entries import Units

PROGRESS = """
select distinct on (case_id) case_id, data::text from cases_event
where case_id = any(%s) and name = 'progress' order by case_id, seq desc
"""


MERGED = "select case_id, data ->> 'main' from cases_event where case_id = any(%s) and name = 'merge'"


class NoSuchTask(Exception):
    """There is no commitment of this number."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Tasks of one report that are one matter: the case this one went into, and the tasks that came into it."""

    into: str  # number of the other case, "" where it stands alone
    here: tuple[Commitment, ...]


def merged(row: Commitment, number: str) -> Merged:
    """What became one with this task; two queries."""
    tasks = {one.case_id: one for one in Commitment.objects.filter(report_id=row.report_id)}
    mains = dict(wall.ask(MERGED, [list(tasks)], wall.SYSTEM))
    return Merged(
        mains.get(row.case_id, ""), tuple(tasks[case] for case, main in mains.items() if main == number)
    )


def rejected(report: int) -> dict[str, Rejection]:
    """Proposals that are set aside: the latest word on each."""
    latest = {row.key: row for row in Rejection.objects.filter(report_id=report).order_by("id")}
    return {key: row for key, row in latest.items() if not row.withdrawn}


def plan_of(row: Commitment) -> Plan:
    """The assignment as it stands; parties and nodes are prefetched on lists."""
    parties = list(row.parties.all())
    return Plan(
        category=row.category, leader=row.leader, answerable=row.answerable,
        responsible=tuple(p.unit_id for p in parties if p.role == Party.Role.RESPONSIBLE),
        assisting=tuple(p.unit_id for p in parties if p.role == Party.Role.ASSISTING),
        nodes=tuple((node.due, node.text) for node in row.nodes.all()),
        result=row.result, evidence=row.evidence, public=row.public,
    )  # fmt: skip


def values(title: str, lead: str, plan: Plan) -> dict[str, str]:
    """Title, lead and plan as words, as the record of edits keeps them."""
    return {
        "title": title, "lead": lead, "category": plan.category, "leader": plan.leader,
        "answerable": plan.answerable, "responsible": "、".join(plan.responsible), "assisting": "、".join(plan.assisting),
        "nodes": said_nodes(plan.nodes), "result": plan.result, "evidence": plan.evidence,
        "public": "是" if plan.public else "否",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the table: the commitment, its case, its plan, and the units by their names."""

    number: int
    one: Followed
    plan: Plan
    responsible: tuple[Say, ...]
    assisting: tuple[Say, ...]
    progress: Mapping[str, Any]  # data of the last report of progress

    @property
    def row(self) -> Commitment:
        return self.one.row


def rows_of(report: int) -> Any:
    """Commitments of a report in the order of its text, with all that the table shows; a fixed number of queries."""
    return (
        Commitment.objects.filter(report_id=report).select_related("report", "target__indicator")
        .defer("report__text", "report__findings").prefetch_related("parties", "nodes", "sources__target", "edits")
    )  # fmt: skip


def table(report: int, at: datetime | int) -> list[Task]:
    """The table of tasks of a report, numbered in the order of its text."""
    rows = sorted(rows_of(report), key=_place)
    return _tasks(rows, at)


def task(pk: int, at: datetime | int) -> Task:
    """One commitment as the table has it; NoSuchTask."""
    row = Commitment.objects.filter(pk=pk).values_list("report_id", flat=True).first()
    if row is None:
        raise NoSuchTask(f"no commitment {pk}")
    (found,) = _tasks(list(rows_of(row).filter(pk=pk)), at)
    return found


def _place(row: Commitment) -> tuple[int, int]:
    return int(row.key.split("-")[1]), row.part


def _tasks(rows: list[Commitment], at: datetime | int) -> list[Task]:
    names = people.known(people.change()).names
    said = wall.ask(PROGRESS, [[row.case_id for row in rows]], wall.ALL) if rows else []
    told = {case: orjson.loads(data) for case, data in said}
    out = []
    for number, one in enumerate(queries.followed(rows, at), 1):
        plan = plan_of(one.row)
        out.append(
            Task(
                number, one, plan, _named(plan.responsible, names), _named(plan.assisting, names),
                told.get(one.row.case_id) or {},
            )
        )  # fmt: skip
    return out


def _named(codes: Iterable[str], names: Mapping[str, Say]) -> tuple[Say, ...]:
    return tuple(names.get(code) or Say(code, code) for code in codes)


def beside(report: Report, keys: Iterable[str], lead: str, at: datetime | int) -> tuple[Suggestion, ...]:
    """Units that would probably cooperate on these marks, with the reason; suggestions only."""
    known = people.known(people.change())
    texts = []
    for key in keys:
        fact = living.find(report.findings, key).fact
        texts += [fact["text"], *fact.get("projects", ()), *fact.get("objects", ())]
    return suggest_beside(texts, lead, known.duties, known.names, to_instant(at) // 86400)


def commitments(at: datetime | int) -> list[Followed]:
    """Every commitment with its case, what is due first on top; those without a limit last."""
    rows = Commitment.objects.select_related("report", "target").defer("report__text", "report__findings")

    def order(one: Followed) -> tuple[bool, float, int]:
        due = one.head.due_at if one.head and not one.head.final else None
        return (due is None, due.timestamp() if due else 0.0, one.row.pk)

    return sorted(queries.followed(rows, at), key=order)


def matters(codes: Iterable[str], at: datetime | int) -> list[tuple[str, Say]]:
    """Kinds of supervision by their code."""
    day = day_of(at)
    line = lines.at(queries.LINE, day)
    rows = [line.matter(code, day) for code in codes]
    return [(row.code, Say(row.name, row.name_en)) for row in rows]


def lead_units() -> list[tuple[str, Say]]:
    """Units that may lead: government bodies, not the companies that run pipes and lines."""
    rows = Unit.objects.exclude(kind="operator").order_by("code").values_list("code", "name", "name_en")
    return [(code, Say(name, name_en or name)) for code, name, name_en in rows]


def units() -> Units:
    """The units of the district by every name that people write."""
    return Units(people.known(people.change()).names)


def lead_open(one: Followed) -> bool:
    """Whether the lead may still change by a plain edit: until the case is approved."""
    return one.head is not None and one.head.state == "proposed"


def may_rule(hat: Hat, at: datetime | int) -> bool:
    """Whether this hat agrees to changes of goals: head of the supervision office or of the government."""
    day = day_of(at)
    government = str(lines.at(queries.LINE, day).param("government", day).value)
    return hat.unit in (queries.office(day), government) and "head" in hat.posts
