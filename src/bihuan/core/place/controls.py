"""Controlled areas and hours (管控区域、时段): where and when certain matters are not taken, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.place.beats import DAY, Shift, read_shifts
from bihuan.core.say import Say

KEYS = {"areas", "matters", "days", "begin", "end", "zh", "en", "basis"}


@dataclass(frozen=True, slots=True)
class Control:
    """`areas` and `matters` are beginnings of codes, none means all; `days` are weekdays, Monday is 1."""

    areas: tuple[str, ...]
    matters: tuple[str, ...]
    days: frozenset[int]
    hours: Shift
    reason: Say
    basis: str

    def holds(self, matter: str, cell: str, moment: int) -> bool:
        """Whether a matter in a cell is not taken at an instant."""
        if self.matters and not matter.startswith(self.matters):
            return False
        if self.areas and not cell.startswith(self.areas):
            return False
        for day in (moment // DAY - 1, moment // DAY):
            begin, end = self.hours.window(day)
            if begin <= moment < end and (day + 3) % 7 + 1 in self.days:
                return True
        return False


def read_controls(rows: Iterable[Mapping[str, Any]]) -> tuple[Control, ...]:
    """The controls of a dated value; ValueError names the row that cannot be taken."""
    found = []
    for row in rows:
        unknown = set(row) - KEYS
        if unknown or not {"begin", "end", "zh", "en", "basis"} <= set(row):
            raise ValueError(f"管控写得不对 / a control cannot be read: {dict(row)!r}")
        (hours,) = read_shifts([{"code": "control", **row}])
        days = frozenset(int(day) for day in row.get("days", range(1, 8)))
        if not days <= set(range(1, 8)):
            raise ValueError(f"星期写 1 到 7 / weekdays are 1 to 7: {dict(row)!r}")
        areas, matters = (tuple(map(str, row.get(key, ()))) for key in ("areas", "matters"))
        found.append(Control(areas, matters, days, hours, Say(row["zh"], row["en"]), str(row["basis"])))
    return tuple(found)


def controlled(rows: Iterable[Mapping[str, Any]], matter: str, cell: str, moment: int) -> Say | None:
    """Why a matter is not taken in this cell at this instant, with hours and basis; None where it is."""
    for one in read_controls(rows):
        if one.holds(matter, cell, moment):
            return Say(
                f"这里 {one.hours.hours} 不收这类问题：{one.reason}（{one.basis}）",
                f"Problems of this kind are not taken here {one.hours.hours}: {one.reason.en} ({one.basis})",
            )
    return None
