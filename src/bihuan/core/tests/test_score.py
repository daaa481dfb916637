"""Formulas by worked cases: what runs out in the period, who answers for it, what is left out, how sure a rate is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bihuan.core.case.fold import Event, fold
from bihuan.core.say import Say
from bihuan.core.score.formula import (
    Period,
    Story,
    Tally,
    add_count,
    add_story,
    compare,
    counted_of,
    indicator_of,
    version_of,
    wilson,
)
from bihuan.core.tests.days_here import cal
from bihuan.core.tests.lines_here import line
from bihuan.core.time.instant import at

MARCH = Period(at("2026-03-01 00:00"), at("2026-04-01 00:00"))
LATER = at("2026-04-10 09:00")
DUE = {"count": "runs", "moment": "due", "clock": "handle"}
ON_TIME = {
    "key": "on_time", "zh": "按期处置率", "en": "On time", "numerator": DUE | {"verdict": ["met"]}, "denominator": DUE,
    "exclude": [DUE | {"verdict": ["cleared"], "zh": "中止的", "en": "Ended early"}], "minimum_n": 30,
    "direction": "up", "bound": "wilson", "law": "例", "source": "例",
}  # fmt: skip
PLAIN = ON_TIME | {
    "numerator": DUE | {"verdict": ["met"], "figure": "plain"}, "denominator": DUE | {"figure": "plain"}, "exclude": [],
}  # fmt: skip
REWORK = ON_TIME | {
    "numerator": {"count": "events", "moment": "done", "action": ["check_bad"]},
    "denominator": {"count": "events", "moment": "done", "action": ["feedback"]}, "exclude": [],
}  # fmt: skip


def story(*steps: tuple[str, str], number: str = "1", unit: str = "cgw", **more: str) -> Story:
    """A case of litter (limit: hours) with these actions at these moments."""
    events = [Event("report", at(steps[0][1]), "r:1", "", {"centre": "centre", "command": "command"})]
    for name, when in steps[1:]:
        data = {"unit": unit, "duty": True, "limit": "3 working hours", "person": "zhao"}
        events.append(Event(name, at(when), "p", "centre", data))
    parties: list[dict[str, str]] = []
    case = fold(line("urban_management"), events, cal(), matter="litter", parties=parties)
    return Story(number, case, events, parties)


def day(date: str, *more: tuple[str, str], number: str = "1", unit: str = "cgw") -> Story:
    begun = [("report", f"{date} 09:00"), ("accept", f"{date} 09:05"), ("dispatch", f"{date} 09:10")]
    return story(*begun, *more, number=number, unit=unit)


def tallied(
    formula: dict,
    *told: Story,
    party: str = "handler",
    asof: int = LATER,
    period: Period = MARCH,
    struck=None,
):
    found: dict[str, Tally] = {}
    for one in told:
        add_story(found, indicator_of(formula), party, one, period, asof, cal(), struck or {})
    return found


GOOD = day("2026-03-10", ("feedback", "2026-03-10 10:00"), number="good")
LATE = day("2026-03-11", ("feedback", "2026-03-13 10:00"), number="late")
OPEN = day("2026-03-12", number="open")


def test_met_late_and_still_open_past_its_limit():
    tally = tallied(ON_TIME, GOOD, LATE, OPEN)["cgw"]
    assert (tally.numerator, tally.denominator) == (["good"], ["good", "late", "open"])


def test_a_limit_that_has_not_run_out_is_in_no_denominator_even_where_the_work_is_done():
    """Else a month in progress would count its quick cases and not its slow ones."""
    asof = at("2026-03-10 10:30")
    assert tallied(ON_TIME, GOOD, OPEN, asof=asof) == {}


def test_a_limit_counts_in_the_period_in_which_it_runs_out_not_in_that_of_the_opening():
    crossing = story(
        ("report", "2026-03-31 17:30"), ("accept", "2026-03-31 17:35"), ("dispatch", "2026-03-31 17:40"),
        ("feedback", "2026-04-01 09:00"), number="x",
    )  # fmt: skip
    assert tallied(ON_TIME, crossing) == {}
    april = Period(MARCH.until, at("2026-05-01 00:00"))
    assert tallied(ON_TIME, crossing, period=april)["cgw"].denominator == ["x"]


def test_a_returned_case_leaves_the_first_unit_with_its_reason_and_counts_for_the_second():
    moved = day("2026-03-10", ("back", "2026-03-10 09:20"), ("take_back", "2026-03-10 09:30"), number="m")
    events = [
        *moved.events,
        Event("dispatch", at("2026-03-10 09:40"), "p", "command", {"unit": "wanxing", "duty": True}),
    ]
    events.append(Event("feedback", at("2026-03-10 10:40"), "p", "wanxing", {}))
    parties: list[dict[str, str]] = []
    case = fold(line("urban_management"), events, cal(), matter="litter", parties=parties)
    found = tallied(ON_TIME, Story("m", case, events, parties))
    assert found["cgw"].denominator == [] and found["cgw"].left_out == [("m", Say("中止的", "Ended early"))]
    assert found["wanxing"].numerator == found["wanxing"].denominator == ["m"]


def test_both_figures_of_a_stopped_case():
    stopped = day(
        "2026-03-10",
        ("suspend", "2026-03-10 09:30"),
        ("resume", "2026-03-10 13:30"),
        ("feedback", "2026-03-10 15:30"),
    )
    assert tallied(ON_TIME, stopped)["cgw"].numerator == ["1"]
    assert tallied(PLAIN, stopped)["cgw"].numerator == []


def test_stopping_everything_leaves_no_rate_instead_of_a_better_one():
    without = ON_TIME | {"exclude": [DUE | {"stopped": True, "zh": "停过表的", "en": "Stopped"}]}
    stopped = day(
        "2026-03-11", ("suspend", "2026-03-11 09:30"), ("resume", "2026-03-11 09:40"), number="late"
    )
    assert tallied(without, LATE)["cgw"].rate == 0
    tally = tallied(without, stopped)["cgw"]
    assert tally.rate is None and len(tally.left_out) == 1


def test_what_is_left_out_counts_neither_below_nor_above():
    """Else a stopped case that was done in time would lift the rate without being in it."""
    without = ON_TIME | {"exclude": [DUE | {"stopped": True, "zh": "停过表的", "en": "Stopped"}]}
    stopped = day(
        "2026-03-10",
        ("suspend", "2026-03-10 09:30"),
        ("resume", "2026-03-10 09:40"),
        ("feedback", "2026-03-10 10:30"),
        number="stopped",
    )
    assert tallied(ON_TIME, stopped)["cgw"].numerator == ["stopped"]
    tally = tallied(without, stopped, LATE)["cgw"]
    assert (tally.numerator, tally.denominator, len(tally.left_out)) == ([], ["late"], 1)


def test_events_count_each_time_and_for_the_unit_of_that_time():
    twice = day(
        "2026-03-10",
        ("feedback", "2026-03-10 09:30"),
        ("check_bad", "2026-03-10 09:50"),
        ("feedback", "2026-03-10 10:20"),
    )
    tally = tallied(REWORK, twice)["cgw"]
    assert (tally.numerator, tally.denominator) == (["1"], ["1", "1"])


def test_a_reopened_run_is_one_run():
    again = day(
        "2026-03-10",
        ("feedback", "2026-03-10 09:30"),
        ("check_bad", "2026-03-10 09:50"),
        ("feedback", "2026-03-10 10:20"),
    )
    assert tallied(ON_TIME, again)["cgw"].denominator == ["1"]


def test_an_upheld_appeal_strikes_the_case_for_that_unit_only_and_says_so():
    why = Say("申诉成立：天灾", "Appeal upheld: storm")
    tally = tallied(ON_TIME, LATE, struck={"cgw": why})["cgw"]
    assert (tally.numerator, tally.denominator, tally.left_out) == ([], [], [("late", why)])
    assert tallied(ON_TIME, LATE, struck={"other": why})["cgw"].denominator == ["late"]


def test_a_party_that_is_not_there_answers_to_nobody():
    assert list(tallied(ON_TIME, GOOD, party="nobody")) == [""]


def test_plain_numbers_are_listed_and_struck_alike():
    again = day("2026-03-10", ("feedback", "2026-03-10 09:30"), ("check_bad", "2026-03-10 09:50"))
    found: dict[str, Tally] = {}
    bad = counted_of({"count": "events", "moment": "done", "action": ["check_bad"]})
    add_count(found, bad, "handler", again, MARCH, LATER, cal())
    assert found["cgw"].numerator == ["1"] and found["cgw"].rate is None
    add_count(found, bad, "handler", again, MARCH, LATER, cal(), {"cgw": Say("例", "x")})
    assert len(found["cgw"].numerator) == 1 and len(found["cgw"].left_out) == 1


@pytest.mark.parametrize(
    ("counted", "numbers"),
    [
        ({"count": "cases", "moment": "opened"}, ["good", "late", "open"]),
        ({"count": "cases", "moment": "opened", "action": ["feedback"]}, ["good", "late"]),
        ({"count": "cases", "moment": "opened", "without": ["feedback"]}, ["open"]),
        ({"count": "cases", "moment": "opened", "state": ["handling"]}, ["open"]),
        ({"count": "cases", "moment": "closed"}, []),
        (DUE | {"extended": True}, []),
        (DUE | {"moment": "ended"}, ["good", "late"]),
        (DUE | {"moment": "started"}, ["good", "late", "open"]),
        (DUE | {"verdict": ["late"]}, ["late", "open"]),
    ],
)
def test_each_key_of_a_set(counted, numbers):
    formula = ON_TIME | {"numerator": counted, "denominator": counted, "exclude": []}
    found = tallied(formula, GOOD, LATE, OPEN)
    assert (found["cgw"].denominator if found else []) == numbers


def test_the_version_changes_with_what_is_counted_and_not_with_words():
    assert version_of(ON_TIME) == version_of(
        ON_TIME | {"zh": "另一个名字", "note": {"zh": "注", "en": "note"}}
    )
    assert len({version_of(f) for f in (ON_TIME, PLAIN, REWORK, ON_TIME | {"minimum_n": 10})}) == 4


def test_wilson_known_values():
    """Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29 (two-sided 95 %)."""
    for k, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 400), st.integers(1, 400), st.floats(0.5, 0.999))
def test_the_interval_holds_the_rate_and_narrows_with_more_cases(k, n, confidence):
    assume(k <= n)
    low, high = wilson(k, n, confidence)
    assert 0 <= low <= k / n <= high <= 1
    more_low, more_high = wilson(10 * k, 10 * n, confidence)
    assert more_low >= low - 1e-12 and more_high <= high + 1e-12


def test_three_of_three_is_below_ninety_eight_of_a_hundred():
    assert wilson(3, 3)[0] < wilson(98, 100)[0]


@pytest.mark.parametrize(("k", "n"), [(0, 0), (4, 3), (-1, 3)])
def test_no_share_of_nothing(k, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(k, n)


@pytest.mark.parametrize(
    ("hand", "computed", "agree"),
    [
        ("93.5", "93.4578", True), ("93", "93.4578", True), ("93.6", "93.4578", False), ("100", "93.4578", False),
        ("94", "93.4578", False), ("40000", "40000", True), ("40000", "41234", False), ("0", "0", True), ("0.4", "0", False),
        ("70250000000", "70249000000", True), ("90", "93.46", False),
    ],
)  # fmt: skip
def test_a_rounded_hand_figure_agrees_and_another_does_not(hand, computed, agree):
    assert compare(Decimal(hand), Decimal(computed)).agree is agree


def test_a_contradiction_says_by_how_much():
    said = compare(Decimal("95"), Decimal("93.4000"), "%")
    assert (
        said.words == "手填比系统计算多 1.6 个百分点"
        and said.words.en == "The hand figure is 1.6 percentage points above the computed one"
    )
    assert compare(Decimal("90"), Decimal("93.4"), "%").words == "手填比系统计算少 3.4 个百分点"
    assert compare(Decimal("3.9"), Decimal("3.6"), "万人").words == "手填比系统计算多 0.3万人"
