"""reveal.txt: the blind, the parties' nonces and the public values, as they were opened (trust §1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bihuan.core.draw import seed as formulas
from bihuan.core.draw.beacon import check_bits, check_value, worth
from bihuan.core.draw.manifest import Manifest
from bihuan.core.draw.words import Refused

SECRET = 32


@dataclass(frozen=True, slots=True)
class Reveal:
    """What was opened: blind (empty if there is none), nonces by party, values by beacon name."""

    blind: bytes
    nonces: Mapping[str, bytes]
    values: Mapping[str, bytes]


def reveal(raw: bytes, made: Manifest) -> Reveal:
    """Read reveal.txt; lines in any order, each name of the manifest at most once, no other name.

    A party without a line did not open; every public value must be there.
    """
    known = {("party", name) for name in made.parties} | {("beacon", one.name) for one in made.beacons}
    if made.blind:
        known.add(("blind", "-"))
    seen: dict[tuple[str, str], bytes] = {}
    for number, line in _lines(raw):
        fields = line.split("\t")
        if len(fields) != 3 or not re.fullmatch("(?:[0-9a-f]{2})+", fields[2]):
            raise Refused("reveal_line", line=number)
        name = (fields[0], fields[1])
        if name not in known:
            raise Refused("reveal_unknown", line=number, name=" ".join(name))
        if name in seen:
            raise Refused("twice", name=" ".join(name))
        seen[name] = bytes.fromhex(fields[2])
    if made.blind and ("blind", "-") not in seen:
        raise Refused("blind_missing")
    for one in made.beacons:
        if ("beacon", one.name) not in seen:
            raise Refused("beacon_missing", beacon=one.name)
    return Reveal(
        seen.get(("blind", "-"), b""),
        {name: seen["party", name] for name in made.parties if ("party", name) in seen},
        {one.name: seen["beacon", one.name] for one in made.beacons},
    )


def _lines(raw: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refused("reveal_bytes") from None
    if not text.endswith("\n") or re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]", text):
        raise Refused("reveal_bytes")
    return enumerate(text[:-1].split("\n"), 1)


def check_parties(made: Manifest, opened: Reveal) -> list[str]:
    """Refuse a nonce that is not the committed one; give back the parties that did not open."""
    for party, nonce in opened.nonces.items():
        if (
            len(nonce) != SECRET
            or formulas.commitment(made.hash, made.draw, party, nonce) != made.parties[party]
        ):
            raise Refused("nonce", party=party)
    return [party for party in made.parties if party not in opened.nonces]


def check_blind(made: Manifest, opened: Reveal) -> None:
    """Refuse a blind that is not the committed one."""
    if made.blind and (
        len(opened.blind) != SECRET or formulas.blinding(made.hash, opened.blind) != made.blind
    ):
        raise Refused("blind")


def check_values(made: Manifest, opened: Reveal) -> float:
    """Refuse values that cannot be what they are said to be, or are worth less than 60 bits; give the bits."""
    for one in made.beacons:
        check_value(one, opened.values[one.name])
    found = worth((one, opened.values[one.name]) for one in made.beacons)
    check_bits(found)
    return found


def seed_of(made: Manifest, opened: Reveal) -> bytes:
    """S from parties, then beacons, in the order of the manifest."""
    contributions = [(party, opened.nonces.get(party)) for party in made.parties]
    return formulas.seed(
        made.hash, made.raw, [*contributions, *((one.name, opened.values[one.name]) for one in made.beacons)]
    )


def key_of(made: Manifest, opened: Reveal) -> bytes:
    """K from the seed and the blind."""
    return formulas.key(made.hash, seed_of(made, opened), opened.blind)


def write(opened: Reveal) -> bytes:
    """The bytes of reveal.txt: blind, parties, beacons."""
    lines = [("blind", "-", opened.blind)] if opened.blind else []
    lines += [("party", *one) for one in opened.nonces.items()]
    lines += [("beacon", *one) for one in opened.values.items()]
    return "".join(f"{kind}\t{name}\t{value.hex()}\n" for kind, name, value in lines).encode()
