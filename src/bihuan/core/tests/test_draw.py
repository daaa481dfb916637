"""The draw dr1: known answers, agreement with a second reading of its text, and what must not matter."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.crypto.hashes import digest, digests
from bihuan.core.draw import Refused, applied, beacon, compute, seed, shamir, tree, verdict, verify
from bihuan.core.tests import draw_apart
from bihuan.core.tests.draws_here import DICE, KL8, PL5, Setting, any_setting, settings_of

ANSWERS = json.loads((Path(__file__).parent / "data" / "trust-vectors.json").read_text())
K = bytes(range(32))


def test_tickets_and_cards_have_their_known_answers() -> None:
    sid = b"91370211MA00000001"
    assert seed.ticket("sha256", K, sid).hex() == ANSWERS["ticket sha256 K=00..1f sid=91370211MA00000001"]
    assert seed.ticket("sm3", K, sid).hex() == ANSWERS["ticket sm3 same"]
    assert (
        digests("sha256", K + b"S", [sid])[0].hex()
        == ANSWERS["ticket sha256 K=00..1f sid=91370211MA00000001"]
    )
    assert digests("sm3", K + b"S", [sid, sid])[1].hex() == ANSWERS["ticket sm3 same"]
    card = ANSWERS["deck r=0 pool=MKT iid=3702100001"]
    assert seed.card("sha256", K, 0, b"MKT", b"3702100001").hex() == card


def test_commitment_seed_and_key_have_their_known_answers() -> None:
    assert (
        seed.commitment("sha256", "d", "p", bytes(32)).hex() == ANSWERS["commit draw=d party=p nonce=00*32"]
    )
    given_parts = [("p", bytes(32)), ("q", None), ("kl8 2026311", b"01 02")]
    found = seed.seed("sha256", b"manifest\n", given_parts)
    named = 'seed manifest="manifest\\n" contributions p=00*32,q=missing,kl8 2026311="01 02"'
    assert found.hex() == ANSWERS[named]
    assert seed.key("sha256", found).hex() == ANSWERS["key, no blind"]
    assert seed.key("sha256", found, b"\x11" * 32).hex() == ANSWERS["key, blind=11*32"]


@settings(max_examples=60, deadline=None)
@given(settings_of())
def test_any_draw_agrees_with_the_second_reading_and_verifies(setting: Setting) -> None:
    files = setting.folder()
    assert files["result.tsv"] == draw_apart.result(files)
    checks = verify(files)
    assert verdict(checks) != "bad", [check for check in checks if check.verdict == "bad"]
    assert [check.verdict for check in checks if check.name == "result"] == ["ok"]


@pytest.mark.parametrize("seed", range(40))
def test_larger_draws_agree_with_the_second_reading(seed: int) -> None:
    """`python -m bench.rosters` does it by the thousand, with dr1.js as the third."""
    files = any_setting(Random(seed)).folder()
    assert files["result.tsv"] == draw_apart.result(files)
    assert verdict(verify(files)) != "bad"


@settings(max_examples=15, deadline=None)
@given(settings_of(), st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_told_plays_no_part(setting: Setting, chance: Random) -> None:
    def mixed(lines: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(chance.sample(lines, len(lines)))

    other = setting.but(
        subjects=mixed(setting.subjects), excluded=mixed(setting.excluded), inspectors=mixed(setting.inspectors),
        avoid=mixed(setting.avoid),
    )  # fmt: skip
    assert other.folder()["result.tsv"] == setting.folder()["result.tsv"]


def test_the_plan_may_stand_in_any_order_but_is_part_of_what_is_fixed() -> None:
    one, other = Setting(), Setting(plan=Setting().plan[::-1])
    first, second = compute(one.folder()), compute(other.folder())
    assert first.picked.shares == second.picked.shares
    assert first.seed != second.seed


@given(
    st.lists(st.binary(min_size=1, max_size=22), min_size=2, unique=True), st.sampled_from(["sha256", "sm3"])
)
def test_one_subject_more_changes_no_other_ticket(names: list[bytes], name: str) -> None:
    assert digests(name, K + b"S", names)[1:] == [seed.ticket(name, K, sid) for sid in names[1:]]


@settings(max_examples=20, deadline=None)
@given(settings_of())
def test_the_applied_pairs_alone_redo_the_draw(setting: Setting) -> None:
    salted = tuple((*pair[:3], f"{at:032x}") for at, pair in enumerate(setting.avoid))
    setting = setting.but(avoid=salted, rooted=True)
    files = setting.folder()
    drawn = compute(files)
    raw = applied.write(drawn.manifest, files["avoid.tsv"], drawn.picked.drawn, drawn.teams)
    shown = {name: data for name, data in files.items() if name != "avoid.tsv"} | {"applied.tsv": raw}
    assert compute(shown).result() == files["result.tsv"]
    assert {check.name: check.code for check in verify(shown)}["avoid"] == "ok_applied"
    served = {
        (sid, iid)
        for (_, sid, _), team in zip(drawn.picked.drawn, drawn.teams, strict=True)
        for iid in team.iids
    }
    assert not served & {(pair[0].encode(), pair[1].encode()) for pair in setting.avoid}


def test_a_class_takes_its_share_rounded_up_at_least_its_minimum_at_most_all() -> None:
    subjects = tuple((f"a{n:03d}", "A") for n in range(101)) + tuple((f"b{n}", "B") for n in range(3))
    plan = (("A", "1", "50", "0", "-"), ("B", "0", "1", "7", "-"), ("C", "1", "1", "1", "-"))
    drawn = compute(Setting(subjects=subjects, plan=plan, excluded=(), avoid=()).folder())
    assert drawn.picked.shares == {b"A": (3, 101), b"B": (3, 3), b"C": (0, 0)}
    assert all(not team.iids and not team.short for team in drawn.teams)


def test_a_cap_leaves_inspectors_out_of_new_rounds() -> None:
    subjects = tuple((f"a{n:02d}", "A") for n in range(8))
    setting = Setting(subjects=subjects, plan=(("A", "1", "1", "0", "MKT:2:2"),), avoid=())
    drawn = compute(setting.folder())
    loads = [
        sum(iid in team.iids for team in drawn.teams) for iid in {i for t in drawn.teams for i in t.iids}
    ]
    assert loads == [2] * 6
    assert sum(team.short for team in drawn.teams) == 16 - 12


def test_values_are_worth_what_the_table_says() -> None:
    def worth(name: str, value: bytes) -> float:
        return round(beacon.bits(beacon.beacon(name), value), 1)

    assert worth("kl8 1", KL8) == 61.6
    assert worth("pl5 1", PL5) == 16.6
    assert worth("dice hall", DICE) == 66.4
    assert worth("dice hall", b"1 2 3") == 10.0
    assert worth(f"drand {beacon.QUICKNET} 7", bytes(48)) == 256
    assert worth(f"drand {'ab' * 32} 7", bytes(48)) == 0
    assert worth("pot wall", bytes(32)) == 0


@pytest.mark.parametrize(
    ("bits", "small", "large"),
    [
        (9.966, 0.95, 1.60),
        (16.6, 0.095, 0.16),
        (19.93, 0.030, 0.052),
        (61.6, 1.6e-8, 2.8e-8),
        (78.2, 5e-11, 9e-11),
    ],
)
def test_the_bound_is_the_one_of_the_table(bits: float, small: float, large: float) -> None:
    assert beacon.gain(bits, 0.03, 20) == pytest.approx(small, rel=0.07)
    assert beacon.gain(bits, 0.03) == pytest.approx(large, rel=0.07)
    assert beacon.gain(60, 0.03) < 1e-7


def test_a_drand_round_has_its_moment() -> None:
    one = beacon.beacon(f"drand {beacon.QUICKNET} 1000")
    assert beacon.moment(one) == datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)
    assert beacon.round_at(datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)) == 1000
    assert beacon.round_at(datetime(2023, 8, 23, 15, 59, 23, tzinfo=UTC)) == 999
    assert beacon.moment(beacon.beacon(f"drand {'00' * 32} 1")) is None


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64), st.permutations(range(5)))
def test_any_three_of_five_shares_give_the_nonce_back(nonce: bytes, noise: bytes, order: list[int]) -> None:
    shares = shamir.split(nonce, noise)
    assert [len(share) for share in shares] == [33] * 5
    assert shamir.join([shares[at] for at in order[:3]]) == nonce
    assert shamir.join([shares[at] for at in order]) == nonce


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_two_shares_fit_every_nonce(nonce: bytes, other: bytes) -> None:
    """For two shares of one nonce there is noise that gives the same two shares of any other."""
    first, second = shamir.split(nonce, bytes(range(64)))[:2]
    noise = [bytearray(32), bytearray(32)]
    for j in range(32):
        a, b = first[j + 1] ^ other[j], second[j + 1] ^ other[j]  # a = c1 + c2, b = 2·c1 + 4·c2
        noise[1][j] = shamir.over(b ^ shamir.times(2, a), 4 ^ 2)
        noise[0][j] = a ^ noise[1][j]
    assert shamir.split(other, bytes(noise[0] + noise[1]))[:2] == [first, second]


def test_multiplication_in_the_field_is_that_of_fips_197() -> None:
    assert shamir.times(0x57, 0x83) == 0xC1
    assert shamir.times(0x57, 0x13) == 0xFE
    assert all(shamir.times(shamir.over(a, b), b) == a for a in range(256) for b in range(1, 256))


def test_damaged_or_missing_shares_are_refused() -> None:
    shares = shamir.split(bytes(32), bytes(range(64)))
    wrong = bytes([shares[4][0]]) + bytes([shares[4][1] ^ 1]) + shares[4][2:]
    for given_shares, code in [
        (shares[:2], "shares"), ([shares[0]] * 3, "shares"), ([*shares[:2], shares[2][:-1]], "shares"),
        ([*shares[:2], bytes(33)], "shares"), ([*shares[:3], wrong], "share"),
    ]:  # fmt: skip
        with pytest.raises(Refused) as refused:
            shamir.join(given_shares)
        assert refused.value.code == code
    for secret, noise, n in [(bytes(31), bytes(64), 5), (bytes(32), b"", 5), (bytes(32), bytes(64), 2)]:
        with pytest.raises(Refused) as refused:
            shamir.split(secret, noise, n)
        assert refused.value.code == "escrow"


def test_the_tree_is_that_of_rfc_6962() -> None:
    """The roots of the seven and eight leaves that Certificate Transparency publishes for its own tests."""
    leaves = [bytes.fromhex(t) for t in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
    leaves.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
    for n, root in [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ]:
        assert tree.root("sha256", tree.leaves("sha256", leaves[:n])).hex() == root


@given(st.integers(1, 40), st.data())
def test_every_leaf_rises_to_the_root_and_no_other_does(size: int, data: st.DataObject) -> None:
    hashed = tree.leaves("sha256", [b"%d" % n for n in range(size)])
    index = data.draw(st.integers(0, size - 1))
    way, root = tree.path("sha256", tree.levels("sha256", hashed), index), tree.root("sha256", hashed)
    assert tree.rises("sha256", hashed[index], index, size, way, root)
    assert not tree.rises("sha256", digest("sha256", b"another"), index, size, way, root)
    assert not tree.rises("sha256", hashed[index], size, size, way, root)
    assert not tree.rises("sha256", hashed[index], index, size, [*way, root], root)
    if size > 1:
        assert not tree.rises("sha256", hashed[index], index ^ 1, size, way, root)
        assert not tree.rises("sha256", hashed[index], index, size, way[:-1], root)
    with pytest.raises(IndexError):
        tree.path("sha256", tree.levels("sha256", hashed), size)
