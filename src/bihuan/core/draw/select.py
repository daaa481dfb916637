"""Who is drawn: the smallest tickets of each stratum, and the next ones as substitutes (trust §1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bihuan.core.crypto.hashes import digests
from bihuan.core.draw.roster import Row, Subjects

Lot = tuple[bytes, bytes, bytes]  # ticket, sid, stratum


@dataclass(frozen=True, slots=True)
class Picked:
    """Drawn subjects of all strata ascending by (ticket, id); substitutes by stratum; (drawn, listed) by stratum."""

    drawn: Sequence[Lot]
    reserves: Mapping[bytes, Sequence[Lot]]
    shares: Mapping[bytes, tuple[int, int]]


def select(name: str, key: bytes, listed: Subjects, planned: Mapping[bytes, Row], reserve: int) -> Picked:
    """The n smallest (ticket, id) of each stratum and the next `reserve`, strata ascending by bytes."""
    tickets = digests(name, key + b"S", listed.sids)
    heads = np.frombuffer(b"".join(tickets), dtype=">u8").reshape(-1, 4)[:, 0].astype(np.uint64)
    drawn: list[Lot] = []
    reserves: dict[bytes, Sequence[Lot]] = {}
    shares = {}
    for stratum, members in _members(listed.strata, sorted(planned)):
        wanted = planned[stratum].drawn(len(members))
        first = _smallest(tickets, heads, listed.sids, members, wanted + reserve)
        drawn += [(t, sid, stratum) for t, sid in first[:wanted]]
        reserves[stratum] = [(t, sid, stratum) for t, sid in first[wanted:]]
        shares[stratum] = (wanted, len(members))
    return Picked(sorted(drawn), reserves, shares)


def _members(strata: Sequence[bytes], names: Sequence[bytes]) -> list[tuple[bytes, NDArray[np.intp]]]:
    """The places of each stratum's subjects in the file."""
    numbers = {name: number for number, name in enumerate(names)}
    small = np.int16 if len(names) < 1 << 15 else np.intp  # short numbers are sorted by their digits
    which = np.fromiter(map(numbers.__getitem__, strata), dtype=small, count=len(strata))
    order = np.argsort(which, kind="stable")
    ends = np.searchsorted(which[order], np.arange(len(names) + 1))
    return [(name, order[ends[i] : ends[i + 1]]) for i, name in enumerate(names)]


def _smallest(
    tickets: Sequence[bytes],
    heads: NDArray[np.uint64],
    sids: Sequence[bytes],
    members: NDArray[np.intp],
    n: int,
) -> list[tuple[bytes, bytes]]:
    """The n smallest (ticket, id) in order; the first eight bytes choose the candidates, all 32 decide."""
    if n < len(members):
        mine = heads[members]
        members = members[mine <= np.partition(mine, n - 1)[n - 1]] if n else members[:0]
    return sorted((tickets[at], sids[at]) for at in members.tolist())[:n]
