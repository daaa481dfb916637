"""The plan of a year: what is refused with its field, and that two people stand behind what is published."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District
from bihuan.inspections import actions, queries
from bihuan.inspections.models import Task
from bihuan.inspections.tests.bureau import BUREAU, NOW, TASK, planned

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"kind": "undertaker"}, "kind"),
        ({"items": []}, "items"),
        ({"items": ["magic"]}, "items"),
        ({"items": ["lift"]}, "items"),
        ({"items": ["food_service", "fire"]}, "items"),  # another department's, which does not join
        ({"joined": ["nk.nobody"]}, "joined"),
        ({"last": date(2026, 10, 11)}, "last"),
        ({"last": date(2027, 1, 1)}, "last"),
        ({"slots": "food:1"}, "slots"),
        ({"slots": "food"}, "slots"),
        ({"slots": f"food:{'0' * 200}2"}, "slots"),
        ({"slots": "magic:2"}, "slots"),
        ({"slots": "food:1,food:1"}, "slots"),
        ({"slots": "food:0,market:2"}, "slots"),
    ],
)
def test_a_bad_task_is_named(bureau: District, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as bad:
        planned(bureau, dataclasses.replace(TASK, **changed))
    assert [name for name, _ in bad.value.faults] == [f"tasks.1.{field}"]


def test_departments_that_join_bring_their_items(bureau: District) -> None:
    task = planned(bureau, dataclasses.replace(TASK, items=["food_service", "fire"], joined=["nk.xfzd"]))
    assert task.items == ["food_service", "fire"]


def test_one_drafts_and_another_adopts(bureau: District) -> None:
    task = planned(bureau, dataclasses.replace(TASK, slots="food:1:9,market:1"), adopt=False)
    assert queries.plans(public=True) == []
    for who, because in (("jing", "负责人批准"), ("jian1", "负责人批准")):
        with pytest.raises(Refused, match=because):
            actions.adopt_plan(task.plan_id, "", by=bureau.id(who), unit=BUREAU, at=NOW)
    actions.adopt_plan(task.plan_id, "", by=bureau.id("juzhang"), unit=BUREAU, at=NOW)
    assert [plan.pk for plan in queries.plans(public=True)] == [task.plan_id]
    with pytest.raises(Refused, match="已经批准过"):
        actions.adopt_plan(task.plan_id, "", by=bureau.id("juzhang"), unit=BUREAU, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.update(slots="food:1,market:1")
    assert [slot.text for slot in queries.slots_of(task)] == ["food:1:9", "market:1"]


def test_a_head_who_drafted_does_not_adopt(bureau: District) -> None:
    plan = actions.draft_plan(2026, "另一份（例）", [TASK], by=bureau.id("juzhang"), unit=BUREAU, at=NOW)
    with pytest.raises(Refused, match="不能自己批准"):
        actions.adopt_plan(plan.pk, "", by=bureau.id("juzhang"), unit=BUREAU, at=NOW)
    with pytest.raises(BadInput, match="同名的计划"):
        actions.draft_plan(2026, "另一份（例）", [TASK], by=bureau.id("jing"), unit=BUREAU, at=NOW)
    with pytest.raises(Refused):
        actions.draft_plan(2026, "第三份（例）", [TASK], by=bureau.id("jian1"), unit=BUREAU, at=NOW)
