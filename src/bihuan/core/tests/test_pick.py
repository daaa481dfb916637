"""The short draw: recomputable, blind to order, and nobody is drawn who could not act."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.case.fold import Actor
from bihuan.core.case.pick import NobodyToDraw, eligible, pick, ranked
from bihuan.core.line.folder import read
from bihuan.core.tests.days_here import Story, staff
from bihuan.core.tests.lines_here import line, planted

IDS = st.lists(st.text("0123456789", min_size=1, max_size=6), min_size=1, max_size=20, unique=True)


def test_a_draw_anyone_can_do_again_by_hand() -> None:
    tickets = {one: sha256(b"head of the log|17" + one.encode()).hexdigest() for one in ("101", "102", "103")}
    assert pick(b"head of the log|17", ["101", "102", "103"]) == min(tickets, key=tickets.__getitem__)


@given(IDS, st.binary(max_size=40), st.randoms())
def test_the_order_of_the_list_plays_no_part(ids: list[str], seed: bytes, random: object) -> None:
    shuffled = sorted(ids, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert pick(seed, ids) == pick(seed, shuffled) == ranked(seed, ids)[0]


@given(IDS, st.binary(max_size=40))
def test_without_the_drawn_one_the_next_in_rank_is_drawn(ids: list[str], seed: bytes) -> None:
    order = ranked(seed, ids)
    for number in range(len(order) - 1):
        assert pick(seed, order[number + 1 :]) == order[number + 1]


def test_seeds_share_the_drawing_fairly() -> None:
    drawn = [pick(str(seed).encode(), ["a", "b", "c", "d"]) for seed in range(4000)]
    assert all(900 < drawn.count(one) < 1100 for one in "abcd")


def test_nobody_to_draw() -> None:
    with pytest.raises(NobodyToDraw, match="nobody to draw from"):
        pick(b"seed", [])


def test_who_may_be_drawn() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    story.has = {"evidence:after"}
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:32", "accept", staff("centre", "acceptor"))
    story.do("08:40", "dispatch", staff("command", "dispatcher"), unit="handler", duty=True)
    story.do("09:00", "feedback", staff("handler", "officer"))
    people = [
        staff("centre", "checker", id="zhao"),
        staff("centre", "checker", "acceptor", id="qian"),
        staff("centre", "acceptor", id="sun"),
        staff("command", "checker", id="li"),
        staff("handler", "checker", id="zhou"),
        staff("centre", "checker", id="wang"),
    ]
    assert eligible(story.case, "checker", people) == ["qian", "zhao"]


def test_nobody_of_a_party_left_out_is_drawn(tmp_path: Path) -> None:
    folder = planted(
        tmp_path, "urban_management", ('without = ["reporter"]', 'without = ["reporter", "centre"]')
    )
    story = Story(read(folder), "litter", "2026-03-02")
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    assert eligible(story.case, "checker", [staff("centre", "checker", id="zhao")]) == []


def test_a_unit_that_did_the_work_supplies_no_checker() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    story.has = {"evidence:after"}
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:32", "accept", staff("centre", "acceptor"))
    story.do("08:40", "dispatch", staff("command", "dispatcher"), unit="centre", duty=True)
    story.do("09:00", "feedback", staff("centre", "officer"))
    assert eligible(story.case, "checker", [staff("centre", "checker", id="zhao")]) == []
