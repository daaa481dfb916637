"""Reading the Nankai report against other libraries on the same text: characters a second and value F1; a folder in parallel."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import bihuan.core.report.tests as beside
import bihuan.targets
from bench.amounts import PEERS, Amount
from bench.measure import Line, race
from bihuan.config.cli.report import in_parallel, open_report
from bihuan.core.report import read
from bihuan.core.report.tests.scoring import anchor, rows

NANKAI = Path(bihuan.targets.__file__).parent / "seed" / "nankai-2016-report.txt"
ANSWERS = Path(beside.__file__).parent / "nankai_quantities.tsv"
LONG = 16_000  # characters of a long report
FILES = 8
ROUNDS = 3


def lines() -> list[Line]:
    """One line a peer, then the folder."""
    with NANKAI.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    answer = [(*anchor(text, row[0]), Decimal(row[1])) for row in rows(ANSWERS)]
    ours = value_f1([(*q.span, Decimal(repr(q.norm_value))) for q in read(text).quantities], answer)
    cpu = _cpu(text)
    out = []
    for name, load in PEERS:
        peer = load()
        theirs = value_f1(peer(text), answer)
        rates = race(
            [("bihuan", lambda: read(text), len(text)), (name, lambda peer=peer: peer(text), len(text))],
            ROUNDS,
        )
        note = f"value F1 {ours:.3f} against {theirs:.3f}"
        out.append(Line("读报告，字 / report, characters", *rates, note=note))
    note = f"{FILES} files; one report {cpu * LONG / len(text):.2f} CPU s per {LONG:,} characters"
    return [*out, _folder(note)]


def value_f1(found: Iterable[Amount], answer: list[Amount]) -> float:
    """F1 of amounts: right where they overlap the figure and have its value in the base unit, each figure once."""
    left, said, right = list(answer), list(found), 0
    for a, b, value in said:
        hit = next((g for g in left if g[0] < b and a < g[1] and g[2] == value), None)
        if hit:
            left.remove(hit)
            right += 1
    return 2 * right / (len(said) + len(answer))


def _cpu(text: str) -> float:
    """CPU seconds of one reading, the least of three."""
    used = []
    for _ in range(3):
        start = time.process_time()
        read(text)
        used.append(time.process_time() - start)
    return min(used)


def _folder(note: str) -> Line:
    """All cores on the reports of a folder against one by one."""
    with tempfile.TemporaryDirectory() as made:
        files = [Path(shutil.copy(NANKAI, Path(made) / f"{i}.txt")) for i in range(FILES)]
        both, one = race(
            [
                ("bihuan, in parallel", lambda: in_parallel(_read_file, files), FILES),
                ("bihuan, one by one", lambda: [_read_file(f) for f in files], FILES),
            ],
            ROUNDS,
        )
    return Line("文件夹，份 / folder, reports", both, one, note=note)


def _read_file(file: Path) -> int:
    return len(read(open_report(file).text).quantities)
