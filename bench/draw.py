"""A draw of 37,000 from 1,000,000 with 400 inspectors, against a floor and three peers.

The floor is one SHA-256 for each subject and nothing else, in the same rounds: what it costs at least, however
loaded the machine is. The peers draw one list and deal no inspectors, so they do less. consistent_sampler, whose
cost is near linear, draws the same share of 50,000; RFC 3797 (as written) the same number of the million.
sortition-algorithms answers another question (equal chances under quotas over those who came forward) and takes
minutes for a thousand people, so it draws 20 of 200. Seconds are of one processor; in the browser of the clock.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from consistent_sampler import sampler
from playwright.sync_api import sync_playwright
from sortition_algorithms import Settings, find_random_sample, read_in_features, read_in_people

import bihuan.config
from bench.measure import Line, Rate, race
from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import compute, drawing, reveal
from bihuan.core.draw.beacon import beacon
from bihuan.core.draw.manifest import Manifest, Sealed, manifest, write
from bihuan.core.draw.rows import write as table
from bihuan.core.draw.seed import commitment

SUBJECTS, INSPECTORS, PAIRS = 1_000_000, 400, 220_000
FEW, FEWEST, TURNS = 50_000, 200, 4
CHROMIUM = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
SCRIPT = Path(bihuan.config.__file__).parent / "static" / "bihuan" / "dr1.js"
IN_WORKER = """async ([script, turns]) => {
    const files = {};
    for (const file of document.querySelector("input").files) files[file.name] = new Uint8Array(await file.arrayBuffer());
    const run = `${script.replace(/^export /gm, "")}
        onmessage = ({data: [files, turns]}) => {
            const took = [];
            for (let turn = 0; turn < turns; turn++) { const at = performance.now(); compute(files); took.push(performance.now() - at); }
            postMessage(took);
        };`;
    const worker = new Worker(URL.createObjectURL(new Blob([run], {type: "text/javascript"})));
    const done = new Promise((good, bad) => { worker.onmessage = (event) => good(event.data); worker.onerror = bad; });
    worker.postMessage([files, turns]);
    return done;
}"""
SEED = "03 06 09 12 15"
NOT_HERE = "RFC 3797 deals no inspectors"
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


def quotas() -> list[frozenset[str]]:
    """20 of 200 people, two classes of two, by the algorithm that package has as its default."""
    features, *_ = read_in_features(
        ["feature", "value", "min", "max"],
        [{"feature": f, "value": v, "min": "9", "max": "11"} for f in ("a", "b") for v in ("x", "y")],
    )
    rows = [{"id": str(n), "a": "xy"[n % 2], "b": "xy"[n // 2 % 2]} for n in range(FEWEST)]
    people, _ = read_in_people(["id", "a", "b"], rows, features, Settings("id", []))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return find_random_sample(features, people, FEWEST // 10, [])[0]


def in_browser(files: dict[str, bytes]) -> Rate:
    """dr1.js from the bytes of the files to the bytes of the result, in Chromium."""
    script = SCRIPT.read_text()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        for name, data in files.items():
            (Path(place) / name).write_bytes(data)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<input type=file multiple>")
        page.set_input_files("input", [Path(place) / name for name in files])
        took = page.evaluate(IN_WORKER, [script, TURNS])
        browser.close()
    return Rate("in Chromium", tuple(SUBJECTS / (ms / 1000) for ms in took[1:]))  # the first warms it


def lines() -> list[Line]:
    """Drawing alone, and from the bytes of the files; peers select only."""
    files = folder()
    gc.disable()  # as `bihuan draw` does
    made = manifest(files["manifest.txt"])
    read, opened = drawing.rosters(made, files), reveal.reveal(files["reveal.txt"], made)
    drawn = drawing.draw(made, opened, read)
    names = [sid.decode() for sid in read.subjects.sids]
    few, start = names[:FEW], b"k" * 32 + b"S"
    ours, whole, floor, sampled, rfc = race(
        [
            ("draw and deal", lambda: drawing.draw(made, opened, read), SUBJECTS),
            ("from files to result", lambda: compute(files).result(), SUBJECTS),
            ("SHA-256 of each, nothing else", lambda: [hashlib.sha256(start + sid).digest() for sid in read.subjects.sids], SUBJECTS),
            ("consistent_sampler, selection", lambda: list(sampler(few, SEED, take=FEW * 37 // 1000)), FEW),
            ("RFC 3797, selection", lambda: rfc_3797(SEED, names, len(drawn.teams)), SUBJECTS),
        ],
        rounds=3,
        clock=time.process_time,  # one thread, no waiting: what it costs also where others share the machine
    )  # fmt: skip
    gc.enable()
    page, quota = in_browser(files), once("sortition-algorithms, quotas", quotas, FEWEST)
    note = f"{len(drawn.teams):,} of {SUBJECTS:,}, {INSPECTORS} inspectors: {seconds(ours)}; the floor {seconds(floor)}"
    still = Rate(floor.name, (statistics.median(floor.rates),) * len(page.rates))
    return [
        Line("抽取 / draw", ours, floor, 0.33, note),
        Line("从文件到结果 / from files", whole, floor, 0.2, seconds(whole)),
        Line("浏览器里从文件到结果 / in a browser", page, still, 0.08, seconds(page)),
        Line("抽取 / draw", ours, sampled, 4),
        Line("抽取 / draw", ours, rfc, 4, NOT_HERE),
        Line("抽取 / draw", Rate(ours.name, (ours.median,)), quota, 100, "it answers another question"),
        Line("从文件到结果 / from files", whole, sampled, 2.5),
        Line("从文件到结果 / from files", whole, rfc, 2.5, NOT_HERE),
    ]


def once(name: str, run: Callable[[], object], n: int) -> Rate:
    """What takes half a minute is run once."""
    begun = time.process_time()
    run()
    return Rate(name, (n / (time.process_time() - begun),))


def seconds(rate: Rate) -> str:
    """How long the million takes, in the median."""
    return f"{SUBJECTS / rate.median:.2f} s"
