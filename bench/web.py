"""Report a problem over HTTP at 16 clients, against a bare Django create and pgbench; pages; memory of the servers."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench import place
from bench.measure import Line, Rate

CLIENTS, REQUESTS, ROUNDS = 16, 480, 5
GRANIAN = [
    str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2",
    "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(application: str, more: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A granian with two workers, as in production: (port, pid)."""
    port = free_port()
    command = [*GRANIAN, "--port", str(port), application]
    child = subprocess.Popen(command, env=os.environ | more, cwd=Path(__file__).parents[1])
    try:
        for _ in range(3000):  # a busy machine starts slowly
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, child.pid
    finally:
        child.terminate()
        child.wait(120)


def bare_environment() -> dict[str, str]:
    """Where the bare server finds the same database."""
    from bihuan.config import home

    where = home.address(home.home())
    return {
        "BENCH_SECRET": secrets.token_hex(), "BENCH_DATABASE": where["NAME"], "BENCH_USER": where["USER"],
        "BENCH_HOST": where["HOST"], "BENCH_PORT": where["PORT"], "PYTHONPATH": str(Path(__file__).parents[1]),
    }  # fmt: skip


def load(port: int, path: str, body: bytes, n: int = REQUESTS) -> float:
    """Requests a second with 16 clients, each on one connection; anything but 201 is an error."""

    def client(_: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(n // CLIENTS):
            headers = {"Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(12)}
            link.request("POST", path, body, headers)
            answer = link.getresponse()
            said = answer.read()
            if answer.status != 201:
                raise AssertionError(f"{path}: {answer.status} {said[:300]!r}")
        link.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = time.perf_counter()
        list(pool.map(client, range(CLIENTS)))
        return n / (time.perf_counter() - begun)


def pgbench(seconds: int = 4) -> float | None:
    """Transactions a second of the same three rows with 16 clients and no Python; None where pgbench is missing."""
    from bihuan.config import home, postgres

    program = postgres.binaries(home.home()) / "pgbench"
    if not program.exists():
        return None
    where = home.address(home.home())
    script = Path(os.environ["BIHUAN_HOME"]) / "bench.sql"
    script.write_text(
        "begin;\n"
        "insert into bare_case (number, line, version, matter, title, lookup_hash, data, datum, cell, community,"
        " street, state, outcome, final, parties, holder, units, opened_at, rank, stopped, late, provisional)"
        " values (substr(md5(random()::text), 1, 30), 'urban_management', now(), 'x', 'x', 'x', '{}', 'WGS-84', 'x', 'x', 'x', 'x', '',"
        " false, '{}', 'nk', '{}', now(), 0, false, false, false) returning id \\gset\n"
        "insert into bare_event (case_id, seq, name, by, unit, role, at, effective, data)"
        " values (:id, 1, 'report', '1', 'nk', '', now(), now(), '{}') returning id as event \\gset\n"
        "insert into bare_outbox (event_id, digest) values (:event, 'x');\n"
        "commit;\n"
    )
    command = [str(program), "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds), "-f", str(script)]
    command += ["-h", where["HOST"], "-p", where["PORT"], "-U", where["USER"], where["NAME"]]
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if not found:
        raise AssertionError(done.stdout + done.stderr)
    return float(found[1])


def memory(pid: int) -> int:
    """Resident bytes of a process and all below it now, a page shared by n processes counted as 1/n in each (Pss)."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
            waiting += [int(p) for p in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
        total += int(found[1]) * 1024 if found else 0
    return total


def lines() -> tuple[list[Line], dict[str, float]]:
    """The lines of the table, and the most memory in MB of web and worker after any round."""
    report = json.dumps({"matter": place.BIN, "what": "两个垃圾箱都满了", "place": place.POINT}).encode()
    ours, bare, floor = [], [], []
    used = {"web": 0.0, "worker": 0.0}
    worker_command = [str(Path(sys.executable).with_name("bihuan")), "worker"]
    worker = subprocess.Popen(worker_command, env=os.environ | {})
    try:
        with (
            server("bihuan.config.wsgi:application", {}) as (port, pid),
            server("bench.bare.wsgi:application", bare_environment()) as (bare_port, _),
        ):
            load(port, "/api/reports", report, 64)
            load(bare_port, "/report", report, 64)
            for _ in range(ROUNDS):
                ours.append(load(port, "/api/reports", report))
                bare.append(load(bare_port, "/report", report))
                used["web"] = max(used["web"], memory(pid) / 1e6)
                used["worker"] = max(used["worker"], memory(worker.pid) / 1e6)
                if (tps := pgbench()) is not None:
                    floor.append(tps)
    finally:
        worker.terminate()
        worker.wait(20)
    mine = Rate("report over HTTP, 16 clients", tuple(ours))
    found = [
        Line("报问题，HTTP / report a problem, HTTP", mine, Rate("bare Django create", tuple(bare)), 0.35)
    ]
    if floor:
        found.append(
            Line("报问题，HTTP / report a problem, HTTP", mine, Rate("pgbench, same rows", tuple(floor)))
        )
    return found, used
