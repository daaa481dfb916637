"""The demo's round stands before its lot: oversubscribed, with twins, children of soldiers, one twice, one under age."""

from __future__ import annotations

from datetime import date
from random import Random

from bihuan.cases.edge import to_datetime
from bihuan.config.demo.lots import CHILDREN, SEATS, fill_lots
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from bihuan.lots import queries
from bihuan.lots.tests.conftest import School
from bihuan.people import actions as people
from bihuan.people.models import Person


def test_the_demo_waits_for_its_lot(school: School) -> None:
    for name, unit in (("chezhu", "nk.cgw"), ("fang", "nk.zjw")):
        people.give_post(
            Person.objects.create_user(name, name=f"测试{name}"), unit, "officer", date(2016, 1, 1)
        )
    until = at("2026-10-28 10:00")
    fill_lots(World(Random(1), Staff.there(), until))
    now = queries.stand("school-2026-1", to_datetime(until))
    assert now.found is not None and now.found.needs_draw and now.numbers == CHILDREN
    assert sorted(now.found.out.values()) == ["double", "young"]
    assert list(now.found.direct.values()) == ["group", "group"] and now.found.seats == SEATS - 2
    assert [lot.places for lot in now.found.lots if lot.places > 1] == [2]
    assert now.standing is None and now.draw == "" and now.found.alone == ()
    parking = queries.stand("parking-2026-1", to_datetime(until))
    assert parking.found is not None and parking.found.needs_draw and parking.standing is None
    assert list(parking.found.out.values()) == ["double"] and list(parking.found.direct.values()) == ["group"]
    housing = queries.stand("housing-2026-1", to_datetime(until))
    assert housing.standing is not None and not housing.standing.waiting and housing.draw == ""
