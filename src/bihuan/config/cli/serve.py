"""``bihuan serve``: web server and worker until Ctrl-C."""

import contextlib
import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import typer

from bihuan.config import postgres, telling
from bihuan.config.cli.database import apply_migrations, ready_django
from bihuan.config.cli.record import ROLLED_BACK, record_commands
from bihuan.config.now import now

PATIENCE = 10  # seconds a child has to end before it is killed
LOOK = 0.5  # seconds between looks at the children
LOOK_AT_DATABASE = 1.0
NOT_THE_SITES = ("DATABASE_OWNER_URL", "DATABASE_LOG_URL")  # web and worker have no use for them
PR_SET_PDEATHSIG = 1
LINUX = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C or SIGTERM."""


def commands(host: str, port: int, workers: int, threads: int, worker: bool) -> dict[str, list[str]]:
    """Return the commands of the child processes by name."""
    here = Path(sys.executable).parent
    web = [str(here / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers"]
    web += ["--no-ws", "--log-level", "warning", "bihuan.config.wsgi:application"]
    return {"web": web} | ({"worker": [str(here / "bihuan"), "worker"]} if worker else {})


def serve_until_stopped(
    host: str, port: int, workers: int = 2, threads: int = 4, worker: bool = True
) -> None:
    """Run web, worker and the public record until SIGINT or SIGTERM, starting again whichever dies; needs ``ready_django()``."""

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    telling.tell_all(now())  # texts of law, keys, policy: what changed while nobody served
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
    theirs = {name: value for name, value in known.items() if name not in NOT_THE_SITES}
    wanted = commands(host, port, workers, threads, worker) | record_commands()
    children: dict[str, subprocess.Popen[bytes]] = {}
    looked = time.monotonic()
    try:
        while True:
            for name, command in list(wanted.items()):
                child = children.get(name)
                if child is not None and child.poll() == ROLLED_BACK and name == "record":
                    del wanted[name]  # it said why; a database that was changed is for people to look at
                    continue
                if child is None or child.poll() is not None:
                    if child is not None:
                        kill_rest(child)
                        typer.echo(f"{name} ended with {child.returncode}, starting it again", err=True)
                        time.sleep(LOOK)
                    children[name] = start(command, known if name == "record" else theirs)
            time.sleep(LOOK)
            if not os.environ.get("DATABASE_URL") and time.monotonic() - looked > LOOK_AT_DATABASE:
                bring_back()
                looked = time.monotonic()
    except Stopped:
        pass
    finally:
        end(children)


def bring_back() -> None:
    """Start the database again where it went away; one that does not start now is tried again at the next look."""
    try:
        postgres.ensure(postgres.home())
    except postgres.NoDatabase as error:
        typer.echo(str(error), err=True)


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a child that Ctrl-C does not reach and that, on Linux, is told to end when we die, even by kill -9."""
    we = os.getpid()

    def end_with_us() -> None:
        if LINUX is not None:
            LINUX.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != we:  # we died before the kernel knew
                os.kill(os.getpid(), signal.SIGTERM)

    # between fork and exec only one thread may run; this process has one
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=end_with_us)


def kill_rest(child: subprocess.Popen[bytes]) -> None:
    """Kill what a child that died left behind: web workers without a master hold the port and their connections."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask the children to end and wait; kill what does not."""
    for child in children.values():
        child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children.values():
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def collect_assets() -> None:
    """Copy stylesheets and scripts, named by content, to the web server's folder, if they changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            changed = storage.get_modified_time(path).isoformat()
            seen.update(f"{path} {storage.size(path)} {changed}\n".encode())
    mark = settings.STATIC_ROOT / "collected"
    if not mark.exists() or mark.read_text() != seen.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(seen.hexdigest())


def serve(
    host: str = typer.Option("127.0.0.1", help="address to listen on"),
    port: int = typer.Option(8000, help="port to listen on"),
    workers: int = typer.Option(2, help="web processes"),
    threads: int = typer.Option(4, help="threads in each web process"),
    worker: bool = typer.Option(True, help="let clocks act"),
) -> None:
    """Run web server and worker until Ctrl-C."""
    with ready_django():
        apply_migrations(verbosity=0)
        collect_assets()
        serve_until_stopped(host, port, workers, threads, worker)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(serve)
