"""Groups before the lot, twins as one lot, the last place, and the waiting list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.lots import NEXT, OVER, Entry, Lot, Rule, Wrong, allot, give_back, lots_to_draw, sort_out


def lots(*sizes: int) -> list[Lot]:
    return [Lot(f"L{n}", (f"L{n}", *(f"L{n}{c}" for c in "bc"[: size - 1]))) for n, size in enumerate(sizes)]


def ids(found: tuple[Lot, ...]) -> list[str]:
    return [one.id for one in found]


def numbers(found: tuple[Lot, ...]) -> set[str]:
    return {number for lot in found for number in lot.numbers}


def test_special_groups_need_no_lot_and_take_their_seats() -> None:
    found = sort_out(
        [Entry("1", group="soldier"), Entry("2"), Entry("3", group="other")], Rule(2, ("soldier",))
    )
    assert dict(found.direct) == {"1": "group"} and found.seats == 1
    assert ids(found.lots) == ["2", "3"] and found.needs_draw


def test_siblings_by_the_rule_only() -> None:
    rows = [Entry("1", sibling=True), Entry("2")]
    assert dict(sort_out(rows, Rule(1, siblings=True)).direct) == {"1": "sibling"}
    assert dict(sort_out(rows, Rule(1)).direct) == {}


def test_more_to_be_placed_directly_than_seats_is_for_a_person() -> None:
    with pytest.raises(Wrong, match="先由人决定"):
        sort_out([Entry("1", group="g"), Entry("2", group="g")], Rule(1, ("g",)))


def test_twins_share_one_lot_whoever_named_whom() -> None:
    for rows in ([Entry("1", twin="2"), Entry("2", twin="1")], [Entry("1"), Entry("2", twin="1")], [Entry("1", twin="2"), Entry("2")]):  # fmt: skip
        found = sort_out([*rows, Entry("3")], Rule(2))
        assert [(lot.id, lot.places) for lot in found.lots] == [("1", 2), ("3", 1)]
        assert found.alone == () and found.wanted == 3
    triplets = sort_out([Entry("1", twin="2"), Entry("2", twin="3"), Entry("3", twin="1")], Rule(1))
    assert [lot.numbers for lot in triplets.lots] == [("1", "2", "3")]


@pytest.mark.parametrize(
    "rows",
    [
        [Entry("1", twin="9")],  # never registered
        [Entry("1", twin="1")],  # names itself
        [Entry("1", twin="2"), Entry("2", unfit=True)],  # left out
        [Entry("1", twin="2"), Entry("2", group="g")],  # placed without a lot
    ],
)
def test_a_twin_whose_sibling_is_missing_has_a_lot_of_its_own_and_is_asked(rows: list[Entry]) -> None:
    found = sort_out(rows, Rule(2, ("g",)))
    assert [lot.numbers for lot in found.lots] == [("1",)] and found.alone == ("1",)


def test_who_is_left_out_and_why() -> None:
    rows = [
        Entry("1", same="x"), Entry("2", same="x"), Entry("3", young=True), Entry("4", used=True),
        Entry("5", used=True, sibling=True), Entry("6", unfit=True, same="y"), Entry("7", same="y"),
    ]  # fmt: skip
    found = sort_out(rows, Rule(1, address=True))
    assert dict(found.out) == {"2": "double", "3": "young", "4": "address", "6": "unfit"}
    assert ids(found.lots) == ["1", "5", "7"]  # the one found unfit does not shut out the good one
    assert "4" in ids(
        sort_out(rows, Rule(1)).lots
    )  # without that rule an address counts as often as it likes


def test_a_number_that_stands_twice_and_rules_that_are_none() -> None:
    with pytest.raises(Wrong, match="出现两次"):
        sort_out([Entry("1"), Entry("1")], Rule(1))
    for rule in (Rule(0), Rule(1, last="first")):
        with pytest.raises(Wrong):
            sort_out([], rule)


def test_the_last_place_and_twins() -> None:
    order = lots(1, 1, 2, 1)
    over, following = allot(order, 3, OVER), allot(order, 3, NEXT)
    assert ids(over.placed) == ["L0", "L1", "L2"] and over.taken == 4
    assert ids(following.placed) == ["L0", "L1", "L3"] and following.taken == 3
    assert ids(following.waiting) == ["L2"]


def test_a_place_given_back_goes_to_the_first_in_line() -> None:
    start = allot(lots(1, 1, 2, 1, 1), 2, NEXT)
    assert ids(start.waiting) == ["L2", "L3", "L4"]
    one = give_back(start, "L0", 2, NEXT)
    assert ids(one.placed) == ["L1", "L3"] and ids(one.waiting) == ["L2", "L4"]
    over = give_back(allot(lots(1, 1, 2, 1, 1), 2, OVER), "L0", 2, OVER)
    assert ids(over.placed) == ["L1", "L2"] and over.taken == 3
    assert ids(give_back(over, "L1", 2, OVER).placed) == ["L2"]  # the seats are still full: nobody moves up
    alone = give_back(allot(lots(2, 2, 1), 2, NEXT), "L0b", 2, NEXT)  # one of two twins goes elsewhere
    assert [(lot.id, lot.places) for lot in alone.placed] == [("L0", 1), ("L2", 1)] and ids(
        alone.waiting
    ) == ["L1"]
    left = give_back(start, "L3", 2, NEXT)
    assert ids(left.placed) == ["L0", "L1"] and left.gone == ("L3",)
    with pytest.raises(Wrong):
        give_back(left, "L3", 2, NEXT)


def test_one_lot_for_each_seat_is_drawn_and_the_rest_wait() -> None:
    assert lots_to_draw(sort_out([Entry(str(n)) for n in range(9)], Rule(4))) == 4
    assert lots_to_draw(sort_out([Entry("1"), Entry("2")], Rule(4))) == 2


@given(st.lists(st.integers(1, 3), max_size=30), st.integers(1, 20), st.sampled_from([OVER, NEXT]), st.data())
def test_nobody_loses_a_place_and_nobody_is_passed_over_without_the_rule(
    sizes: list[int], seats: int, last: str, data: st.DataObject
) -> None:
    stands = allot(lots(*sizes), seats, last)
    everybody = numbers(stands.placed) | numbers(stands.waiting)
    for _ in range(data.draw(st.integers(0, 6))):
        live = [number for lot in (*stands.placed, *stands.waiting) for number in lot.numbers]
        if not live:
            break
        before, gone = numbers(stands.placed), data.draw(st.sampled_from(live))
        stands = give_back(stands, gone, seats, last)
        assert before - {gone} <= numbers(stands.placed)
        now = [*sorted(numbers(stands.placed)), *sorted(numbers(stands.waiting)), *stands.gone]
        assert set(now) == everybody and len(now) == len(everybody)
        free = seats - stands.taken
        assert free > -3 if last == OVER else free >= 0
        assert all(lot.places > free for lot in stands.waiting)
        if last == OVER:
            assert not stands.waiting or free <= 0
    order = [int(one[1:]) for one in ids(stands.waiting)]
    assert order == sorted(order)
