"""What the case page says of lamp and pace: each with its sentence, the quarters, a hand figure beside the computed one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bihuan.cases.edge import day_of as day_of_moment
from bihuan.cases.paced import Measured, by_system
from bihuan.cases.shapes import CasePage
from bihuan.core.score.pace import Pace, Reading, exact, figure
from bihuan.core.time.instant import day_of, day_text, ymd
from bihuan.targets import beside
from bihuan.targets.beside import Pair, Told

LAMPS = {"green": "is-done", "yellow": "is-soon", "red": "is-late", "none": "is-none"}


def measured_of(page: CasePage) -> dict[str, Any]:
    """Lamp and pace beside each other, with the quarters, where the line follows goals."""
    found: Measured | None = page.measured
    if found is None:
        return {}
    pairs: list[Pair] = []
    if found.plan is not None:
        known = beside.of_case(page.head.id, found.plan.unit)
        computed = [(row, told) for row, told in known if told.formula]
        days = [
            Reading(min(day_of_moment(row.added_at), day_of(row.year, 12, 31)), exact(told.value))
            for row, told in computed
        ]
        pairs = _pairs(
            found,
            {row.year: told for row, told in computed},
            {row.year: told for row, told in known if not told.formula},
        )
        found = by_system(found, days)
    rows = [
        {
            "day": day_text(node.day),
            "share": figure(node.share * 100, 0),
            "due": node.due,
            "reached": node.reached,
            "past": node.past,
        }
        for node in found.nodes
    ]
    return {
        "measured": found, "lamp_class": LAMPS[found.light.colour], "node_rows": rows, "pairs": pairs,
        "bar": _bar(found.pace),
    }  # fmt: skip


def _bar(pace: Pace | None) -> dict[str, int] | None:
    """Reached and due in thousandths of the way, as far as the picture goes; None where nothing was reported."""
    if pace is None or pace.actual is None or pace.due_then is None:
        return None
    reached, due = (min(1000, max(0, round(share * 1000))) for share in (pace.actual, pace.due_then))
    return {"reached": reached, "due": min(due, 996)}


def _pairs(found: Measured, computed: dict[int, Told], by_hand: dict[int, Told]) -> list[Pair]:
    """The computed figure of each year beside what the unit reported last in this case, else wrote for the indicator."""
    unit = found.plan.unit if found.plan else ""
    reported = {
        ymd(one.day)[0]: Told(Decimal(one.value.numerator) / one.value.denominator, unit, source)
        for one, source in zip(found.readings, found.sources, strict=True)
    }
    return [
        beside.pair(year, told, (by_hand | reported).get(year)) for year, told in sorted(computed.items())
    ]
