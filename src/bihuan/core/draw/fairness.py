"""How fair one draw is, in numbers: chances, many simulated seeds, loads, declared relations, and the bias bound.

What can be counted from the files of a draw is counted; what needs a simulation uses the same `select` and `deal`
under keys that anyone can make: H("dr1-fair\\0" ‖ H(manifest) ‖ u32be(i)), i from 0.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import beacon, reveal
from bihuan.core.draw.deal import Team, deal
from bihuan.core.draw.drawing import NEEDED, Drawn, Rosters, compute, rosters
from bihuan.core.draw.manifest import Manifest, manifest
from bihuan.core.draw.roster import Avoid, Inspectors, Row
from bihuan.core.draw.select import Lot, select
from bihuan.core.draw.words import Refused

SEEDS = 20_000
TICKETS = 4_000_000  # of all simulated seeds together: a few seconds
FEWEST_SEEDS = 4
SIGMAS = 4.0
TRIES = (20, 60)  # rosters an official might try before sealing, as powers of two
REVIEW = Fraction(
    1, 50
)  # a declared relation with more of a pool's subjects than this is looked at (trust §1.5)


@dataclass(frozen=True, slots=True)
class Chance:
    """One class: how many are listed and drawn; `gains` is by how much at most 2^20 and 2^60 rosters tried could
    raise this chance, relatively (trust §1.1)."""

    stratum: str
    listed: int
    drawn: int
    gains: tuple[float, ...]

    @property
    def chance(self) -> Fraction:
        """drawn / listed, exactly; of an empty class 0."""
        return Fraction(self.drawn, self.listed) if self.listed else Fraction(0)


@dataclass(frozen=True, slots=True)
class Even:
    """How evenly simulated seeds treat the members of a class or of a pool: χ² and how far it lies from what it
    should be, in standard deviations of a normal variable."""

    name: str
    members: int
    seeds: int
    chi: float
    away: float

    @property
    def holds(self) -> bool:
        return abs(self.away) <= SIGMAS


@dataclass(frozen=True, slots=True)
class Load:
    """How often the inspectors of a pool were dealt; `barred` is the largest share of the pool's drawn subjects
    that one of them may not go to, `most` the spread that is promised then, None where nothing is."""

    pool: str
    people: int
    least: int
    greatest: int
    barred: Fraction
    most: int | None

    @property
    def spread(self) -> int:
        return self.greatest - self.least


@dataclass(frozen=True, slots=True)
class Declared:
    """An inspector's declared relations among the subjects of the own pool."""

    iid: str
    pool: str
    pairs: int
    subjects: int

    @property
    def flagged(self) -> bool:
        """More than 2 % of the pool's subjects: a person looks at it."""
        return self.pairs > self.subjects * REVIEW


@dataclass(frozen=True, slots=True)
class Fairness:
    """The report. `loads`, `served` and `short` are None before the draw; `declared` is None where only the
    applied pairs are known."""

    draw: str
    bits: float
    chances: tuple[Chance, ...]
    even: tuple[Even, ...]
    alike: tuple[Even, ...]
    loads: tuple[Load, ...] | None
    served: int | None
    short: int | None
    declared: tuple[Declared, ...] | None


def fairness(
    made: Manifest, read: Rosters, drawn: Drawn | None, bits: float, *, whole: bool = True, seeds: int = SEEDS
) -> Fairness:
    """The report of a draw, also before it is drawn (`drawn` None); below 60 bits it is refused.

    `whole` is false where `read.avoid` holds only the applied pairs.
    """
    beacon.check_bits(bits)
    listed = Counter(read.subjects.strata)
    chances = tuple(
        _chance(stratum.decode(), listed[stratum], row.drawn(listed[stratum]), bits)
        for stratum, row in sorted(read.plan.items())
    )
    turns = max(FEWEST_SEEDS, min(seeds, TICKETS // max(1, len(read.subjects.sids))))
    even, alike = _simulated(made, read, turns)
    at_work = _pools_at_work(read.plan, read.inspectors)
    return Fairness(
        made.draw, bits, chances, even, alike,
        None if drawn is None else tuple(_loads(drawn, read, at_work)),
        None if drawn is None else _served(drawn, read.avoid),
        None if drawn is None else sum(team.short for team in drawn.teams),
        tuple(_declared(read, at_work, listed)) if whole else None,
    )  # fmt: skip


def report_of(files: Mapping[str, bytes], *, seeds: int = SEEDS) -> Fairness:
    """The report of a folder given as {file name: bytes}; without reveal.txt what can be said before the draw."""
    if "reveal.txt" in files:
        drawn = compute(files)
        opened = reveal.reveal(files["reveal.txt"], drawn.manifest)
        made, read, bits = (
            drawn.manifest,
            rosters(drawn.manifest, files),
            reveal.check_values(drawn.manifest, opened),
        )
        return fairness(made, read, drawn, bits, whole="avoid.tsv" in files, seeds=seeds)
    for file in NEEDED:
        if file not in files and file != "reveal.txt":
            raise Refused("missing", file=file)
    made = manifest(files["manifest.txt"])
    bits = beacon.worth((one, None) for one in made.beacons)
    return fairness(made, rosters(made, files), None, bits, whole="avoid.tsv" in files, seeds=seeds)


def _chance(stratum: str, listed: int, drawn: int, bits: float) -> Chance:
    sure = drawn in (0, listed)  # nothing can be gained
    gains = tuple(0.0 if sure else beacon.gain(bits, drawn / listed, tries) for tries in TRIES)
    return Chance(stratum, listed, drawn, gains)


def keys(made: Manifest, n: int) -> list[bytes]:
    """The simulated keys of a draw."""
    start = b"dr1-fair\0" + digest(made.hash, made.raw)
    return [digest(made.hash, start + turn.to_bytes(4, "big")) for turn in range(n)]


def _simulated(made: Manifest, read: Rosters, turns: int) -> tuple[tuple[Even, ...], tuple[Even, ...]]:
    seen: Counter[bytes] = Counter()
    first: dict[bytes, Counter[bytes]] = defaultdict(Counter)
    groups = _groups(read)
    for key in keys(made, turns):
        picked = select(made.hash, key, read.subjects, read.plan, 0)
        seen.update([sid for _, sid, _ in picked.drawn])
        lots = _first_lots(picked.drawn, read.plan, set(groups))
        for (_, _, stratum), team in zip(
            lots, deal(made.hash, key, lots, read.inspectors, read.avoid, read.plan), strict=True
        ):
            for slot in read.plan[stratum].slots:
                if slot.pool in groups and (
                    iid := next((i for i in team.iids if i in groups[slot.pool]), None)
                ):
                    first[slot.pool][iid] += 1
    members: dict[bytes, list[bytes]] = {}
    for sid, stratum in zip(read.subjects.sids, read.subjects.strata, strict=True):
        members.setdefault(stratum, []).append(sid)
    even = [
        evenly(stratum.decode(), [seen[sid] for sid in sids], turns, read.plan[stratum].drawn(len(sids)))
        for stratum, sids in sorted(members.items())
        if 0 < read.plan[stratum].drawn(len(sids)) < len(sids)
    ]
    alike = [
        evenly(pool.decode(), [first[pool][iid] for iid in sorted(group)], first[pool].total(), 1)
        for pool, group in sorted(groups.items())
        if first[pool].total() > 1
    ]
    return tuple(even), tuple(alike)


def evenly(name: str, counts: Sequence[int], draws: int, taken: int) -> Even:
    """χ² of how often each of n members was taken in `draws` draws of `taken` out of n.

    Σ(c − E)² / (E(1 − p)) · (n − 1)/n has mean n − 1 and, since every draw takes the same number, the exact variance
    2(n − 1)(draws − 1)/draws. It is stretched to the variance of χ² and then made normal by Wilson and Hilferty's
    cube root, so that four standard deviations mean as much for two members as for a million.
    """
    n, expected = len(counts), draws * taken / len(counts)
    off = sum((count - expected) ** 2 for count in counts)
    chi = off / (expected * (1 - taken / n)) * (n - 1) / n
    free = n - 1
    wide = free + (chi - free) * math.sqrt(draws / (draws - 1))
    bend = 2 / (9 * free)
    return Even(name, n, draws, chi, (math.cbrt(wide / free) - (1 - bend)) / math.sqrt(bend))


def _groups(read: Rosters) -> dict[bytes, frozenset[bytes]]:
    """By pool, its largest group of inspectors with the same avoid lines: these alone must be treated alike."""
    barred: dict[bytes, set[bytes]] = defaultdict(set)
    for sid, iid in zip(read.avoid.sids, read.avoid.iids, strict=True):
        barred[iid].add(sid)
    same: dict[bytes, dict[frozenset[bytes], list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for iid, pool in zip(read.inspectors.iids, read.inspectors.pools, strict=True):
        same[pool][frozenset(barred.get(iid, ()))].append(iid)
    largest = {pool: max((len(group), group) for group in kinds.values())[1] for pool, kinds in same.items()}
    groups = {pool: frozenset(group) for pool, group in largest.items()}
    return {pool: group for pool, group in groups.items() if len(group) > 1}


def _first_lots(drawn: Sequence[Lot], plan: Mapping[bytes, Row], wanted: set[bytes]) -> list[Lot]:
    """Of each pool the first subject that it goes to, in the order of the draw."""
    lots, waiting = [], set(wanted)
    for lot in drawn:
        if not waiting:
            break
        pools = {slot.pool for slot in plan[lot[2]].slots if slot.count}
        if pools & waiting:
            waiting -= pools
            lots.append(lot)
    return lots


def _pools_at_work(plan: Mapping[bytes, Row], people: Inspectors) -> dict[bytes, set[bytes]]:
    """{pool: classes it goes to}, only pools that have inspectors."""
    found: dict[bytes, set[bytes]] = defaultdict(set)
    for stratum, row in plan.items():
        for slot in row.slots:
            if slot.count:
                found[slot.pool].add(stratum)
    return {pool: found[pool] for pool in sorted(found) if pool in set(people.pools)}


def _loads(drawn: Drawn, read: Rosters, at_work: Mapping[bytes, set[bytes]]) -> list[Load]:
    dealt = Counter(iid for team in drawn.teams for iid in team.iids)
    sids: dict[bytes, set[bytes]] = {
        pool: {sid for _, sid, stratum in drawn.picked.drawn if stratum in strata}
        for pool, strata in at_work.items()
    }
    pool_of = dict(zip(read.inspectors.iids, read.inspectors.pools, strict=True))
    barred = Counter(
        iid for sid, iid in zip(read.avoid.sids, read.avoid.iids, strict=True)
        if iid in pool_of and sid in sids.get(pool_of[iid], ())
    )  # fmt: skip
    loads = []
    for pool in at_work:
        iids = [iid for iid, where in pool_of.items() if where == pool]
        share = Fraction(max(barred[iid] for iid in iids), max(1, len(sids[pool])))
        most = 1 if not share else 2 if share <= Fraction(1, 2) else None
        counts = [dealt[iid] for iid in iids]
        loads.append(Load(pool.decode(), len(iids), min(counts), max(counts), share, most))
    return loads


def _served(drawn: Drawn, avoid: Avoid) -> int:
    """How many avoid pairs were sent all the same: none, or the draw is wrong."""
    pairs = set(zip(avoid.sids, avoid.iids, strict=True))
    return sum((sid, iid) in pairs for sid, team in _teams(drawn) for iid in team.iids)


def _teams(drawn: Drawn) -> list[tuple[bytes, Team]]:
    return [(sid, team) for (_, sid, _), team in zip(drawn.picked.drawn, drawn.teams, strict=True)]


def _declared(
    read: Rosters, at_work: Mapping[bytes, set[bytes]], listed: Mapping[bytes, int]
) -> list[Declared]:
    """Inspectors with declared relations, most first."""
    pool_of = dict(zip(read.inspectors.iids, read.inspectors.pools, strict=True))
    stratum_of: dict[bytes, bytes] = {}
    if len(read.avoid.sids):
        stratum_of = dict(zip(read.subjects.sids, read.subjects.strata, strict=True))
    pairs = Counter(
        iid for sid, iid, code in zip(read.avoid.sids, read.avoid.iids, read.avoid.codes, strict=True)
        if code == b"C" and stratum_of.get(sid) in at_work.get(pool_of.get(iid, b""), ())
    )  # fmt: skip
    return [
        Declared(
            iid.decode(),
            pool_of[iid].decode(),
            n,
            sum(listed.get(stratum, 0) for stratum in at_work[pool_of[iid]]),
        )
        for iid, n in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))
    ]
