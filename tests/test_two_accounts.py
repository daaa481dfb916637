"""Rule R7 with two accounts of the system: the site's cannot read the log's key, and the sequencer's signs with it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

import bihuan
from bihuan.cases.tests.conftest import District, owner, real_district, seed
from bihuan.config import postgres
from bihuan.core.log import checkpoint, note, policy
from bihuan.record import keeping, queries
from bihuan.record.witnessing import Witness, server

__all__ = ["owner", "real_district", "seed"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may start processes under two other accounts"),
]
SITE, LOG = 61001, 61002  # numbers of accounts; they need no name
PATIENCE = 240  # seconds
PYTHONS = (sys.executable, "/usr/bin/python3")  # the first may lie where only root can go
CODE = os.pathsep.join([str(Path(bihuan.__file__).parents[1]), sysconfig.get_path("purelib")])
BIHUAN = ("-c", "from bihuan.config.cli import app; app()")
# What the site's account tries against the other's home and process; for each, how it ended.
TRIES = """
import json, os, signal, sys
from pathlib import Path
from bihuan.record import keeping
home, pid, own = Path(sys.argv[1]), int(sys.argv[2]), Path(os.environ["BIHUAN_HOME"]) / "record"
found = {}
for name, do in {
    "read the key": lambda: (home / "record" / "log.key").read_text(),
    "list the folder": lambda: os.listdir(home / "record"),
    "replace the key": lambda: (home / "record" / "log.key").write_text("0"),
    "replace the policy": lambda: os.replace(own / "policy", home / "record" / "policy"),
    "read its memory": lambda: open(f"/proc/{pid}/mem", "rb").read(1),
    "read its environment": lambda: open(f"/proc/{pid}/environ", "rb").read(),
    "stop it": lambda: os.kill(pid, signal.SIGTERM),
    "read its own key of promises": lambda: keeping.seed_of(own / "promise.key"),
}.items():
    try:
        do()
        found[name] = "done"
    except PermissionError:
        found[name] = "PermissionError"
print(json.dumps(found))
"""


@dataclass
class Account:
    """One account with its home; what it runs is told nothing but its own database role."""

    uid: int
    home: Path
    database: str
    python: str = ""

    def take(self) -> None:
        """Give the home to the account, and shut it to everybody else."""
        for one in (self.home, *self.home.rglob("*")):
            os.chown(one, self.uid, self.uid)
        self.home.chmod(0o700)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        told = {
            "HOME": str(self.home), "BIHUAN_HOME": str(self.home), "DATABASE_URL": self.database, "BIHUAN_DEMO": "1",
            "PATH": "/usr/bin:/bin", "PYTHONPATH": CODE, "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        return subprocess.Popen(
            [self.python, *words], env=told, cwd=self.home, user=self.uid, group=self.uid, extra_groups=[],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def run(self, *words: str) -> str:
        done = self.start(*words)
        said, _ = done.communicate(timeout=PATIENCE)
        assert done.returncode == 0, said
        return said


@contextmanager
def door(socket_file: str) -> Iterator[int]:
    """A port that leads to the database of the test run: its own socket is shut to every other account."""

    def pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # who was stopped leaves its end torn off
            while data := one.recv(65_536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)  # else the database would wait for it for ever

    def answer() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return  # shut
            there = socket.socket(socket.AF_UNIX)
            there.connect(socket_file)
            for pair in ((caller, there), (there, caller)):
                threading.Thread(target=pass_on, args=pair, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def accounts() -> Iterator[tuple[Account, Account]]:
    """The site's and the sequencer's, each with a home and a database role."""
    where = postgres.address(postgres.home(), postgres.APP)
    if not where["HOST"].startswith("/"):
        pytest.skip("the database of this run is not reached through a socket of its own")
    name, top = connection.settings_dict["NAME"], Path(tempfile.mkdtemp(prefix="bihuan-two-"))
    top.chmod(0o755)
    with door(f"{where['HOST']}/.s.PGSQL.{where['PORT'] or 5432}") as port:
        made = [
            Account(uid, top / who, f"postgresql://{role}@127.0.0.1:{port}/{name}")
            for uid, who, role in ((SITE, "site", postgres.APP), (LOG, "log", postgres.LOG))
        ]
        for one in made:
            (one.home / "record").mkdir(parents=True)
            one.take()
        why = ""
        for python in PYTHONS:
            made[0].python = made[1].python = python
            try:
                made[0].run(
                    "-c",
                    f"import sys, bihuan, psycopg; assert sys.version_info[:2] == {sys.version_info[:2]}",
                )
                break
            except (OSError, AssertionError) as error:
                why = str(error).strip().splitlines()[-1]
        else:
            pytest.skip(f"another account cannot run what is installed here: {why}")
        yield made[0], made[1]
    shutil.rmtree(top)


@pytest.fixture
def trusted(accounts: tuple[Account, Account]) -> Iterator[policy.Policy]:
    """A log and two witnesses that answer on this machine; the key in the one home, that of promises in the other."""
    site, log = accounts
    key = keeping.log_key("log.example/two", keeping.new_key(log.home / "record" / "log.key"))
    keeping.new_key(site.home / "record" / "promise.key")
    lines, listening = [f"log {key}"], []
    for name in ("w0", "w1"):
        folder = log.home.parent / name
        witness = keeping.witness_key(f"witness.example/{name}", keeping.new_key(folder / "key"))
        (folder / "name").write_text(f"witness.example/{name}\n")
        (folder / "logs").write_text(f"{key}\n")
        listening.append(server(Witness(folder, lambda: 1_795_525_562), "127.0.0.1", 0))
        threading.Thread(target=listening[-1].serve_forever, daemon=True).start()
        lines.append(f"witness {name} {witness} http://127.0.0.1:{listening[-1].server_port}")
    text = "\n".join([*lines, "group q 2 w0 w1", "quorum q", ""])
    for one in accounts:
        (one.home / "record" / "policy").write_text(text)
        one.take()
    yield policy.read(text)
    for one in listening:
        one.shutdown()
        one.server_close()


def test_the_site_reaches_neither_key_nor_process_and_reads_what_was_signed(
    real_district: District, accounts: tuple[Account, Account], trusted: policy.Policy
) -> None:
    site, log = accounts
    real_district.report()
    sequencer = log.start(*BIHUAN, "record", "run")
    try:
        until = time.monotonic() + PATIENCE
        while not queries.latest()[0]:
            assert sequencer.poll() is None, sequencer.communicate()[0]
            assert time.monotonic() < until, "nothing was published"
            threading.Event().wait(0.2)
        assert os.stat(f"/proc/{sequencer.pid}").st_uid == LOG
        found = json.loads(site.run("-c", TRIES, str(log.home), str(sequencer.pid)))
        assert found.pop("read its own key of promises") == "done"
        assert set(found.values()) == {"PermissionError"} and len(found) == 7, found
        assert sequencer.poll() is None
    finally:
        sequencer.terminate()
        sequencer.communicate()
    size, said = queries.latest()
    assert size == 1 and checkpoint.sealed(trusted.logs[0], note.parse(said))
    assert "files written" in site.run(*BIHUAN, "record", "export", str(site.home / "files"))
    assert (site.home / "files" / "checkpoint").read_text() == said
    refused = site.start(*BIHUAN, "record", "run", "--once")
    assert "log.key" in refused.communicate(timeout=PATIENCE)[0] and refused.returncode != 0
