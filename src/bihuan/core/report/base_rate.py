"""How often goals of a kind were met, counted from following 44 reports of eight places, 2012–2017."""

from __future__ import annotations

COUNTED_ON = "2026-11-30"
# kept, partly, missed by kind of target; printed by `bihuan report follow FOLDER --met`
MET = {
    "growth_yoy": (100, 32, 50),
    "flow_in_year": (85, 6, 2),
    "count_new": (85, 1, 4),
    "level_by_year": (31, 10, 3),
    "ceiling": (25, 0, 1),
    "growth_avg": (0, 0, 2),
}


def base_rate(kind: str) -> tuple[int, int] | None:
    """(kept, judged) of goals of this kind of target; None where none was judged."""
    met = MET.get(kind)
    return (met[0], sum(met)) if met else None
