"""Who goes: a card for each inspector, shuffled, dealt, and a card that may not go waits for the next (trust §1.2)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from bihuan.core.crypto.hashes import digests
from bihuan.core.draw.roster import Avoid, Inspectors, Row, Slot
from bihuan.core.draw.select import Lot

ROUNDS_A_SLOT = 2
Codes = Mapping[bytes, bytes]  # why an inspector may not go to one subject


class Team(NamedTuple):
    """Inspectors in the order dealt; passed-over ones with their code, once each; how many are missing."""

    iids: Sequence[bytes]
    skips: Sequence[tuple[bytes, bytes]]
    short: int


@dataclass(slots=True)
class Deck:
    """The cards of one pool: those waiting from the front, how many rounds were made, how often each was dealt.

    `iids` ascend.
    """

    name: str
    key: bytes
    pool: bytes
    iids: Sequence[bytes]
    waiting: deque[bytes] = field(default_factory=deque)
    rounds: int = 0
    dealt: Counter[bytes] = field(default_factory=Counter)

    def deal(self, slot: Slot, team: list[bytes], barred: Codes, skips: dict[bytes, bytes]) -> int:
        """Deal one slot into `team` and note who was passed over; how many are missing comes back.

        The walk goes once from the front. At the end of the deck the next round is appended and the walk goes on
        with its cards, at most twice in one slot. A cap is that of the slot for which the round is made.
        """
        missing, passed, made, waiting = slot.count, list[bytes](), 0, self.waiting
        while missing:
            if not waiting:
                if made == ROUNDS_A_SLOT:
                    break
                made += 1
                waiting.extend(self._round(slot.cap, passed))
                continue
            iid = waiting.popleft()
            if iid in team:
                passed.append(iid)
            elif iid in barred:
                passed.append(iid)
                skips.setdefault(iid, barred[iid])
            else:
                team.append(iid)
                self.dealt[iid] += 1
                missing -= 1
        waiting.extendleft(reversed(passed))
        return missing

    def _round(self, cap: int | None, passed: Sequence[bytes]) -> list[bytes]:
        """The next shuffle; without those whose dealt and waiting cards reach the cap."""
        start = self.key + b"I" + self.rounds.to_bytes(4, "big") + self.pool + b"\0"
        self.rounds += 1
        places = digests(self.name, start, self.iids)
        cards = [
            self.iids[at] for at in sorted(range(len(places)), key=places.__getitem__)
        ]  # ties stay by id
        if cap is None:
            return cards
        held = self.dealt + Counter(passed)
        return [iid for iid in cards if held[iid] < cap]


def deal(
    name: str,
    key: bytes,
    drawn: Iterable[Lot],
    people: Inspectors,
    avoid: Avoid,
    planned: Mapping[bytes, Row],
) -> list[Team]:
    """A team for each drawn subject, in the order given."""
    lots = list(drawn)
    barred = barred_of(avoid, {sid for _, sid, _ in lots})
    members: dict[bytes, list[bytes]] = {}
    for iid, pool in sorted(zip(people.iids, people.pools, strict=True)):
        members.setdefault(pool, []).append(iid)
    decks: dict[bytes, Deck] = {}
    teams = []
    for _, sid, stratum in lots:
        team: list[bytes] = []
        skips: dict[bytes, bytes] = {}
        short = 0
        for slot in planned[stratum].slots:
            if slot.pool not in decks:
                decks[slot.pool] = Deck(name, key, slot.pool, members.get(slot.pool, []))
            short += decks[slot.pool].deal(slot, team, barred.get(sid, {}), skips)
        teams.append(Team(team, list(skips.items()), short))
    return teams


def barred_of(avoid: Avoid, sids: set[bytes]) -> dict[bytes, dict[bytes, bytes]]:
    """{subject: {inspector: code}} of these subjects."""
    found: dict[bytes, dict[bytes, bytes]] = {}
    for at in compress(range(len(avoid.sids)), map(sids.__contains__, avoid.sids)):
        found.setdefault(avoid.sids[at], {})[avoid.iids[at]] = avoid.codes[at]
    return found
