"""Why a deadline is what it is: the table that adds up, and the sentences."""

import pytest

from bihuan.core.time.clock import Run, Stop, read_limit
from bihuan.core.time.instant import at
from bihuan.core.time.ledger import amount, ledger, why
from bihuan.lines.calendar import calendar


def run(limit: str, start: str, *stops: tuple[str, str], more: int = 0, roll: bool = True) -> Run:
    halts = tuple(Stop("p", at(a), at(b), at(b), "nk.cgw", 5) for a, b in stops)
    return Run("c", read_limit(limit), roll, at(start), more, halts)


def rows(made: Run, asof: str) -> list[tuple[str, str, int, int]]:
    return [(r.kind, str(r.label), r.counted, r.gross) for r in ledger(made, calendar(), at(asof))]


def test_a_stopped_morning_as_it_stands_on_the_page():
    made = run("4 working hours", "2026-11-24 09:02", ("2026-11-24 10:20", "2026-11-24 11:20"))
    assert rows(made, "2026-11-24 14:26") == [
        ("start", "起算，时限 4 个工作小时", 0, 0),
        ("work", "上午工作时间", 78 * 60, 78 * 60),
        ("stop", "停表", 0, 60 * 60),
        ("work", "上午工作时间", 40 * 60, 40 * 60),
        ("off", "午休", 0, 0),
        ("work", "下午工作时间", 56 * 60, 56 * 60),
        ("sum", "已用", 174 * 60, 234 * 60),
        ("due", "到期", 0, 0),
    ]
    stop = ledger(made, calendar(), at("2026-11-24 14:26"))[2]
    assert (stop.a, stop.b, stop.stop) == (at("2026-11-24 10:20"), at("2026-11-24 11:20"), 5)
    last = ledger(made, calendar(), at("2026-11-24 14:26"))[-1]
    assert (last.a, last.b) == (at("2026-11-24 15:32"), at("2026-11-24 14:32"))


def test_days_show_what_was_rest_between():
    made = run("20 working days", "2026-09-18 15:00")
    assert rows(made, "2026-10-08 10:00")[1:4] == [
        ("work", "9 个工作日", 9, 9),
        ("off", "其间休息日、节假日 11 天", 0, 0),
        ("sum", "已用", 9, 9),
    ]


def test_a_run_reopened_names_the_gap():
    gap = Stop("", at("2017-02-03 11:00"), at("2017-02-06 09:00"), at("2017-02-06 09:00"))
    made = Run("c", read_limit("4 working hours"), False, at("2017-01-26 16:40"), 0, (gap,))
    assert "办结到重开" in [label for kind, label, *_ in rows(made, "2017-02-06 09:30") if kind == "stop"]


@pytest.mark.parametrize(
    ("made", "zh", "en"),
    [
        (
            run("20 working days", "2026-03-02 10:00", ("2026-03-05 10:00", "2026-03-10 10:00")),
            "2026-03-05 10:00 到 2026-03-10 10:00 停表，扣除 3 个工作日。",
            "Stopped from 2026-03-05 10:00 to 2026-03-10 10:00: 3 working days left out.",
        ),
        (
            run("5 working days", "2017-03-06 09:00", ("2017-03-13 10:00", "2017-03-16 10:00")),
            "停表时已是末日，恢复那天为末日。",
            "no whole day was left, so the day of resuming is the last day.",
        ),
        (
            run("5 working days", "2017-03-06 09:00", ("2017-03-14 09:00", "2017-03-20 09:00")),
            "2017-03-14 09:00 停表时已经超时，不起作用。",
            "already late: no effect.",
        ),
        (
            run("3 months", "2017-01-05 09:00", ("2017-02-06 09:00", "2017-02-16 09:00")),
            "停表，扣除 10 天。",
            "10 days left out.",
        ),
        (
            run("4 working hours", "2026-03-02 13:30", ("2026-03-02 17:30", "2026-03-03 08:00")),
            "停表时正好到期，恢复即到期。",
            "it was just due, so resuming is due.",
        ),
        (
            run("60 days", "2016-08-03 09:00"),
            "末日 2016-10-02 是休息日，顺延到 2016-10-08（民法典§203）。",
            "moved to 2016-10-08 (Civil Code 203).",
        ),
        (
            run("60 days", "2016-08-03 09:00", more=30),
            "准予延长 30 天，与原时限连续计算。",
            "Extended by 30 days, counted as one period.",
        ),
        (
            run("20 working days", "2026-12-15 09:00"),
            "还没有公布，先按星期推算，公布后重算。",
            "not announced yet",
        ),
    ],
)
def test_the_sentence_that_explains(made, zh, en):
    said = why(made, calendar())
    assert any(zh in str(one) for one in said), said
    assert any(en in one.en for one in said), [one.en for one in said]


def test_an_open_stop_says_when_it_ends_by_itself():
    halt = Stop("p", at("2026-03-05 10:00"), None, at("2026-03-26 24:00"))
    made = Run("c", read_limit("20 working days"), True, at("2026-03-02 10:00"), 0, (halt,))
    said = why(made, calendar(), at("2026-03-10 10:00"))
    assert said[1] == "2026-03-05 10:00 起停表，最迟 2026-03-26 24:00 自动恢复，扣除 15 个工作日。"
    assert said[2:] == ["到期：2026-04-21 24:00。", "不计停表和延长：2026-03-30 24:00。"]


def test_amounts_in_words():
    assert [str(amount(n, "working seconds")) for n in (7200, 5760, 1800)] == [
        "2 个工作小时",
        "1 个工作小时 36 分",
        "30 分钟",
    ]
    assert (amount(1, "working days").en, amount(2, "months").en) == ("1 working day", "2 months")
