"""Draws for tests: folders made from few parts, and random folders."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

from hypothesis import strategies as st

from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import Refused, manifest, reveal, rows, seed, tree, verify
from bihuan.core.draw.beacon import QUICKNET, beacon
from bihuan.core.draw.drawing import compute

KL8 = " ".join(f"{n:02d}" for n in range(3, 63, 3)).encode()
PL5 = b"0 9 3 3 7"
DICE = b" ".join(b"%d" % (n % 10) for n in range(20))
ROUND_1000 = bytes.fromhex(
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
)
CLOSES = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BEFORE_ROUND_1000 = datetime(2023, 8, 23, 12, 0, tzinfo=UTC)  # it fell at 15:59:24
Lines = tuple[tuple[str, ...], ...]
VISIBLE = [chr(code) for code in range(0x21, 0x7F)]


@dataclass(frozen=True)
class Setting:
    """What a draw is made of; `folder` writes its files."""

    draw: str = "120104/2026-7"
    hash: str = "sha256"
    reserve: int = 2
    subjects: Lines = tuple((f"9137{n:04d}", "ABD"[n % 3]) for n in range(60))
    excluded: Lines = (("91380001", "A", "CAP"),)
    inspectors: Lines = tuple((f"37{n:02d}", "MKT" if n % 3 else "FIRE") for n in range(9))
    avoid: Lines = tuple((f"9137{n:04d}", f"37{n % 9:02d}", "CH"[n % 2]) for n in range(0, 60, 3))
    plan: Lines = (
        ("D", "1", "5", "2", "MKT:2,FIRE:1"),
        ("A", "1", "50", "1", "MKT:2"),
        ("B", "1", "10", "0", "MKT:2:3"),
    )
    blind: bytes = b""
    nonces: Mapping[str, bytes] = field(
        default_factory=lambda: {p: p[:1].encode() * 32 for p in ("market", "justice", "notary")}
    )
    late: frozenset[str] = frozenset()
    values: Mapping[str, bytes] = field(default_factory=lambda: {"kl8 2026311": KL8, "pl5 2026311": PL5})
    closes: datetime = CLOSES
    rooted: bool = False  # the avoid hash is the root over salted lines

    def but(self, **changes: object) -> Setting:
        return replace(self, **changes)  # type: ignore[arg-type]

    def folder(self, *, drawn: bool = True) -> dict[str, bytes]:
        """The files, with result.tsv unless told otherwise."""
        tables = {
            "subjects": sorted(self.subjects), "excluded": sorted(self.excluded), "inspectors": sorted(self.inspectors),
            "avoid": sorted(self.avoid), "plan": list(self.plan),
        }  # fmt: skip
        files = {f"{kind}.tsv": rows.write(kind, self.draw, lines) for kind, lines in tables.items()}
        sealed = {
            kind: manifest.Sealed(len(lines), digest(self.hash, files[f"{kind}.tsv"]))
            for kind, lines in tables.items()
        }
        if self.rooted:
            leaves = tree.leaves(self.hash, files["avoid.tsv"].split(b"\n")[1:-1])
            sealed["avoid"] = manifest.Sealed(len(leaves), tree.root(self.hash, leaves))
        parties = {p: seed.commitment(self.hash, self.draw, p, nonce) for p, nonce in self.nonces.items()}
        made = manifest.Manifest(
            b"", self.draw, self.hash, self.reserve, sealed,
            seed.blinding(self.hash, self.blind) if self.blind else None,
            parties, tuple(beacon(name) for name in self.values), self.closes,
        )  # fmt: skip
        files["manifest.txt"] = manifest.write(made)
        opened = {p: nonce for p, nonce in self.nonces.items() if p not in self.late}
        files["reveal.txt"] = reveal.write(reveal.Reveal(self.blind, opened, self.values))
        if drawn:
            files["result.tsv"] = compute(files).result()
        return files


def resealed(files: Mapping[str, bytes], *kinds: str) -> dict[str, bytes]:
    """The same folder with the hashes and counts of these files written into the manifest anew."""
    lines = files["manifest.txt"].split(b"\n")
    name = lines[2].split(b" ")[1].decode()
    for at, line in enumerate(lines):
        kind = line.split(b" ")[0].decode()
        if kind in kinds:
            raw = files[f"{kind}.tsv"]
            lines[at] = f"{kind} {len(raw.splitlines()) - 1} {digest(name, raw).hex()}".encode()
    return {**files, "manifest.txt": b"\n".join(lines)}


def answered(files: Mapping[str, bytes]) -> list[object]:
    """[result or [code, sentences], checks] of a folder, as the programs in JavaScript are asked to say them."""
    result: str | list[str]
    try:
        result = compute(files).result().decode()
    except Refused as refused:
        result = [refused.code, str(refused.say), refused.say.en]
    return [result, [[c.name, c.verdict, c.code, str(c.say), c.say.en] for c in verify(files)]]


def _ids(start: str) -> st.SearchStrategy[str]:
    letters = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
    return st.one_of(
        st.text(letters, min_size=1, max_size=22), st.integers(1, 99).map(lambda n: f"{start}{n:02d}")
    )


@st.composite
def settings_of(draw: st.DrawFn, most: int = 40) -> Setting:
    """Any draw at all, small: strange ids, empty pools, caps, salts, late parties, each kind of public value."""
    strata = draw(
        st.lists(st.sampled_from(["A", "B", "C", "D", "AA", "~x"]), min_size=1, max_size=4, unique=True)
    )
    pools = draw(
        st.lists(st.sampled_from(["MKT", "FIRE", "ENV", "p/1"]), min_size=1, max_size=3, unique=True)
    )
    ids = draw(st.lists(_ids("91"), max_size=most, unique=True))
    cut = draw(st.integers(0, len(ids)))
    subjects = tuple((sid, draw(st.sampled_from(strata))) for sid in ids[:cut])
    iids = draw(st.lists(_ids("37"), max_size=8, unique=True))
    density = draw(st.sampled_from([0.0, 0.1, 0.5, 0.9]))
    chance = draw(st.randoms(use_true_random=False))
    salted = draw(st.sampled_from(["none", "all", "some"]))
    pairs = tuple(
        (sid, iid, chance.choice("CH"), *([f"{chance.getrandbits(128):032x}"] if salted == "all" or (salted == "some" and chance.random() < 0.5) else []))
        for sid, _ in subjects for iid in iids if chance.random() < density
    )  # fmt: skip
    slot = st.tuples(
        st.sampled_from([*pools, "NONE"]), st.integers(0, 3), st.sampled_from(["", ":1", ":2", ":0"])
    )
    team = st.lists(slot, min_size=1, max_size=3).map(lambda s: ",".join(f"{p}:{n}{c}" for p, n, c in s))
    number = st.integers(0, 5).map(str)
    plan = tuple(
        (stratum, draw(number), str(draw(st.integers(1, 7))), draw(number), draw(st.one_of(team, st.just("-")))) for stratum in strata
    )  # fmt: skip
    parties = draw(
        st.lists(
            st.sampled_from(["market", "justice", "notary", "公证处", "p"]),
            min_size=3,
            max_size=5,
            unique=True,
        )
    )
    values = draw(st.sampled_from([
        {"kl8 2026311": KL8}, {"pot wall": b"\7" * 32, "kl8 2026311": KL8, "pl5 2026311": PL5},
        {f"drand {QUICKNET} 1000": ROUND_1000, "pl5 1": PL5}, {"dice hall-20261120": DICE},
    ]))  # fmt: skip
    return Setting(
        hash=draw(st.sampled_from(["sha256", "sm3"])), reserve=draw(st.integers(0, 3)), subjects=subjects,
        excluded=tuple((sid, strata[0], "CAP") for sid in ids[cut:]),
        inspectors=tuple((iid, draw(st.sampled_from(pools))) for iid in iids), avoid=pairs, plan=plan,
        blind=draw(st.sampled_from([b"", b"\x11" * 32])), nonces={p: hashlib.sha256(p.encode()).digest() for p in parties},
        late=frozenset(draw(st.lists(st.sampled_from(parties), max_size=2))), values=values, closes=BEFORE_ROUND_1000,
        rooted=salted == "all" and draw(st.booleans()),
    )  # fmt: skip


def any_setting(chance: Random) -> Setting:
    """Any draw again, without Hypothesis and larger: up to 400 subjects and 30 inspectors, some of the ids ugly."""

    def ids(most: int) -> list[str]:
        ugly = ["".join(chance.choices(VISIBLE, k=chance.randint(1, 22))) for _ in range(most // 3)]
        return list({*ugly, *(f"{chance.randrange(10**6):06d}" for _ in range(chance.randint(0, most)))})

    strata = ["".join(chance.choices(VISIBLE, k=chance.randint(1, 3))) for _ in range(chance.randint(1, 6))]
    pools = ["MKT", "mkt", "消防".encode().hex(), "p/1"][: chance.randint(1, 4)]
    strata, sids, iids = (
        list(dict.fromkeys(strata)),
        ids(chance.choice([3, 40, 300])),
        ids(chance.choice([2, 12, 30])),
    )
    cut = chance.randint(0, len(sids))
    density = chance.choice([0.0, 0.02, 0.3, 0.6, 0.95])
    pairs = [
        (sid, iid, chance.choice("CH")) for sid in sids[cut:] for iid in iids if chance.random() < density
    ]
    salted = chance.random() < 0.5

    def slots() -> str:
        picked = [(chance.choice([*pools, "NONE"]), chance.randint(0, 3), chance.choice(["", "", ":0", ":1", ":4"])) for _ in range(chance.randint(1, 3))]  # fmt: skip
        return ",".join(f"{pool}:{count}{cap}" for pool, count, cap in picked)

    parties = chance.sample(["market", "justice", "notary", "公证处", "p"], chance.randint(3, 5))
    values = chance.choice([
        {"kl8 2026311": KL8}, {"kl8 2026311": KL8, "pl5 2026312": PL5}, {"pot wall": b"\7" * 32, "dice 大厅": DICE},
        {f"drand {QUICKNET} 1000": ROUND_1000},
    ])  # fmt: skip
    return Setting(
        draw=f"{''.join(chance.choices(VISIBLE, k=5))}/2026-{chance.randint(1, 99)}",
        hash=chance.choice(["sha256", "sm3"]), reserve=chance.choice([0, 1, 5, 500]),
        subjects=tuple((sid, chance.choice(strata)) for sid in sids[cut:]),
        excluded=tuple((sid, "elsewhere", "CAP") for sid in sids[:cut]),
        inspectors=tuple((iid, chance.choice(pools)) for iid in iids),
        avoid=tuple((*pair, f"{chance.getrandbits(128):032x}") for pair in pairs) if salted else tuple(pairs),
        plan=tuple(
            (stratum, str(chance.randint(0, 9)), str(chance.choice([1, 3, 7, 10, 100])), str(chance.choice([0, 1, 4, 999])), "-" if chance.random() < 0.1 else slots())
            for stratum in strata
        ),
        blind=chance.choice([b"", chance.randbytes(32)]), nonces={party: chance.randbytes(32) for party in parties},
        late=frozenset(chance.sample(parties, chance.randint(0, len(parties)))), values=values, closes=BEFORE_ROUND_1000,
        rooted=salted and chance.random() < 0.5,
    )  # fmt: skip
