"""Demonstration zones in the database: proposed by one, ruled on by another, every version kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import seed
from bihuan.core.time.instant import at, day
from bihuan.places import actions, zones
from bihuan.places.models import Zone
from bihuan.places.roster import Unfit
from bihuan.places.sheet import sheet

__all__ = ["seed"]
pytestmark = pytest.mark.django_db
D = day("2026-10-12")
STREET = "120104001"


@pytest.fixture(autouse=True)
def _places(seed: Path) -> None:
    actions.load_places(seed)


def inside(size: float, dx: float = 0.0) -> dict[str, Any]:
    """A square in degrees around a point well inside the street."""
    x, y = sheet().streets[STREET].middle
    x += dx
    ring = [(x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def street() -> dict[str, Any]:
    """The whole street, which is a zone of it."""
    return {"type": "Polygon", "coordinates": [[list(p) for p in sheet().streets[STREET].rings[0]]]}


def propose(polygon: dict[str, Any], name: str = "长虹示范区", **more: Any) -> Zone:
    given = {"by": "1", "at": to_datetime(at("2026-10-12 10:00")), "day": D} | more
    return actions.propose_zone(STREET, name, polygon, "年度安排", **given)


def rule(
    row: Zone, agreed: bool, by: str = "2", since: date = date(2026, 10, 13), note: str = "同意"
) -> Zone:
    return actions.rule_zone(row.pk, agreed, note, since, by=by, at=to_datetime(at("2026-10-12 11:00")))


def test_the_one_who_proposes_does_not_approve_and_the_old_boundary_stays() -> None:
    row = propose(street())
    assert row.area > 1e6 and row.code == f"{STREET}-1"
    with pytest.raises(Unfit, match="不能自己批"):
        rule(row, True, by="1")
    with pytest.raises(IntegrityError, match="places_zone_two"), transaction.atomic():
        Zone.objects.filter(pk=row.pk).update(ruled_by="1")
    assert zones.zones_on(date(2026, 10, 13)) == []
    rule(row, True)
    assert zones.zones_on(date(2026, 10, 12)) == [] and len(zones.zones_on(date(2026, 10, 13))) == 1
    with pytest.raises(Unfit, match="没有这个待批"):
        rule(row, True)
    again = propose(street(), "长虹示范区（扩）", code=row.code, at=to_datetime(at("2026-11-01 10:00")))
    with pytest.raises(Unfit, match="已经有一个待批"):
        propose(street(), code=row.code)
    with pytest.raises(Unfit, match="新的要在那以后"):
        rule(again, True, since=date(2026, 10, 13))
    rule(again, True, since=date(2026, 11, 2))
    assert [z.name for z in zones.zones_on(date(2026, 11, 2))] == ["长虹示范区（扩）"]
    assert [z.name for z in zones.zones_on(date(2026, 11, 1))] == ["长虹示范区"]
    # assessment goes on by the old boundary for ninety days
    assert zones.counting_zones(day("2026-11-02"))[row.code].name == "长虹示范区"
    assert zones.counting_zones(day("2027-01-31"))[row.code].name == "长虹示范区（扩）"
    assert len(zones.zone_story(row.code)) == 2


def test_a_refused_boundary_is_kept_with_its_reason() -> None:
    row = propose(street())
    with pytest.raises(Unfit, match="没有写"):
        rule(row, False, note=" ")
    assert rule(row, False, note="画在好管的地方").agreed is False
    assert zones.zones_on(date(2027, 1, 1)) == [] and zones.proposals() == []
    assert propose(street()).code == f"{STREET}-2"


@pytest.mark.parametrize(
    ("polygon", "said"),
    [(lambda: inside(0.002), "不足 1.000 平方公里"), (lambda: inside(0.02), "在本街道以外"), (lambda: {"type": "Line"}, "不是一个多边形")],
)  # fmt: skip
def test_what_is_no_zone_is_refused(polygon: Any, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        propose(polygon())
    assert not Zone.objects.exists()


def test_two_zones_do_not_share_ground_even_if_both_were_proposed() -> None:
    first, second = propose(street()), propose(street(), "另一块", code="")
    rule(first, True)
    with pytest.raises(Unfit, match="与示范区“长虹示范区”重叠"):
        rule(second, True)


def test_the_cells_of_a_zone_are_those_it_touches() -> None:
    rule(propose(street()), True)
    cells = zones.zoned_cells(zones.zones_on(date(2026, 10, 13)))
    # the outline of a street is drawn a centimetre wider than its cells: that makes no neighbour a cell of the zone
    assert cells == {c for c in sheet().cells if c.startswith(STREET)}
