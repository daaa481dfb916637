"""The schematic tiling: covers once, nests, is always the same."""

from __future__ import annotations

from functools import cache

import pytest
import shapely

from bihuan.core.place.grid import Tiling
from bihuan.core.place.tiling import cut

# An L, so that not every straight cut leaves connected pieces.
BENT = {
    "type": "Polygon",
    "coordinates": [
        [(117.0, 39.0), (117.03, 39.0), (117.03, 39.01), (117.01, 39.01), (117.01, 39.03), (117.0, 39.03)]
    ],
}
SEEDS = {"990101001": (117.005, 39.025), "990101002": (117.005, 39.005), "990101003": (117.025, 39.005)}
COMMUNITIES = {s: [f"{s}{i:03d}" for i in range(1, n)] for s, n in zip(SEEDS, (4, 6, 2), strict=True)}


@cache
def pieces():
    return made()


def made():
    return cut(BENT, SEEDS, COMMUNITIES, 60_000)


def test_it_covers_the_boundary_once():
    cells = pieces()
    faults = Tiling.of([(p.code, [p.ring]) for p in cells]).faults(BENT, tolerance=0.5)
    assert not faults, faults.says()
    assert sum(p.area for p in cells) == pytest.approx(faults.boundary_area, rel=1e-6)
    assert all(20_000 < p.area < 180_000 for p in cells)


@pytest.mark.parametrize("digits", [9, 12])
def test_streets_and_communities_are_each_in_one_piece(digits):
    groups: dict[str, list] = {}
    for p in pieces():
        groups.setdefault(p.code[:digits], []).append(shapely.Polygon(p.ring))
    assert set(groups) == (set(SEEDS) if digits == 9 else {c for cs in COMMUNITIES.values() for c in cs})
    for code, polygons in groups.items():
        assert shapely.union_all(polygons).geom_type == "Polygon", code


def test_a_street_lies_where_its_seed_is():
    t = Tiling.of([(p.code, [p.ring]) for p in pieces()])
    for street, (lon, lat) in SEEDS.items():
        assert t.locate(lon, lat)[:9] == street


def test_cells_are_numbered_from_001_north_to_south():
    codes = [p.code for p in pieces()]
    for community in (c for cs in COMMUNITIES.values() for c in cs):
        numbers = [int(c[12:]) for c in codes if c.startswith(community)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert 2 <= len(numbers) <= 9
    middle = {p.code: shapely.Polygon(p.ring).centroid for p in pieces() if p.code.startswith("990101001001")}
    first, *_, last = (middle[c] for c in sorted(middle))
    assert first.y > last.y
    assert first.x < last.x


def test_the_same_input_gives_the_same_cells():
    assert made() == pieces()


def test_a_boundary_with_a_hole_is_refused():
    ring = [(0, 0), (1, 0), (1, 1), (0, 1)]
    hole = [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)]
    with pytest.raises(ValueError, match="holes"):
        cut({"type": "Polygon", "coordinates": [ring, hole]}, SEEDS, COMMUNITIES, 60_000)
