"""What the signals find of the planted cheats, over several seeded months, and what it costs in false alarms.

    python -m bench.cheats [--home FOLDER] [--seeds 5] [--cases 3000]

The months are lived in memory by the rules of the product, written down, looked at, and taken back.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from bench.client import say


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
    from bihuan.config.simulate.cheats import CHEATS, crooked
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
    mixed = scores["crooked"]
    for key, cheat in CHEATS.items():
        acts = [one.acts[key] for one in mixed]
        found = sum(bool(one.actors[key][0]) for one in mixed)
        say(
            "%-12s acts %s  months in which who does it is found %d of %d  by %s",
            key,
            span(acts),
            found,
            len(mixed),
            ", ".join(cheat.signals) or "-",
        )
    for name, rows in scores.items():
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
