"""Loading places, and where a point lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bihuan.core.rows import Loaded, RowError
from bihuan.places import actions, queries
from bihuan.places.models import Cell, Division
from bihuan.places.queries import NotHere, place_of

pytestmark = pytest.mark.django_db


def test_the_seed_loads_and_loading_it_again_changes_nothing() -> None:
    assert actions.load_places().added == Division.objects.count() + Cell.objects.count()
    assert actions.load_places() == Loaded()
    assert Division.objects.filter(level="street").count() == 12
    assert Division.objects.filter(level="community", until=None).count() == 171
    assert not Cell.objects.filter(schematic=False).exists()


def test_every_point_of_the_district_has_one_place() -> None:
    actions.load_places()
    place = place_of(117.1255, 39.1170)
    assert (place.district, place.street, len(place.community), len(place.cell)) == (
        "120104",
        "120104001",
        12,
        15,
    )
    for lon, lat, words in (
        (0, 0, r"\(0, 0\)"),
        (39.1170, 117.1255, "写反"),
        (116.4, 39.9, "之外"),
        (None, 39.1, "没有经度"),
    ):
        with pytest.raises(NotHere, match=words) as error:
            place_of(lon, lat)
        assert error.value.reason.en


def test_without_a_grid_the_reason_is_said() -> None:
    with pytest.raises(NotHere, match="还没有装入网格"):
        place_of(117.1255, 39.1170)


def test_a_cell_of_an_unknown_community_loads_nothing(tmp_path: Path) -> None:
    for name in ("divisions.csv", "district.geojson"):
        (tmp_path / name).write_text((actions.SEED / name).read_text(encoding="utf-8"), encoding="utf-8")
    cells = json.loads((actions.SEED / "cells.geojson").read_text(encoding="utf-8"))
    cells["features"] = cells["features"][:2]
    cells["features"][1]["properties"]["community"] = "120104999999"
    (tmp_path / "cells.geojson").write_text(json.dumps(cells), encoding="utf-8")
    with pytest.raises(RowError, match="120104999999"):
        actions.load_places(tmp_path)
    assert not Division.objects.exists() and not Cell.objects.exists()


def test_a_new_survey_replaces_the_cells(tmp_path: Path) -> None:
    actions.load_places()
    for name in ("divisions.csv", "district.geojson"):
        (tmp_path / name).write_text((actions.SEED / name).read_text(encoding="utf-8"), encoding="utf-8")
    cells = json.loads((actions.SEED / "cells.geojson").read_text(encoding="utf-8"))
    gone = cells["features"].pop(0)["properties"]["code"]
    (tmp_path / "cells.geojson").write_text(json.dumps(cells), encoding="utf-8")
    before = queries.tiling()
    assert gone in before.codes
    assert actions.load_places(tmp_path) == Loaded(0, 0, 1)
    assert gone not in queries.tiling().codes
