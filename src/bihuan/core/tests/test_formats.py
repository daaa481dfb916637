"""Moments, spans, counts and rates as pages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.say import Say
from bihuan.core.time import formats
from bihuan.core.time.instant import at, day
from bihuan.lines import calendar

NOW = at("2026-11-24 14:26")
TODAY = NOW // 86400


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2026-11-24 16:02", "今天 16:02", "today 16:02"),
        ("2026-11-23 16:30", "昨天 16:30", "yesterday 16:30"),
        ("2026-11-25 09:05", "明天 09:05", "tomorrow 09:05"),
        ("2026-11-27 18:00", "11月27日 18:00", "27 Nov 18:00"),
        ("2025-03-08 07:00", "2025年3月8日 07:00", "8 Mar 2025 07:00"),
        ("2026-11-24 24:00", "今天 24:00", "today 24:00"),
    ],
)
def test_moment(text: str, zh: str, en: str) -> None:
    told = formats.moment(at(text), NOW)
    assert (str(told), told.en) == (zh, en)


def test_long_date_names_the_day_of_the_week() -> None:
    told = formats.long_date(day("2026-11-24"), TODAY)
    assert (str(told), told.en) == ("11月24日 星期二", "Tue 24 Nov")


def test_period_has_its_date_on_other_days_only() -> None:
    assert formats.period(at("2026-11-24 09:02"), at("2026-11-24 10:10"), NOW) == "09:02–10:10"
    assert formats.period(at("2026-11-20 09:02"), at("2026-11-20 10:10"), NOW) == "11月20日 09:02–10:10"
    across = formats.period(at("2026-11-23 17:00"), at("2026-11-24 09:00"), NOW)
    assert (str(across), across.en) == ("昨天 17:00 – 今天 09:00", "yesterday 17:00 – today 09:00")


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "0 分", "0 min"),
        (59, "不到 1 分", "under 1 min"),
        (36 * 60, "36 分", "36 min"),
        (3600, "1 小时", "1 h"),
        (5760, "1 小时 36 分", "1 h 36 min"),
        (5760 + 59, "1 小时 36 分", "1 h 36 min"),
    ],
)
def test_span(seconds: int, zh: str, en: str) -> None:
    told = formats.span(seconds)
    assert (str(told), told.en) == (zh, en)


@given(st.integers(0, 10**7))
def test_short_span_is_read_back_to_the_minute(seconds: int) -> None:
    hours, minutes = formats.short_span(seconds).split(":")
    assert int(hours) * 60 + int(minutes) == seconds // 60 and len(minutes) == 2


def test_counts_have_narrow_spaces_from_five_figures_on_and_never_commas_in_chinese() -> None:
    assert formats.count(3412) == "3412" and formats.count(3412).en == "3,412"
    assert formats.count(1284506) == "1\u202f284\u202f506" and formats.count(1284506).en == "1,284,506"


def test_rates_of_a_small_base_are_told_as_numbers_and_of_nothing_not_at_all() -> None:
    assert formats.rate(524, 552) == "94.9%" and formats.rate(524, 552).en == "94.9 %"
    assert formats.rate(2, 3) == "3 件里 2 件" and formats.rate(2, 3).en == "2 of 3"
    assert formats.rate(29, 29) == "29 件里 29 件"
    assert formats.rate(30, 30) == "100.0%"
    assert formats.rate(0, 0) == "没有数据" and formats.rate(0, 0).en == "no data"


def test_small_words() -> None:
    assert formats.working_days(1).en == "1 working day" and formats.working_days(3) == "3 个工作日"
    assert formats.distance(13.6) == "14 米" and formats.distance(1234) == "1.2 公里"
    assert formats.fingerprint("4e1c90ab7d35e2f6" + "0" * 48) == "4e1c90ab 7d35e2f6"
    listed = formats.listed([Say("甲", "a"), Say("乙", "b")])
    assert (str(listed), listed.en) == ("甲、乙", "a, b")


def test_lasting_turns_to_days_where_hours_would_not_be_read() -> None:
    cal = calendar()
    assert formats.lasting(cal, at("2026-03-02 09:00"), at("2026-03-03 09:00")) == "7 小时 30 分"
    assert formats.lasting(cal, at("2026-03-02 09:00"), at("2026-03-05 09:00")) == "3 个工作日"
