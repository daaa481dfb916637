"""What the signals find of the planted cheats, over several seeded months, and what it costs in false alarms.

    python -m bench.cheats [--home FOLDER] [--seeds 5] [--cases 3000]

The months are lived in memory by the rules of the product, written down, looked at, and taken back.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.client import say

if TYPE_CHECKING:
    from bihuan.config.simulate.year import Score


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--home", type=Path, required=True, help="an empty district made by `bihuan simulate`")
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--cases", type=int, default=3000)
    told = asked.parse_args()
    os.environ |= {"BIHUAN_HOME": str(told.home), "BIHUAN_DEMO": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "bihuan.config.settings"
    from bihuan.config.cli.database import ready_django

    with ready_django():
        run(told.seeds, told.cases)


def run(seeds: int, cases: int) -> None:
    """The table, crooked months and honest ones."""
    from bihuan.config.demo.staff import Staff
    from bihuan.config.roles import as_owner
    from bihuan.config.simulate.actions import reserve
    from bihuan.config.simulate.cheats import crooked
    from bihuan.config.simulate.year import Score, judge, live
    from bihuan.core.time.instant import DAY, day

    since, until = day("2026-10-09"), day("2026-11-09") * DAY
    staff = Staff.there()
    scores: dict[str, list[Score]] = {"crooked": [], "honest": []}
    for seed in range(1, seeds + 1):
        for name, who in (("crooked", crooked(staff)), ("honest", {})):
            begun, score = time.monotonic(), Score()
            with as_owner():
                first = reserve("cases_case", cases * 2)
                lived = live(staff, seed, cases, since, until, who, first)
            judge(lived, since, until, score)
            scores[name].append(score)
            say("seed %d %s: %d cases, %.0f s", seed, name, len(lived.lives), time.monotonic() - begun)
        tell(scores["crooked"], scores["honest"])


def tell(crooked_months: list[Score], honest: list[Score]) -> None:
    """What was found in the months so far."""
    from bihuan.config.simulate.cheats import CHEATS

    say("--- %d months of each kind", len(honest))
    for key, cheat in CHEATS.items():
        acts = span([one.acts[key] for one in crooked_months])
        found = sum(bool(one.actors[key][0]) for one in crooked_months)
        by = ", ".join(cheat.signals) or "-"
        say("%-12s acts %s; who does it: in %d of %d months; by %s", key, acts, found, len(honest), by)
    for name, rows in (("crooked", crooked_months), ("honest", honest)):
        for signal in sorted({key for one in rows for key in one.false}):
            rates = sorted(1000 * one.false[signal] / one.cases for one in rows)
            say(
                "%s months, false alarms of %s: %.1f to %.1f in 1,000 cases",
                name,
                signal,
                rates[0],
                rates[-1],
            )


def span(acts: list[list[int]]) -> str:
    """Found of planted over all months, and the smallest and largest share of a month."""
    shares = sorted(k / n for k, n in acts if n)
    found, planted = (sum(row[i] for row in acts) for i in (0, 1))
    return f"{found} of {planted}" + (f" ({shares[0]:.0%} to {shares[-1]:.0%} a month)" if shares else "")


if __name__ == "__main__":
    main()
