"""The manifest: what is fixed, and logged, before any random value exists (trust §1.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bihuan.core.crypto.hashes import NAMES
from bihuan.core.draw.beacon import Beacon, beacon, check_bits, worth
from bihuan.core.draw.words import Refused

FILES = ("subjects", "excluded", "inspectors", "avoid", "plan")
HEX = "[0-9a-f]{64}"
NUMBER = "0|[1-9][0-9]{0,14}"  # exact in every language that reads it
DRAW = r"[!-~]{1,200}/[0-9]{4}-[0-9]{1,15}"
SEALED = f"(?:{NUMBER}) {HEX}"
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|\+00:00)"
HEAD = 10  # lines before the parties
LEAST_PARTIES = 3


@dataclass(frozen=True, slots=True)
class Sealed:
    """Lines and hash of one file; of avoid.tsv the hash may be the tree's root (see `roster.avoid`)."""

    lines: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read; `raw` are its bytes, which the seed binds."""

    raw: bytes
    draw: str
    hash: str
    reserve: int
    files: Mapping[str, Sealed]
    blind: bytes | None
    parties: Mapping[str, bytes]
    beacons: tuple[Beacon, ...]
    closes: datetime


def manifest(raw: bytes) -> Manifest:
    """Read manifest.txt strictly: LF lines, single spaces, this order, at least three parties and 60 bits."""
    lines = _lines(raw)
    heads = (
        ("draw", DRAW),
        ("hash", "|".join(NAMES.values())),
        ("reserve", NUMBER),
        *((file, SEALED) for file in FILES),
    )
    _one(lines, 0, "dr1-manifest", "dr1-manifest")
    draw, name, reserve, *sealed = (
        _one(lines, at, head, f"{head} (?:{shape})") for at, (head, shape) in enumerate(heads, 1)
    )
    files = {}
    for file, text in zip(FILES, sealed, strict=True):
        count, hashed = text.split(" ")
        files[file] = Sealed(int(count), bytes.fromhex(hashed))
    blind = _one(lines, HEAD - 1, "blind", f"blind (?:{HEX}|-)")
    parties, beacons, closes = _tail(lines)
    if len(parties) < LEAST_PARTIES:
        raise Refused("parties", n=len(parties))
    check_bits(worth((one, None) for one in beacons))
    hidden = None if blind == "-" else bytes.fromhex(blind)
    return Manifest(raw, draw, name, int(reserve), files, hidden, parties, beacons, closes)


def _lines(raw: bytes) -> list[str]:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refused("manifest_bytes") from None
    if not text.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f\x7f\ufeff]", text):
        raise Refused("manifest_bytes")
    return text[:-1].split("\n")


def _one(lines: list[str], at: int, wanted: str, shape: str) -> str:
    """The text after the first blank of a line that must look like this."""
    if at >= len(lines) or not re.fullmatch(shape, lines[at]):
        raise Refused("manifest_line", line=at + 1, wanted=wanted)
    return lines[at].partition(" ")[2]


def _tail(lines: list[str]) -> tuple[dict[str, bytes], tuple[Beacon, ...], datetime]:
    """Parties, then beacons (a pot first), then `closes` as the last line."""
    parties: dict[str, bytes] = {}
    beacons: list[Beacon] = []
    for at in range(HEAD, len(lines) - 1):
        found = re.fullmatch(rf"party ([^ ]{{1,200}}) ({HEX})", lines[at])
        if found and not beacons:
            if found[1] in parties:
                raise Refused("twice", name=f"party {found[1]}")
            parties[found[1]] = bytes.fromhex(found[2])
        elif lines[at].startswith("beacon "):
            one = beacon(lines[at].removeprefix("beacon "))
            if one in beacons:
                raise Refused("twice", name=lines[at])
            if one.kind == "pot" and beacons:
                raise Refused("pot_first")
            beacons.append(one)
        else:
            raise Refused("manifest_line", line=at + 1, wanted="beacon" if beacons else "party")
    _one(lines, max(HEAD, len(lines) - 1), "closes", f"closes {MOMENT}")
    return parties, tuple(beacons), _moment(len(lines), lines[-1])


def _moment(number: int, line: str) -> datetime:
    try:
        return datetime.fromisoformat(line[7:26]).replace(tzinfo=UTC)
    except ValueError:
        raise Refused("manifest_line", line=number, wanted="closes") from None


def write(made: Manifest) -> bytes:
    """The bytes of a manifest whose `raw` is still empty; read again, they are checked as any other."""
    lines = ["dr1-manifest", f"draw {made.draw}", f"hash {made.hash}", f"reserve {made.reserve}"]
    lines += [f"{file} {made.files[file].lines} {made.files[file].hash.hex()}" for file in FILES]
    lines += [f"blind {made.blind.hex() if made.blind else '-'}"]
    lines += [f"party {name} {commitment.hex()}" for name, commitment in made.parties.items()]
    lines += [f"beacon {one.name}" for one in made.beacons]
    lines += [f"closes {made.closes.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"]
    return manifest("".join(f"{line}\n" for line in lines).encode()).raw
