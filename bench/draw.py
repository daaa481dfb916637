"""A draw of 35,000 from 1,000,000 with 400 inspectors, against consistent_sampler and RFC 3797 as written.

The peers draw one list without classes and deal no inspectors, so they do less. The sampler, whose cost is near
linear, draws the same share of 50,000; RFC 3797 the same number of the million. Seconds are of one processor.
"""

from __future__ import annotations

import hashlib
import random
import time
from datetime import UTC, datetime

from consistent_sampler import sampler

from bench.measure import Line, race
from bihuan.core.draw import compute, drawing, reveal
from bihuan.core.draw.beacon import beacon
from bihuan.core.draw.hashes import digest
from bihuan.core.draw.manifest import Manifest, Sealed, manifest, write
from bihuan.core.draw.rows import write as table
from bihuan.core.draw.seed import commitment

SUBJECTS, INSPECTORS, PAIRS = 1_000_000, 400, 220_000
FEW = 50_000
SEED = "03 06 09 12 15"
CLOSES = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DRAW = "120104/2026-1"
VALUES = {"kl8 2026311": " ".join(f"{n:02d}" for n in range(3, 63, 3)).encode(), "pl5 2026311": b"0 9 3 3 7"}
PLAN = (("A", "1", "100", "0", "P0:2"), ("B", "5", "100", "0", "P1:2"), ("C", "1", "5", "0", "P2:2"), ("D", "1", "5", "0", "P3:2"))  # fmt: skip


def folder(name: str = "sha256") -> dict[str, bytes]:
    """The files of a large draw, always the same."""
    chance = random.Random(7)
    sids = [f"91120104MA{n:08d}" for n in range(SUBJECTS)]
    iids = [f"37{n:08d}" for n in range(INSPECTORS)]
    pairs = sorted({(chance.choice(sids), chance.choice(iids)) for _ in range(PAIRS)})
    lines = {
        "subjects": list(zip(sids, chance.choices("ABCD", [70, 20, 8, 2], k=SUBJECTS), strict=True)),
        "excluded": [], "inspectors": [(iid, f"P{n % 4}") for n, iid in enumerate(iids)],
        "avoid": [(sid, iid, "CH"[n % 2]) for n, (sid, iid) in enumerate(pairs)], "plan": list(PLAN),
    }  # fmt: skip
    files = {f"{kind}.tsv": table(kind, DRAW, rows) for kind, rows in lines.items()}
    sealed = {kind: Sealed(len(rows), digest(name, files[f"{kind}.tsv"])) for kind, rows in lines.items()}
    nonces = {party: party[:1].encode() * 32 for party in ("market", "justice", "notary")}
    made = Manifest(
        b"", DRAW, name, 20, sealed, None, {p: commitment(name, DRAW, p, nonce) for p, nonce in nonces.items()},
        tuple(map(beacon, VALUES)), CLOSES,
    )  # fmt: skip
    files["manifest.txt"] = write(made)
    files["reveal.txt"] = reveal.write(reveal.Reveal(b"", nonces, VALUES))
    return files


def rfc_3797(key: str, names: list[str], wanted: int) -> list[str]:
    """MD5(index ‖ key ‖ index) modulo what remains; pick and remove (RFC 3797 §4)."""
    rest, found = list(names), []
    for index in range(wanted):
        salt = index.to_bytes(2, "big")
        number = int.from_bytes(hashlib.md5(salt + key.encode() + salt).digest(), "big")
        found.append(rest.pop(number % len(rest)))
    return found


def lines() -> list[Line]:
    """Drawing alone, and from the bytes of the files, for both hashes; peers select only."""
    files = folder()
    made = manifest(files["manifest.txt"])
    read, opened = drawing.rosters(made, files), reveal.reveal(files["reveal.txt"], made)
    drawn = drawing.draw(made, opened, read)
    names = [sid.decode() for sid in read.subjects.sids]
    few = names[:FEW]
    ours, whole, sampled, rfc = race(
        [
            ("draw and deal", lambda: drawing.draw(made, opened, read), SUBJECTS),
            ("from files to result", lambda: compute(files).result(), SUBJECTS),
            ("consistent_sampler, selection", lambda: list(sampler(few, SEED, take=FEW * 37 // 1000)), FEW),
            ("RFC 3797, selection", lambda: rfc_3797(SEED, names, len(drawn.teams)), SUBJECTS),
        ],
        rounds=2,
        clock=time.process_time,  # one thread, no waiting: what it costs also where others share the machine
    )
    note = f"{len(drawn.teams):,} of {SUBJECTS:,}, {INSPECTORS} inspectors"
    seconds = f"{SUBJECTS / ours.median:.2f} s, from files {SUBJECTS / whole.median:.2f} s"
    return [
        Line("抽取 / draw", ours, sampled, 4, f"{note}; {seconds}"),
        Line("抽取 / draw", ours, rfc, 4),
        Line("从文件到结果 / from files", whole, sampled, 2.5),
        Line("从文件到结果 / from files", whole, rfc, 2.5),
    ]
