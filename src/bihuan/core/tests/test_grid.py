"""Locating points: exactly what shapely answers, on borders the lowest code, and a tiling's faults in m²."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.place import area, grid, orient
from bihuan.core.place.area import area_m2
from bihuan.core.place.grid import Tiling

WEST, EAST, SOUTH, NORTH = 117.10, 117.19, 39.05, 39.15
BOX = shapely.box(WEST, SOUTH, EAST, NORTH)


def voronoi(n: int, seed: int) -> list[shapely.Polygon]:
    points = np.random.default_rng(seed).uniform([WEST, SOUTH], [EAST, NORTH], (n, 2))
    parts = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=BOX))
    return list(shapely.intersection(parts, BOX))


def stars(n: int, seed: int) -> list[shapely.Polygon]:
    """Overlapping, hollow, spiky polygons with holes; some touch nothing."""
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n):
        k = int(rng.integers(3, 25))
        centre = rng.uniform([WEST, SOUTH], [EAST, NORTH])
        angle = np.sort(rng.uniform(0, 2 * math.pi, k))
        radius = rng.uniform(0.0005, 0.015, k)
        ring = centre + np.stack([np.cos(angle), np.sin(angle)], 1) * radius[:, None]
        p = shapely.Polygon(ring)
        if p.is_valid and p.area > 0:
            hole = p.buffer(-0.001)
            out.append(p.difference(hole) if k % 3 == 0 and not hole.is_empty else p)
    return out


def tiling(polygons) -> Tiling:
    return Tiling.of([(f"{i:05d}", p.__geo_interface__) for i, p in enumerate(polygons)])


def by_shapely(polygons, xy) -> np.ndarray:
    """The lowest polygon that holds or touches each point."""
    found = np.full(len(xy), len(polygons))
    point, polygon = shapely.STRtree(polygons).query(shapely.points(xy), predicate="intersects")
    np.minimum.at(found, point, polygon)
    found[found == len(polygons)] = -1
    return found


def awkward(polygons, rng) -> np.ndarray:
    """Corners, points on edges, points a rounding error beside them, and points of the box's border."""
    corners = np.concatenate([shapely.get_coordinates(p) for p in polygons])
    share = rng.uniform(0, 1, (len(corners) - 1, 1))
    on = corners[1:] * share + corners[:-1] * (1 - share)
    middle = (corners[1:] + corners[:-1]) / 2
    near = np.nextafter(on, on + rng.choice([-1, 1], on.shape))
    level = np.stack([rng.uniform(WEST, EAST, len(corners)), corners[:, 1]], 1)  # at the height of a corner
    edge = rng.uniform([WEST, SOUTH], [EAST, NORTH], (500, 2))
    edge[:250, 0], edge[250:, 1] = WEST, NORTH
    return np.concatenate([corners, on, middle, near, level, edge])


@pytest.mark.parametrize(
    ("make", "n", "seed"),
    [(voronoi, 1, 5), (voronoi, 7, 1), (voronoi, 300, 3), (stars, 3, 4), (stars, 30, 2), (stars, 90, 8)],
)
def test_equals_shapely_on_random_polygons_and_awkward_points(make, n, seed):
    polygons = make(n, seed)
    rng = np.random.default_rng(seed)
    t = tiling(polygons)
    # A margin around the box, so that points outside every cell are asked about too.
    anywhere = rng.uniform([WEST - 0.01, SOUTH - 0.01], [EAST + 0.01, NORTH + 0.01], (10_000, 2))
    xy = np.concatenate([anywhere, awkward(polygons, rng)])
    want = by_shapely(polygons, xy)
    got = t.locate_many(xy)
    assert np.array_equal(got, want)
    assert [t.index_at(x, y) for x, y in xy[::17].tolist()] == got[::17].tolist()


coordinate = st.integers(0, 12).map(lambda n: n / 4)


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=7), min_size=1, max_size=5),
    st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=20),
)
def test_equals_shapely_where_everything_coincides(rings, points):
    # Small whole numbers: corners on edges, edges on edges, points on both, hardly ever met by chance.
    polygons = [p for r in rings if (p := shapely.Polygon(r)).is_valid and p.area > 0]
    if not polygons:
        return
    t = tiling(polygons)
    xy = np.array(points)
    assert t.locate_many(xy).tolist() == by_shapely(polygons, xy).tolist()
    assert [t.index_at(x, y) for x, y in points] == by_shapely(polygons, xy).tolist()


def square(x: float, y: float, size: float = 1.0) -> list:
    return [[(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]]


def test_a_border_belongs_to_the_lowest_code_whatever_the_order_of_the_data():
    cells = [("b", square(0, 0)), ("a", square(1, 0)), ("d", square(0, 1)), ("c", square(1, 1))]
    for order in (cells, cells[::-1]):
        t = Tiling.of(order)
        assert t.codes == ("a", "b", "c", "d")
        assert t.locate(1.0, 0.5) == "a"
        assert t.locate(0.5, 1.0) == "b"
        assert t.locate(1.0, 1.0) == "a"
        assert t.locate(0.0, 2.0) == "d"
        assert t.locate(2.0, 2.0) == "c"
        assert t.locate(2.0, np.nextafter(2.0, 3)) is None


def test_points_that_are_no_points_lie_nowhere():
    t = Tiling.of([("a", square(0, 0))])
    odd = [(math.nan, 0.5), (0.5, math.inf), (-math.inf, math.nan), (9.0, 9.0)]
    assert [t.locate(x, y) for x, y in odd] == [None] * 4
    assert t.locate_many(odd).tolist() == [-1] * 4
    assert t.locate_many(np.empty((0, 2))).tolist() == []
    with pytest.raises(ValueError, match=r"shape \(n, 2\)"):
        t.locate_many([1.0, 2.0])


def test_one_ring_will_do_as_a_polygon():
    ring = square(0, 0)[0]
    t = Tiling.of([("a", ring)])
    assert t.locate(0.5, 0.5) == "a"
    assert not t.faults(ring)


def test_holes_and_several_parts():
    ring = [*square(0, 0, 4), *square(1, 1, 2)]
    t = Tiling.of([
        ("ring", {"type": "Polygon", "coordinates": ring}),
        ("two", {"type": "MultiPolygon", "coordinates": [square(6, 0), square(6, 3)]}),
    ])  # fmt: skip
    assert t.locate(0.5, 0.5) == "ring"
    assert t.locate(2.0, 2.0) is None
    assert t.locate(1.0, 2.0) == "ring"  # the rim of the hole
    assert t.locate(6.5, 0.5) == "two"
    assert t.locate(6.5, 2.0) is None
    assert t.locate(6.5, 3.5) == "two"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([], "at least one cell"),
        ([("a", square(0, 0)), ("a", square(1, 0))], "a is there twice"),
        ([("a", [[(0, 0), (1, 1), (0, 0)]])], "three different points"),
        ([("a", [[(0, 0), (1, 0), (2, 0)]])], "no area"),
        ([("a", {"type": "Point", "coordinates": [0, 0]})], "not 'Point'"),
        ([("a", [[(0, 0), (math.nan, 0), (1, 1)]])], "coordinate"),
    ],
)
def test_cells_that_are_none_are_refused(cells, said):
    with pytest.raises(ValueError, match=said):
        Tiling.of(cells)


floats = st.floats(-200, 200) | st.floats(-1e-150, 1e-150)


@given(floats, floats, floats, floats, st.floats(-2, 3))
def test_the_side_of_a_line_is_exact(ax, ay, bx, by, share):
    x, y = ax + share * (bx - ax), ay + share * (by - ay)  # as near to the line as floats come
    got = orient.side(ax, ay, bx, by, x, y)
    assert got == orient._exact(ax, ay, bx, by, x, y)
    assert orient.sides(*(np.array([v]) for v in (ax, ay, bx, by, x, y)))[0] == got


def test_faults_names_gaps_overlaps_and_spill_in_square_metres():
    d = 0.001
    boundary = {
        "type": "Polygon",
        "coordinates": [[(117, 39), (117 + 3 * d, 39), (117 + 3 * d, 39 + d), (117, 39 + d)]],
    }
    cells = [
        ("a", square(117, 39, d)),
        (
            "b",
            [[(117 + 0.9 * d, 39), (117 + 2 * d, 39), (117 + 2 * d, 39 + 1.1 * d), (117 + 0.9 * d, 39 + d)]],
        ),
    ]
    f = Tiling.of(cells).faults(boundary)
    whole = area_m2(square(117, 39, d))
    assert [len(f.gaps), len(f.overlaps), len(f.outside)] == [1, 1, 1]
    assert f.gaps[0].area == pytest.approx(whole, rel=1e-3)
    assert f.overlaps[0].cells == ("a", "b")
    assert f.overlaps[0].area == pytest.approx(0.1 * whole, rel=0.06)
    assert f.outside[0].cells == ("b",)
    assert f.areas["a"] == pytest.approx(whole)
    assert f.boundary_area == pytest.approx(3 * whole, rel=1e-3)
    says = f.says()
    assert len(says) == 3
    assert "重叠" in says[1]
    assert "overlap" in says[1].en
    assert bool(f)


def test_a_clean_tiling_has_no_faults_and_a_bow_tie_is_named():
    assert not Tiling.of([("a", square(0, 0)), ("b", square(1, 0))]).faults(
        {"type": "Polygon", "coordinates": [[(0, 0), (2, 0), (2, 1), (0, 1)]]}
    )
    f = Tiling.of([("x", [[(0, 0), (1, 1), (1, 0), (0, 1)]])]).faults(square(0, 0))
    assert f.invalid[0][0] == "x"
    assert "Self-intersection" in f.invalid[0][1]


def test_areas_are_those_of_the_ellipsoid():
    # Against the definition, ∫∫ M N cos φ dφ dλ, summed in thin strips; edges run along parallels here.
    def strips(x: float, y: float, size: float) -> float:
        phi = np.radians(y + size * (np.arange(100_000) + 0.5) / 100_000)
        w = 1 - area.E2 * np.sin(phi) ** 2
        return (
            float(np.sum(area.A**2 * (1 - area.E2) * np.cos(phi) / w**2)) * math.radians(size) ** 2 / 100_000
        )

    for x, y, size in ((0, 0, 1.0), (10, 60, 1.0), (117.1, 39.1, 0.01), (-20, -30, 5.0)):
        assert area_m2(square(x, y, size)) == pytest.approx(strips(x, y, size), rel=1e-9)
    half_of_the_earth = [[(-180, 0), (0, 0), (180, 0), (180, 90), (0, 90), (-180, 90)]]
    assert area_m2(half_of_the_earth) == pytest.approx(510_065_621_724_079 / 2, rel=1e-9)


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(1e-4, 0.5))
def test_area_does_not_depend_on_where_a_ring_begins_or_turns(x, y, size):
    ring = square(x, y, size)[0][:-1]
    areas = [area_m2([ring[i:] + ring[:i]]) for i in range(4)] + [area_m2([ring[::-1]])]
    assert max(areas) == pytest.approx(min(areas), rel=1e-9)


def test_codes_and_indexes_belong_together():
    t = tiling(voronoi(50, 9))
    i = int(t.locate_many([(117.15, 39.1)])[0])
    assert t.codes[i] == t.locate(117.15, 39.1)
    assert grid.buckets.NOWHERE == -1
