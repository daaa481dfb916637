"""Moments, days, sentences and limits as they are written."""

import copy
import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.say import Say
from bihuan.core.time.clock import BadLimit, Limit, read_limit
from bihuan.core.time.instant import DAY, at, day, day_of, day_text, text, weekday, ymd


def test_midnight_at_the_end_is_the_last_second_of_that_day():
    assert at("2026-03-26 24:00") == at("2026-03-27 00:00") - 1 == at("2026-03-26 23:59:59")
    assert at("1970-01-01 00:00") == 0


@given(st.integers(0, 80_000 * DAY))
def test_a_moment_is_read_as_it_was_written(instant):
    assert at(text(instant)) == instant


@given(st.integers(-20_000, 80_000))
def test_days_are_those_of_the_calendar(number):
    it = date(1970, 1, 1) + timedelta(number)
    assert day(day_text(number)) == number == day_of(*ymd(number))
    assert (ymd(number), weekday(number)) == ((it.year, it.month, it.day), it.weekday())


@pytest.mark.parametrize(
    "words",
    ["2026-02-30 10:00", "2026-03-02 24:01", "2026-03-02", "10:00", "2026-03-02 10:60", "2026-3-2 10:00"],
)
def test_a_text_that_is_no_moment_is_refused(words):
    with pytest.raises(ValueError):
        at(words)


def test_a_sentence_is_its_chinese_and_keeps_its_english_in_copies():
    said = Say("尚无审查意见", "No review yet")
    assert said == "尚无审查意见" and said.en == "No review yet"
    assert copy.deepcopy(said).en == pickle.loads(pickle.dumps(said)).en == "No review yet"


@pytest.mark.parametrize(
    "words",
    [
        "0 days",
        "020 days",
        "20 workingdays",
        "-1 days",
        "1.5 hours",
        "5",
        "3 working months",
        "",
        "二十日",
        "２ days",
    ],
)
def test_a_word_that_is_no_limit_is_refused(words):
    with pytest.raises(BadLimit, match="不是时限") as refused:
        read_limit(words)
    assert "is no limit" in refused.value.reason.en


def test_hours_and_minutes_become_seconds_and_keep_their_text():
    assert read_limit("30 working minutes") == Limit(1800, "working seconds", "30 working minutes")
    assert read_limit("2 hours").n == 7200 and read_limit("15 minutes").unit == "seconds"
    assert read_limit("1 working day") == Limit(1, "working days", "1 working day")
    assert read_limit("3 months").unit == "months" and read_limit("60 days").unit == "days"
