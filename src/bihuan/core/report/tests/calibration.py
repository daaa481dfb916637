"""How well the bands of `chance` hold on series of a folder of reports: `python -m ...tests.calibration FOLDER`.

Each later reading of a series is predicted from the readings before it (three or more). `--apart` chooses the priors
anew for every place from the other places only, so that no place is measured with priors it helped to choose.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from unittest.mock import patch

from bihuan.core.report import read
from bihuan.core.report.chance import PRIORS, Prior, chance
from bihuan.core.report.follow import Following, Report, follow
from bihuan.core.report.series import Series, every

GRID = {
    "amount": product((0.02, 0.03, 0.05), (2, 5), (0.5, 1.0, 2.0)),
    "rate": product((0.01, 0.02), (3, 5), (1.0, 3.0)),
    "growth": product((0.08, 0.12), (3, 5), (1.0, 2.0, 3.0)),
}


def followed(folder: str) -> list[Following]:
    """Every place of a folder of reports named PLACE-YEAR.md."""
    by: dict[str, list[Report]] = defaultdict(list)
    for path in sorted(Path(folder).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        place, _, year = path.stem.rpartition("-")
        reading = read(text)
        by[place].append(Report(path.stem, place, reading.meta.plan_year or int(year), text, reading))
    return [follow(reports) for reports in by.values()]


def cases(series: Series) -> Iterable[tuple[tuple[tuple[int, float], ...], int, float]]:
    """(readings before, year, value) of each later reading, where three or more stand before."""
    known = series.readings
    for i in range(3, len(known)):
        for year, value in known[i:]:
            yield known[:i], year, value


def share_below(before: tuple[tuple[int, float], ...], year: int, value: float, kind: str) -> float | None:
    """Where the true figure fell in the projected distribution, 0 to 1; None where none is projected."""
    found = chance(before, value, year, kind=kind, ceiling=True)
    return None if found.refused else found.probability


def fell(places: dict[str, list[Series]], kind: str) -> list[float]:
    """Shares below of all cases of one kind."""
    out = []
    for series in (s for group in places.values() for s in group if s.kind == kind):
        out += [u for case in cases(series) if (u := share_below(*case, kind)) is not None]
    return out


def best(places: dict[str, list[Series]], kind: str, grid: list[tuple[float, int, float]]) -> Prior:
    """The priors of the grid whose bands hold nearest to 50 and 90 in a hundred, narrow ones before wide."""

    def off(values: tuple[float, int, float]) -> float:
        with patch.dict(PRIORS, {kind: Prior(*values)}):
            half, most = held(fell(places, kind))
        return abs(half - 0.5) + 2 * abs(most - 0.9)

    return Prior(*min(grid, key=off))


def held(shares: list[float]) -> tuple[float, float]:
    """Part of the cases inside the middle 50 % and 90 %."""
    n = max(1, len(shares))
    return sum(0.25 <= u <= 0.75 for u in shares) / n, sum(0.05 <= u <= 0.95 for u in shares) / n


def main(folder: str, apart: bool) -> None:
    """Print cases, and how many of them fell in the 50 % and the 90 % band."""
    places = {f.place: [s for s in every(f.readings) if len(s.used) > 3] for f in followed(folder)}
    lines = ["kind\tseries\tcases\tin 50 %\tin 90 %\tbelow the middle"]
    for kind in PRIORS:
        shares: list[float] = []
        grid = list(GRID[kind])
        if apart:
            for place, own in places.items():
                others = {p: s for p, s in places.items() if p != place}
                with patch.dict(PRIORS, {kind: best(others, kind, grid)}):
                    shares += fell({place: own}, kind)
        else:
            shares = fell(places, kind)
        half, most = held(shares)
        n = sum(s.kind == kind for group in places.values() for s in group)
        under = sum(u < 0.5 for u in shares) / max(1, len(shares))
        lines.append(f"{kind}\t{n}\t{len(shares)}\t{half:.0%}\t{most:.0%}\t{under:.0%}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], "--apart" in sys.argv)
