"""The demo's inspections are made by the ordinary actions, and stand where the page says they stand."""

from __future__ import annotations

from random import Random

import pytest

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District
from bihuan.config.demo.inspections import BUSINESSES, fill_inspections, plan_inspections
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from bihuan.inspections import queries
from bihuan.inspections.published import results
from bihuan.people import actions as people
from bihuan.people.models import Person

pytestmark = pytest.mark.django_db


def test_the_demo_shows_inspections_at_every_stage(district: District) -> None:
    from datetime import date

    for n, post in enumerate(("officer", "head", "reviewer", *["enforcer"] * 5)):
        person = Person.objects.create_user(f"d{n}", name=f"示{n}")
        people.give_post(person, "nk.scjg", post, date(2016, 1, 1))
    until = at("2026-11-20 10:00")
    world = World(Random(1), Staff.there(), until)
    plan_inspections(world)
    fill_inspections(world)
    shown = [one.at for one in results()[0]]
    assert len(shown) >= 5 and shown == sorted(shown, reverse=True), "the latest published first"
    assert {str(one.follow) for one in results()[0]} == {"没有后续", "责令改正中", "已移送立案"}
    (plan,) = queries.plans(public=True)
    found = queries.preview(plan.tasks.get(), to_datetime(until))
    assert found.roster.faults == () and sum(one.listed for one in found.roster.counts) == BUSINESSES
