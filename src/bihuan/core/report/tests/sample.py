"""Draw findings at random from a folder of reports, for a person to judge: `python -m bihuan.core.report.tests.sample DIR`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from bihuan.core.report import read


def draw(folder: Path, seed: int, count: int) -> list[str]:
    """Tab-separated findings: report, context, value, unit, indicator, role, comparator, status; same seed, same draw."""
    rows = []
    for file in sorted(folder.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        for q in read(text).quantities:
            a, b = q.span
            context = f"{text[max(0, a - 24) : a]}【{text[a:b]}】{text[b : b + 14]}".replace("\n", " ")
            rows.append((file.stem, context, f"{q.norm_value:g}", q.norm_unit, q.indicator, q.role, q.comparator, q.status))  # fmt: skip
    return ["\t".join(row) for row in random.Random(seed).sample(rows, count)]


if __name__ == "__main__":
    where, seed, count = [*sys.argv[1:], *("20261124", "60")[len(sys.argv) - 2 :]][:3]
    sys.stdout.write("\n".join(draw(Path(where), int(seed), int(count))) + "\n")
