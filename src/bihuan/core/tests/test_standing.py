"""Where a clock or a row stands: the ring, its arc and the words beside it."""

import pytest

from bihuan.core.time.clock import Run, Stop, due, read_limit
from bihuan.core.time.instant import at
from bihuan.core.time.standing import Standing, next_due, of_clock, of_row
from bihuan.lines import calendar

CAL = calendar()


def stand(start: str, limit: str, asof: str, plain: bool = False, **rest: object) -> Standing:
    run = Run("handle", read_limit(limit), True, at(start), **rest)  # type: ignore[arg-type]
    return of_clock(run, due(run, CAL, at(asof)), at(asof), CAL, plain=plain)


def test_hours_run_from_on_time_to_soon_to_late() -> None:
    early = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 10:00")
    assert (early.code, early.left, early.left.en) == ("ontime", "剩 2 小时 40 分", "2 h 40 min left")
    assert (early.due, early.due.en) == ("今天 14:10 到期", "due today 14:10")
    assert early.share == pytest.approx(80 / 240)
    soon = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 13:34")
    assert (soon.code, soon.left) == ("soon", "剩 36 分")
    last = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 14:10")
    assert last.code == "soon"  # the moment of the due is still in time
    late = stand("2026-03-02 08:40", "4 working hours", "2026-03-03 09:00")
    assert (late.code, late.left, late.due) == ("late", "超 3 小时 50 分", "昨天 14:10 到期")


def test_lunch_takes_nothing_of_what_is_left() -> None:
    noon = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 12:00")
    lunch = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 13:15")
    assert noon.left == lunch.left == "剩 40 分"


def test_days_are_told_as_days_and_the_last_one_as_due_today() -> None:
    running = stand("2026-03-02 10:00", "20 working days", "2026-03-05 10:00")
    assert (running.code, running.left, running.left.en) == (
        "ontime",
        "剩 17 个工作日",
        "17 working days left",
    )
    today = stand("2026-03-02 10:00", "5 working days", "2026-03-09 10:00")
    assert (today.code, today.left, today.due) == ("soon", "今天到期", "今天 24:00 到期")
    late = stand("2026-03-02 10:00", "5 working days", "2026-03-10 00:00")
    assert (late.code, late.left) == ("late", "超 1 个工作日")


def test_a_stopped_clock_says_when_it_goes_on_by_itself_and_the_other_figure_runs_on() -> None:
    stop = Stop("suspend", at("2026-03-02 10:00"), None, at("2026-03-03 09:30"))
    here = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 14:00", stops=(stop,))
    assert (here.code, here.left, here.due) == ("stop", "停表", "明天 09:30 自动恢复")
    assert here.due.en == "resumes by itself tomorrow 09:30"
    plain = stand("2026-03-02 08:40", "4 working hours", "2026-03-02 14:00", plain=True, stops=(stop,))
    assert (plain.code, plain.left) == ("soon", "剩 10 分")


def test_an_ended_clock_keeps_its_verdict() -> None:
    done = stand(
        "2026-03-02 08:40", "4 working hours", "2026-03-09 10:00", end=at("2026-03-02 10:00"), how="stopped"
    )
    assert (done.code, done.left, done.due) == ("done", "用了 1 小时 20 分", "期限是 3月2日 14:10")
    late = stand(
        "2026-03-02 08:40", "4 working hours", "2026-03-09 10:00", end=at("2026-03-02 15:00"), how="stopped"
    )
    assert (late.code, late.left) == ("late", "超 50 分")
    cleared = stand(
        "2026-03-02 08:40", "4 working hours", "2026-03-09 10:00", end=at("2026-03-02 10:00"), how="cleared"
    )
    assert (cleared.code, cleared.left) == ("none", "不再计")


def row(due_at: str | None, asof: str, opened: str = "2026-03-02 08:40", **rest: bool) -> Standing:
    given = {"stopped": False, "late": False, "final": False} | rest
    return of_row(at(opened), at(due_at) if due_at else None, at(asof), CAL, **given)


def test_a_row_tells_the_kind_of_time_from_its_due() -> None:
    assert row("2026-03-02 14:10", "2026-03-02 11:00").left == "剩 1 小时 40 分"  # lunch left out
    assert row("2026-03-06 24:00", "2026-03-02 11:00").left == "剩 4 个工作日"
    assert row("2026-03-02 24:00", "2026-03-02 11:00").left == "今天到期"
    assert (
        row("2026-03-02 22:10", "2026-03-02 21:00").left == "剩 1 小时 10 分"
    )  # no office hours: every minute counts


def test_a_row_late_stopped_closed_or_without_a_limit() -> None:
    late = row("2026-03-02 14:10", "2026-03-03 09:00")
    assert (late.code, late.left, late.left.en) == ("late", "超 3 小时 50 分", "3 h 50 min late")
    assert row("2026-03-05 14:10", "2026-03-03 09:00", stopped=True).code == "stop"
    assert row(None, "2026-03-03 09:00").left == "没有时限"
    assert row("2026-03-02 14:10", "2026-03-03 09:00", final=True).code == "done"
    assert row("2026-03-02 14:10", "2026-03-03 09:00", final=True, late=True).left == "办结，超时"


def test_every_standing_has_its_word_in_both_languages() -> None:
    assert row("2026-03-02 14:10", "2026-03-02 11:00").word.en == "on time"
    assert next_due(at("2026-03-02 14:40"), at("2026-03-02 14:26")) == "14:40"
    assert next_due(at("2026-03-03 09:30"), at("2026-03-02 14:26")) == "明天 09:30"
