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
    scores = {"crooked": Score(), "honest": Score()}
    for seed in range(1, seeds + 1):
        for name, who in (("crooked", crooked(staff)), ("honest", {})):
            begun = time.monotonic()
            with as_owner():
                first = reserve("cases_case", cases * 2)
                lived = live(staff, seed, cases, since, until, who, first)
            judge(lived, since, until, scores[name])
            say("seed %d %s: %d cases, %.0f s", seed, name, len(lived.lives), time.monotonic() - begun)
    mixed = scores["crooked"]
    for key, cheat in CHEATS.items():
        acts, actors = mixed.acts[key], mixed.actors[key]
        say(
            "%-12s acts %4d of %4d  actors %2d of %2d  by %s",
            key,
            *acts,
            *actors,
            ", ".join(cheat.signals) or "-",
        )
    for name, score in scores.items():
        say("%s months, %d cases: right leads %s", name, score.cases, dict(score.found))
        say("%s months, %d cases: false alarms %s", name, score.cases, dict(score.false))


if __name__ == "__main__":
    main()
