"""Signals in inspections: each finds what it is for, and leaves alone what is close to it."""

from __future__ import annotations

import dataclasses

import pytest

from bihuan.core.say import Say
from bihuan.core.signal.parts import Rule
from bihuan.core.signal.visited import VISITED, Visited, look_at_visits
from bihuan.core.time.instant import DAY, at

NINE = at("2026-03-09 09:00")
ONE = Visited("JC1", "s1", "示例面馆", "nk.scjg", ("1", "2"), NINE, NINE + 1800, 6)
PARAMS = {
    "two_places": {"slack": 3},
    "in_seconds": {"seconds": 5, "least": 3},
    "same_pair": {"many": 3, "days": 1096},
}


def look(key: str, *visits: Visited) -> list[tuple[str, ...]]:
    rule = Rule(key, 1, Say("x", "x"), 50, PARAMS[key], "")
    return [lead.cases for lead in look_at_visits(visits, [rule], lambda code: Say(code, code))]


def other(number: str, **changed: object) -> Visited:
    return dataclasses.replace(ONE, number=number, sid="s2", name="示例便利店", **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("came", "people", "expected"),
    [
        (NINE + 600, ("2", "3"), [("JC1", "JC2")]),
        (NINE + 1800, ("2", "3"), []),
        (NINE + 1800 - 180, ("1", "2"), []),  # three minutes: two telephones need not agree
        (NINE + 1800 - 181, ("1", "2"), [("JC1", "JC2")]),  # once, though both were there
        (NINE + 600, ("3", "4"), []),
    ],
)
def test_two_places(came: int, people: tuple[str, ...], expected: list) -> None:
    assert look("two_places", other("JC2", came=came, left=came + 1800, people=people), ONE) == expected


def test_a_joint_visit_is_one_place() -> None:
    assert look("two_places", ONE, dataclasses.replace(ONE, number="JC9")) == []


@pytest.mark.parametrize(
    ("seconds", "points", "expected"),
    [(179, 6, [("JC1",)]), (180, 6, []), (249, 50, [("JC1",)]), (250, 50, [])],
)
def test_in_seconds(seconds: int, points: int, expected: list) -> None:
    assert look("in_seconds", dataclasses.replace(ONE, left=NINE + seconds, points=points)) == expected


def test_same_pair() -> None:
    def again(number: str, days: int) -> Visited:
        return dataclasses.replace(ONE, number=number, came=NINE + days * DAY, left=NINE + days * DAY + 1800, people=("1", "9"))  # fmt: skip

    assert look("same_pair", ONE, again("JC2", 300), again("JC3", 600)) == [("JC1", "JC2", "JC3")]
    assert look("same_pair", ONE, again("JC2", 600), again("JC3", 1200)) == []


def test_every_signal_is_tried_here() -> None:
    assert set(VISITED) == set(PARAMS)
