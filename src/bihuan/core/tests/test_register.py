"""From two registers to a roster: nobody gets lost, every reason is one of the list, and a choice of order changes nothing."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.register import (
    REASONS,
    UNFIT,
    Listed,
    Officer,
    Roster,
    Rules,
    Slot,
    build,
    deal_pools,
    drawn,
)

DAY = 20_000
RULES = Rules(
    {"A": Fraction(1, 100), "B": Fraction(3, 100), "C": Fraction(6, 100), "D": Fraction(1, 5), "N": Fraction(3, 100)},
    least=1, cap=2, lately=365,
)  # fmt: skip
TWO = (Slot("market", 2),)
TEAM = tuple(Officer(f"SC{n:03}", "nk.scjg", ("market",), DAY + 90) for n in range(5))


def roster(listed: list[Listed], officers=TEAM, declared=(), went=(), slots=TWO, rules=RULES) -> Roster:
    return build(listed, officers, declared, went, slots, rules, DAY, DAY + 60)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"status": "cancelled"}, "CLOSED"),
        ({"status": "revoked"}, "REVOKED"),
        ({"status": "annulled"}, "ANNULLED"),
        ({"status": "moved"}, "MOVED"),
        ({"status": "closing"}, "CLOSING"),
        ({"until": DAY - 1}, "EXPIRED"),
        ({"until": DAY}, ""),
        ({"head": "head"}, "BRANCH"),
        ({"head": "unknown"}, ""),
        ({"visits": 2}, "CAP"),
        ({"visits": 1}, ""),
        ({"last": DAY - 364}, "RECENT"),
        ({"last": DAY - 365}, ""),
        ({"status": "cancelled", "visits": 9}, "CLOSED"),
    ],
)
def test_each_reason_for_leaving_out(changed: dict, why: str) -> None:
    one = Listed("one", "B", **changed)
    found = roster([one, Listed("head", "B")])
    assert {sid: code for sid, _, code in found.excluded}.get("one", "") == why
    assert ("one" in dict(found.subjects)) is (why == "")


@pytest.mark.parametrize("gone", [{"status": "cancelled"}, {"until": DAY - 1}])
def test_a_branch_counts_where_its_head_office_is_gone(gone: dict) -> None:
    found = roster([Listed("branch", "B", head="head"), Listed("head", "B", **gone)])
    assert [sid for sid, _ in found.subjects] == ["branch"]


def test_two_that_name_each_other_as_head_office_are_both_drawn_from() -> None:
    found = roster([Listed("a", "B", head="b"), Listed("b", "B", head="a")])
    assert [sid for sid, _ in found.subjects] == ["a", "b"]


def test_an_unknown_status_is_no_status() -> None:
    with pytest.raises(KeyError):
        roster([Listed("x", "B", status="asleep")])


def test_counts_and_plan_of_each_class() -> None:
    listed = [Listed(f"b{n:03}", "B") for n in range(40)] + [
        Listed("d0", "D"),
        Listed("d1", "D", visits=2),
        Listed("n0"),
    ]
    found = roster(listed)
    assert [(c.cls, c.listed, c.subjects, dict(c.left_out), c.drawn, c.adds_up) for c in found.counts] == [
        ("B", 40, 40, {}, 2, True), ("D", 2, 1, {"CAP": 1}, 1, True), ("N", 1, 1, {}, 1, True),
    ]  # fmt: skip
    assert found.plan == (
        ("B", 3, 100, 1, "market:2"), ("D", 1, 5, 1, "market:2"), ("N", 3, 100, 1, "market:2"),
    )  # fmt: skip
    assert found.faults == ()


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"until": DAY + 59}, "LAPSED"), ({"until": DAY + 60}, ""), ({"posted": False}, "NO_POST"), ({"away": True}, "AWAY"), ({"pools": ("fire",)}, "NO_POOL")],
)  # fmt: skip
def test_each_reason_why_somebody_cannot_go(changed: dict, why: str) -> None:
    """A certificate must last to the end of the task: the visit may be on its last day."""
    one = dataclasses.replace(TEAM[0], iid="SC900", **changed)
    found = roster([Listed("b", "B")], (*TEAM, one))
    assert dict(found.unfit).get("SC900", "") == why
    assert ("SC900" in dict(found.inspectors)) is (why == "")


def test_a_pool_of_one_and_a_team_of_one_are_no_plan() -> None:
    found = roster([Listed("b", "B")], TEAM[:1])
    assert any("只有 1 人能去，一次要 2 人" in fault for fault in found.faults)
    alone = roster([Listed("b", "B")], slots=(Slot("market", 1),))
    assert any("不得少于两人" in fault for fault in alone.faults)
    assert any("没有可以抽的检查对象" in fault for fault in roster([]).faults)


def test_everybody_avoided_is_shown_before_the_draw() -> None:
    pairs = [("b0", one.iid) for one in TEAM[:4]]
    found = roster(
        [Listed("b0", "B"), Listed("b1", "B")], declared=pairs[:2], went=[*pairs[1:], ("gone", "SC000")]
    )
    assert found.short == ("b0",)
    assert found.faults == () and any("1 户" in look for look in found.looks)
    assert [code for _, _, code in found.avoid] == ["C", "C", "H", "H"]  # what was declared comes first


def test_who_fits_one_pool_only_leaves_the_others_free() -> None:
    both = Officer("AA1", "nk.scjg", ("market", "fire"), DAY + 90)
    only = Officer("ZZ1", "nk.scjg", ("market",), DAY + 90)
    assert deal_pools([both, only], [Slot("market", 1), Slot("fire", 1)]) == {"ZZ1": "market", "AA1": "fire"}


def test_one_address_with_many_licences_is_told_and_nobody_left_out() -> None:
    found = roster(
        [Listed("a", "B", address="示例路 1 号"), Listed("b", "B", address="示例路 1 号"), Listed("c", "B")]
    )
    assert len(found.subjects) == 3 and any("一址多照" in look for look in found.looks)


def test_a_sole_trader_that_became_a_company_is_drawn_by_its_new_code_alone() -> None:
    found = roster([Listed("old", "B", status="cancelled", visits=2), Listed("new")])
    assert dict(found.subjects) == {"new": "N"} and {sid: why for sid, _, why in found.excluded} == {
        "old": "CLOSED"
    }


def test_a_class_without_a_ratio_is_no_class() -> None:
    with pytest.raises(KeyError):
        roster([Listed("x", "E")])


BUSINESSES = st.lists(
    st.builds(
        Listed, st.text("0123456789ABCDEF", min_size=1, max_size=6), st.sampled_from(["", "A", "B", "C", "D"]),
        st.sampled_from(["existing", "cancelled", "revoked", "annulled", "moved", "closing"]),
        st.one_of(st.none(), st.integers(DAY - 3, DAY + 3)), st.just(""), st.integers(0, 3),
        st.one_of(st.none(), st.integers(DAY - 400, DAY)),
    ), unique_by=lambda one: one.sid, max_size=40,
)  # fmt: skip


@given(BUSINESSES, st.integers(0, 2**32))
def test_nobody_is_lost_and_order_plays_no_part(listed: list[Listed], seed: int) -> None:
    declared = [(one.sid, TEAM[n % 5].iid) for n, one in enumerate(listed)]
    found = roster(listed, declared=declared)
    inside, outside = {sid for sid, _ in found.subjects}, {sid for sid, _, _ in found.excluded}
    assert not inside & outside and inside | outside == {one.sid for one in listed}
    assert [sid for sid, _ in found.subjects] == sorted(inside)
    assert all(count.adds_up for count in found.counts)
    assert {why for _, _, why in found.excluded} <= set(REASONS) and {why for _, why in found.unfit} <= set(
        UNFIT
    )
    assert {cls for _, cls in found.subjects} == {row[0] for row in found.plan}
    assert {sid for sid, _, _ in found.avoid} <= inside
    shuffled, mixed, team = list(listed), list(declared), list(TEAM)
    for one in (shuffled, mixed, team):
        Random(seed).shuffle(one)
    assert roster(shuffled, tuple(team), mixed) == found


@given(st.integers(0, 10_000), st.sampled_from("ABCDN"))
def test_how_many_are_drawn_is_the_rule_of_the_draw(n: int, cls: str) -> None:
    from bihuan.core.draw.roster import Row

    ratio = RULES.ratios[cls]
    assert drawn(n, RULES, cls) == Row(ratio.numerator, ratio.denominator, RULES.least, ()).drawn(n)
