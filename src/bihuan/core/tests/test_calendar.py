"""The calendar's tables: office hours with seasons, single days, and what it refuses."""

import pytest

from bihuan.core.time.calendar import Calendar, CalendarError, Hours, add_months
from bihuan.core.time.instant import DAY, at, day, day_text, text, weekday
from bihuan.lines.calendar import FOLDER, calendar, read_sessions

FIRST = day("2016-01-01")
ROWS = [(d, weekday(d) < 5) for d in range(FIRST, FIRST + 366)]
USUAL = ((30_600, 43_200), (48_600, 63_000))


def test_working_time_passes_in_sessions_and_ends_at_closing_time():
    cal = calendar()
    assert cal.worked(at("2026-03-02 13:00")) - cal.worked(at("2026-03-02 08:30")) == 3.5 * 3600
    assert text(cal.add_work(at("2026-03-02 08:40"), 200 * 60)) == "2026-03-02 12:00"
    assert text(cal.add_work(at("2026-03-02 08:40"), 200 * 60 + 1)) == "2026-03-02 13:30:01"
    assert cal.add_work(at("2026-03-01 08:40"), 0) == at("2026-03-01 08:40")
    assert cal.sessions(day("2026-03-02")) == USUAL and cal.sessions(day("2026-03-01")) == ()


def test_every_second_of_a_day_agrees_with_counting():
    cal, done = calendar(), calendar().worked(at("2017-01-22 00:00"))  # a worked Sunday
    for t in range(at("2017-01-22 00:00"), at("2017-01-23 00:00") + 60):
        assert cal.worked(t) == done
        done += any(a <= t % DAY < b for a, b in USUAL)


def test_counting_leaves_the_first_day_out_and_takes_the_last():
    cal = calendar()
    assert cal.count(day("2016-09-12"), day("2016-09-20")) == 5
    assert cal.count(day("2016-09-20"), day("2016-09-20")) == 0
    assert day_text(cal.roll(day("2016-10-02"))) == "2016-10-08"
    assert cal.roll(day("2016-10-08")) == day("2016-10-08")  # a worked Saturday does not move


def test_2026_is_as_the_notice_of_4_november_2025_says():
    """国务院办公厅关于2026年部分节假日安排的通知, written out by hand."""
    free = [
        ("01-01", "01-03"),
        ("02-15", "02-23"),
        ("04-04", "04-06"),
        ("05-01", "05-05"),
        ("06-19", "06-21"),
    ]
    free += [("09-25", "09-27"), ("10-01", "10-07")]
    off = {d for a, b in free for d in range(day(f"2026-{a}"), day(f"2026-{b}") + 1)}
    on = {day(f"2026-{d}") for d in ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")}
    for d in range(day("2026-01-01"), day("2026-12-31") + 1):
        assert calendar().is_worked(d) == (d in on or (d not in off and weekday(d) < 5)), day_text(d)


def test_seasons_follow_each_other_and_a_single_day_has_its_own_hours():
    summer, half = ((30_600, 43_200), (52_200, 66_600)), ((30_600, 43_200),)
    cal = Calendar.of(
        ROWS,
        [Hours(day("2016-10-01"), USUAL), Hours(FIRST, USUAL), Hours(day("2016-06-01"), summer)],
        {day("2016-12-30"): half},
    )
    assert cal.sessions(day("2016-05-31")) == USUAL == cal.sessions(day("2016-10-03"))
    assert cal.sessions(day("2016-06-01")) == summer
    assert text(cal.add_work(at("2016-06-01 11:00"), 2 * 3600)) == "2016-06-01 15:30"
    assert text(cal.add_work(at("2016-12-30 11:00"), 2 * 3600)) == "2017-01-02 09:30"


def test_months_take_the_corresponding_day_or_the_last():
    assert day_text(add_months(day("2016-01-31"), 1)) == "2016-02-29"
    assert day_text(add_months(day("2016-12-15"), 13)) == "2018-01-15"
    with pytest.raises(CalendarError, match="超出 1970 到 2199 年"):
        add_months(day("2026-01-01"), 999_999)


def test_a_day_outside_the_calendar_is_an_error_and_beyond_the_announced_years_provisional():
    cal, out = calendar(), day("2003-12-31")
    asks = [
        cal.is_worked,
        cal.roll,
        cal.sessions,
        lambda d: cal.count(d, d),
        lambda d: cal.add_working_days(d, 1),
    ]
    asks += [lambda d: cal.worked(d * DAY), lambda d: cal.add_work(d * DAY, 60)]
    for ask in asks:
        with pytest.raises(CalendarError, match="日历里没有 2003-12-31") as refused:
            ask(out)
        assert refused.value.reason.en.startswith("no calendar for 2003-12-31")
    assert not cal.provisional(day("2026-12-31")) and cal.provisional(day("2027-01-01"))
    assert cal.last >= day("2032-12-31")  # at least six years beyond
    assert cal.is_worked(day("2027-10-01")) and not cal.is_worked(day("2027-10-02"))  # by the week alone
    for beyond in (lambda: cal.add_working_days(cal.last, 1), lambda: cal.add_work(cal.last * DAY, 30_000)):
        with pytest.raises(CalendarError, match="超出日历"):
            beyond()


@pytest.mark.parametrize(
    ("rows", "hours", "special", "published", "because"),
    [
        ([], [Hours(FIRST, USUAL)], {}, None, "日历没有一行"),
        (ROWS[:9] + ROWS[10:], [Hours(FIRST, USUAL)], {}, None, "日历缺 2016-01-10"),
        ([*ROWS[:9], ROWS[8], *ROWS[9:]], [Hours(FIRST, USUAL)], {}, None, "日历缺 2016-01-10，或有重复"),
        (ROWS, [], {}, None, "2016-01-01 没有办公时间"),
        (ROWS, [Hours(FIRST + 1, USUAL)], {}, None, "2016-01-01 没有办公时间"),
        (ROWS, [Hours(FIRST, ())], {}, None, "没有一个时段"),
        (ROWS, [Hours(FIRST, ((30_600, 43_200), (43_000, 63_000)))], {}, None, "有重叠"),
        (ROWS, [Hours(FIRST, ((30_600, 90_000),))], {}, None, "不在一天之内"),
        (
            ROWS,
            [Hours(FIRST, USUAL)],
            {day("2016-01-02"): USUAL},
            None,
            "2016-01-02 另定了办公时间，这天却不上班",
        ),
        (ROWS, [Hours(FIRST, USUAL)], {}, day("2017-12-31"), "已公布到 2017-12-31，却只写到 2016-12-31"),
    ],
)
def test_a_faulty_table_is_refused_with_its_fault(rows, hours, special, published, because):
    with pytest.raises(CalendarError, match=because) as refused:
        Calendar.of(rows, hours, special, published)
    assert refused.value.reason.en


def test_the_version_changes_with_any_of_its_data():
    made = [
        Calendar.of(ROWS, [Hours(FIRST, USUAL)]),
        Calendar.of([*ROWS[:4], (ROWS[4][0], True), *ROWS[5:]][:-1], [Hours(FIRST, USUAL)]),
        Calendar.of(ROWS, [Hours(FIRST, USUAL[:1])]),
        Calendar.of(ROWS, [Hours(FIRST, USUAL)], {FIRST + 3: USUAL[:1]}),
        Calendar.of(ROWS, [Hours(FIRST, USUAL)], None, FIRST + 30),
    ]
    assert len({cal.version for cal in made}) == len(made)
    assert made[0].version == Calendar.of(reversed(ROWS), [Hours(FIRST, USUAL)]).version
    assert len(repr(made[0])) < 100  # it stands in tracebacks


def test_hours_on_file_are_read_or_refused(tmp_path):
    assert read_sessions(["08:30-12:00", "13:30-17:30"]) == USUAL
    with pytest.raises(CalendarError, match="办公时段“8:30-12”应写成"):
        read_sessions(["8:30-12"])
    for name in ("days.csv", "hours.toml"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    day_off = '\n[[day]]\ndate = 2026-12-31\nsessions = ["08:30-12:00"]\nsource = "例"\n'
    with (tmp_path / "hours.toml").open("a", encoding="utf-8") as file:
        file.write(day_off)
    assert calendar(tmp_path).sessions(day("2026-12-31")) == USUAL[:1]
    assert calendar(tmp_path).version != calendar().version
