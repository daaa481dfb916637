"""The plan of a year: drafted by one person, adopted by another, published from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.cases.edge import day_of
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.inspections.actions.wants import Faults, want_leader
from bihuan.inspections.library import items, kinds, pools
from bihuan.inspections.models import Adoption, Plan, Task
from bihuan.inspections.queries import units_name
from bihuan.inspections.shapes import NoSuchTask
from bihuan.people import queries as people


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task as it was written: codes of items and units, `slots` as "pool:count[:cap],…"."""

    title: str
    kind: str
    items: Sequence[str]
    slots: str
    first: date
    last: date
    joined: Sequence[str] = ()


def draft_plan(year: int, title: str, wanted: Sequence[Wanted], *, by: str, unit: str, at: datetime) -> Plan:
    """Write the plan of a year with its tasks; nothing is public or drawn before another person adopts it."""
    want_leader(by, unit, at)
    faults: Faults = []
    if not title.strip() or len(title) > 200:
        faults.append(("title", Say("请写计划名称，不超过 200 字", "Give the plan a title of at most 200 characters")))  # fmt: skip
    if not wanted:
        faults.append(("tasks", Say("计划里还没有任务", "The plan has no task")))
    for number, one in enumerate(wanted, 1):
        faults += [(f"tasks.{number}.{key}", say) for key, say in task_faults(one, year, unit)]
    if Plan.objects.filter(year=year, unit=unit, title=title.strip()).exists():
        faults.append(("title", Say("同名的计划已经有了", "There is a plan of this title")))
    if faults:
        raise BadInput(faults)
    with transaction.atomic():
        plan = Plan.objects.create(year=year, unit=unit, title=title.strip(), by=by, at=at)
        for one in wanted:
            Task.objects.create(
                plan=plan, unit=unit, title=one.title.strip(), joined=list(one.joined), kind=one.kind, items=list(one.items),
                slots=one.slots, first=one.first, last=one.last,
            )  # fmt: skip
    return plan


def task_faults(one: Wanted, year: int, unit: str) -> Faults:
    """What keeps a task of this department out of a plan, by field."""
    faults: Faults = []
    nobody = next((code for code in one.joined if code not in people.known(people.change()).names), None)
    if nobody is not None:
        faults.append(("joined", Say(f"没有“{nobody[:32]}”这个单位", f"There is no unit {nobody[:32]!r}")))
    if not one.title.strip() or len(one.title) > 200:
        faults.append(("title", Say("请写任务名称", "Give the task a title")))
    if one.kind not in kinds():
        faults.append(("kind", Say("没有这类对象", "There is no such kind")))
    unknown = set(one.items) - items().keys()
    if not one.items or unknown:
        faults.append(("items", Say("抽查事项要在清单上，至少一项", "Items are of the list, one at least")))
    elif one.kind in kinds() and any(items()[code].kind not in ("any", one.kind) for code in one.items):
        faults.append(("items", Say("这些事项不都适用于这类对象", "Not all of these items apply to this kind")))  # fmt: skip
    elif strange := sorted({items()[code].unit for code in one.items} - {unit, *one.joined}):
        whose = units_name(strange)
        faults.append(("items", Say(f"有的事项由{whose}检查：请把它写成配合部门，或者去掉这些事项", f"Some items are inspected by {whose.en}: have it join, or leave them out")))  # fmt: skip
    if one.last < one.first or one.first.year != year or one.last.year != year:
        faults.append(("last", Say("起止要在这一年里，截止不早于开始", "The days lie within the year, the last not before the first")))  # fmt: skip
    rows = [part.split(":") for part in one.slots.split(",")]
    good = len(one.slots) <= 200 and all(2 <= len(row) <= 3 and row[0] in pools() and all(n.isdecimal() and int(n) for n in row[1:]) for row in rows)  # fmt: skip
    if not good or len({row[0] for row in rows}) != len(rows):
        faults.append(("slots", Say("写清楚每种专业去几名；人数和每人最多都是整数", "Say how many go of which speciality; both are whole numbers")))  # fmt: skip
    elif sum(int(row[1]) for row in rows) < 2:
        faults.append(("slots", Say("一次检查不得少于两人（行政处罚法§42）", "There are at least two inspectors (行政处罚法§42)")))  # fmt: skip
    return faults


def adopt_plan(pk: int, words: str, *, by: str, unit: str, at: datetime) -> Adoption:
    """The head of the department, and not who drafted it, adopts the plan; it is public from then on."""
    plan = Plan.objects.filter(pk=pk).first()
    if plan is None:
        raise NoSuchTask(str(pk))
    if unit != plan.unit or "head" not in people.posts_of(by, unit, day_of(at)):
        raise Refused([Say("由本部门负责人批准", "The head of the department adopts it")])
    if plan.by == by:
        raise Refused([Say("起草的人不能自己批准", "Whoever drafted it may not adopt it")])
    if Adoption.objects.filter(plan=plan).exists():
        raise Refused([Say("已经批准过了", "It is adopted already")])
    return Adoption.objects.create(plan=plan, words=words.strip()[:500], by=by, unit=unit, at=at)
