"""The five files of a draw as read: subjects, excluded, inspectors, avoid, plan (trust §1.2).

Bytes outside printable ASCII, TAB and LF are refused, so a blank or a CR is too. Ids have 1 to 22 bytes. Names
of strata, pools and reasons have the same bytes but no limit; a pool has no `:` and no `,`. The plan may stand in
any order, each stratum once. In place of pools a plan line may say `-`: nobody is dealt (places by lot).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import tree
from bihuan.core.draw.manifest import NUMBER, Manifest
from bihuan.core.draw.rows import LONGEST_ID, body, check_ids, check_order, even, flattened, rows
from bihuan.core.draw.words import Refused

COUNT = re.compile(NUMBER.encode())
SLOT = re.compile(rb"([^:,]+):(%b)(?::(%b))?" % (NUMBER.encode(), NUMBER.encode()))
CODES = {b"C", b"H"}
SALT = re.compile(rb"(?:[0-9a-f]{32})?")
PAIR = re.compile(rb"^([!-~]{1,22})\t([!-~]{1,22})\t([CH])(?:\t([0-9a-f]{32}))?\n", re.M)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Column by column; also of excluded.tsv, whose reason codes are in `reasons`."""

    sids: Sequence[bytes]
    strata: Sequence[bytes]
    reasons: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Inspectors:
    """Column by column."""

    iids: Sequence[bytes]
    pools: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Avoid:
    """Column by column: pairs that are never served, C declared and H visited last time."""

    sids: Sequence[bytes]
    iids: Sequence[bytes]
    codes: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Slot:
    """`pool:count[:cap]` of a plan line."""

    pool: bytes
    count: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One stratum of the plan: the ratio num/den, at least `min`, and who goes."""

    num: int
    den: int
    min: int
    slots: tuple[Slot, ...]

    def drawn(self, listed: int) -> int:
        """min(N, max(min, ceil(N · num / den)))."""
        return min(listed, max(self.min, -(-listed * self.num // self.den)))


def check_sealed(made: Manifest, file: str, raw: bytes, lines: int) -> None:
    """Refuse a file whose hash or count of lines is not the manifest's."""
    if digest(made.hash, raw) != made.files[file].hash:
        raise Refused("file_hash", file=file)
    check_count(made, file, lines)


def check_count(made: Manifest, file: str, lines: int) -> None:
    """Refuse another count of lines than the manifest's."""
    if lines != made.files[file].lines:
        raise Refused("manifest_count", file=file, said=made.files[file].lines, found=lines)


def subjects(made: Manifest, raw: bytes) -> Subjects:
    """subjects.tsv: strictly ascending by id."""
    flat = rows("subjects", made.draw, raw, 2)
    check_ids("subjects", flat[0::2])
    check_order("subjects", flat[0::2])
    check_sealed(made, "subjects", raw, len(flat) // 2)
    return Subjects(flat[0::2], flat[1::2])


def excluded(made: Manifest, raw: bytes) -> Subjects:
    """excluded.tsv: who is on the register but not in this draw, and why."""
    flat = rows("excluded", made.draw, raw, 3)
    check_ids("excluded", flat[0::3])
    check_order("excluded", flat[0::3])
    check_sealed(made, "excluded", raw, len(flat) // 3)
    return Subjects(flat[0::3], flat[1::3], flat[2::3])


def inspectors(made: Manifest, raw: bytes) -> Inspectors:
    """inspectors.tsv: each in one pool."""
    flat = rows("inspectors", made.draw, raw, 2)
    check_ids("inspectors", flat[0::2])
    check_order("inspectors", flat[0::2])
    check_sealed(made, "inspectors", raw, len(flat) // 2)
    return Inspectors(flat[0::2], flat[1::2])


def avoid(made: Manifest, raw: bytes) -> Avoid:
    """avoid.tsv: strictly ascending by (subject, inspector).

    Its hash in the manifest is that of the whole file; or, where every line carries a salt, the RFC 6962 root over
    the lines without their LF, so that single pairs can be shown (`applied.py`). Both bind every byte.
    """
    rest, lines, marks, kinds = body("avoid", made.draw, raw)
    wide = 4 if marks.size == 4 * lines else 3
    if even(lines, marks, kinds, wide):
        flat = flattened(rest)
        sids, iids, codes, salts = (
            flat[0::wide],
            flat[1::wide],
            flat[2::wide],
            flat[3::4] if wide == 4 else [b""],
        )
        longest = max(map(len, [*sids, *iids]), default=0)
        sound = longest <= LONGEST_ID and set(codes) <= CODES and all(map(SALT.fullmatch, salts))
    else:
        found = PAIR.findall(rest)
        sids, iids, codes, salts = ([pair[at] for pair in found] for at in range(4))
        sound = len(found) == lines
    if not sound:
        _refuse_pair(rest)
    check_order("avoid", [sid + b"\t" + iid for sid, iid in zip(sids, iids, strict=True)])
    if not (all(salts) and root_of(made, rest.split(b"\n")[:-1]) == made.files["avoid"].hash):
        check_sealed(made, "avoid", raw, lines)
    check_count(made, "avoid", lines)
    return Avoid(sids, iids, codes)


def root_of(made: Manifest, lines: Sequence[bytes]) -> bytes:
    """The RFC 6962 root over lines of avoid.tsv, with the hash of the manifest."""
    return tree.root(made.hash, tree.leaves(made.hash, lines))


def _refuse_pair(rest: bytes) -> NoReturn:
    lines = enumerate(rest.split(b"\n"), 2)
    number, line = next((number, line) for number, line in lines if not PAIR.fullmatch(line + b"\n"))
    fields = line.split(b"\t")
    if len(fields) not in (3, 4) or b"" in fields:
        raise Refused("fields", file="avoid", line=number)
    if max(len(fields[0]), len(fields[1])) > LONGEST_ID:
        raise Refused("id", file="avoid", line=number)
    raise Refused("avoid_code", line=number)


def plan(made: Manifest, raw: bytes) -> Mapping[bytes, Row]:
    """plan.tsv by stratum."""
    flat = rows("plan", made.draw, raw, 5)
    found: dict[bytes, Row] = {}
    for at in range(0, len(flat), 5):
        stratum, *numbers, slots = flat[at : at + 5]
        line = at // 5 + 2
        if stratum in found:
            raise Refused("double", file="plan", line=line, id=stratum.decode())
        if not all(COUNT.fullmatch(number) for number in numbers) or int(numbers[1]) == 0:
            raise Refused("plan_number", line=line)
        num, den, least = (int(number) for number in numbers)
        found[stratum] = Row(num, den, least, _slots(slots, line))
    check_sealed(made, "plan", raw, len(found))
    return found


def check_apart(drawn_from: Subjects, left_out: Subjects) -> None:
    """Refuse a subject that is both listed and excluded."""
    if both := set(left_out.sids).intersection(drawn_from.sids):
        raise Refused("both", id=min(both).decode())


def check_planned(drawn_from: Subjects, planned: Mapping[bytes, Row]) -> None:
    """Refuse a stratum without a line of the plan."""
    if without := set(drawn_from.strata) - planned.keys():
        raise Refused("unplanned", stratum=min(without).decode())


def _slots(text: bytes, line: int) -> tuple[Slot, ...]:
    if text == b"-":
        return ()
    found = []
    for one in text.split(b","):
        match = SLOT.fullmatch(one)
        if not match:
            raise Refused("plan_slot", line=line)
        found.append(Slot(match[1], int(match[2]), int(match[3]) if match[3] else None))
    return tuple(found)
