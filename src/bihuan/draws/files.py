"""The files of a draw as dr1 bytes, made from rows and read again by the engine before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import drawing, manifest, roster, rows, tree
from bihuan.core.draw.beacon import beacon
from bihuan.core.draw.manifest import FILES, Manifest, Sealed

Rows = Mapping[str, Sequence[Sequence[str]]]
SALT = 16  # bytes on each line of the avoid list, so that pairs nobody saw cannot be guessed from the root


def write(draw: str, given: Rows, salt: Callable[[int], bytes]) -> dict[str, bytes]:
    """The five files: rows sorted as dr1 wants them, a salt put on every avoid line; a kind not given is empty."""
    made = {}
    for kind in FILES:
        lines = [tuple(line) for line in given.get(kind, ())]
        if kind == "avoid":
            lines = [(*line, salt(SALT).hex()) for line in lines]
        if kind != "plan":
            lines.sort(key=lambda line: [field.encode() for field in line[: 2 if kind == "avoid" else 1]])
        made[f"{kind}.tsv"] = rows.write(kind, draw, lines)
    return made


def manifest_of(
    draw: str,
    files: Mapping[str, bytes],
    commitments: Mapping[str, bytes],
    *,
    hash: str,
    reserve: int,
    beacons: Sequence[str],
    closes: datetime,
    blind: bytes | None,
) -> Manifest:
    """The manifest over these files, checked as any verifier checks it; draw.Refused names what does not hold."""
    sealed = {
        kind: Sealed(_lines(files[f"{kind}.tsv"]), digest(hash, files[f"{kind}.tsv"])) for kind in FILES
    }
    if pairs := files["avoid.tsv"].split(b"\n")[1:-1]:
        sealed["avoid"] = Sealed(len(pairs), tree.root(hash, tree.leaves(hash, pairs)))
    draft = Manifest(
        b"", draw, hash, reserve, sealed, blind, dict(commitments), tuple(map(beacon, beacons)), closes
    )
    made = manifest.manifest(manifest.write(draft))
    drawing.rosters(made, files)
    return made


def check(draw: str, files: Mapping[str, bytes], parties: Sequence[str], **terms: object) -> None:
    """Would a manifest with these parties hold? Commitments do not matter for that."""
    manifest_of(draw, files, {party: bytes(32) for party in parties}, **terms)  # type: ignore[arg-type]


def pot(lines: Iterable[tuple[int, datetime, str]]) -> bytes:
    """pot.txt: number TAB moment in UTC TAB digits, a line each."""
    rows = (f"{number}\t{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\t{digits}\n" for number, at, digits in lines)
    return "".join(rows).encode()


def count(body: bytes, stratum: str | None = None) -> int:
    """Lines after the header, all or of one stratum."""
    return _lines(body) if stratum is None else body.count(f"\t{stratum}\n".encode())


def find(body: bytes, sid: str) -> list[str] | None:
    """The fields of the line of this id in subjects.tsv or excluded.tsv."""
    at = body.find(f"\n{sid}\t".encode()) if sid.isascii() and sid else -1
    return None if at < 0 else body[at + 1 : body.index(b"\n", at + 1)].decode().split("\t")


def chances(subjects: bytes, plan: bytes) -> dict[str, tuple[int, int]]:
    """(listed, drawn) of each stratum of the plan, by the numbers alone."""
    found = {}
    for line in plan.decode().split("\n")[1:-1]:
        stratum, num, den, least, _ = line.split("\t")
        listed = count(subjects, stratum)
        found[stratum] = (listed, roster.Row(int(num), int(den), int(least), ()).drawn(listed))
    return found


def _lines(body: bytes) -> int:
    return body.count(b"\n") - 1
