"""Working-hour deadlines: ours against businesstimedelta, pandas and numpy, on the same starts and the same calendar."""

from __future__ import annotations

import datetime as dt

import businesstimedelta
import numpy as np
import pandas as pd

from bench.measure import Line, race
from bihuan.core.time.clock import Limit, Run, due
from bihuan.core.time.many import add_many
from bihuan.lines import calendar

HOURS = 4
EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the peers count wall time too


def starts(n: int) -> np.ndarray:
    """Instants in 2016-2017, any hour of any day."""
    first = int((EPOCH.replace(year=2016, day=4) - EPOCH).total_seconds())
    return first + np.random.default_rng(104).integers(0, 600 * 86400, n)


def days(cal: object) -> tuple[list[dt.date], list[dt.date]]:
    """Rest days on weekdays and worked days on weekends, 2016-2018, from our own table."""
    off, on = [], []
    for i in range(365 * 3):
        day = dt.date(2016, 1, 1) + dt.timedelta(i)
        worked = cal.is_worked((day - EPOCH.date()).days)  # type: ignore[attr-defined]
        if day.weekday() < 5 and not worked:
            off.append(day)
        if day.weekday() >= 5 and worked:
            on.append(day)
    return off, on


def slow_peer(off: list[dt.date]) -> businesstimedelta.Rules:
    morning = businesstimedelta.WorkDayRule(
        start_time=dt.time(8, 30), end_time=dt.time(12), working_days=[0, 1, 2, 3, 4]
    )
    afternoon = businesstimedelta.WorkDayRule(
        start_time=dt.time(13, 30), end_time=dt.time(17, 30), working_days=[0, 1, 2, 3, 4]
    )
    rest = businesstimedelta.HolidayRule(dict.fromkeys(off, "rest"))
    return businesstimedelta.Rules([morning, afternoon, rest])


def lines() -> list[Line]:
    cal = calendar()
    off, _ = days(cal)
    many = starts(200_000)
    some = [int(t) for t in many[:20_000]]
    few = [EPOCH + dt.timedelta(seconds=int(t)) for t in many[:100]]
    rules = slow_peer(off)
    span = businesstimedelta.BusinessTimeDelta(rules, hours=HOURS)
    stamps = [pd.Timestamp(t) for t in few]
    offset = pd.offsets.CustomBusinessHour(
        HOURS, start=["08:30", "13:30"], end=["12:00", "17:30"], holidays=off
    )
    limit = Limit(HOURS * 3600, "working seconds")
    as_days = many.astype("datetime64[s]").astype("datetime64[D]")
    mask = np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))

    def ours() -> None:
        for t in some:
            cal.add_work(t, HOURS * 3600)

    def ours_whole() -> None:
        for t in some:
            due(Run("handle", limit, False, t), cal, t)

    a, whole, btd, pd_rate, vec, vec_days, np_rate = race(
        [
            ("add_work", ours, len(some)),
            ("due(Run)", ours_whole, len(some)),
            ("businesstimedelta", lambda: [t + span for t in few], len(few)),
            ("pandas CustomBusinessHour", lambda: [t + offset for t in stamps], len(stamps)),
            (
                "add_many, working hours",
                lambda: add_many(cal, many, HOURS * 3600, "working seconds"),
                len(many),
            ),
            ("add_many, working days", lambda: add_many(cal, many, 20, "working days"), len(many)),
            (
                "numpy busday_offset (days only)",
                lambda: np.busday_offset(as_days, 20, roll="preceding", busdaycal=mask),
                len(many),
            ),
        ]
    )
    return [
        Line("截止时刻，逐个 / deadline, scalar", a, btd, 200, "peer knows no worked weekends"),
        Line("截止时刻，逐个 / deadline, scalar", a, pd_rate, 0, "peer knows no worked weekends"),
        Line("截止时刻，完整时限 / due of a run, scalar", whole, btd),
        Line("截止时刻，成批小时 / deadlines in hours, vectorised", vec, np_rate, 1, "peer does days only"),
        Line("截止时刻，成批天 / deadlines in days, vectorised", vec_days, np_rate),
    ]
