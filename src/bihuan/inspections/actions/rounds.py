"""From a task to its draw, and from the result of the draw to the inspections: nobody chooses a row of either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.cases.shapes import Refused
from bihuan.core.say import Say
from bihuan.draws import actions as drawing
from bihuan.draws.shapes import Result
from bihuan.inspections import queries
from bihuan.inspections.actions.wants import want_own
from bihuan.inspections.library import items
from bihuan.inspections.models import Inspector, Round, Taken
from bihuan.inspections.queries import LINE
from bihuan.inspections.shapes import NoSuchTask
from bihuan.people import queries as people
from bihuan.subjects import queries as subjects


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a draw needs besides its roster: who gives nonces, which public values, until when."""

    parties: Sequence[str]
    beacons: Sequence[str]
    closes: datetime
    falls: Mapping[str, datetime]
    hash: str = "sha256"
    sealed: bool = False


def freeze(pk: int, terms: Ceremony, *, by: str, unit: str, at: datetime) -> Round:
    """Freeze the roster of a task into a draw: what the registers say now, no row of it chosen by anybody."""
    task = queries.task(pk)
    want_own(task, by, unit, at)
    if not hasattr(task.plan, "adoption"):
        raise Refused([Say("计划还没有批准公示，不能抽取", "The plan is not adopted yet: no draw")])
    found = queries.preview(task, at)
    if found.roster.faults:
        raise Refused(list(found.roster.faults))
    detail = queries.rules_of(task)
    roster = found.roster
    rows = {
        "subjects": roster.subjects, "excluded": roster.excluded, "inspectors": roster.inspectors,
        "avoid": roster.avoid, "plan": [tuple(map(str, row)) for row in roster.plan],
    }  # fmt: skip
    # not in one transaction: a refused second draw leaves its trace in the record, and that must stay
    draw = drawing.freeze(
        authority=task.unit, year=task.plan.year, period=f"{task.plan.year}-{task.pk}", purpose="inspection",
        title=task.title, rows=rows, names=found.names, parties=terms.parties, beacons=terms.beacons, closes=terms.closes,
        reserve=detail.reserve, by=by, unit=unit, at=at, hash=terms.hash, sealed=terms.sealed, ends=task.last,
        falls=terms.falls,
    )  # fmt: skip
    counts = [asdict(count) for count in roster.counts]
    return Round.objects.create(
        task=task, draw=draw.name, counts=counts, moves=dict(found.moves), changes=dict(found.changes), by=by, at=at
    )  # fmt: skip


def take_up(name: str, *, by: str, unit: str, at: datetime) -> tuple[int, int]:
    """Open a case for each business of a draw's result that has none yet: (opened now, cannot be sent for want of
    people). Doing it again opens nothing twice. NoSuchTask for a draw that is none of an inspection."""
    one = Round.objects.select_related("task__plan").filter(draw=name).first()
    if one is None:
        raise NoSuchTask(name)
    want_own(one.task, by, unit, at)
    found = drawing.read_teams(name, purpose="安排检查人、立件", by=by, unit=unit, at=at)
    there = set(one.taken.values_list("code", flat=True))
    people_of = _people()
    opened = short = 0
    teams = {each.sid: each for each in found.selected}
    for each in found.selected:
        who = [people_of[iid] for iid in each.team if iid in people_of]
        if each.short or len(who) < 2:
            short += 1
        elif each.sid not in there and each.sid not in found.replaced:
            _open(one, found, each.sid, str(each.rank), each.stratum, who, "", "", by, unit, at)
            opened += 1
    for gone, following in found.replaced.items():  # a substitute is visited by whom its place was dealt to
        root = gone
        while root not in teams:
            root = next(old for old, new in found.replaced.items() if new == root)
        who = [people_of[iid] for iid in teams[root].team if iid in people_of]
        if following in found.replaced:
            continue
        if len(who) < 2:
            short += 1
        elif following not in there:
            _open(one, found, following, "R", teams[root].stratum, who, gone, _reason(one, gone), by, unit, at)  # fmt: skip
            opened += 1
    return opened, short


def substitute(number: str, *, by: str, unit: str, at: datetime) -> str:
    """After an inspection ended as not inspected: the next substitute of its class, strictly in order, is opened;
    its code."""
    row = Taken.objects.select_related("round__task__plan").filter(number=number).first()
    if row is None:
        raise Refused([Say("这件不是抽取立的", "This case was not opened by a draw")])
    want_own(row.round.task, by, unit, at)
    state = wall.ask("select outcome from cases_case where number = %s", [number], wall.SYSTEM)
    if state[0][0] != "not_inspected":
        raise Refused([Say("审核认定没有检查的，才能递补", "A substitute comes only where the reason for not inspecting was reviewed")])  # fmt: skip
    with transaction.atomic():
        following = drawing.substitute(
            row.round.draw, row.code, _reason(row.round, row.code), by=by, unit=unit, at=at
        )
        take_up(row.round.draw, by=by, unit=unit, at=at)
    return following


def _open(
    one: Round, found: Result, code: str, rank: str, stratum: str, who: Sequence[str], instead: str, reason: str, by: str,
    unit: str, at: datetime,
) -> None:  # fmt: skip
    task = one.task
    known = subjects.known(code)
    first, second, *others = who
    homes = _homes()
    days = max(1, people.to_day(task.last) - day_of(at))
    listed = [(items()[item].name, point.say) for item in task.items for point in items()[item].points]
    data = {
        "title": known.name if known else code, "subject": code, "address": known.address if known else "",
        "agency": task.unit, "first": first, "first_unit": homes[first], "second": second, "second_unit": homes[second],
        "others": "、".join(name for name, _ in people.names_of(others).values()), "limit": f"{days} days",
        "items": "；".join(items()[item].name for item in task.items), "task": task.title, "draw": found.draw,
        "points": [{"item": str(item), "point": str(point)} for item, point in listed],
        "rank": rank, "stratum": stratum, "instead": instead,
    }  # fmt: skip
    with transaction.atomic():
        opened = cases.open_case(
            LINE, "random", by=by, unit=unit, at=at, data={key: value for key, value in data.items() if value},
            key=f"draw:{found.draw}:{code}", answers={"undrawn": _undrawn(found)},
        )  # fmt: skip
        Taken.objects.get_or_create(
            round=one, code=code,
            defaults={"stratum": stratum, "rank": rank, "number": opened.number, "instead": instead, "reason": reason, "at": at},
        )  # fmt: skip


def _undrawn(found: Result) -> Any:
    def answer(draw: str, code: str) -> Say | None:
        drawn = {each.sid for each in found.selected} | found.used
        if draw == found.draw and code in drawn and code not in found.replaced:
            return None
        return Say("这一户不在这次抽取的结果里", "This business is not in the result of the draw")

    return answer


def _people() -> dict[str, str]:
    return dict(Inspector.objects.filter(ended=None).values_list("iid", "person"))


def _homes() -> dict[str, str]:
    return dict(Inspector.objects.filter(ended=None).values_list("person", "unit"))


def _reason(one: Round, code: str) -> str:
    """The enumerated reason for which a business was not inspected."""
    sql = """select e.data->>'reason' from inspections_taken t join cases_case c on c.number = t.number
        join cases_event e on e.case_id = c.id and e.name = 'drop' where t.round_id = %s and t.code = %s
        order by e.seq desc limit 1"""
    rows = wall.ask(sql, [one.pk, code], wall.SYSTEM)
    return str(rows[0][0]) if rows else ""
