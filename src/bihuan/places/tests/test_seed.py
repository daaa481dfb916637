"""The places that come with the product: counts as the lists have them, cells that cover the outline once."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path

import shapely

from bihuan.core.codes import read_cell, read_division
from bihuan.core.place.grid import Tiling
from bihuan.places.seed import make_cells

SEED = Path(make_cells.__file__).parent


@cache
def geojson(name: str) -> dict:
    return json.loads((SEED / name).read_text(encoding="utf-8"))


@cache
def divisions() -> tuple[dict[str, str], ...]:
    with (SEED / "divisions.csv").open(encoding="utf-8", newline="") as f:
        return tuple(csv.DictReader(f))


@cache
def tiling() -> Tiling:
    return Tiling.of([(f["properties"]["code"], f["geometry"]) for f in geojson("cells.geojson")["features"]])


def test_the_lists_have_12_streets_178_communities_in_2016_and_171_in_2023():
    assert len(make_cells.read("nankai_streets_2016.csv")) == 12
    old, new = make_cells.read("nankai_communities_2016.csv"), make_cells.read("nankai_communities_2023.csv")
    assert (len(old), len(new), len(old.keys() - new.keys()), len(new.keys() - old.keys())) == (
        178,
        171,
        13,
        6,
    )


def test_divisions_are_those_of_both_lists_with_dates():
    rows = divisions()
    assert Counter(r["level"] for r in rows) == {"district": 1, "street": 12, "community": 184}
    codes = {r["code"] for r in rows}
    for r in rows:
        assert read_division(r["code"]).facts["level"] == {"district": "county"}.get(r["level"], r["level"])
        assert r["parent"] in codes or r["level"] == "district"
        assert r["name_en"].isascii()
        assert not r["until"] or r["since"] < r["until"]
    assert sum(r["level"] == "community" and not r["until"] for r in rows) == 171


def test_every_cell_is_marked_schematic_and_lies_in_a_community_in_force():
    data = geojson("cells.geojson")
    assert data["schematic"] is True
    assert data["datum"] == "WGS-84"
    in_force = {r["code"] for r in divisions() if r["level"] == "community" and not r["until"]}
    cells = [f["properties"] for f in data["features"]]
    assert len(cells) == 879
    for c in cells:
        facts = read_cell(c["code"]).facts
        assert (c["schematic"], c["community"], c["street"]) == (True, facts["community"], facts["street"])
    assert {c["community"] for c in cells} == in_force
    assert (SEED / "cells.geojson").stat().st_size < 600_000


def test_the_cells_cover_the_outline_once():
    faults = tiling().faults(geojson("district.geojson"))
    assert not faults, faults.says()
    assert faults.unseen < 10  # m² of slivers no wider than the millimetre grid, all together
    assert abs(sum(faults.areas.values()) - faults.boundary_area) < 10


def test_streets_and_communities_are_each_in_one_piece():
    for digits in (9, 12):
        groups: dict[str, list] = {}
        for f in geojson("cells.geojson")["features"]:
            groups.setdefault(f["properties"]["code"][:digits], []).append(
                shapely.Polygon(f["geometry"]["coordinates"][0])
            )
        assert {shapely.union_all(g).geom_type for g in groups.values()} == {"Polygon"}


def test_the_committed_files_are_what_the_script_makes():
    text = (SEED / "cells.geojson").read_text(encoding="utf-8")
    made = [
        json.dumps(make_cells.feature(p), ensure_ascii=False, separators=(",", ":"))
        for p in make_cells.cells()
    ]
    assert [line.rstrip(",") for line in text.splitlines()[1:-1]] == made
    assert list(divisions()) == make_cells.divisions()
