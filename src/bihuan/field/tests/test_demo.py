"""The collector whose account the demo prints has something to do when it opens."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bihuan.cases.tests.conftest import District
from bihuan.config.demo import street
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from bihuan.field.tests.conftest import Telephone


def test_the_demo_s_collector_has_errands(district: District, phone: Callable[[str], Telephone]) -> None:
    staff, until = Staff(), at("2026-10-12 10:00")
    staff.by_post["nk.jiandu", "collector"] = [district.id("caiji"), district.id("caiji2")]
    staff.by_post["nk.jiandu", "acceptor"] = [district.id("shouli")]
    world = World(Random(1), staff, until)
    before = world.rng.getstate()
    world.start(until - street.FIRST, street.errands(world))
    world.run(lambda _at: None)
    tasks = phone("caiji").tasks()
    assert len(tasks) == street.ERRANDS and all(task["street"][0] == "长虹街道" for task in tasks)
    assert world.refused == {} and phone("caiji2").tasks() == []
    assert world.rng.getstate() == before  # the month's own chance is as it was
