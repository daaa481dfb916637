"""Deadlines against methods that share nothing with the code: one day or one minute at a time, another holiday table."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.calendar import Calendar, CalendarError, Hours, add_months
from bihuan.core.clock import BadLimit, Limit, Run, Stop, add, deadline, due, read_limit
from bihuan.core.instant import DAY, at, day, day_text, weekday
from bihuan.core.ledger import ledger
from bihuan.core.many import add_many, roll_many
from bihuan.lines.calendar import calendar

EPOCH = date(1970, 1, 1)
SESSIONS = ((510, 720), (810, 1050))  # minutes of the day
OPEN = frozenset(minute for a, b in SESSIONS for minute in range(a, b))
FIRST, LAST = day("2015-01-05"), day("2018-06-30")


@cache
def open_day(number: int) -> bool:
    """Whether offices work, by the other table."""
    return chinese_calendar.is_workday(EPOCH + timedelta(number))


def test_the_table_agrees_with_chinesecalendar_on_every_day():
    cal = calendar()
    differ = [
        day_text(d)
        for d in range(day("2004-01-01"), day("2026-12-31") + 1)
        if cal.is_worked(d) != open_day(d)
    ]
    assert differ == []


def test_festivals_agree_with_holidays_on_every_worked_weekday():
    cal = calendar()
    china = holidays.country_holidays("CN", years=range(2004, 2027))
    for d in range(day("2004-01-01"), day("2026-12-31") + 1):
        if weekday(d) < 5 and not cal.is_worked(d):
            assert (EPOCH + timedelta(d)) in china, day_text(d)


def step_days(run: Run, spans: list[tuple[int, int]]) -> int:
    """The last day by walking: a day counts if worked (or always) and not inside (A, B] of a stop."""
    working = run.limit.unit == "working days"
    rolls = working or run.roll

    def rest_over(d: int) -> int:
        while rolls and not open_day(d):
            d += 1
        return d

    d, left = run.start // DAY, run.limit.n
    while left:
        d += 1
        inside = any(a // DAY < d <= b // DAY for a, b in spans)
        if not inside and (open_day(d) or not working):
            left -= 1
    raw = last = d
    for a, b in sorted(spans):
        if raw <= a // DAY <= rest_over(last):
            last = max(last, b // DAY)
    return rest_over(last)


def step_minutes(run: Run, spans: list[tuple[int, int]]) -> int:
    """The moment by walking a minute at a time."""
    t, left = run.start // 60, run.limit.n // 60
    always = run.limit.unit == "seconds"
    while left:
        if always or (open_day(t // 1440) and t % 1440 in OPEN):
            if not any(a // 60 <= t < b // 60 for a, b in spans):
                left -= 1
        t += 1
    for a, b in sorted(spans):
        if a // 60 <= t < b // 60:
            t = b // 60
    return t * 60


minutes = st.integers(FIRST * 1440, (LAST - 200) * 1440).map(lambda m: m * 60)


def spans_after(start: int, reach: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Up to four stops of whole minutes within `reach` minutes of the start."""
    one = st.tuples(st.integers(0, reach), st.integers(0, reach // 2)).map(
        lambda p: (start + p[0] * 60, start + (p[0] + p[1]) * 60)
    )
    return st.lists(one, max_size=4)


@st.composite
def day_runs(draw):
    start = draw(minutes)
    unit = draw(st.sampled_from(["working days", "days"]))
    n = draw(st.integers(1, 25))
    spans = draw(spans_after(start, n * 2 * 1440))
    stops = tuple(Stop("p", a, b, b) for a, b in spans)
    return Run("c", Limit(n, unit), draw(st.booleans()), start, 0, stops), spans


@st.composite
def hour_runs(draw):
    start = draw(minutes)
    unit = draw(st.sampled_from(["working seconds", "seconds"]))
    n = draw(st.integers(1, 600)) * 60
    spans = draw(spans_after(start, 1500))
    return Run("c", Limit(n, unit), False, start, 0, tuple(Stop("p", a, b, b) for a, b in spans)), spans


@settings(max_examples=120)
@given(day_runs())
def test_days_agree_with_walking(made):
    run, spans = made
    assert deadline(run, calendar())[0] // DAY == step_days(run, spans)


@settings(max_examples=60)
@given(hour_runs())
def test_hours_agree_with_walking(made):
    run, spans = made
    assert deadline(run, calendar())[0] == step_minutes(run, spans)


@given(st.one_of(day_runs(), hour_runs()), st.integers(0, 4000), st.integers(0, 4000))
def test_one_more_stop_never_makes_a_deadline_earlier(made, after, length):
    run, _ = made
    a = run.start + after * 60
    more = Run(*_with_stops(run, (*run.stops, Stop("q", a, a + length * 60, a + length * 60))))
    assert deadline(more, calendar())[0] >= deadline(run, calendar())[0]


def _with_stops(run: Run, stops: tuple[Stop, ...]) -> tuple:
    return run.clock, run.limit, run.roll, run.start, run.extension, stops


@cache
def short_calendar(without: int | None = None) -> Calendar:
    """2015 to mid 2018 from our table, one day taken off if asked."""
    full = calendar()
    rows = [(d, full.is_worked(d) and d != without) for d in range(FIRST - 4, LAST + 1)]
    return Calendar.of(rows, [Hours(FIRST - 4, tuple((a * 60, b * 60) for a, b in SESSIONS))])


SHORT = short_calendar()


@settings(max_examples=25)
@given(st.one_of(day_runs(), hour_runs()), st.integers(0, 60))
def test_one_more_holiday_never_makes_a_deadline_earlier(made, after):
    run, _ = made
    assert deadline(run, short_calendar(run.start // DAY + after))[0] >= deadline(run, SHORT)[0]


@given(st.one_of(day_runs(), hour_runs()), st.integers(0, 60_000))
def test_the_ledger_adds_up_on_screen(made, after):
    run, _ = made
    asof = run.start + after * 60
    rows, now = ledger(run, calendar(), asof), due(run, calendar(), asof)
    assert sum(r.counted for r in rows if r.kind == "work") == now.used
    assert sum(r.gross for r in rows if r.kind in ("work", "stop")) == now.gross
    assert (rows[-1].a, rows[-1].b) == (now.at, now.plain)


@given(st.one_of(day_runs(), hour_runs()), st.integers(1, 60_000), st.sampled_from(["stopped", "cleared"]))
def test_late_stays_late(made, after, how):
    run, _ = made
    end = deadline(run, calendar())[0] + after
    ended = Run(run.clock, run.limit, run.roll, run.start, 0, run.stops, end, how)
    assert due(ended, calendar(), end).status == "late"
    again = Run(*_with_stops(run, (*run.stops, Stop("", end, end + 5000, end + 5000))))
    assert deadline(again, calendar())[0] == end - after  # reopened: the old deadline stands


def test_a_million_random_additions_are_the_same_one_by_one_and_all_at_once():
    cal, rng = calendar(), np.random.default_rng(2016)
    starts = rng.integers(day("2005-01-01") * DAY, day("2026-01-01") * DAY, 200_000)
    sizes = {
        "working days": rng.integers(1, 90, starts.size),
        "days": rng.integers(1, 200, starts.size),
        "months": rng.integers(1, 24, starts.size),
        "working seconds": rng.integers(1, 400_000, starts.size),
        "seconds": rng.integers(1, 4_000_000, starts.size),
    }
    for unit, n in sizes.items():
        fast = add_many(cal, starts, n, unit)
        slow = [add(cal, t, k, unit) for t, k in zip(starts.tolist(), n.tolist(), strict=True)]
        if unit not in ("working seconds", "seconds"):
            slow = [d * DAY + DAY - 1 for d in slow]
        assert (fast == np.array(slow)).all(), unit
    rolled = roll_many(cal, add_many(cal, starts, 15, "days"))
    assert [int(t) // DAY for t in rolled[:5000]] == [cal.roll(int(t) // DAY + 15) for t in starts[:5000]]


def test_months_take_the_corresponding_day_or_the_last():
    assert day_text(add_months(day("2016-01-31"), 1)) == "2016-02-29"
    assert day_text(add_months(day("2016-12-15"), 13)) == "2018-01-15"


def test_a_day_outside_the_calendar_is_an_error_and_beyond_the_announced_years_provisional():
    cal = calendar()
    with pytest.raises(CalendarError, match="日历里没有 2003-12-31"):
        cal.is_worked(day("2003-12-31"))
    assert not cal.provisional(day("2026-12-31")) and cal.provisional(day("2027-01-01"))
    assert cal.last >= day("2032-12-31")  # at least six years beyond
    with pytest.raises(CalendarError, match="超出日历"):
        cal.add_working_days(day("2034-12-01"), 60)


@pytest.mark.parametrize(
    "text", ["0 days", "20 workingdays", "-1 days", "1.5 hours", "5", "3 working months", "", "二十日"]
)
def test_a_word_that_is_no_limit_is_refused(text):
    with pytest.raises(BadLimit, match="不是时限"):
        read_limit(text)


def test_hours_and_minutes_become_seconds_and_keep_their_text():
    assert read_limit("30 working minutes") == Limit(1800, "working seconds", "30 working minutes")
    assert read_limit("2 hours").n == 7200 and read_limit("15 minutes").unit == "seconds"


@pytest.mark.parametrize(
    "text", ["2026-02-30 10:00", "2026-03-02 24:01", "2026-03-02", "10:00", "2026-03-02 10:60"]
)
def test_a_text_that_is_no_moment_is_refused(text):
    with pytest.raises(ValueError):
        at(text)
