"""Blind spots (盲区): five lists instead of "100 %". An empty list is a proof, said with the numbers it was computed from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bihuan.core.place.beats import Idle, Shift
from bihuan.core.place.cover import Faults, Piece
from bihuan.core.place.grid import Tiling
from bihuan.core.say import Say

WHY = {
    "no_beat": Say("这一格不属于任何责任网格", "The cell belongs to no responsibility cell"),
    "no_watch": Say("这个班没有排人", "Nobody is assigned to this shift"),
    "no_post": Say("排了人，但已经不是采集员", "Whoever is assigned is no collector any more"),
}
TITLES = {
    "ground": Say("空隙和重叠", "Gaps and overlaps"),
    "duty": Say("无人在岗的格和班", "Cells and shifts without anybody"),
    "components": Say("不恰在一格的部件", "Components not in exactly one cell"),
    "walked": Say("周期内没有走到的格", "Cells not walked in the cycle"),
    "reports": Say("落不到格里的上报", "Reports that fall in no cell"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One blind spot: what, where; `area` in m² and `geometry` (GeoJSON) where it is a piece of ground."""

    what: Say
    cell: str = ""
    point: tuple[float, float] | None = None
    area: float | None = None
    geometry: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Blind:
    """One of the lists: its spots, and the numbers that say what was looked at."""

    key: str
    measured: Say
    spots: Sequence[Spot]

    @property
    def title(self) -> Say:
        return TITLES[self.key]

    @property
    def says(self) -> Say:
        """The list in one sentence; empty, it is the proof."""
        n = len(self.spots)
        if n:
            return Say(f"{n} 处。{self.measured}", f"{n} found. {self.measured.en}")
        return Say(f"没有。{self.measured}", f"None. {self.measured.en}")

    @property
    def cells(self) -> dict[str, int]:
        """How many spots each cell has."""
        found: dict[str, int] = {}
        for spot in self.spots:
            if spot.cell:
                found[spot.cell] = found.get(spot.cell, 0) + 1
        return found


def ground(faults: Faults) -> Blind:
    """① The union of the cells is the district: every gap, overlap and spill with its area."""
    spots = [_piece(p, Say("没有网格", "No cell")) for p in faults.gaps]
    spots += [_piece(p, Say(f"网格 {p.cells[0]} 与 {p.cells[1]} 重叠", f"Cells {p.cells[0]} and {p.cells[1]} overlap")) for p in faults.overlaps]  # fmt: skip
    spots += [_piece(p, Say(f"网格 {p.cells[0]} 伸出边界", f"Cell {p.cells[0]} reaches beyond the boundary")) for p in faults.outside]  # fmt: skip
    spots += [
        Spot(Say(f"网格 {code} 的边界无效：{why}", f"Cell {code} has an invalid border: {why}"), code)
        for code, why in faults.invalid
    ]
    cells, district = sum(faults.areas.values()) / 1e6, faults.boundary_area / 1e6
    return Blind("ground", Say(
        f"{len(faults.areas)} 格合计 {cells:.6f} 平方公里，区界 {district:.6f} 平方公里；不足 1 平方米的碎块共 {faults.unseen:.2f} 平方米，不列。",
        f"{len(faults.areas)} cells add up to {cells:.6f} km², the district has {district:.6f} km²; slivers below 1 m², {faults.unseen:.2f} m² in all, are not listed.",
    ), spots)  # fmt: skip


def _piece(p: Piece, what: Say) -> Spot:
    return Spot(what, p.cells[0] if p.cells else "", (p.lon, p.lat), p.area, p.geometry)


def duty(
    found: Iterable[Idle], shifts: Sequence[Shift], cells: int, zoned: int, days: Sequence[tuple[int, Say]]
) -> Blind:
    """② Every cell has somebody in every shift; the night is asked of the cells of demonstration zones."""
    names = {shift.code: shift.title for shift in shifts}
    words = dict(days)
    spots = [
        Spot(
            Say(
                f"{words[one.day]}{names[one.shift]}：{WHY[one.why]}",
                f"{words[one.day].en}, {names[one.shift].en.lower()}: {WHY[one.why].en}",
            ),
            one.cell,
        )
        for one in found
    ]
    asked = len(days) * sum(zoned if shift.zones else cells for shift in shifts)
    every = "、".join(f"{shift.title} {shift.hours}" for shift in shifts)
    every_en = ", ".join(f"{shift.title.en} {shift.hours}" for shift in shifts)
    return Blind("duty", Say(
        f"{'、'.join(str(say) for _, say in days)}共查 {asked:,} 个“格×班”（{every}；夜间只查示范区的 {zoned} 格）。",
        f"{asked:,} cells × shifts of {' and '.join(say.en.lower() for _, say in days)} were looked at ({every_en}; nights only in the {zoned} cells of zones).",
    ), spots)  # fmt: skip


def components(
    tiling: Tiling, rows: Sequence[tuple[str, float, float, str]], overlapping: Collection[str]
) -> Blind:
    """③ Every component lies in exactly one cell: located again from its coordinates. `rows` are code, lon, lat and
    the cell on record; a cell that overlaps another cannot hold a component alone."""
    spots = []
    if rows:
        at = tiling.locate_many(np.array([(lon, lat) for _, lon, lat, _ in rows]))
        for (code, lon, lat, cell), i in zip(rows, at.tolist(), strict=True):
            here = tiling.codes[i] if i >= 0 else ""
            if not here:
                spots.append(
                    Spot(
                        Say(f"部件 {code} 不在任何网格里", f"Component {code} lies in no cell"),
                        cell,
                        (lon, lat),
                    )
                )
            elif here != cell:
                spots.append(Spot(Say(f"部件 {code} 登记在 {cell}，坐标在 {here}", f"Component {code} is on record in {cell}, its coordinates lie in {here}"), here, (lon, lat)))  # fmt: skip
            elif here in overlapping:
                spots.append(Spot(Say(f"部件 {code} 所在的网格与别的网格重叠", f"The cell of component {code} overlaps another"), here, (lon, lat)))  # fmt: skip
    n = len(rows)
    return Blind(
        "components",
        Say(f"{n:,} 个在册部件按坐标重新定位。", f"{n:,} components on record were located again."),
        spots,
    )


def unwalked(cells: Iterable[str], walked: Mapping[str, Any], days: int, acts: int) -> Blind:
    """④ Every cell was walked in the cycle: something its people did there on purpose, never a trail of positions."""
    codes = list(cells)
    spots = [
        Spot(Say(f"{days} 天内没有人走到", f"Nobody was here in {days} days"), cell)
        for cell in codes
        if cell not in walked
    ]
    return Blind("walked", Say(
        f"{days} 天内 {acts:,} 次上报、核实、核查、自行处置和巡查记录，到过 {len(codes) - len(spots)} / {len(codes)} 格。不采集轨迹。",
        f"{acts:,} reports, verifications, checks, repairs and visits in {days} days, in {len(codes) - len(spots)} of {len(codes)} cells. No positions are tracked.",
    ), spots)  # fmt: skip


def reports(lost: Iterable[tuple[str, str]], looked_at: int) -> Blind:
    """⑤ Every report falls in a cell: (number, cell on record) of those that do not."""
    spots = [
        Spot(
            Say(f"{number} 的网格 {cell} 已不在册", f"{number}: cell {cell} is no longer in force")
            if cell
            else Say(f"{number} 没有网格", f"{number} has no cell"),
            cell,
        )
        for number, cell in lost
    ]
    return Blind("reports", Say(
        f"在办的 {looked_at:,} 件逐件核对。定不到格的点在上报时就请人重新标，不会存进来。",
        f"{looked_at:,} open cases were looked at. A point in no cell is refused when it is reported and never stored.",
    ), spots)  # fmt: skip
