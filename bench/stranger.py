"""A stranger redoes a published draw on the site itself, in Chromium: three steps, seconds by the clock, bytes received.

    python -m bench.stranger [--subjects 240 56000] [--rounds 3]

A whole ceremony is held for each size in a database of the bench's own, its manifest logged and witnessed; the site runs
as in production. Step 1 opens the list, step 2 the draw, step 3 presses the button; then a shop is looked up.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from playwright.sync_api import CDPSession, Page, expect, sync_playwright

from bench import place
from bench.client import say
from bench.draw import CHROMIUM
from bench.web import server

if TYPE_CHECKING:
    from bihuan.draws.tests.ceremony import Hall

PLAN = [
    (stratum, num, "100", "1", "SC:2") for stratum, num in (("A", "3"), ("B", "5"), ("C", "10"), ("D", "20"))
]
INSPECTORS, PAIRS_PER_SHOP = 120, 0.2
PATIENCE = 120_000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--subjects", type=int, nargs="+", default=[240, 56_000])
    asked.add_argument("--rounds", type=int, default=3)
    told = asked.parse_args()
    with place.ready() as home:
        place.staff()
        from bihuan.draws.tests.ceremony import fill_hall

        (home / "office").mkdir()
        hall = fill_hall(home / "office")
        (home / "record").mkdir(exist_ok=True)
        (home / "record" / "policy").write_text((home / "office" / "policy").read_text())
        names = {n: hold(hall, n) for n in told.subjects}
        with server("bihuan.config.wsgi:application", {}) as (port, _), sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for n, (name, shop) in names.items():
                found = []
                for _ in range(told.rounds):  # a new browser each: nothing is kept from before
                    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
                    page = context.new_page()
                    found.append(stranger(page, context.new_cdp_session(page), name, shop))
                    context.close()
                tell(n, found)
            browser.close()


def hold(hall: Hall, n: int) -> tuple[str, str]:
    """A ceremony over n shops: (number of the draw, a shop on its list)."""
    from bihuan.core.codes.invent import invent_uscc

    chance = Random(n)
    shops = [invent_uscc(10_000 + i) for i in range(n)]
    people = [f"SC{i:03}" for i in range(INSPECTORS)]
    pairs = {(chance.choice(shops), chance.choice(people)) for _ in range(int(n * PAIRS_PER_SHOP))}
    rows = {
        "subjects": list(zip(shops, chance.choices("ABCD", [50, 30, 15, 5], k=n), strict=True)), "excluded": [],
        "inspectors": [(one, "SC") for one in people], "avoid": [(*pair, chance.choice("CH")) for pair in pairs],
        "plan": PLAN,
    }  # fmt: skip
    draw = hall.drawn(rows=rows, period=f"{n}", title=f"{n} shops")
    return draw.name, shops[n // 2]


def stranger(page: Page, wire: CDPSession, name: str, shop: str) -> dict[str, float]:
    """One visit: milliseconds of each step, bytes over the wire and as they are read."""
    bytes_of = {"sent": 0.0}
    wire.send("Network.enable")
    wire.on(
        "Network.loadingFinished",
        lambda event: bytes_of.update(sent=bytes_of["sent"] + event["encodedDataLength"]),
    )
    page.set_default_timeout(PATIENCE)
    found = {
        "list": clocked(lambda: page.goto("/draws/")),
        "open": clocked(lambda: page.locator(f"a[href='/draws/{name}']").first.click()),
    }
    page.wait_for_load_state()
    before = bytes_of["sent"]

    def press() -> None:
        page.locator("form[data-dr1] button").click()
        expect(page.locator("#checks li").last).to_contain_text("逐字节相同", timeout=PATIENCE)

    found["redo"] = clocked(press)
    if page.locator("#checks li.is-late").count():
        raise AssertionError("a check does not hold")
    found |= {"pages": before, "files": bytes_of["sent"] - before}

    def look() -> None:
        page.fill("#f-id", shop)
        page.locator("#shop-card button").click()
        expect(page.locator("#shop-card [role=status]")).to_contain_text("在名录里", timeout=PATIENCE)

    return found | {"look": clocked(look)}


def clocked(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def tell(n: int, found: list[dict[str, float]]) -> None:
    middle = {key: statistics.median(one[key] for one in found) for key in found[0]}
    whole = [one["list"] + one["open"] + one["redo"] for one in found]
    say(
        f"{n:,} shops: three steps {statistics.median(whole) / 1000:.1f} s ({min(whole) / 1000:.1f}–{max(whole) / 1000:.1f})"
    )
    say("  " + ", ".join(f"{key} {middle[key]:.0f} ms" for key in ("list", "open", "redo", "look")))
    say(
        f"  received: pages {middle['pages'] / 1000:.0f} kB, files and scripts for the check {middle['files'] / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
