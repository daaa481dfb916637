"""How long until what was filed stands in a cosigned checkpoint: residents file at a steady pace over HTTP.

    python -m bench.published [--seconds 30] [--pace 50]

The district is served as shipped, with sequencer and three witnesses. The clock of a report runs from its
acknowledgement to the first fetch of a checkpoint that covers it.
"""

from __future__ import annotations

import argparse
import bisect
import json
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench.client import Failed, say
from bench.drill import ask, prepare, rest
from bench.lifecycle import BIN, served

LOOK = 0.05  # seconds between fetches of the checkpoint
CLIENTS = 16
PLACES = """select c.number, l.idx from cases_case c join cases_event e on e.case_id = c.id and e.seq = 1
    join record_leaf l on l.event_id = e.id"""


@dataclass(slots=True)
class Watched:
    """Who was acknowledged when, and when which size was public."""

    port: int
    acked: dict[str, float] = field(default_factory=dict)
    seen: list[tuple[int, float]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def file_one(self, n: int, planned: float) -> None:
        time.sleep(max(0.0, planned - time.monotonic()))
        place = {"lon": 117.1255 + n % 9 / 2000, "lat": 39.117 + n % 50 / 5000}
        body = json.dumps({"matter": BIN, "what": f"第 {n} 个垃圾箱满了", "place": place}).encode()
        status, said = ask(self.port, "POST", "/api/reports", body, f"drill-pace-{n}")
        if status != 201:
            raise Failed(f"{status} {said[:200]!r}")
        self.acked[json.loads(said)["number"]] = time.monotonic()

    def watch_log(self) -> None:
        while not self.over.wait(LOOK):
            status, said = ask(self.port, "GET", "/log/checkpoint")
            if status == 200:
                self.seen.append((int(said.split(b"\n")[1]), time.monotonic()))


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=int, default=30)
    words.add_argument("--pace", type=int, default=50, help="reports a second")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="bihuan-published-") as folder:
        home = Path(folder)
        prepare(home)
        with served(home, []) as district:
            watched = Watched(district.port)
            watched.file_one(
                -1, time.monotonic()
            )  # the sequencer and its witnesses are at work before it counts
            rest(district.port)
            watched.acked.clear()
            watcher = threading.Thread(target=watched.watch_log)
            watcher.start()
            try:
                with ThreadPoolExecutor(CLIENTS) as pool:
                    begun, total = time.monotonic(), given.seconds * given.pace
                    for done in [
                        pool.submit(watched.file_one, n, begun + n / given.pace) for n in range(total)
                    ]:
                        done.result()
                reached = total / (time.monotonic() - begun)
                rest(district.port)
            finally:
                watched.over.set()
                watcher.join()
            found = dict(district.db.execute(PLACES).fetchall())
    sizes = [size for size, _ in watched.seen]
    waits = sorted(
        watched.seen[bisect.bisect_right(sizes, found[number])][1] - at
        for number, at in watched.acked.items()
    )
    say(f"{len(waits)} reports at {reached:.1f} a second of {given.pace} wanted")
    if reached < 0.95 * given.pace:
        say("the machine did not keep the pace: the figures below are for what it did")
    for share in (50, 99):
        say(f"p{share} {waits[len(waits) * share // 100]:.2f} s")
    say(f"longest {waits[-1]:.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
