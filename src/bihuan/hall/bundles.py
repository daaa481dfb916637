"""The bundles people can apply for, as the hall lists them."""

from __future__ import annotations

from typing import Any

from bihuan import lines
from bihuan.core.line.bundle import rows_of
from bihuan.core.line.parts import Matter
from bihuan.core.say import Say
from bihuan.items import queries

LINE = "bundles"


def bundles_for(day: int, life: str = "") -> list[dict[str, Any]]:
    """The bundles that can be applied for, of one occasion of life or all; none before the line is in force."""
    line = lines.in_force(day).get(LINE)
    known = queries.catalogue().items
    found = []
    for code in line.matters if line else ():
        assert line is not None
        matter, rows = line.matter(code, day), rows_of(line.bundle, code)
        if (not life or matter.columns["life"] == life) and all(row.item in known for row in rows):
            units = {row.unit for row in rows}
            found.append({"code": code, "title": title_of(matter), "parts": len(rows), "units": len(units)})
    return found


def title_of(matter: Matter) -> Say:
    return Say(matter.name, matter.name_en)
