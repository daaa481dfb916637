"""Responsibility cells: who answers for a cell at a moment, deputies, and the shifts nobody covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.place.beats import DAY, Idle, Leave, OnDuty, Room, Roster, Watch, read_shifts
from bihuan.core.time.instant import at, day

SHIFTS = read_shifts(
    [
        {"code": "early", "zh": "早班", "en": "Early", "begin": "06:30", "end": "14:30"},
        {"code": "late", "zh": "晚班", "en": "Late", "begin": "14:30", "end": "22:30"},
        {"code": "night", "zh": "夜班", "en": "Night", "begin": "22:30", "end": "06:30", "zones": True},
    ]
)
MAY = day("2026-05-01")


def roster(*leaves: Leave) -> Roster:
    rooms = [Room("b1", "c1", MAY), Room("b1", "c2", MAY, MAY + 10), Room("b2", "c2", MAY + 10)]
    watches = [
        Watch("b1", "early", "1", MAY),
        Watch("b1", "late", "2", MAY, MAY + 5),
        Watch("b1", "late", "3", MAY + 5),
        Watch("b1", "night", "4", MAY),
        Watch("b2", "early", "5", MAY),
    ]
    return Roster.of(SHIFTS, rooms, watches, leaves)


def who(found: list[OnDuty]) -> list[str]:
    return [one.person for one in found]


def test_the_person_of_the_shift_answers_and_the_last_minute_belongs_to_the_next() -> None:
    r = roster()
    for moment, person in (
        ("2026-05-02 06:30", "1"),
        ("2026-05-02 14:29", "1"),
        ("2026-05-02 14:30", "2"),
        ("2026-05-06 14:30", "3"),
        ("2026-05-02 22:30", "4"),
        ("2026-05-03 06:29", "4"),  # the night that began on the 2nd
    ):
        assert who(r.at("c1", at(moment))) == [person], moment
    assert r.at("c1", at("2026-04-30 12:00")) == []
    assert r.at("nowhere", at("2026-05-02 12:00")) == []


def test_a_cell_that_moves_to_another_beat_changes_hands_on_that_day() -> None:
    r = roster()
    assert (r.beat_of("c2", MAY + 9), r.beat_of("c2", MAY + 10)) == ("b1", "b2")
    assert who(r.at("c2", (MAY + 9) * DAY + 43_200)) == ["1"]
    assert who(r.at("c2", (MAY + 10) * DAY + 43_200)) == ["5"]


def test_on_leave_the_deputy_answers_and_the_deputys_deputy_after() -> None:
    r = roster(Leave("1", "7", MAY, MAY + 3), Leave("7", "8", MAY + 1, MAY + 2))
    assert [who(r.on("c1", "early", MAY + n)) for n in range(4)] == [["7"], ["8"], ["7"], ["1"]]
    assert r.on("c1", "early", MAY)[0].owner == "1"
    around = roster(Leave("1", "7", MAY, MAY + 3), Leave("7", "1", MAY, MAY + 3))
    assert around.on("c1", "early", MAY) == []


def test_nobody_who_has_to_do_with_a_cell_may_check_it() -> None:
    r = roster(Leave("1", "7", MAY, MAY + 3))
    assert r.own("c1", MAY) == {"1", "7", "2", "4"}
    assert r.own("c1", MAY + 6) == {"1", "3", "4"}
    assert r.own("nowhere", MAY) == frozenset()


def test_every_shift_without_anybody_is_listed_with_its_reason() -> None:
    r = roster()
    assert r.idle(["c1"], MAY) == []
    found = r.idle(["c1", "c2", "c3"], MAY + 10, lambda person, _: person != "1", frozenset({"c2"}))
    assert found == [
        Idle("c1", "early", MAY + 10, "b1", "no_post"),
        Idle("c2", "late", MAY + 10, "b2", "no_watch"),
        Idle("c2", "night", MAY + 10, "b2", "no_watch"),  # a night is asked of the zones alone
        Idle("c3", "early", MAY + 10, "", "no_beat"),
        Idle("c3", "late", MAY + 10, "", "no_beat"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"code": "x", "zh": "x", "en": "x", "begin": "25:00", "end": "06:00"},
        {"code": "x", "zh": "x", "en": "x", "begin": "6:00", "end": "07:00"},
        {"code": "x", "zh": "x", "en": "x", "begin": "06:00"},
    ],
)
def test_a_shift_that_cannot_be_read_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="班次"):
        read_shifts([row])


def test_a_shift_is_there_once() -> None:
    row = {"code": "x", "zh": "x", "en": "x", "begin": "06:00", "end": "07:00"}
    with pytest.raises(ValueError, match="twice"):
        read_shifts([row, row])


persons = st.sampled_from("1234567")
days = st.integers(0, 12)


@given(st.lists(st.tuples(persons, persons, days, st.integers(1, 6)), max_size=8), days)
def test_whoever_is_on_duty_is_not_on_leave(rows: list[tuple[str, str, int, int]], n: int) -> None:
    leaves = [Leave(p, d, MAY + since, MAY + since + length) for p, d, since, length in rows]
    r = roster(*leaves)
    for shift in SHIFTS:
        for one in r.on("c1", shift.code, MAY + n):
            assert not any(x.person == one.person and x.since <= MAY + n < x.until for x in leaves)
            assert one.person in r.own("c1", MAY + n)
