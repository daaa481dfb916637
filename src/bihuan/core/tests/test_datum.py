"""Coordinate systems, and the doubts that keep a wrong point out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.place import datum
from bihuan.core.place.datum import Boundary, doubt
from bihuan.core.say import Say

EDGE = Boundary.of(
    [[(117.10, 39.05), (117.19, 39.05), (117.19, 39.15), (117.10, 39.15)]], Say("南开区", "Nankai")
)
INSIDE = (117.16, 39.11)

china = st.tuples(st.floats(73.7, 134.7), st.floats(18.2, 53.5))


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot((a[0] - b[0]) * 111_320 * math.cos(math.radians(a[1])), (a[1] - b[1]) * 111_320)


def test_the_shift_is_the_published_one():
    # Tian'anmen, a pair that open implementations of the published algorithm agree on.
    assert datum.wgs_to_gcj(116.404, 39.915) == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-9
    )
    assert datum.gcj_to_bd(116.404, 39.915) == pytest.approx(
        (116.41036949371029, 39.92133699351022), abs=1e-9
    )
    assert datum.bd_to_gcj(116.404, 39.915) == pytest.approx(
        (116.39762729119315, 39.90865673957631), abs=2e-6
    )


@given(china)
def test_conversions_are_undone_to_a_millimetre(p):
    assert metres(datum.gcj_to_wgs(*datum.wgs_to_gcj(*p)), p) < 0.002
    assert metres(datum.bd_to_gcj(*datum.gcj_to_bd(*p)), p) < 0.002


@given(st.tuples(st.floats(117.10, 117.19), st.floats(39.05, 39.15)))
def test_in_tianjin_the_shift_is_hundreds_of_metres(p):
    assert 300 < metres(datum.wgs_to_gcj(*p), p) < 800
    assert 600 < metres(datum.gcj_to_bd(*datum.wgs_to_gcj(*p)), p) < 2500


def test_outside_china_nothing_is_shifted():
    assert datum.wgs_to_gcj(2.35, 48.85) == (2.35, 48.85)


def test_to_wgs_knows_its_datums_and_no_other():
    assert datum.to_wgs(*INSIDE, "CGCS2000") == INSIDE
    assert datum.to_wgs(*INSIDE, "WGS-84") == INSIDE
    assert datum.to_wgs(*datum.wgs_to_gcj(*INSIDE), "GCJ-02") == pytest.approx(INSIDE, abs=1e-8)
    assert datum.to_wgs(*datum.gcj_to_bd(*datum.wgs_to_gcj(*INSIDE)), "BD-09") == pytest.approx(
        INSIDE, abs=1e-8
    )
    with pytest.raises(ValueError, match="unknown datum 'gcj02'"):
        datum.to_wgs(*INSIDE, "gcj02")


@pytest.mark.parametrize(
    ("lon", "lat", "zh", "en"),
    [
        (None, None, "没有经度和纬度", "No longitude and latitude"),
        (None, 39.1, "没有经度", "No longitude"),
        (117.1, None, "没有纬度", "No latitude"),
        (math.nan, 39.1, "坐标不是数", "not numbers"),
        (117.1, math.inf, "坐标不是数", "not numbers"),
        (0.0, 0.0, "坐标是 (0, 0)", "(0, 0)"),
        (-0.0, 1e-9, "坐标是 (0, 0)", "(0, 0)"),
        (39.11, 117.16, "经纬度写反了", "swapped"),
        (181.0, 39.1, "超出范围", "out of range"),
        (117.1, -91.0, "超出范围", "out of range"),
        (513_000.0, 4_330_000.0, "像是平面坐标", "look like metres"),
        (117.16, 39.16, "南开区之外约 1.1 公里", "about 1.1 km outside Nankai"),
        (116.40, 39.91, "公里", "km outside"),
        (-117.16, 39.11, "公里", "km outside"),
    ],
)
def test_each_doubt_says_what_is_there(lon, lat, zh, en):
    said = doubt(lon, lat, EDGE)
    assert said is not None
    assert zh in said
    assert en in said.en


def test_swapped_is_seen_also_west_of_ninety_degrees_where_both_orders_are_possible():
    urumqi = Boundary.of([[(87.0, 43.0), (88.0, 43.0), (88.0, 44.0), (87.0, 44.0)]])
    said = doubt(43.5, 87.5, urumqi)
    assert said is not None
    assert "经纬度写反了" in said
    assert doubt(87.5, 43.5, urumqi) is None


def test_no_doubt_inside_and_on_the_border():
    assert doubt(*INSIDE, EDGE) is None
    for p in (
        (117.10, 39.10),
        (117.19, 39.10),
        (117.15, 39.05),
        (117.15, 39.15),
        (117.10, 39.05),
        (117.19, 39.15),
    ):
        assert doubt(*p, EDGE) is None, p


def test_a_shifted_point_is_suspected_where_it_would_fall_inside_once_converted():
    corner = (117.188, 39.149)
    gcj = datum.wgs_to_gcj(*corner)
    said = doubt(*gcj, EDGE)
    assert said is not None
    assert "GCJ-02" in said
    assert "高德" in said
    assert "米" in said
    assert doubt(*gcj, EDGE, "GCJ-02") is None  # named, it is converted and lies inside
    bd = datum.gcj_to_bd(*gcj)
    said = doubt(*bd, EDGE)
    assert said is not None
    assert "BD-09" in said
    assert doubt(*bd, EDGE, "BD-09") is None


def test_named_gcj_is_judged_after_conversion():
    outside = (117.191, 39.10)
    said = doubt(*datum.wgs_to_gcj(*outside), EDGE, "GCJ-02")
    assert said is not None
    assert "约 8" in said
    assert "米" in said
    assert "如果是" not in said  # the datum was named: no guess about it


def test_an_unknown_datum_is_a_doubt_with_the_known_ones():
    said = doubt(*INSIDE, EDGE, "火星")
    assert said is not None
    assert "不认识坐标系“火星”" in said
    assert "GCJ-02" in said.en


@given(st.floats(allow_nan=True), st.floats(allow_nan=True))
def test_any_pair_of_floats_is_answered(lon, lat):
    said = doubt(lon, lat, EDGE)
    assert said is None or (said and said.en)


def test_a_geojson_feature_will_do_as_boundary():
    feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [list(EDGE.rings[0])]}}
    assert doubt(*INSIDE, feature) is None
    assert "本区之外" in doubt(117.0, 39.1, feature)
