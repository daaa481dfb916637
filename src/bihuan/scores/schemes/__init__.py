"""The dated schemes of the package: each a folder with scheme.toml, what is not modelled yet, and a page to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bihuan import lines
from bihuan.core.score.scheme import Scheme, indicators_named, scheme_of
from bihuan.lines.schemes import scheme_on

HERE = Path(__file__).parent
Frozen = dict[str, Any]


def frozen_at(day: int) -> Frozen:
    """The scheme in force on a Day with the formulas it names, as one JSON value that is stored with every result."""
    table = scheme_on(HERE, day)
    rows = {}
    for code, key in indicators_named(table):
        known = {row["key"]: row for row in lines.at(code, day).score.get("indicator", ())}
        if key in known:
            rows[f"{code}/{key}"] = known[key]
    return {"scheme": table, "indicators": rows}


def thaw(frozen: Frozen) -> Scheme:
    """The scheme of a stored result, whatever the folders say today."""
    return scheme_of(frozen["scheme"], frozen["indicators"])
