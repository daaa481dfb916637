"""Halls, services, counters and reasons to go first, as CSV: examples until the district fills in its own."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    """The rows of one file by heading."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
