"""Demonstration zones of the demo: one in every street but the last, so that the list has something to say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shapely import Polygon, box
from shapely.geometry import mapping

from bihuan.config.demo.staff import Staff
from bihuan.core.place.area import area_m2
from bihuan.places import actions, queries
from bihuan.places.sheet import sheet

CENTRE = "nk.jiandu"
LEAST = 1_020_000.0  # m²


def mark_zones(staff: Staff, at: datetime, days: int = 75) -> None:
    """Proposed by an acceptor, approved by the head of the centre `days` before the moment; one change waits."""
    since = at - timedelta(days=days)
    day = since.toordinal() - 719_163
    names = {code: zh for code, (zh, _) in queries.division_names().items()}
    clerk, head = staff.of(CENTRE, "acceptor")[0], staff.of(CENTRE, "head")[0]
    made = []
    for street in list(sheet().streets)[:-1]:
        shape = around_middle(street, LEAST)
        if shape is None:
            continue
        name = f"{names[street].removesuffix('街道')}示范区"
        row = actions.propose_zone(street, name, shape, "演示：年度安排", by=clerk, at=since, day=day)
        made.append(actions.rule_zone(row.pk, True, "", since.date(), by=head, at=since))
    first = made[0]
    larger = around_middle(first.street, LEAST * 1.2)
    if larger is not None:
        actions.propose_zone(
            first.street, f"{first.name}（扩）", larger, "演示：扩展范围", code=first.code, by=clerk,
            at=at - timedelta(days=1), day=day,
        )  # fmt: skip


def around_middle(street: str, least: float) -> dict[str, Any] | None:
    """The part of a street within the smallest square around its middle that has this area; None where it falls
    apart before."""
    shape = sheet().streets[street]
    ground, (x, y) = Polygon(shape.rings[0]), shape.middle
    for n in range(40, 400):
        part = ground.buffer(-1e-6).intersection(
            box(x - n * 1.3e-4, y - n * 1e-4, x + n * 1.3e-4, y + n * 1e-4)
        )
        if part.geom_type != "Polygon":
            continue
        if area_m2([list(part.exterior.coords)]) >= least:
            return dict(mapping(Polygon([(round(a, 7), round(b, 7)) for a, b in part.exterior.coords])))
    return None
