"""A clock that reminds: once before due and once after it, reckoned from due as it stands, never twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.case.automatic import automatic, catch_up
from bihuan.core.case.fold import Event
from bihuan.core.line.folder import read
from bihuan.core.line.parts import Line
from bihuan.core.tests.clocks_here import asked, clocked, refolds, stays_as_it_is
from bihuan.core.tests.days_here import cal, staff
from bihuan.core.tests.lines_here import told
from bihuan.core.time.clock import deadline
from bihuan.core.time.instant import at

NOTE = """
[action.nudge]
zh = "提醒"
en = "Remind"
by = ["clock"]
from = ["asked"]
law = "例"
housekeeping = true
"""
REMIND = 'roll = true\nremind = { on = "nudge", near = 3, late = true, law = "例" }'


def reminding(tmp_path: Path, remind: str = REMIND, note: str = NOTE) -> Path:
    """The line of assistance with a reminder planted on its clock."""
    return clocked(tmp_path, remind, note)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Line:
    return read(reminding(tmp_path_factory.mktemp("lines")))


def test_it_comes_at_the_opening_of_the_third_working_day_before_and_of_the_first_after(text: Line) -> None:
    story = asked(text)  # due 2026-04-02 24:00, a Thursday
    found = story.wait("2026-04-30 12:00")
    moments = [at("2026-03-30 08:30"), at("2026-04-03 08:30")]
    assert [(event.name, event.by, event.at) for event in found] == [("nudge", "clock", m) for m in moments]
    assert story.case.state == "asked" and len(story.case.runs) >= 1


def test_it_moves_neither_state_nor_clock_nor_the_day_an_action_may_be_dated_back_to(text: Line) -> None:
    stays_as_it_is(text)


def test_who_answers_in_time_is_not_reminded(text: Line) -> None:
    story = asked(text)
    story.do("2026-03-27 17:00", "give", staff("nk.jiaotong", "officer"))
    assert story.wait("2026-05-30 12:00") == [] and automatic(story.case, cal()) == []


def test_a_limit_shorter_than_the_notice_reminds_only_after_it(tmp_path: Path) -> None:
    line = read(reminding(tmp_path, REMIND.replace("near = 3", "near = 60")))
    story = asked(line)
    assert [event.at for event in story.wait("2026-05-30 12:00")] == [at("2026-04-03 08:30")]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_whoever_looks_and_however_often_each_reminder_is_sent_once(text: Line, seed: int) -> None:
    """Looking at random moments gives as many reminders as looking once, each at or after its moment."""
    random = Random(seed)
    story = asked(text, f"2026-03-{random.randint(2, 27):02d} 09:00")
    case, once = catch_up(story.case, cal(), at("2026-06-30 12:00"), prompt=True)
    looks = sorted(random.randrange(at("2026-03-28 00:00"), at("2026-06-30 12:00")) for _ in range(9))
    busy, sent = story.case, list[Event]()
    for look in [*looks, at("2026-06-30 12:00")]:
        pending = automatic(busy, cal())
        assert pending == sorted(pending, key=lambda one: (one[0], one[2]))
        busy, more = catch_up(busy, cal(), look)
        again, none = catch_up(busy, cal(), look)
        assert none == [] and again == busy
        sent += more
    assert [event.effective for event in sent] == [event.effective for event in once]
    assert all(event.at >= event.effective for event in sent)
    assert deadline(next(iter(case.runs.values())), cal()) == deadline(next(iter(busy.runs.values())), cal())


def test_refolding_gives_the_same_case(text: Line) -> None:
    refolds(text)


@pytest.mark.parametrize(
    ("remind", "note", "fault"),
    [
        (REMIND.replace('"nudge"', '"nugde"'), NOTE, "clock.part.remind.on: unknown action 'nugde'"),
        (REMIND.replace("near = 3, late = true, ", ""), NOTE, "clock.part.remind: needs near or late"),
        (REMIND.replace("near = 3", "near = 0"), NOTE, "clock.part.remind.near: 0 is not a number"),
        (REMIND.replace("near = 3", 'near = "param.no"'), NOTE, "clock.part.remind.near: unknown param 'no'"),
        (REMIND.replace(', law = "例"', ""), NOTE, "clock.part.remind.law: no law given"),
        (REMIND.replace("late = true", "lates = true"), NOTE, "clock.part.remind.lates: unknown key"),
        (REMIND, NOTE.replace('by = ["clock"]', 'by = ["body"]'), "clock.part.remind.on: 'nudge' is not by clock"),
        (REMIND, NOTE.replace("housekeeping = true", 'to = "asked"'), "clock.part.remind.on: 'nudge' is not housekeeping"),
        (REMIND.partition("\n")[0], NOTE, "action.nudge.by: no clock takes this action"),
        (REMIND + '\nwindow = true\ncloses = ["give"]', NOTE, "clock.part.remind: nobody owes a window"),
    ],
)  # fmt: skip
def test_a_reminder_that_is_none_is_refused_at_load(
    tmp_path: Path, remind: str, note: str, fault: str
) -> None:
    assert fault in told(reminding(tmp_path, remind, note))


def test_a_sound_one_is_not(tmp_path: Path) -> None:
    assert told(reminding(tmp_path)) == ""
