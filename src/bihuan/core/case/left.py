"""What stays of an event's data when its words are deleted: what the fold needs, so that the case stands as before."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bihuan.core.case.parts import Event
from bihuan.core.line.parts import Line

CHILD = ("id", "unit", "line", "matter", "item")  # of a row of children, whatever it is called


def left(line: Line, event: Event, codes: Collection[str] = ()) -> dict[str, Any]:
    """The data without anybody's words: parties, limits, conditions, children, and `codes`, the keys of chosen options."""
    action = line.actions.get(event.name)
    wanted, rows = {"limit", "version", "child", "outcome", *codes}, {"children"}
    if action is not None:
        wanted |= {key for _, kind, key in action.sets if kind == "data"}
        if action.narrows:
            wanted.add(action.narrows)
        if action.opens is not None:
            rows.add(action.opens.each)
            if action.opens.bundle:
                wanted.add(action.opens.bundle)
    found: dict[str, Any] = {}
    for key, value in event.data.items():
        if key in rows and isinstance(value, list | tuple):
            found[key] = [{one: row[one] for one in CHILD if one in row} for row in value]
        elif key in wanted:
            found[key] = value
    return found
