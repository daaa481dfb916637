"""Random rosters by the thousand: core/draw, a second reading of dr1 and dr1.js in Chromium, byte for byte.

    python -m bench.rosters [--count 5000] [--seed 1]

Ends with 1 at the first draw on which they differ, and says its seed.
"""

from __future__ import annotations

import argparse
import base64
import time
from random import Random

from playwright.sync_api import sync_playwright

from bench.client import say
from bench.draw import CHROMIUM, SCRIPT
from bihuan.core.tests import draw_apart
from bihuan.core.tests.draws_here import any_setting

ASK = """async (folders) => {
    const dr1 = await window.dr1;
    const bytes = ([name, text]) => [name, Uint8Array.from(atob(text), (c) => c.charCodeAt(0))];
    return folders.map((files) => new TextDecoder("latin1").decode(dr1.compute(Object.fromEntries(Object.entries(files).map(bytes))).result));
}"""
LOAD = "(source) => { window.dr1 = import(`data:text/javascript;base64,${source}`); }"
BATCH = 50


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=5000)
    asked.add_argument("--seed", type=int, default=1)
    told, begun, lines = asked.parse_args(), time.monotonic(), 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.evaluate(LOAD, base64.b64encode(SCRIPT.read_bytes()).decode())
        for first in range(told.seed, told.seed + told.count, BATCH):
            seeds = range(first, min(first + BATCH, told.seed + told.count))
            folders = [any_setting(Random(seed)).folder() for seed in seeds]
            theirs = page.evaluate(
                ASK, [{n: base64.b64encode(b).decode() for n, b in files.items()} for files in folders]
            )
            for seed, files, other in zip(seeds, folders, theirs, strict=True):
                ours = files["result.tsv"]
                lines += ours.count(b"\n") - 1
                if not ours == draw_apart.result(files) == other.encode("latin1"):
                    say(f"seed {seed}: the three differ")
                    return 1
        browser.close()
    say(
        f"{told.count:,} draws, {lines:,} lines of results, three times the same bytes; {time.monotonic() - begun:.0f} s"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
