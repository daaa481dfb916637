"""dr1 a second time, from the words of its text alone: bytes of a folder in, bytes of result.tsv out.

Nothing of the product is imported and its shape is another on purpose: every file is cut up by hand, an avoid list is
one set, a pack of cards is a list that only grows, with a mark on each card that is used up. It checks nothing: what
must be refused is not its matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from math import ceil

Hash = Callable[[bytes], bytes]


def _hash(name: str, data: bytes) -> bytes:
    return hashlib.new(name, data).digest()


def result(files: Mapping[str, bytes]) -> bytes:
    """result.tsv of a folder whose files are sound."""
    told = [line.split(" ") for line in files["manifest.txt"].decode().splitlines()]
    once = {words[0]: words[1] for words in told if len(words) > 1 and words[0] not in ("party", "beacon")}
    h: Hash = partial(_hash, once["hash"])
    opened = dict(_opened(line) for line in files["reveal.txt"].decode().splitlines())
    poured = b"dr1-seed\0" + h(files["manifest.txt"])
    for kind, *rest in told:
        if kind in ("party", "beacon"):
            name = rest[0] if kind == "party" else " ".join(rest)
            poured += _contribution(name.encode(), opened.get((kind, name)))
    seed = h(poured)
    key = h(b"dr1-key\0" + seed + opened.get(("blind", "-"), b""))
    rules = {line[0]: line[1:] for line in _table(files["plan.tsv"])}
    tickets = {sid: (h(key + b"S" + sid), sid) for sid, _ in _table(files["subjects.tsv"])}
    drawn: list[tuple[bytes, bytes]] = []
    spare: list[list[bytes]] = []
    for stratum in sorted(rules):
        mine = sorted(tickets[sid] for sid, of in _table(files["subjects.tsv"]) if of == stratum)
        share = ceil(Fraction(len(mine) * int(rules[stratum][0]), int(rules[stratum][1])))
        cut = min(len(mine), max(int(rules[stratum][2]), share))
        drawn += [(sid, stratum) for _, sid in mine[:cut]]
        after = mine[cut : cut + int(once["reserve"])]
        spare += [
            [b"R%d" % j, sid, stratum, t.hex().encode(), b"-", b"-", b"0"]
            for j, (t, sid) in enumerate(after, 1)
        ]
    drawn.sort(key=lambda pair: tickets[pair[0]])
    packs = Packs(h, key, files)
    rows = [
        [b"dr1-result", once["draw"].encode(), b"%d" % len(drawn), seed.hex().encode(), key.hex().encode()]
    ]
    for rank, (sid, stratum) in enumerate(drawn, 1):
        team, passed, short = packs.send(sid, rules[stratum][3])
        rows.append([
            b"%d" % rank, sid, stratum, tickets[sid][0].hex().encode(), b",".join(team) or b"-",
            b",".join(passed) or b"-", b"%d" % short,
        ])  # fmt: skip
    return b"".join(b"\t".join(row) + b"\n" for row in rows + spare)


def _table(raw: bytes) -> list[list[bytes]]:
    return [line.split(b"\t") for line in raw.split(b"\n")[1:-1]]


def _opened(line: str) -> tuple[tuple[str, str], bytes]:
    kind, name, value = line.split("\t")
    return (kind, name), bytes.fromhex(value)


def _contribution(name: bytes, value: bytes | None) -> bytes:
    start = len(name).to_bytes(2, "big") + name
    return start + (bytes.fromhex("ffffffff") if value is None else len(value).to_bytes(4, "big") + value)


class Packs:
    """Every card ever shuffled, pool by pool: [inspector, is it still there?]."""

    def __init__(self, h: Hash, key: bytes, files: Mapping[str, bytes]) -> None:
        self.h, self.key = h, key
        self.people = _table(files["inspectors.tsv"])
        self.why = {(line[0], line[1]): line[2] for line in _table(files["avoid.tsv"])}
        self.cards: dict[bytes, list[tuple[bytes, list[bool]]]] = {}
        self.shuffles: dict[bytes, int] = {}

    def shuffle(self, pool: bytes, cap: bytes | None) -> None:
        """Lay the next round behind the cards of a pool. A card, waiting or dealt, counts towards the cap for good."""
        number = self.shuffles.get(pool, 0)
        self.shuffles[pool] = number + 1
        ever = [iid for iid, _ in self.cards[pool]]
        places = sorted(
            (self.h(self.key + b"I" + number.to_bytes(4, "big") + pool + b"\0" + iid), iid)
            for iid, of in self.people
            if of == pool and (cap is None or ever.count(iid) < int(cap))
        )
        self.cards[pool] += [(iid, [True]) for _, iid in places]

    def send(self, sid: bytes, slots: bytes) -> tuple[list[bytes], list[bytes], int]:
        """The team for one subject, whom it passed over, how many are short."""
        team: list[bytes] = []
        passed: dict[bytes, None] = {}
        short = 0
        for slot in [] if slots == b"-" else slots.split(b","):
            pool, wanted, *cap = slot.split(b":")
            self.cards.setdefault(pool, [])
            place = more = got = 0
            while got < int(wanted):
                if place == len(self.cards[pool]):
                    if more == 2:
                        break
                    more += 1
                    self.shuffle(pool, cap[0] if cap else None)
                    continue
                iid, there = self.cards[pool][place]
                place += 1
                if not there[0] or iid in team:
                    continue
                if (sid, iid) in self.why:
                    passed[iid + b":" + self.why[sid, iid]] = None
                else:
                    there[0] = False
                    team.append(iid)
                    got += 1
            short += int(wanted) - got
        return team, list(passed), short
