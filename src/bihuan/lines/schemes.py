"""Dated schemes of scoring: each a folder with scheme.toml and what is not modelled yet."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bihuan.core.time.instant import day_text


class NoScheme(LookupError):
    """No scheme had taken force on that day."""


@cache
def schemes(folder: Path) -> tuple[dict[str, Any], ...]:
    """Every scheme.toml below a folder, oldest first; dates as text, so that what is stored reads back the same."""
    found = []
    for file in folder.glob("*/scheme.toml"):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        gaps = tomllib.loads((file.parent / "gaps.toml").read_text(encoding="utf-8"))["gap"]
        found.append(table | {"version": str(table["version"]), "gaps": gaps})
    return tuple(sorted(found, key=lambda table: str(table["version"])))


def scheme_on(folder: Path, day: int) -> dict[str, Any]:
    """The scheme in force on a Day; NoScheme before the first."""
    fitting = [table for table in schemes(folder) if table["version"] <= day_text(day)]
    if not fitting:
        raise NoScheme(f"no scheme on {day_text(day)}")
    return fitting[-1]
