"""Deadlines against methods that share nothing with the code: one day or one minute at a time, another holiday table."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.time.calendar import Calendar, Hours
from bihuan.core.time.clock import Limit, Run, Stop, deadline, due
from bihuan.core.time.instant import DAY, day, day_text, weekday
from bihuan.core.time.ledger import ledger
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

    d, left = run.start // DAY, run.limit.n + run.extension
    if run.limit.unit == "months":
        left = step_months(d, left) - d
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


def step_months(d: int, n: int) -> int:
    """The corresponding day by walking: n times over a first of the month, then to the same number or the end."""
    number = (EPOCH + timedelta(d)).day
    while n:
        d += 1
        n -= (EPOCH + timedelta(d)).day == 1
    while (EPOCH + timedelta(d)).day < number and (EPOCH + timedelta(d + 1)).day != 1:
        d += 1
    return d


def step_minutes(run: Run, spans: list[tuple[int, int]]) -> int:
    """The moment by walking a minute at a time."""
    t, left = run.start // 60, (run.limit.n + run.extension) // 60
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
    unit = draw(st.sampled_from(["working days", "days", "months"]))
    n = draw(st.integers(1, 3 if unit == "months" else 25))
    more = draw(st.sampled_from([0, 0, 1, 2]))
    spans = draw(spans_after(start, n * (30 if unit == "months" else 2) * 1440))
    stops = tuple(Stop("p", a, b, b) for a, b in spans)
    return Run("c", Limit(n, unit), draw(st.booleans()), start, more, stops), spans


@st.composite
def hour_runs(draw):
    start = draw(minutes)
    unit = draw(st.sampled_from(["working seconds", "seconds"]))
    n = draw(st.integers(1, 600)) * 60
    more = draw(st.sampled_from([0, 0, 60, 7200]))
    spans = draw(spans_after(start, 1500))
    stops = tuple(Stop("p", a, b, b) for a, b in spans)
    return Run("c", Limit(n, unit), False, start, more, stops), spans


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
    ended = Run(run.clock, run.limit, run.roll, run.start, run.extension, run.stops, end, how)
    assert due(ended, calendar(), end).status == "late"
    again = Run(*_with_stops(run, (*run.stops, Stop("", end, end + 5000, end + 5000))))
    assert deadline(again, calendar())[0] == end - after  # reopened: the old deadline stands
