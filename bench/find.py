"""Searching 2,000 items in the database: candidates by the index of terms, against a plain ILIKE over the same words.

The items are the example catalogue written out under other names until there are 2,000 of them; the questions are
those the search is judged by. Both sides run the statement alone, on one connection.
"""

from __future__ import annotations

import csv
import statistics
import time
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.measure import Line, race

ITEMS, ROUNDS, SLOWEST = 2000, 9, 30.0  # SLOWEST in ms, of a single search
ON = date(2026, 12, 1)
ASKED = Path(__file__).resolve().parents[1] / "src/bihuan/items/tests/asked.csv"
PLAIN = "select code from bench_plain where text ilike any (%s) limit 200"


def lines() -> list[Line]:
    """One comparison, and the median and 95th percentile of single searches as notes."""
    from django.db import connection

    from bihuan.core.items.find import understand
    from bihuan.items import queries
    from bihuan.items.sayings import sayings

    fill()
    index = queries.index()
    with ASKED.open(encoding="utf-8", newline="") as file:
        texts = [row["asked"] for row in csv.DictReader(file)]
    asked = [understand(text, sayings(ON)) for text in texts]
    ours = [[index.telling(one)] for one in asked]
    plain = [[f"%{word}%" for word in (one.text, *one.means)] for one in asked]

    def run(statement: str, params: list[Any]) -> list[float]:
        took = []
        with connection.cursor() as cursor:
            for one in params:
                start = time.perf_counter()
                cursor.execute(statement, one)
                cursor.fetchall()
                took.append((time.perf_counter() - start) * 1000)
        return took

    found = race(
        [
            ("index of terms", lambda: run(queries.CANDIDATES, ours), len(texts)),
            ("ilike", lambda: run(PLAIN, [[one] for one in plain]), len(texts)),
        ],
        ROUNDS,
    )
    took = sorted(run(queries.CANDIDATES, ours))
    whole = []
    for text in texts:
        start = time.perf_counter()
        queries.find(text, ON)
        whole.append((time.perf_counter() - start) * 1000)
    slow = took[int(len(took) * 0.95)]
    note = (
        f"{ITEMS} items, {len(texts)} questions; in the database median {statistics.median(took):.1f}, p95 {slow:.1f}, longest"
        f" {took[-1]:.1f} ms (wanted {SLOWEST:.0f}); with ranking and reasons median {statistics.median(whole):.1f},"
        f" p95 {sorted(whole)[int(len(whole) * 0.95)]:.1f} ms"
    )
    if slow > SLOWEST:
        raise SystemExit(f"search is too slow: {note}")
    return [Line("找事项 / finding items", found[0], found[1], 0.0, note)]


def fill() -> None:
    """Write 2,000 items as one edition, and the same words in a plain table."""
    from django.db import connection

    from bihuan.cases.edge import to_datetime
    from bihuan.config.cli.load import load_all
    from bihuan.core.time.instant import at
    from bihuan.items import actions, queries

    load_all()
    said = queries.said_now()["items"]
    rows = dict(said)
    for n, (code, row) in enumerate(cycle(list(said.items()))):
        if len(rows) >= ITEMS:
            break
        name = f"{row['name'][:-2]}{n // len(said)}类{row['name'][-2:]}"
        rows[f"X{n}-{code}"] = row | {"code": f"X{n}-{code}", "name": name}
    actions.record_entries({"items": rows}, by="", at=to_datetime(at("2026-11-30 12:00")), source="bench")
    with connection.cursor() as cursor:
        cursor.execute("create temporary table bench_plain (code text, text text)")
        cursor.executemany(
            "insert into bench_plain values (%s, %s)",
            [
                (code, f"{row['name']} {row['words']} {row['life']} {row['result']}")
                for code, row in rows.items()
            ],
        )
        cursor.execute("analyze bench_plain")
        cursor.execute("analyze items_sought")
