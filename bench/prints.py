"""`python -m bench.prints [pictures] [kept]`: how often a changed picture is found, how often another one is, how fast.

Scenes are invented (cases/tests/scenes.py); `kept` prints are random bits in a temporary table of the same shape.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from itertools import combinations
from random import Random

from PIL import Image

from bihuan.cases.photo import prints_of
from bihuan.cases.tests.scenes import cut, jpeg, lit, scene
from bihuan.config.cli.database import ready_django
from bihuan.core.signal.prints import BITS, NEAR, keys, nearest, probes, signed

CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "compressed to quality 40": lambda p: p,
    "half the size": lambda p: p.resize((p.width // 2, p.height // 2)),
    "320 x 240": lambda p: p.resize((320, 240)),
    "20 % lighter": lambda p: lit(p, 1.2),
    "30 % darker": lambda p: lit(p, 0.7),
    "2 % off each side": lambda p: cut(p, 0.02, 0.02, 0.02, 0.02),
    "5 % off each side": lambda p: cut(p, 0.05, 0.05, 0.05, 0.05),
    "8 % off each side": lambda p: cut(p, 0.08, 0.08, 0.08, 0.08),
    "10 % off each side": lambda p: cut(p, 0.10, 0.10, 0.10, 0.10),
    "15 % off each side": lambda p: cut(p, 0.15, 0.15, 0.15, 0.15),
    "5 % off the left": lambda p: cut(p, 0.05, 0, 0, 0),
    "4 % off two sides": lambda p: cut(p, 0.04, 0.04, 0, 0),
    "8 % off two sides": lambda p: cut(p, 0.08, 0.08, 0, 0),
    "mirrored": lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "turned by 3 degrees": lambda p: p.rotate(3),
}
LOOK_UP = "select document_id, prints from kept where bands && %s::int[]"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def recall(number: int) -> None:
    """Shares of changed pictures whose print lies within 3 and within NEAR of the kept ones, and false alarms."""
    scenes = [scene(seed) for seed in range(number)]
    kept = [prints_of(one) for one in scenes]
    say(f"{'change':28} <=3   <={NEAR}   of {number}")
    for name, change in CHANGES.items():
        away = []
        for one, prints in zip(scenes, kept, strict=True):
            again = prints_of(Image.open(io.BytesIO(jpeg(change(one), 40))))
            away.append(nearest(again[0], prints) if again else BITS)
        say(
            f"{name:28} {sum(d <= 3 for d in away) / number:.2f}  {sum(d <= NEAR for d in away) / number:.2f}"
        )
    pairs = [nearest(a[0], b) for a, b in combinations([one for one in kept if one], 2)]
    say(
        f"false alarms: {sum(d <= NEAR for d in pairs)} of {len(pairs)} pairs, nearest {min(pairs)} bits apart"
    )


def speed(kept: int) -> None:
    """Look-ups among so many kept pictures: median and slowest of a hundred."""
    from django.db import connection

    chance = Random(1)
    rows = []
    with connection.cursor() as cursor:
        cursor.execute("create temp table kept (document_id bigint, prints bigint[], bands int[])")
        for pk in range(kept):
            whole = chance.getrandbits(64)
            prints = [whole] + [whole ^ chance.getrandbits(64) & chance.getrandbits(64) & chance.getrandbits(64) for _ in range(4)]  # fmt: skip
            rows.append((pk, [signed(p) for p in prints], sorted({key for p in prints for key in keys(p)})))
            if len(rows) == 10_000 or pk == kept - 1:
                with cursor.copy("copy kept from stdin") as copy:
                    for row in rows:
                        copy.write_row(row)
                rows.clear()
        begun = time.perf_counter()
        cursor.execute("create index on kept using gin (bands)")
        cursor.execute("analyze kept")
        say(f"index of {kept} pictures: {time.perf_counter() - begun:.0f} s")
        cursor.execute(
            "select pg_size_pretty(pg_total_relation_size('kept')), pg_size_pretty(pg_indexes_size('kept'))"
        )
        say("size with index, index: " + ", ".join(cursor.fetchone()))
        took, found = [], []
        for _ in range(100):
            asked = list(probes(chance.getrandbits(64)))
            begun = time.perf_counter()
            cursor.execute(LOOK_UP, [asked])
            found.append(len(cursor.fetchall()))
            took.append((time.perf_counter() - begun) * 1000)
        say(
            f"look-up: median {statistics.median(took):.1f} ms, slowest {max(took):.1f} ms, {statistics.mean(found):.0f} to compare"
        )


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    recall(wanted[0] if wanted else 500)
    with ready_django():
        speed(wanted[1] if len(wanted) > 1 else 1_000_000)
