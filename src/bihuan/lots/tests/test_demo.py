"""The demo's round stands before its lot: oversubscribed, with twins, children of soldiers, one twice, one under age."""

from __future__ import annotations

from random import Random

from bihuan.cases.edge import to_datetime
from bihuan.config.demo.lots import CHILDREN, SEATS, fill_lots
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from bihuan.lots import queries
from bihuan.lots.tests.conftest import School


def test_the_demo_waits_for_its_lot(school: School) -> None:
    until = at("2026-10-28 10:00")
    fill_lots(World(Random(1), Staff.there(), until))
    now = queries.stand("school-2026-1", to_datetime(until))
    assert now.found is not None and now.found.needs_draw and now.numbers == CHILDREN
    assert sorted(now.found.out.values()) == ["double", "young"]
    assert list(now.found.direct.values()) == ["group", "group"] and now.found.seats == SEATS - 2
    assert [lot.places for lot in now.found.lots if lot.places > 1] == [2]
    assert now.standing is None and now.draw == "" and now.found.alone == ()
