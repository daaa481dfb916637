"""Whole columns of deadlines are the same as one deadline after another."""

import numpy as np
import pytest

from bihuan.core.time.calendar import Calendar, CalendarError, Hours
from bihuan.core.time.clock import Limit, Run, Stop, add, deadline
from bihuan.core.time.instant import DAY, day, weekday
from bihuan.core.time.many import add_many, deadline_many, roll_many, worked_many
from bihuan.lines.calendar import calendar

FIRST, LAST = day("2005-01-01") * DAY, day("2026-01-01") * DAY
LARGEST = {"working days": 90, "days": 200, "months": 24, "working seconds": 400_000, "seconds": 4_000_000}
REACH = {
    "working days": 40,
    "days": 40,
    "months": 90,
    "working seconds": 6,
    "seconds": 6,
}  # days to the stops


@pytest.mark.parametrize("unit", LARGEST)
def test_a_million_random_additions_are_the_same_one_by_one_and_all_at_once(unit):
    cal, rng = calendar(), np.random.default_rng(2016)
    starts = rng.integers(FIRST, LAST, 200_000)  # five units: a million
    n = rng.integers(1, LARGEST[unit], starts.size)
    slow = np.array([add(cal, t, k, unit) for t, k in zip(starts.tolist(), n.tolist(), strict=True)])
    if not unit.endswith("seconds"):
        slow = slow * DAY + DAY - 1
    assert (add_many(cal, starts, n, unit) == slow).all()


@pytest.mark.parametrize("roll", [True, False])
@pytest.mark.parametrize("unit", LARGEST)
def test_stopped_and_rolled_deadlines_are_the_same(unit, roll):
    cal, rng = calendar(), np.random.default_rng(2017)
    size, reach = 8000, REACH[unit] * DAY
    starts = rng.integers(FIRST, LAST, size)
    n = rng.integers(1, LARGEST[unit] // 4 + 1, size)
    plain = deadline_many(cal, starts, n, unit, roll)
    a = np.where(
        rng.random(size) < 0.2, plain, starts + rng.integers(0, reach, size)
    )  # some at the last second
    b = a + rng.integers(0, reach // 2, size)
    moved = deadline_many(cal, starts, n, unit, roll, (a, b))
    for i in range(size):
        run = Run("c", Limit(int(n[i]), unit), roll, int(starts[i]))
        stop = Stop("p", int(a[i]), int(b[i]), int(b[i]))
        assert deadline(run, cal)[0] == plain[i]
        assert deadline(Run("c", run.limit, roll, run.start, 0, (stop,)), cal)[0] == moved[i]
    assert (moved >= plain).all() and (moved > plain).any()


def test_odd_office_hours_cost_no_more_memory_and_agree():
    """Hours that share no round minute, a season, and one short day."""
    first = day("2016-01-01")
    summer = Hours(day("2016-06-01"), ((8 * 3600 + 1, 11 * 3600 + 59), (50_000, 64_801)))
    cal = Calendar.of(
        [(d, weekday(d) < 5) for d in range(first, first + 366)],
        [Hours(first, ((30_600, 43_200), (48_600, 63_000))), summer],
        {day("2016-06-08"): ((36_000, 36_007),)},
    )
    rng = np.random.default_rng(3)
    t, s = rng.integers(first * DAY, (first + 365) * DAY, 20_000), rng.integers(0, 200_000, 20_000)
    assert worked_many(cal, t).tolist() == [cal.worked(x) for x in t.tolist()]
    one_by_one = [cal.add_work(x, y) for x, y in zip(t.tolist(), s.tolist(), strict=True)]
    assert add_many(cal, t, s, "working seconds").tolist() == one_by_one


@pytest.mark.parametrize(
    ("date", "n", "unit"),
    [
        ("2003-12-31", 1, "working days"),
        ("2003-12-31", 1, "working seconds"),
        ("1969-12-31", 1, "months"),
        ("2026-01-01", 5000, "months"),
        ("2034-12-01", 500_000_000, "working seconds"),
        ("2026-01-01", 1, "weeks"),
    ],
)
def test_what_the_scalar_refuses_a_column_refuses_too(date, n, unit):
    start = day(date) * DAY
    with pytest.raises(ValueError):
        add(calendar(), start, n, unit)
    with pytest.raises(CalendarError):
        add_many(calendar(), np.array([day("2020-01-01") * DAY, start]), n, unit)


def test_working_days_beyond_the_last_are_refused_in_a_column():
    with pytest.raises(CalendarError, match="超出日历"):
        add_many(calendar(), np.array([day("2034-12-01") * DAY]), 60, "working days")


def test_rolling_a_column_lands_on_worked_days_only():
    cal = calendar()
    ends = np.arange(day("2016-01-01"), day("2017-12-31")) * DAY + DAY - 1
    assert all(cal.is_worked(int(t) // DAY) for t in roll_many(cal, ends))
