"""Lists of blind spots: each planted one is found with its figure, and an empty list says what was looked at."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.core.place import blind
from bihuan.core.place.beats import Idle, read_shifts
from bihuan.core.place.grid import Tiling
from bihuan.core.say import Say

D = 0.01
SHIFTS = read_shifts(
    [
        {"code": "early", "zh": "早班", "en": "Early shift", "begin": "06:30", "end": "14:30"},
        {"code": "night", "zh": "夜班", "en": "Night shift", "begin": "22:30", "end": "06:30", "zones": True},
    ]
)
DAYS = [(10, Say("今天", "Today")), (11, Say("明天", "Tomorrow"))]


def square(x: float, y: float, w: float = D, h: float = D) -> dict[str, Any]:
    ring = [(117 + x, 39 + y), (117 + x + w, 39 + y), (117 + x + w, 39 + y + h), (117 + x, 39 + y + h)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


WHOLE = Tiling.of([("a", square(0, 0)), ("b", square(D, 0))])


def test_cells_that_cover_the_district_are_proven_to_with_both_areas() -> None:
    found = blind.ground(WHOLE.faults(square(0, 0, 2 * D)))
    assert found.spots == [] and found.says.startswith("没有。2 格合计 1.9")
    assert found.says.en.startswith("None. 2 cells")


def test_a_gap_an_overlap_and_a_spill_are_listed_with_their_areas() -> None:
    cells = Tiling.of([("a", square(0, 0)), ("b", square(0.9 * D, 0)), ("c", square(2 * D, 0))])
    found = blind.ground(cells.faults(square(0, 0, 2.5 * D)))
    what = {str(spot.what): spot for spot in found.spots}
    assert set(what) == {"没有网格", "网格 a 与 b 重叠", "网格 c 伸出边界"}
    cell = 865_000 * 1110 / 1000  # a cell of 0.01° here, near enough
    assert [what[k].area for k in what] == pytest.approx([cell * 0.1, cell * 0.1, cell * 0.5], rel=0.01)
    assert all(spot.geometry and spot.point for spot in found.spots)
    assert found.cells == {"a": 1, "c": 1} and found.says.startswith("3 处。")


def test_idle_shifts_are_counted_against_all_that_were_looked_at() -> None:
    idle = [Idle("a", "early", 10, "", "no_beat"), Idle("a", "night", 11, "z", "no_post")]
    found = blind.duty(idle, SHIFTS, 872, 30, DAYS)
    assert f"{2 * (872 + 30):,} 个“格×班”" in found.says and "06:30–14:30" in found.says
    assert str(found.spots[0].what) == "今天早班：这一格不属于任何责任网格"
    assert found.spots[1].what.en == "Tomorrow, night shift: Whoever is assigned is no collector any more"


def test_components_are_located_again() -> None:
    rows = [
        ("1", 117.005, 39.005, "a"),
        ("2", 117.005, 39.005, "b"),
        ("3", 117.5, 39.5, "a"),
        ("4", 117.015, 39.005, "b"),
    ]
    found = blind.components(WHOLE, rows, {"b"})
    assert [str(spot.what) for spot in found.spots] == [
        "部件 2 登记在 b，坐标在 a",
        "部件 3 不在任何网格里",
        "部件 4 所在的网格与别的网格重叠",
    ]
    assert "4 个在册部件" in found.says
    assert blind.components(WHOLE, [], ()).says.startswith("没有。0 个在册部件")


def test_cells_nobody_walked_are_named() -> None:
    found = blind.unwalked(["a", "b", "c"], {"b": 3}, 7, 3)
    assert [spot.cell for spot in found.spots] == ["a", "c"]
    assert "3 次" in found.says and "到过 1 / 3 格" in found.says and "不采集轨迹" in found.says


def test_reports_in_no_cell() -> None:
    found = blind.reports([("CG1", ""), ("CG2", "x")], 100)
    assert [str(s.what) for s in found.spots] == ["CG1 没有网格", "CG2 的网格 x 已不在册"]
    assert blind.reports([], 1200).says.startswith("没有。在办的 1,200 件")
