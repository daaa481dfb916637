"""Demonstration zones: areas against known ones, every way to cheat on a polygon refused with its figure."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from bihuan.core.place.area import area_m2
from bihuan.core.place.controls import controlled, read_controls
from bihuan.core.place.zones import Version, counting, in_force, square_km, touched, zone_faults
from bihuan.core.time.instant import at

LON, LAT = 117.15, 39.12
A, E2 = 6_378_137.0, 0.0066943800229  # CGCS2000
_S = 1 - E2 * math.sin(math.radians(LAT)) ** 2
NORTH = A * (1 - E2) / _S**1.5 * math.pi / 180  # metres of a degree here, from the radii of curvature:
EAST = A / math.sqrt(_S) * math.cos(math.radians(LAT)) * math.pi / 180  # independent of `area`


def box(x: float, y: float, width: float, height: float) -> dict[str, Any]:
    """A rectangle in metres from the middle of the district."""
    ring = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return {"type": "Polygon", "coordinates": [[(LON + a / EAST, LAT + b / NORTH) for a, b in ring]]}


STREET = box(-2000, -2000, 4000, 4000)


def test_a_square_kilometre_measured_on_the_ground_has_that_area() -> None:
    # the radii are those of the middle parallel: half a kilometre away they differ by some 1e-5
    assert area_m2(box(-500, -500, 1000, 1000)) == pytest.approx(1e6, rel=1e-7)
    assert area_m2(STREET) == pytest.approx(16e6, rel=1e-6)


@pytest.mark.parametrize(
    ("south", "north", "known"),
    [
        # of a belt one degree wide: closed form of the sphere of equal area, R = 6371007.181 m (Snyder 1987, 3-18)
        (0.0, 90.0, 2 * math.pi * 6371007.1809**2 / 360),
        (-90.0, 90.0, 4 * math.pi * 6371007.1809**2 / 360),
    ],
)
def test_whole_belts_have_the_area_of_the_authalic_sphere(south: float, north: float, known: float) -> None:
    # the pole is taken in small steps: an edge of ninety degrees is beyond what three points integrate exactly
    up = [(0.0, south + (north - south) * n / 900) for n in range(901)]
    ring = [*((1.0, y) for _, y in up), *reversed(up)]
    assert area_m2([ring]) == pytest.approx(known, rel=1e-8)


def test_a_zone_that_is_large_enough_and_inside_is_taken() -> None:
    area, faults = zone_faults(box(-600, -500, 1200, 1000), STREET, {"别处": box(700, 0, 1000, 1000)})
    assert faults == [] and area == pytest.approx(1.2e6, rel=1e-6)


def test_degrees_times_a_constant_would_have_taken_this_one() -> None:
    """999.5 m × 1,000 m is refused, however near it comes, and is never rounded up."""
    area, faults = zone_faults(box(-500, -500, 999.5, 1000), STREET, {})
    assert area == pytest.approx(999_500, rel=1e-6)
    assert [str(f) for f in faults] == ["面积 0.999 平方公里，不足 1.000 平方公里，还差 500 平方米"]
    assert "0.999 km²" in faults[0].en and str(square_km(999_999.9)) == "0.999 平方公里"


def test_a_border_that_crosses_itself_has_no_area() -> None:
    bow = [(-1500, -1500), (1500, 1500), (1500, -1500), (-1500, 1500)]
    area, (fault,) = zone_faults([[(LON + a / EAST, LAT + b / NORTH) for a, b in bow]], STREET, {})
    assert area is None and "自相交" in fault
    covered = re.search(r"by the line, ([\d.]+) km² by the ground", fault.en)
    assert "按围线算 0.000 平方公里" in fault and covered
    assert float(covered[1]) == pytest.approx(4.5, rel=1e-3)


def test_what_crosses_the_street_or_another_zone_is_refused_with_its_area() -> None:
    _, faults = zone_faults(
        box(1000, 0, 1500, 1000), STREET, {"甲": box(900, 0, 200, 1000), "乙": box(-900, 0, 50, 50)}
    )
    assert len(faults) == 2
    assert "不能跨街道" in faults[0] and "与示范区“甲”重叠" in faults[1]
    figures = [int(re.search(r"([\d,]+) m²", f.en)[1].replace(",", "")) for f in faults]  # type: ignore[index]
    assert figures == pytest.approx([500_000, 100_000], rel=1e-3)


def test_a_zone_may_touch_another() -> None:
    assert zone_faults(box(0, 0, 1001, 1000), STREET, {"甲": box(-1000, 0, 1000, 1000)})[1] == []


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ({"type": "Point", "coordinates": [LON, LAT]}, "不是一个多边形"),
        ({"type": "MultiPolygon", "coordinates": [box(0, 0, 800, 800)["coordinates"], box(900, 0, 800, 800)["coordinates"]]}, "这里有 2 块"),
        ({"type": "Polygon", "coordinates": []}, "这里有 1 块"),
        ({"type": "Polygon", "coordinates": [[["x", 1]]]}, "不是一个多边形"),
        ([[(LON + n / EAST, LAT + n % 2 / NORTH) for n in range(6000)]], "拐点"),
        ({"type": "Polygon"}, "不是一个多边形"),
    ],
)  # fmt: skip
def test_what_is_no_polygon_is_refused(shape: Any, said: str) -> None:
    area, (fault,) = zone_faults(shape, STREET, {})
    assert area is None and said in fault and fault.en


def test_cells_are_touched_by_area_not_by_a_corner() -> None:
    cells = {code: box(x, 0, 100, 100)["coordinates"] for code, x in (("a", 0), ("b", 100), ("c", 200))}
    assert touched([box(50, 0, 150, 100)], cells) == {"a", "b"}
    assert touched([], cells) == frozenset()


def test_a_changed_boundary_counts_after_ninety_days_only() -> None:
    versions = [Version(1, 1000, 1200), Version(2, 1200)]

    def keys(day: int) -> tuple[int | None, int | None]:
        now, counts = in_force(versions, day), counting(versions, day, 90)
        return now.key if now else None, counts.key if counts else None

    assert keys(999) == (None, None)
    assert keys(1000) == (1, 1)  # the first one counts at once
    assert keys(1200) == (2, 1) and keys(1289) == (2, 1)
    assert keys(1290) == (2, 2)


CONTROLS = [
    {"areas": ["120104001"], "matters": ["管理事项:06"], "days": [1, 2, 3, 4, 5], "begin": "22:00", "end": "06:00",
     "zh": "夜市经许可", "en": "Licensed night market", "basis": "示例"},
    {"begin": "12:00", "end": "13:00", "zh": "演练", "en": "Drill", "basis": "示例"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("matter", "cell", "moment", "said"),
    [
        ("管理事项:06042", "120104001001001", "2026-10-12 23:00", True),  # a Monday
        ("管理事项:06042", "120104001001001", "2026-10-13 05:59", True),
        ("管理事项:06042", "120104001001001", "2026-10-13 06:00", False),
        ("管理事项:06042", "120104001001001", "2026-10-17 23:00", False),  # a Saturday
        ("管理事项:06042", "120104001001001", "2026-10-17 05:00", True),  # the night that began on Friday
        ("管理事项:06042", "120104002001001", "2026-10-12 23:00", False),
        ("管理事项:01001", "120104001001001", "2026-10-12 23:00", False),
        ("管理事项:01001", "120104009001001", "2026-10-12 12:30", True),
    ],
)
def test_a_matter_is_not_taken_in_its_area_and_hours(matter: str, cell: str, moment: str, said: bool) -> None:
    reason = controlled(CONTROLS, matter, cell, at(moment))
    assert (reason is not None) == said
    if reason is not None:
        assert "不收这类问题" in reason and "示例" in reason.en


@pytest.mark.parametrize(
    "row", [{"begin": "12:00"}, {**CONTROLS[1], "area": []}, {**CONTROLS[1], "days": [0]}]
)
def test_a_control_that_cannot_be_read_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"管控|星期"):
        read_controls([row])
