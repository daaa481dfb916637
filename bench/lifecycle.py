"""Whole lives of cases through HTTP, as the product is shipped (granian, 2 workers, 4 threads): a resident reports with
a photograph, then real people with real logins send, verify, open, dispatch, handle, check and close.

    python -m bench.lifecycle [--cases 1000000] [--home FOLDER] [--seconds 20] [--rounds 3]

Empty and full are two districts side by side, measured in turn; the bare Django create of bench.web is the floor.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from bench.client import Failed, File, Visitor, as_json, p95, say
from bench.spike import show_spike, spike

BIN, UNIT = "管理事项:06042", "nk.cgw"
MIDDLE, AROUND = (117.150, 39.115), 0.012
CLIENTS, CROWD, PICTURES = 16, 128, 48
REPO = Path(__file__).parents[1]
STEPS = ("report", "send", "verify", "accept", "dispatch", "feedback", "check_ok")


@dataclass(slots=True)
class District:
    """A served district: its port, a look into its database, who can be drawn, and the pictures people take."""

    port: int
    db: psycopg.Connection[Any]
    ids: dict[str, str]
    pictures: list[bytes]
    checkers: dict[str, Visitor] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def drawn(self, number: str) -> str:
        """Who was drawn to check: the checker sees it in the queue, the bench asks the table."""
        with self.lock:
            row = self.db.execute("select parties->>'checker' from cases_case where number = %s", [number])
            found = row.fetchone()
        if found is None or not found[0]:
            raise Failed(f"nobody was drawn for {number}")
        return str(found[0])


@dataclass(slots=True)
class Team:
    """One client: a resident and a person of each post, logged in."""

    district: District
    rng: Random
    resident: Visitor
    acceptor: Visitor
    collector: Visitor
    dispatcher: Visitor
    officer: Visitor
    checkers: dict[str, Visitor]

    @classmethod
    def of(cls, district: District, number: int, like: Team | None = None) -> Team:
        """A team that logs in, or one with the sessions of another, as further browsers of the same people."""

        def person(name: str, post: str) -> Visitor:
            known = getattr(like, post).cookies if like else None
            return (
                Visitor(district.port, cookies=dict(known)) if known else Visitor(district.port).log_in(name)
            )

        checkers = {
            district.ids[name]: Visitor(district.port, cookies=dict(found.cookies))
            for name, found in district.checkers.items()
        }
        return cls(
            district, Random(number), Visitor(district.port), person("shouli", "acceptor"),
            person("caiji", "collector"), person("paiqian", "dispatcher"), person("chengguan", "officer"), checkers,
        )  # fmt: skip

    def visitors(self) -> list[Visitor]:
        return [
            self.resident, self.acceptor, self.collector, self.dispatcher, self.officer, *self.checkers.values()
        ]  # fmt: skip

    def photo(self, name: str) -> File:
        return name, self.rng.choice(self.district.pictures)

    def live(self) -> None:
        """One case from the report to its closing: seven requests, four of them with a photograph."""
        lon, lat = (middle + self.rng.uniform(-AROUND, AROUND) for middle in MIDDLE)
        form = {"matter": BIN, "what": "两个垃圾箱都满了", "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}
        said = self.resident.send(
            "/api/reports/with-photo", form, (self.photo("photo"),), wants=(201,), what="report"
        )
        number = as_json(said)["number"]
        collector = self.district.ids["caiji"]
        self._do(self.acceptor, number, "send", {"collector": collector})
        self._do(self.collector, number, "verify", {"text": "属实"}, self.photo("before"))
        self._do(self.acceptor, number, "accept", {})
        self._do(self.dispatcher, number, "dispatch", {"unit": UNIT})
        self._do(self.officer, number, "feedback", {"text": "已清运"}, self.photo("after"))
        checker = self.checkers[self.district.drawn(number)]
        self._do(checker, number, "check_ok", {"text": "好了"}, self.photo("check"))

    @staticmethod
    def _do(who: Visitor, number: str, name: str, form: dict[str, str], *files: File) -> None:
        who.send(f"/desk/{number}/do/{name}/", form, files, what=name)


def bihuan(home: Path, *words: str) -> None:
    """One command of the product in that home folder."""
    code = "from bihuan.config.cli import app; app()"
    subprocess.run([sys.executable, "-c", code, *words], env=environment(home), cwd=REPO, check=True)


def environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "BIHUAN_HOME": str(home), "BIHUAN_DEMO": "1", "PYTHONPATH": f"{REPO / 'src'}:{REPO}",
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
    }  # fmt: skip


@contextmanager
def served(home: Path, pictures: list[bytes], workers: bool = True) -> Iterator[District]:
    """`bihuan serve` on this home, as shipped, with its worker."""
    from bench.web import free_port
    from bihuan.config.home import OWNER, address

    port = free_port()
    code = "from bihuan.config.cli import app; app()"
    words = ["serve", "--port", str(port)] + ([] if workers else ["--no-worker"])
    child = subprocess.Popen([sys.executable, "-c", code, *words], env=environment(home), cwd=REPO)
    try:
        wait_for(port)
        where = address(home, OWNER)
        with psycopg.connect(
            host=where["HOST"], port=where["PORT"], user=where["USER"], dbname=where["NAME"], autocommit=True
        ) as db:
            rows = db.execute("select username, id from people_person").fetchall()
            district = District(port, db, {name: str(pk) for name, pk in rows}, pictures)
            names = ["hecha", *(f"nk.jiandu.checker{i}" for i in range(1, 8))]
            district.checkers = {name: Visitor(port).log_in(name) for name in names}
            yield district
    finally:
        child.terminate()
        child.wait(30)


def wait_for(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            Visitor(port, 2.0).get("/desk/login/")
            return
        except (OSError, Failed):
            time.sleep(0.3)
    raise Failed(f"nobody listens on {port}")


def sustained(teams: list[Team], seconds: float) -> float:
    """Lives finished a second while every team begins the next as soon as the last is closed; none may fail."""
    ends = time.monotonic() + seconds
    finished: list[int] = []
    errors: list[BaseException] = []

    def work(team: Team) -> None:
        n = 0
        try:
            while time.monotonic() < ends:
                team.live()
                n += 1
        except BaseException as error:
            errors.append(error)
            raise
        finally:
            finished.append(n)

    threads = [threading.Thread(target=work, args=(team,)) for team in teams]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return sum(finished) / (time.monotonic() - begun)


def looks(district: District, rounds: int = 40) -> dict[str, float]:
    """p95 in seconds of the pages that grow with the table, one reader."""
    people = {name: Visitor(district.port).log_in(name) for name in ("chengguan", "shouli", "paiqian")}
    pages = {
        "desk list, unit": (people["chengguan"], "/desk/"),
        "desk list, supervision centre": (people["shouli"], "/desk/"),
        "desk list, command centre": (people["paiqian"], "/desk/"),
        "map of the district": (people["chengguan"], "/desk/map/"),
        "map of a street": (people["chengguan"], "/desk/map/120104005/"),
    }
    found = {}
    for name, (who, path) in pages.items():
        for _ in range(4):
            who.get(path)
        who.took.clear()
        for _ in range(rounds):
            who.get(path)
        found[name] = p95([seconds for _, _, seconds in who.took])
    return found


def of_steps(teams: list[Team]) -> dict[str, tuple[float, float]]:
    """(median, p95) in seconds of each step as the clients saw it."""
    took: dict[str, list[float]] = {}
    for team in teams:
        for visitor in team.visitors():
            for what, _, seconds in visitor.took:
                took.setdefault(what, []).append(seconds)
    return {what: (statistics.median(took[what]), p95(took[what])) for what in STEPS if what in took}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    asked.add_argument("--cases", type=int, default=1_000_000)
    asked.add_argument("--home", type=Path, help="a district filled before, by `bihuan simulate --bulk`")
    asked.add_argument("--empty", type=Path, help="a district made by `bihuan simulate` without cases")
    asked.add_argument("--seconds", type=float, default=20.0)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--no-spike", action="store_true")
    told = asked.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="bihuan-lives-"))
    try:
        with ExitStack() as stack:
            run(stack, scratch, told)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


def run(stack: ExitStack, scratch: Path, told: argparse.Namespace) -> None:
    """Everything in one run; printed as it is found."""
    from bihuan.config import postgres

    full = told.home or scratch / "full"
    homes = {"empty": told.empty or scratch / "empty", "full": full}
    for home in homes.values():
        stack.enter_context(postgres.use(home))
    if told.empty is None:
        bihuan(homes["empty"], "simulate", "--bulk", "0")
    if told.home is None:
        bihuan(full, "simulate", "--bulk", str(told.cases))
    districts = {name: stack.enter_context(served(home, photographs())) for name, home in homes.items()}
    count = districts["full"].db.execute("select count(*), count(*) filter (where not final) from cases_case")
    say("cases in the full district: %d, open: %d", *(count.fetchone() or (0, 0)))
    teams = {name: [Team.of(one, i) for i in range(CLIENTS)] for name, one in districts.items()}
    for one in teams.values():
        sustained(one, 3)  # both workers warm
    rates: dict[str, list[float]] = {"empty": [], "full": [], "bare": []}
    with bare_server() as floor:
        for _ in range(told.rounds):
            for name in homes:
                rates[name].append(sustained(teams[name], told.seconds))
            rates["bare"].append(floor())
    for name, found in rates.items():
        say("%s: %s a second, median %.1f", name, [round(one, 1) for one in found], statistics.median(found))
    ratios = [b / a for a, b in zip(rates["empty"], rates["full"], strict=True)]
    say("full against empty, median of rounds: %.2f (wanted >= 0.80)", statistics.median(ratios))
    floors = [7 * b / a for a, b in zip(rates["bare"], rates["full"], strict=True)]
    say("our seven requests against one bare create each: %.2f", statistics.median(floors))
    for name, one in teams.items():
        for what, (middle, most) in of_steps(one).items():
            say(
                "%-6s %-9s median %4.0f ms, p95 %4.0f ms at %d clients",
                name,
                what,
                middle * 1e3,
                most * 1e3,
                CLIENTS,
            )
    for name, seconds in looks(districts["full"]).items():
        say("full, p95 of the %s: %.0f ms (wanted <= 300)", name, seconds * 1e3)
    if not told.no_spike:
        crowd = [Team.of(districts["full"], 100 + i, teams["full"][i % CLIENTS]).live for i in range(CROWD)]
        show_spike(spike(crowd, statistics.median(rates["full"]) / 8))


@contextmanager
def bare_server() -> Iterator[Any]:
    """Bare Django creates a second, in a district of the bench's own."""
    from bench import place, web

    with place.ready(), web.server("bench.bare.wsgi:application", web.bare_environment()) as (port, _):
        body = b'{"what": "x"}'
        web.load(port, "/report", body, 64)
        yield lambda: web.load(port, "/report", body)


def photographs() -> list[bytes]:
    """Drawn pictures, each another spot."""
    from bihuan.config.demo.pictures import picture

    return [picture(i, "after" if i % 2 else "before", "bench") for i in range(PICTURES)]


if __name__ == "__main__":
    sys.exit(main())
