"""An overdue clock rises: each step once, counted from due, whoever looks; due, owner and state stay as they are."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.case.automatic import automatic, catch_up
from bihuan.core.case.fold import Event
from bihuan.core.line.folder import read
from bihuan.core.line.parts import RAISED, Line
from bihuan.core.tests.clocks_here import asked, clocked, refolds, stays_as_it_is
from bihuan.core.tests.days_here import cal, staff
from bihuan.core.tests.lines_here import told
from bihuan.core.time.clock import deadline
from bihuan.core.time.instant import at

NOTE = """
[action.first]
zh = "告知"
en = "Tell"
by = ["clock"]
from = ["asked"]
law = "例"
housekeeping = true
sets = { raised_to = "party.body" }
[action.second]
zh = "再告知"
en = "Tell again"
by = ["clock"]
from = ["asked"]
law = "例"
housekeeping = true
sets = { raised_to = "param.leader" }
"""
PARAMS = '[[leader]]\nsince = 2016-01-01\nvalue = "nk.gov"\nsource = "例"\n'
FIRST = '{ on = "first", law = "例" }'
RISES = f'roll = true\nrises = [{FIRST}, {{ on = "second", after = "2 working days", law = "例" }}]'


def rising(tmp_path: Path, rises: str = RISES, note: str = NOTE) -> Path:
    """The line of assistance with steps up planted on its clock."""
    folder = clocked(tmp_path, rises, note)
    (folder / "params.toml").write_text(PARAMS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Line:
    return read(rising(tmp_path_factory.mktemp("lines")))


def test_the_first_comes_the_second_after_due_the_next_when_its_own_time_has_passed(text: Line) -> None:
    story = asked(text)  # due 2026-04-02 24:00, a Thursday; the 6th is a holiday
    found = story.wait("2026-04-30 12:00")
    assert [(e.name, e.by, e.at) for e in found] == [
        ("first", "clock", at("2026-04-03 00:00")), ("second", "clock", at("2026-04-08 00:00")),
    ]  # fmt: skip
    assert story.case.parties[RAISED] == "nk.gov"


def test_due_owner_state_and_bill_stay_as_they_are(text: Line) -> None:
    stays_as_it_is(text)


def test_who_answers_in_time_is_not_escalated_and_who_answers_late_is_no_longer(text: Line) -> None:
    story = asked(text)
    story.do("2026-03-27 17:00", "give", staff("nk.jiaotong", "officer"))
    assert story.wait("2026-05-30 12:00") == [] and automatic(story.case, cal()) == []
    late = asked(text)
    late.do("2026-04-20 17:00", "give", staff("nk.jiaotong", "officer"))
    assert [e.name for e in late.events[1:]] == [
        "first",
        "second",
        "give",
    ] and RAISED not in late.case.parties


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_whoever_looks_and_however_often_each_step_is_taken_once(text: Line, seed: int) -> None:
    random = Random(seed)
    story = asked(text, f"2026-03-{random.randint(2, 27):02d} 09:00")
    case, once = catch_up(story.case, cal(), at("2026-06-30 12:00"), prompt=True)
    busy, sent = story.case, list[Event]()
    looks = sorted(random.randrange(at("2026-03-28 00:00"), at("2026-06-30 12:00")) for _ in range(9))
    for look in [*looks, at("2026-06-30 12:00")]:
        busy, more = catch_up(busy, cal(), look)
        assert catch_up(busy, cal(), look)[1] == []
        sent += more
    assert [(e.name, e.effective) for e in sent] == [(e.name, e.effective) for e in once]
    assert [e.name for e in once] == ["first", "second"] and all(e.at >= e.effective for e in sent)
    assert deadline(next(iter(case.runs.values())), cal()) == deadline(next(iter(busy.runs.values())), cal())


def test_refolding_gives_the_same_case(text: Line) -> None:
    refolds(text)


@pytest.mark.parametrize(
    ("rises", "note", "fault"),
    [
        (RISES.replace('"first"', '"fist"'), NOTE, "clock.part.rises[0].on: unknown action 'fist'"),
        (RISES.replace("2 working days", "soon"), NOTE, "clock.part.rises[1].after: 'soon' is not a limit"),
        (RISES.replace("2 working days", "param.no"), NOTE, "clock.part.rises[1].after: unknown param 'no'"),
        (RISES.replace(', law = "例" }', " }", 1), NOTE, "clock.part.rises[0].law: no law given"),
        (RISES, NOTE.replace('by = ["clock"]', 'by = ["body"]', 1), "clock.part.rises[0].on: 'first' is not by clock"),
        (RISES, NOTE.replace("housekeeping = true", 'to = "asked"', 1), "clock.part.rises[0].on: 'first' is not housekeeping"),
        (RISES, NOTE.replace('raised_to = "party.body"', 'told = "party.body"'), "clock.part.rises[0].on: 'first' does not set raised_to"),
        (RISES, NOTE.replace("party.body", "param.no"), "action.first.sets.raised_to: unknown param 'no'"),
        (RISES.partition("\n")[0], NOTE, "action.first.by: no clock takes this action"),
        (RISES + '\nwindow = true\ncloses = ["give"]', NOTE, "clock.part.rises[0]: nobody owes a window"),
    ],
)  # fmt: skip
def test_a_step_up_that_is_none_is_refused_at_load(tmp_path: Path, rises: str, note: str, fault: str) -> None:
    assert fault in told(rising(tmp_path, rises, note))


def test_a_sound_one_is_not(tmp_path: Path) -> None:
    assert told(rising(tmp_path)) == ""
