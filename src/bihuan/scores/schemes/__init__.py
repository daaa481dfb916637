"""The dated schemes of the package: each a folder with scheme.toml, what is not modelled yet, and a page to read."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bihuan import lines
from bihuan.core.score.scheme import Scheme, indicators_named, scheme_of
from bihuan.core.time.instant import day_text

HERE = Path(__file__).parent
Frozen = dict[str, Any]


class NoScheme(LookupError):
    """No scheme had taken force on that day."""


@cache
def _tables() -> tuple[dict[str, Any], ...]:
    """Every scheme.toml, oldest first; dates as text, so that what is stored reads back the same."""
    found = []
    for file in sorted(HERE.glob("*/scheme.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        gaps = tomllib.loads((file.parent / "gaps.toml").read_text(encoding="utf-8"))["gap"]
        found.append(table | {"version": str(table["version"]), "gaps": gaps})
    return tuple(sorted(found, key=lambda table: str(table["version"])))


def frozen_at(day: int) -> Frozen:
    """The scheme in force on a Day with the formulas it names, as one JSON value that is stored with every result."""
    fitting = [table for table in _tables() if table["version"] <= day_text(day)]
    if not fitting:
        raise NoScheme(f"no scheme on {day_text(day)}")
    table = fitting[-1]
    rows = {}
    for code, key in indicators_named(table):
        known = {row["key"]: row for row in lines.at(code, day).score.get("indicator", ())}
        if key in known:
            rows[f"{code}/{key}"] = known[key]
    return {"scheme": table, "indicators": rows}


def thaw(frozen: Frozen) -> Scheme:
    """The scheme of a stored result, whatever the folders say today."""
    return scheme_of(frozen["scheme"], frozen["indicators"])
