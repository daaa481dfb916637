"""Chances are equal, avoided pairs are never served, and the load is spread: counted over fixed lists of seeds."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from math import sqrt
from random import Random

import pytest

from bihuan.core.draw.deal import Team, deal
from bihuan.core.draw.roster import Avoid, Inspectors, Row, Slot, Subjects
from bihuan.core.draw.select import select

SEEDS = 20_000
PLAN = {b"A": Row(1, 4, 0, (Slot(b"MKT", 2, None),)), b"B": Row(1, 10, 1, (Slot(b"MKT", 2, None),))}
LISTED = Subjects([b"s%02d" % n for n in range(30)], [b"A"] * 20 + [b"B"] * 10)
PEOPLE = Inspectors([b"i%d" % n for n in range(6)], [b"MKT"] * 6)
NOBODY = Avoid((), (), ())


def keys(n: int) -> list[bytes]:
    return [sha256(b"fair%d" % at).digest() for at in range(n)]


def sigma(counts: list[int], draws: int, chance: float) -> float:
    """How far χ² lies from what it should be, in standard deviations; each draw takes the same number."""
    n = len(counts)
    chi = (
        sum((count - draws * chance) ** 2 for count in counts) / (draws * chance * (1 - chance)) * (n - 1) / n
    )
    return (chi - (n - 1)) / sqrt(2 * (n - 1))


def test_each_subject_of_a_class_is_drawn_equally_often() -> None:
    seen: Counter[bytes] = Counter()
    spare: Counter[bytes] = Counter()
    for key in keys(SEEDS):
        picked = select("sha256", key, LISTED, PLAN, 1)
        seen.update(sid for _, sid, _ in picked.drawn)
        spare.update(sid for _, sid, _ in picked.reserves[b"A"])
    assert sum(seen.values()) == SEEDS * 6
    assert abs(sigma([seen[sid] for sid in LISTED.sids[:20]], SEEDS, 5 / 20)) < 4
    assert abs(sigma([seen[sid] for sid in LISTED.sids[20:]], SEEDS, 1 / 10)) < 4
    assert abs(sigma([spare[sid] for sid in LISTED.sids[:20]], SEEDS, 1 / 20)) < 4


def test_inspectors_are_exchangeable() -> None:
    """Each goes first to the first subject equally often, and each pair makes the first team equally often."""
    first: Counter[bytes] = Counter()
    pairs: Counter[frozenset[bytes]] = Counter()
    lots = [(b"", b"s00", b"A")]
    n = SEEDS // 4
    for key in keys(n):
        (team,) = deal("sha256", key, lots, PEOPLE, NOBODY, PLAN)
        first[team.iids[0]] += 1
        pairs[frozenset(team.iids)] += 1
    assert abs(sigma([first[iid] for iid in PEOPLE.iids], n, 1 / 6)) < 4
    assert len(pairs) == 15 and abs(sigma(list(pairs.values()), n, 1 / 15)) < 4


def test_inspectors_with_the_same_avoidances_share_them_equally() -> None:
    """i0 and i1 may not go to the same half of the subjects: over many seeds their loads are the same."""
    lots = [(b"", sid, b"A") for sid in LISTED.sids[:20]]
    barred = [(sid, iid) for sid in LISTED.sids[:10] for iid in (b"i0", b"i1")]
    avoid = Avoid([sid for sid, _ in barred], [iid for _, iid in barred], [b"C"] * len(barred))
    ahead = []
    for key in keys(1500):
        load = loads(deal("sha256", key, lots, PEOPLE, avoid, PLAN))
        ahead.append(load[b"i0"] - load[b"i1"])
    mean = sum(ahead) / len(ahead)
    spread = sqrt(sum((one - mean) ** 2 for one in ahead) / len(ahead))
    assert abs(mean) <= 4 * spread / sqrt(len(ahead))


def loads(teams: list[Team]) -> Counter[bytes]:
    return Counter(iid for team in teams for iid in team.iids)


def test_over_twenty_thousand_seeds_no_avoided_pair_is_served() -> None:
    """Every second pair is avoided, so each of six inspectors may go to half of eight subjects."""
    lots = [(b"", sid, b"A") for sid in LISTED.sids[:8]]
    barred = [
        (sid, iid) for n, (_, sid, _) in enumerate(lots) for m, iid in enumerate(PEOPLE.iids) if (n + m) % 2
    ]
    avoid = Avoid([sid for sid, _ in barred], [iid for _, iid in barred], [b"C"] * len(barred))
    never, widest = set(barred), 0
    for key in keys(SEEDS):
        teams = deal("sha256", key, lots, PEOPLE, avoid, PLAN)
        assert all(
            (sid, iid) not in never
            for (_, sid, _), team in zip(lots, teams, strict=True)
            for iid in team.iids
        )
        assert not any(team.short for team in teams)
        load = loads(teams)
        widest = max(widest, max(load.values()) - min(load[iid] for iid in PEOPLE.iids))
    assert widest <= 2


@pytest.mark.parametrize(("density", "most"), [(0.0, 1), (0.01, 1), (0.1, 2), (0.5, 2), (0.9, 99)])
def test_avoided_pairs_are_never_served_and_the_load_is_spread(density: float, most: int) -> None:
    people = Inspectors([b"i%02d" % n for n in range(40)], [b"MKT"] * 40)
    lots = [(b"", b"s%03d" % n, b"A") for n in range(200)]
    chance = Random(16)
    for key in keys(6):
        pairs = [(sid, iid) for _, sid, _ in lots for iid in people.iids if chance.random() < density]
        avoid = Avoid([sid for sid, _ in pairs], [iid for _, iid in pairs], [b"H"] * len(pairs))
        teams = deal("sha256", key, lots, people, avoid, PLAN)
        served = {(sid, iid) for (_, sid, _), team in zip(lots, teams, strict=True) for iid in team.iids}
        assert not served & set(pairs)
        load, barred = loads(teams), set(pairs)
        assert max(load.values()) - min(load[iid] for iid in people.iids) <= most
        for (_, sid, _), team in zip(lots, teams, strict=True):
            free = sum((sid, iid) not in barred for iid in people.iids)
            assert team.short == max(0, 2 - free)
            assert len(set(team.iids)) == len(team.iids) == 2 - team.short
