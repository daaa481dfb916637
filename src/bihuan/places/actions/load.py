"""Loading divisions and cells, and the register of components."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from bihuan.core.codes import read_cell
from bihuan.core.place.component import Component as Read
from bihuan.core.place.grid import Tiling
from bihuan.core.rows import Loaded, RowError, read_rows
from bihuan.places.models import Cell, Component, Division
from bihuan.places.queries import KEPT, differs

SEED = Path(__file__).parents[1] / "seed"
COLUMNS = ("code", "name", "name_en", "level", "parent", "since", "until")
DIVISION = ("name", "name_en", "level", "parent_id", "boundary", "since", "until")
CELL = ("community_id", "polygon", "schematic", "since", "until")


def load_places(folder: Path = SEED) -> Loaded:
    """Bring divisions and cells to what the files say; running it twice changes nothing.

    A cell or division that is no longer in the files is deleted only if nothing in the files needs it; cases
    keep the codes they were given.
    """
    divisions = _divisions(folder)
    cells = _cells(folder, {one.code for one in divisions})
    Tiling.of(
        [(cell.code, cell.polygon) for cell in cells]
    )  # a faulty polygon or a code that is there twice raises
    with transaction.atomic():
        one = _bring(Division, divisions, DIVISION)
        two = _bring(Cell, cells, CELL)
        gone = Cell.objects.exclude(code__in=[cell.code for cell in cells]).delete()[0]
        gone += Division.objects.exclude(code__in=[row.code for row in divisions]).delete()[0]
    return Loaded(one.added + two.added, one.changed + two.changed, gone)


def _divisions(folder: Path) -> list[Division]:
    outline = {}
    for feature in _features(folder / "district.geojson"):
        outline[feature["properties"]["code"]] = feature["geometry"]
    rows = read_rows((folder / "divisions.csv").read_text(encoding="utf-8"), "divisions.csv", COLUMNS)
    found = [
        Division(
            code=row["code"], name=row["name"], name_en=row["name_en"], level=row["level"],
            parent_id=row["parent"] or None, boundary=outline.get(row["code"]), since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in rows
    ]  # fmt: skip
    codes = {one.code for one in found}
    for one in found:
        if one.parent_id and one.parent_id not in codes:
            raise RowError(f"divisions.csv: {one.code}: 没有上级 / no division {one.parent_id!r}")
        if one.level not in Division.Level.values:
            raise RowError(f"divisions.csv: {one.code}: 没有级别 / unknown level {one.level!r}")
    return sorted(found, key=lambda one: len(one.code))


def _cells(folder: Path, divisions: set[str]) -> list[Cell]:
    found = []
    for feature in _features(folder / "cells.geojson"):
        said = feature["properties"]
        read_cell(said["code"])
        if said["community"] not in divisions:
            raise RowError(f"cells.geojson: {said['code']}: 没有社区 / no community {said['community']!r}")
        found.append(Cell(
            code=said["code"], community_id=said["community"], polygon=feature["geometry"],
            schematic=said.get("schematic", False), since=date.fromisoformat(said["since"]),
            until=date.fromisoformat(said["until"]) if said.get("until") else None,
        ))  # fmt: skip
    return found


def _features(path: Path) -> list[dict[str, Any]]:
    read = json.loads(path.read_text(encoding="utf-8"))
    return list(read["features"]) if read["type"] == "FeatureCollection" else [read]


def _bring(model: type[Division] | type[Cell], wanted: Iterable[Any], names: tuple[str, ...]) -> Loaded:
    there = {row.code: row for row in model.objects.all()}
    fresh, moved = [], []
    for row in wanted:
        old = there.get(row.code)
        if old is None:
            fresh.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in names):
            moved.append(row)
    if fresh:
        model.objects.bulk_create(fresh)
    if moved:
        model.objects.bulk_update(moved, [name.removesuffix("_id") for name in names])
    return Loaded(len(fresh), len(moved))


def record_components(rows: Mapping[str, Read], *, by: str, at: datetime) -> Loaded:
    """Bring the register to what these rows say, leaving components not among them alone; the earlier state stays
    readable. Running it twice changes nothing."""
    with transaction.atomic():
        # whoever comes second waits here, and then compares with what the first has written
        there = {
            one.code: one
            for one in Component.objects.select_for_update().filter(code__in=list(rows), until=None)
        }
        changed = [code for code, row in rows.items() if code in there and differs(there[code], row)]
        fresh = [code for code in rows if code not in there]
        Component.objects.filter(pk__in=[there[code].pk for code in changed]).update(until=at)
        Component.objects.bulk_create(
            [
                Component(code=code, since=at, by=by, **{name: getattr(rows[code], name) for name in KEPT})
                for code in [*fresh, *changed]
            ],
            batch_size=5000,
        )
    return Loaded(len(fresh), len(changed))
