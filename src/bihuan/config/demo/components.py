"""Invented components of the demo: a few in every cell, marked as such, recorded like a table from an office."""

from __future__ import annotations

from datetime import datetime
from random import Random

from bihuan.core.authority.duty import Place, who
from bihuan.core.place.component import STATES, Component
from bihuan.core.rows import Loaded
from bihuan.people import queries as people
from bihuan.places import actions, queries

SEED = 20260701
KINDS = (
    ("03005", "果皮箱"), ("01037", "路灯"), ("01002", "污水井盖"), ("01003", "雨水井盖"), ("02017", "交通护栏"),
    ("04002", "行道树"), ("02012", "路名牌"), ("01029", "电力设施标识牌"),
)  # fmt: skip
EACH = 3  # components a cell
STEP = 0.0004  # degrees around the middle of a cell
SOURCE = "演示数据，不是普查"


def record_demo_components(at: datetime, day: int) -> Loaded:
    """About 2,600 components; the maintaining unit is the one the duty list names."""
    rng, tiling, known = Random(SEED), queries.tiling(), people.known(people.change())
    rows: dict[str, Component] = {}
    for cell in tiling.codes:
        middle = queries.point_of_cell(cell)
        assert middle is not None
        for kind, name in rng.sample(KINDS, EACH):
            lon, lat = (round(value + rng.uniform(-STEP, STEP), 7) for value in middle)
            if tiling.locate(lon, lat) != cell:
                lon, lat = middle
            code = f"{cell[:6]}{kind}{len(rows) + 1:06}"
            answer = who(
                known.duties,
                "urban_management",
                f"管理部件:{kind}",
                Place(cell, cell[:12], cell[:9]),
                day,
                known.names,
            )
            unit = answer.takers[0] if answer.takers else ""
            state = rng.choices(list(STATES), (94, 4, 1, 0.5, 0.5))[0]
            rows[code] = Component(
                code, name, "nk.cgw", unit, unit, state, lon, lat, cell, "C", None, SOURCE, ""
            )
    return actions.record_components(rows, by="", at=at)
