"""``bihuan record`` and ``bihuan witness``: the public log, and those who watch it."""

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bihuan.config.cli.database import ready_django
from bihuan.config.home import home

if TYPE_CHECKING:
    from bihuan.core.log.note import Key
    from bihuan.record.sequencer import Keeper

record = typer.Typer(no_args_is_help=True, help="The public record: its key, its sequencer, its files.")
witness = typer.Typer(no_args_is_help=True, help="A witness of the public record, for another office.")
ROUND = 1.0  # seconds between rounds
ROLLED_BACK, BUSY = 3, 4
DEMO_WITNESSES = ("justice", "archive", "notary")


def place() -> Path:
    """The folder of key and policy; only the account of the sequencer needs to read the key."""
    return home() / "record"


def record_commands() -> dict[str, list[str]]:
    """What `serve` runs beside the site: the sequencer where there is a key, and the witnesses of a demo."""
    bihuan = str(Path(sys.executable).parent / "bihuan")
    found = {"record": [bihuan, "record", "run"]} if (place() / "log.key").exists() else {}
    for port in sorted((home() / "witness").glob("*/port")):
        command = [bihuan, "witness", "run", str(port.parent), "--port", port.read_text().strip()]
        found[f"witness {port.parent.name}"] = command
    return found


def prepare_demo() -> None:
    """A log with three witnesses on this machine, once: in a district they stand in three offices."""
    if (place() / "log.key").exists():
        return
    lines = []
    for name in DEMO_WITNESSES:
        folder = home() / "witness" / name
        key = make_witness(folder, f"demo.invalid/{name}")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            (folder / "port").write_text(f"{free.getsockname()[1]}\n")
        lines.append(f"{name} {key} http://127.0.0.1:{(folder / 'port').read_text().strip()}")
    vkey = make_log("demo.invalid/log", lines, 2)
    for name in DEMO_WITNESSES:
        (home() / "witness" / name / "logs").write_text(f"{vkey}\n")


def make_log(origin: str, witnesses: list[str], quorum: int) -> str:
    """The key and the policy of a log; its vkey. A log that is there already is FileExistsError."""
    from django.conf import settings

    from bihuan.core.log import policy
    from bihuan.record import keeping

    names = [one.split()[0] for one in witnesses]
    lines = [f"witness {one}" for one in witnesses]
    lines += [f"group q {quorum or len(names) // 2 + 1} {' '.join(names)}", "quorum q"]
    policy.read("\n".join(lines))
    vkey = str(keeping.log_key(origin, keeping.new_key(place() / "log.key")))
    (place() / "policy").write_text("\n".join([f"log {vkey}", *lines, ""]))
    promises = keeping.promise_key(origin, keeping.new_key(place() / "promise.key"))
    (place() / "promise.vkey").write_text(f"{promises}\n")
    if settings.RECORD_SUITE.sm2:
        make_sm2(origin)
    return vkey


def log_seed(folder: Path) -> bytes:
    """The log's key, for whoever sequences: `bihuan record run`, and a demo while it replays a month."""
    from bihuan.record import keeping

    return keeping.seed_of(folder / "log.key")


def make_sm2(origin: str) -> str:
    """The log's second key; its vkey. One that is there already is FileExistsError."""
    from bihuan.record import keeping

    vkey = str(keeping.sm2_key(origin, keeping.new_key(place() / "sm2.key")))
    (place() / "sm2.vkey").write_text(f"{vkey}\n")
    return vkey


def second() -> "tuple[bytes, Key] | None":
    """Secret and key of the second signature where the suite asks for one; without the file a FileNotFoundError."""
    from django.conf import settings

    from bihuan.core.log import policy
    from bihuan.record import keeping, queries

    if not settings.RECORD_SUITE.sm2:
        return None
    if not (place() / "sm2.key").exists():
        raise typer.BadParameter("BIHUAN_SUITE=gm, and the log has no SM2 key: bihuan record sm2")
    return keeping.seed_of(place() / "sm2.key"), policy.sm2_key(queries.sm2_vkey(home()))


def make_witness(folder: Path, name: str) -> str:
    """The folder and key of a witness; its vkey."""
    from bihuan.record import keeping

    seed = keeping.new_key(folder / "key")
    (folder / "name").write_text(f"{name}\n")
    (folder / "logs").touch()
    return str(keeping.witness_key(name, seed))


@record.command()
def new(
    origin: str = typer.Argument(help="name of the log: its address without https://"),
    witnesses: list[str] = typer.Option(..., "--witness", help="'NAME VKEY URL' of each witness"),  # noqa: B008
    quorum: int = typer.Option(0, help="how many witnesses are enough; 0: more than half"),
) -> None:
    """Make the key of the log and its policy; refused where there is a key."""
    typer.echo(make_log(origin, witnesses, quorum))


@record.command("sm2")
def new_sm2() -> None:
    """Make the log's key for the second signature line (SM2), for BIHUAN_SUITE=gm; refused where there is one."""
    with ready_django():
        from bihuan.core.log import policy

        typer.echo(make_sm2(policy.read((place() / "policy").read_text()).logs[0].name))


@record.command()
def run(once: bool = typer.Option(False, "--once", help="one round only")) -> None:
    """Order, sign and publish until stopped. Status 3: the database is older than a witness saw, or was changed."""
    with ready_sequencer():
        from django.db import InterfaceError, OperationalError, connection

        from bihuan.core.log import policy
        from bihuan.record.sequencer import Alone, Keeper, Stop

        trusted = policy.read((place() / "policy").read_text())
        seed, sm2 = log_seed(place()), second()
        try:
            while True:
                try:
                    return go_round(Keeper(seed, trusted.logs[0], trusted, sm2), once)
                except (OperationalError, InterfaceError) as away:
                    # the database went away: everything is read again from the start once it is back
                    typer.echo(f"the database is away: {str(away).splitlines()[0]}", err=True)
                    connection.close()
                    time.sleep(ROUND)
        except Stop as why:
            typer.echo(f"STOPPED: {why}", err=True)
            raise typer.Exit(ROLLED_BACK) from why
        except Alone as why:
            typer.echo("another sequencer is at work", err=True)
            raise typer.Exit(BUSY) from why


@contextmanager
def ready_sequencer() -> Iterator[None]:
    """Have a running database reached as the role that writes the log; says so where that role may act, too."""
    with ready_django():
        from django.db import connection

        from bihuan.config.roles import as_sequencer

        with as_sequencer():
            with connection.cursor() as cursor:
                cursor.execute("select has_table_privilege('cases_event', 'insert')")
                if cursor.fetchone()[0]:
                    typer.echo("the sequencer uses the site's database role: set DATABASE_LOG_URL", err=True)
            yield


def go_round(keeper: "Keeper", once: bool) -> None:
    """Start, then round after round; with `once` until nothing waits."""
    from bihuan.config.now import now

    keeper.start()
    while True:
        many = keeper.turn(now())
        if once and not many:
            return
        if not many:
            time.sleep(ROUND)


@record.command("export")
def export_files(folder: Path) -> None:
    """Write the published log as static files; run again, it adds what is new."""
    with ready_django():
        from bihuan.record.export import export

        typer.echo(f"{export(folder)} files written")


@record.command()
def check(files: bool = typer.Option(False, "--files", help="read the originals on disk too")) -> None:
    """Read the log and every event again, as each night; names each row that no longer fits, status 1 where one does not."""
    with ready_django():
        from bihuan.cases.sealed import watch
        from bihuan.config import telling
        from bihuan.config.now import now

        done = watch(home(), now(), files=files, also=telling.check())
        for row, zh, en in done.found:
            typer.echo(f"{row}: {zh} / {en}")
        if done.wrong > len(done.found):
            typer.echo(f"... and {done.wrong - len(done.found)} more")
        typer.echo(f"{done.entries} entries, {done.events} events, {done.wrong} differences")
        if done.wrong:
            raise typer.Exit(1)


@witness.command("new")
def new_witness(folder: Path, name: str = typer.Argument(help="e.g. witness.example/archive")) -> None:
    """Make a witness's folder and key; prints the key for the policy. Put the log's key into FOLDER/logs."""
    typer.echo(make_witness(folder, name))


@witness.command("run")
def run_witness(folder: Path, port: int = 8090, host: str = "127.0.0.1") -> None:
    """Answer add-checkpoint until stopped."""
    from bihuan.config.now import now
    from bihuan.record.witnessing import Witness, server

    with server(Witness(folder, lambda: int(now().timestamp())), host, port) as listening:
        try:
            listening.serve_forever()
        except KeyboardInterrupt:
            return


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.add_typer(record, name="record")
    app.add_typer(witness, name="witness")
