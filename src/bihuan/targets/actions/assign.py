"""The assignment of a commitment is edited: who, until when, with which result; every change stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.models import Case
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.people.models import Unit
from bihuan.targets import board
from bihuan.targets.actions.want import want_office
from bihuan.targets.models import Commitment, Edit, Node, Party
from bihuan.targets.plan import LABELS, Plan, faults_of

SET_AT_ONCE = (
    "lead", "category", "leader", "answerable", "responsible", "assisting", "nodes", "result", "evidence", "public",
)  # fmt: skip


def edit(
    commitment_id: int, title: str, lead: str, plan: Plan, *, by: str, unit: str, at: datetime | int,
) -> list[Edit]:  # fmt: skip
    """Change title, lead or plan of a commitment; the changes written. The words of the report never change.

    The lead changes only until the case is approved, and with it the object of the case: afterwards the case itself
    decides it (dispute, appointment).
    """
    want_office(by, unit, at)
    with transaction.atomic():
        row = Commitment.objects.select_for_update().get(pk=commitment_id)
        heading, old_lead = " ".join(title.split()), row.lead_id
        faults = [*_title_faults(heading), *_lead_faults(row, lead)]
        faults += faults_of(plan, lead or old_lead, _codes())
        if faults:
            raise BadInput(faults)
        before = board.values(row.title, old_lead, board.plan_of(row))
        after = board.values(heading, lead, plan)
        changed = [name for name in LABELS if before[name] != after[name]]
        if not changed:
            return []
        Commitment.objects.filter(pk=row.pk).update(
            title=heading, lead_id=lead, category=plan.category, leader=plan.leader, answerable=plan.answerable,
            result=plan.result, evidence=plan.evidence, public=plan.public,
        )  # fmt: skip
        if "lead" in changed:
            names = dict(Unit.objects.filter(pk__in=(old_lead, lead)).values_list("code", "name"))
            said = {"object": lead, "reason": f"{LABELS['lead']}：{names[old_lead]} → {names[lead]}"}
            cases.act(row.case_id, "replan", by=by, unit=unit, at=at, data=said)
        if {"responsible", "assisting", "nodes"} & set(changed):
            write_parties(row, plan)
        moment = to_datetime(to_instant(at))
        return Edit.objects.bulk_create(
            Edit(commitment=row, field=name, old=before[name], new=after[name], by_id=by, at=moment)
            for name in changed
        )


def set_for_all(
    commitment_ids: Sequence[int], field: str, value: Any, *, by: str, unit: str, at: datetime | int,
) -> int:  # fmt: skip
    """Give many commitments the same value of one field, all or none; how many changed."""
    if field not in SET_AT_ONCE:
        raise BadInput([("field", Say("这一栏要逐项改", "This column is edited one by one"))])
    done = 0
    with transaction.atomic():
        for row in Commitment.objects.filter(pk__in=commitment_ids).order_by("pk"):
            lead, plan = _with(row, field, value)
            try:
                done += bool(edit(row.pk, row.title, lead, plan, by=by, unit=unit, at=at))
            except BadInput as bad:
                raise BadInput(
                    [
                        (name, Say(f"“{row.title}”：{say}", f"“{row.title}”: {say.en}"))
                        for name, say in bad.faults
                    ]
                ) from bad
    return done


def _with(row: Commitment, field: str, value: Any) -> tuple[str, Plan]:
    """Lead and plan with one field set; a unit that leads is not named again beside itself."""
    plan = board.plan_of(row)
    lead = value if field == "lead" else row.lead_id
    if field != "lead":
        plan = replace(plan, **{field: value})
    apart: dict[str, Any] = {
        name: tuple(one for one in getattr(plan, name) if one != lead)
        for name in ("responsible", "assisting") if field in ("lead", name)
    }  # fmt: skip
    return lead, replace(plan, **apart)


def want_plan(plan: Plan, lead: str) -> None:
    """BadInput where a plan cannot be taken."""
    faults = faults_of(plan, lead, _codes())
    if faults:
        raise BadInput(faults)


def write_parties(row: Commitment, plan: Plan) -> None:
    """Write units and nodes as the plan has them; what stood there before is in the record of edits."""
    Party.objects.filter(commitment=row).delete()
    Node.objects.filter(commitment=row).delete()
    roles = ((Party.Role.RESPONSIBLE, plan.responsible), (Party.Role.ASSISTING, plan.assisting))
    Party.objects.bulk_create(
        Party(commitment=row, unit_id=code, role=role) for role, codes in roles for code in codes
    )
    Node.objects.bulk_create(Node(commitment=row, due=day, text=text) for day, text in plan.nodes)


def _codes() -> set[str]:
    return set(Unit.objects.values_list("code", flat=True))


def _title_faults(heading: str) -> list[tuple[str, Say]]:
    if heading and len(heading) <= 200:
        return []
    return [("title", Say("请写任务名称，200 字以内", "Give the task a title of at most 200 characters"))]


def _lead_faults(row: Commitment, lead: str) -> list[tuple[str, Say]]:
    if lead == row.lead_id:
        return []
    if not lead or lead not in _codes():
        return [("lead", Say("请选牵头单位", "Choose the lead unit"))]
    with wall.open_to(wall.SYSTEM):
        state = Case.objects.values_list("state", flat=True).get(pk=row.case_id)
    if state == "proposed":
        return []
    return [
        (
            "lead",
            Say(
                "已经批准立项，督查对象不得随意变更；牵头单位由督查件的异议和指定来定",
                "It is approved, and its object is not changed at will: the case decides by dispute and appointment",
            ),
        )
    ]
