"""``bihuan draw``: redo or check a draw from the files of a folder; no database, no network."""

from __future__ import annotations

import gc
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from bihuan.config.cli.report import fail
from bihuan.core.crypto.hashes import NAMES
from bihuan.core.draw import (
    Announced,
    Check,
    Known,
    Logged,
    Refused,
    compute,
    report_of,
    told,
    verdict,
    verify,
)
from bihuan.core.draw.reveal import SECRET
from bihuan.core.draw.seed import commitment, sharing
from bihuan.core.draw.shamir import split
from bihuan.core.log import proof
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.policy import read as read_policy
from bihuan.draws.pairing import bls

app = typer.Typer(no_args_is_help=True, help="Draws 抽取 dr1: files in, result or checks out.")
FILES = (
    "manifest.txt", "subjects.tsv", "excluded.tsv", "inspectors.tsv", "avoid.tsv", "applied.tsv", "plan.tsv",
    "reveal.txt", "result.tsv", "pot.txt", "manifest.proof",
)  # fmt: skip
SIGNS = {"ok": "✓", "bad": "✗", "open": "?"}
Folder = Annotated[Path, typer.Argument(help="The folder with manifest.txt and the files it fixes.")]


@app.command("compute")
def compute_command(folder: Folder) -> None:
    """Draw from the files of a folder and write result.tsv beside them; ends with 1 where something does not hold."""
    try:
        with uninterrupted():
            drawn = compute(_files(folder))
    except Refused as refused:
        typer.echo(f"{refused.say}\n{refused.say.en}", err=True)
        raise typer.Exit(1) from None
    (folder / "result.tsv").write_bytes(drawn.result())
    typer.echo(f"{folder / 'result.tsv'}\t{len(drawn.teams)}")


@app.command("verify")
def verify_command(
    folder: Folder,
    announced: Annotated[
        list[str] | None,
        typer.Option(
            help='What you read in the official announcement: "kl8 2026311=03 07 … 80", then @ and the moment in UTC if you know it: "@2026-11-20T13:30:00Z".'
        ),
    ] = None,
    registry: Annotated[Path | None, typer.Option(help="The register, one id a line.")] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            help="The policy of the public record: with it manifest.proof tells when it was logged."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check a published draw, each check with its reason; ends with 1 where one does not hold."""
    files = _files(folder)
    known = Known(
        registry=None if registry is None else _bytes(registry).split(),
        announced=dict(_announced(text) for text in announced or ()),
        logged=_logged(policy, files),
        bls=bls if find_spec("py_arkworks_bls12381") else None,
    )
    with uninterrupted():
        checks = verify(files, known)
    if as_json:
        told = [
            {"name": c.name, "verdict": c.verdict, "code": c.code, "zh": c.say, "en": c.say.en}
            for c in checks
        ]
        typer.echo(json.dumps({"verdict": verdict(checks), "checks": told}, ensure_ascii=False, indent=1))
    else:
        _print(checks)
    raise typer.Exit(1 if verdict(checks) == "bad" else 0)


@app.command("fairness")
def fairness_command(
    folder: Folder, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Tell how fair a draw is, in numbers, before or after it is drawn; ends with 1 where something does not hold."""
    files = _files(folder)
    try:
        report = report_of(files)
    except Refused as refused:
        typer.echo(f"{refused.say}\n{refused.say.en}", err=True)
        raise typer.Exit(1) from None
    lines = told(report)
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1, default=str))
    else:
        _print(lines)
    raise typer.Exit(1 if verdict(lines) == "bad" else 0)


def _print(checks: list[Check]) -> None:
    for check in checks:
        typer.echo(f"{SIGNS[check.verdict]} {check.name}\t{check.say}\n\t\t{check.say.en}")


@app.command("nonce")
def nonce_command(
    draw: Annotated[str, typer.Argument(help="The number of the draw, e.g. nk.scjg/2026-1.")],
    party: Annotated[str, typer.Argument(help="The party as the manifest names it, e.g. nk.sfj.")],
    file: Annotated[Path, typer.Option(help="Where the nonce is kept; a file that is there is not touched.")],
    hash: Annotated[str, typer.Option(help="sha256 or sm3, as the draw says.")] = "sha256",
    shares: Annotated[
        Path | None,
        typer.Option(
            help="Of a draw held offline: a new folder for the five shares, a file each, to print and seal."
        ),
    ] = None,
) -> None:
    """Make a party's nonce, keep it in a file that only its owner reads, and print the commitment to hand in; with
    --shares also the five hashes that are published of its shares."""
    if hash not in NAMES.values():
        fail(f"--hash {hash}：只有 sha256 和 sm3", f"--hash {hash}: sha256 or sm3")
    nonce, head = secrets.token_bytes(SECRET), f"draw {draw}\nparty {party}\nhash {hash}\n"
    _write_once(file, f"{head}nonce {nonce.hex()}\n")
    typer.echo(commitment(hash, draw, party, nonce).hex())
    if shares is None:
        return
    for number, share in enumerate(split(nonce, secrets.token_bytes(2 * SECRET)), 1):
        _write_once(shares / f"share-{number}.txt", f"{head}share {share.hex()}\n")
        typer.echo(sharing(hash, draw, party, share).hex())


def _write_once(file: Path, text: str) -> None:
    """A file that only its owner reads; one that is there is not touched."""
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
    except OSError as error:
        fail(f"{file}：写不进去，{error.strerror}", f"{file}: cannot be written, {error.strerror}")


def _logged(policy: Path | None, files: dict[str, bytes]) -> Logged | None:
    """What the receipt of the manifest shows: when witnesses signed. One that does not hold ends the command."""
    if policy is None or "manifest.proof" not in files:
        return None
    try:
        found = proof.verify(files["manifest.proof"], read_policy(_bytes(policy).decode()))
    except Doubt as doubt:
        fail(f"manifest.proof：{doubt.say}", f"manifest.proof: {doubt.say.en}")
    if found.entry.payload != files.get("manifest.txt"):
        fail("manifest.proof：不是这份方案的凭证", "manifest.proof: not the receipt of this manifest")
    return Logged([datetime.fromtimestamp(second, UTC) for second in found.seen.values()], None)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Without the collector of cycles: none is made, and it would walk millions of ids again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        fail(f"{folder}：没有这个文件夹", f"{folder}: there is no such folder")
    return {name: _bytes(folder / name) for name in FILES if (folder / name).exists()}


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fail(f"{file}：打不开，{error.strerror}", f"{file}: cannot be opened, {error.strerror}")


def _announced(text: str) -> tuple[str, Announced]:
    """Read `name=value[@moment]`; drand values are hex."""
    name, given, rest = text.partition("=")
    value, _, moment = rest.partition("@")
    try:
        when = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) if moment else None
        read = bytes.fromhex(value) if name.startswith("drand ") else value.encode("ascii")
    except ValueError:
        given = ""
    if not given:
        fail(f"--announced “{text}”：写成 名称=值[@时刻]", f"--announced “{text}”: write name=value[@moment]")
    return name, Announced(read, when)


def add_to(main: typer.Typer) -> None:
    """Register the commands of this file."""
    main.add_typer(app, name="draw")
