"""How long until what was filed stands in a cosigned checkpoint: residents file at a steady pace over HTTP.

    python -m bench.published [--seconds 30] [--pace 50]

The district is served as shipped, with sequencer and three witnesses. The clock of a report runs from its
acknowledgement to the first fetch of a checkpoint that covers it.
"""

from __future__ import annotations

import argparse
import bisect
import json
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench.client import Failed, say
from bench.drill import ask, rest
from bench.lifecycle import BIN, REPO, bihuan, environment, wait_for

LOOK = 0.05  # seconds between fetches of the checkpoint
CLIENTS = 16


@dataclass(slots=True)
class Watched:
    """Who was acknowledged when, and when which size was public."""

    port: int
    acked: dict[str, float] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)  # how far behind its own pace the client began, seconds
    seen: list[tuple[int, float]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def file_one(self, n: int, planned: float) -> None:
        time.sleep(max(0.0, planned - time.monotonic()))
        self.late.append(time.monotonic() - planned)
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


def places(home: Path) -> dict[str, int]:
    """Number of each report → the place of its first entry."""
    code = (
        "import json; from bihuan.config.cli.database import ready_django\n"
        "with ready_django():\n"
        "    from bihuan.cases import wall\n"
        "    sql = 'select c.number, l.idx from cases_case c join cases_event e on e.case_id = c.id and e.seq = 1 '\\\n"
        "        'join record_leaf l on l.event_id = e.id'\n"
        "    print(json.dumps(dict(wall.ask(sql, [], wall.SYSTEM))))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home),
        cwd=REPO,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, int] = json.loads(said.stdout.splitlines()[-1])
    return found


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=int, default=30)
    words.add_argument("--pace", type=int, default=50, help="reports a second")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="bihuan-published-") as folder:
        from bench.web import free_port

        home, port = Path(folder), free_port()
        bihuan(home, "simulate")
        code = "from bihuan.config.cli.record import prepare_demo; prepare_demo()"
        subprocess.run([sys.executable, "-c", code], env=environment(home), cwd=REPO, check=True)
        code = "from bihuan.config.cli import app; app()"
        serve = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--port", str(port)], env=environment(home), cwd=REPO
        )
        watched = Watched(port)
        try:
            wait_for(port)
            time.sleep(5)
            watcher = threading.Thread(target=watched.watch_log)
            watcher.start()
            with ThreadPoolExecutor(CLIENTS) as pool:
                begun, total = time.monotonic(), given.seconds * given.pace
                for done in [pool.submit(watched.file_one, n, begun + n / given.pace) for n in range(total)]:
                    done.result()
            reached = total / (time.monotonic() - begun)
            rest(port)
            watched.over.set()
            watcher.join()
            found = places(home)
        finally:
            watched.over.set()
            serve.terminate()
            serve.wait(60)
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
