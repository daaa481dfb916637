"""The demo's penalties are made by the ordinary actions and stand where the pages say they stand."""

from __future__ import annotations

from datetime import date
from random import Random

from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date, to_datetime
from bihuan.config.demo.inspections import fill_inspections, plan_inspections
from bihuan.config.demo.penalties import fill_penalties
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from bihuan.penalties import queries
from bihuan.penalties.tests.conftest import UNIT, Bureau
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.subjects.queries import classes_waiting


def test_the_demo_shows_penalties_at_several_stages(bureau: Bureau) -> None:
    for n in range(3):
        person = Person.objects.create_user(f"d{n}", name=f"示{n}")
        people.give_post(person, UNIT, "enforcer", date(2016, 1, 1))
    until = at("2026-11-20 10:00")
    world = World(Random(1), Staff.there(), until)
    plan_inspections(world)
    fill_inspections(world)
    fill_penalties(world)
    rows = wall.ask("select state from cases_case where line = 'enforcement' order by id", [], wall.SYSTEM)
    assert [state for (state,) in rows] == ["found", "served", "served", "served", "called", "paying"]
    shown, _more = queries.shown(to_date(day_of(to_datetime(until))))
    assert [one.party for one in shown] == ["示例餐馆13号（虚构）", "示例餐馆11号（虚构）"]
    assert [(one.party, one.to) for one in queries.suggested(to_datetime(until))] == [("示例餐馆11号（虚构）", "C")]  # fmt: skip
    assert [one.to for one in classes_waiting()] == ["C"]
