"""The demo's bundles live through the ordinary write path and stand in different states."""

from __future__ import annotations

from datetime import date
from random import Random

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.cases.tests.conftest import District
from bihuan.config.demo.bundles import BUNDLES, bundle
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person


def test_nine_bundles_end_in_every_way(district: District) -> None:
    staff = Staff()
    for unit in ("nk.scjg", "nk.xfzd", "nk.zwb"):
        for post in ("window", "officer", "head"):
            person = Person.objects.create_user(f"{unit}-{post}", name=f"示{post}")
            people.give_post(person, unit, post, date(2016, 1, 1))
            staff.by_post[unit, post] = [str(person.pk)]
    world = World(Random(1), staff, at("2026-05-20 10:00"))
    before = world.rng.getstate()
    for number in range(BUNDLES):
        world.start(at("2026-03-02 09:00") + number * 60, bundle(world, number))
    world.run(lambda _at: None)
    assert world.refused == {} and world.rng.getstate() == before
    with wall.open_to(wall.SYSTEM):
        found = list(Case.objects.filter(line="bundles").order_by("id").values_list("state", "outcome"))
        waiting = Case.objects.filter(line="permits", state="correcting").count()
    assert found[0] == ("done", "whole") and found[6] == ("done", "partly")
    assert found[4] == ("running", "") and waiting == 1 and found[7][0] == "done" and found[7][1] != "whole"
