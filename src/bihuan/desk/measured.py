"""What the case page says of lamp and pace: each with its sentence, the quarters, a hand figure beside the computed one."""

from __future__ import annotations

from typing import Any

from bihuan.cases.paced import Measured
from bihuan.cases.shapes import CasePage
from bihuan.core.score.pace import Pace, figure
from bihuan.core.time.instant import day_text
from bihuan.targets import measured

LAMPS = {"green": "is-done", "yellow": "is-soon", "red": "is-late", "none": "is-none"}


def measured_of(page: CasePage) -> dict[str, Any]:
    """Lamp and pace beside each other, with the quarters, where the line follows goals."""
    found: Measured | None = page.measured
    if found is None:
        return {}
    known = measured.known_of({page.head.id: found.plan.unit} if found.plan else {}).get(page.head.id, [])
    pairs = measured.pairs(found, known)
    found = measured.of_system(found, known)
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
