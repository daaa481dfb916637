"""Draw named works and tasks at random from a folder of reports, for a person to judge: `python -m bihuan.core.report.tests.sample_plan DIR`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from bihuan.core.report import read


def draw(folder: Path, seed: int, count: int) -> tuple[list[str], list[str]]:
    """Tab-separated works (report, name, sentence) and tasks (report, verbs, measurability, sentence); same seed, same draw."""
    works, tasks = [], []
    for file in sorted(folder.glob("*.md")):
        for t in read(file.read_text(encoding="utf-8")).tasks:
            text = t.text.replace("\n", " ")
            tasks.append("\t".join((file.stem, " ".join(t.verbs), t.measurability, text)))
            works.extend("\t".join((file.stem, name, text)) for name in t.projects)
    chance = random.Random(seed)
    return chance.sample(works, count), chance.sample(tasks, count)


if __name__ == "__main__":
    where, seed, count = [*sys.argv[1:], *("20261129", "60")[len(sys.argv) - 2 :]][:3]
    for part in draw(Path(where), int(seed), int(count)):
        sys.stdout.write("\n".join(part) + "\n\n")
