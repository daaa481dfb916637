"""Each signal of the urban line finds what is planted, and is silent on honest work that looks a little like it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bihuan import lines
from bihuan.core.case.fold import Event, fold
from bihuan.core.line.folder import Line
from bihuan.core.score.formula import Period, Story, Tally, add_story
from bihuan.core.signal.all import SIGNALS, look
from bihuan.core.signal.parts import Found, Rule, Seen, Shot, Told, Twin
from bihuan.core.signal.pictures import compare
from bihuan.core.signal.times import left_of, rough
from bihuan.core.time.clock import read_limit
from bihuan.core.time.instant import DAY, at, day
from bihuan.lines.scores import indicators
from bihuan.lines.signals import check_signals, office, rules, words

BIN, RUBBLE = "管理事项:06042", "管理事项:06001"
SINCE, UNTIL = at("2026-10-01 00:00"), at("2026-11-01 00:00")
SPOT = (117.1255, 39.1170)
Step = tuple[str, int, str, str] | tuple[str, int, str, str, dict[str, Any]]


@cache
def line() -> Line:
    return lines.at("urban_management", day("2026-10-12"))


def rule(key: str) -> Rule:
    return next(one for one in rules(line()) if one.key == key)


def told(number: str, *steps: Step, matter: str = BIN, shots: Sequence[Shot] = (), spot: Any = SPOT) -> Told:
    events = [Event(s[0], s[1], s[2], s[3], s[4] if len(s) > 4 else {}) for s in steps]  # type: ignore[misc]
    parties: list[dict[str, str]] = []
    case = fold(
        line(), events, lines.calendar(), lines.all_lines(), id=number, matter=matter, parties=parties
    )
    return Told(number, case, events, parties, shots, *spot)


def sent(start: int, unit: str = "nk.cgw", by: str = "r:1") -> list[Step]:
    """Reported, verified, opened, dispatched within half an hour."""
    return [
        ("report", start, by, "", {"centre": "nk.jiandu", "command": "nk.zhihui"}),
        ("send", start + 300, "2", "nk.jiandu", {"collector": "3"}),
        ("verify", start + 900, "3", "nk.jiandu"),
        ("accept", start + 1200, "2", "nk.jiandu"),
        ("dispatch", start + 1500, "4", "nk.zhihui", {"unit": unit}),
    ]


def checked(
    number: str, n: int, checker: str, wait: int = 3600, good: bool = True, unit: str = "nk.cgw"
) -> Told:
    """Sent out, done two hours later and checked after `wait` seconds."""
    start = at("2026-10-08 08:30") + n % 20 * DAY + n * 61
    done = start + 9000
    name = "check_ok" if good else "check_bad"
    return told(
        number, *sent(start, unit), ("feedback", done, "5", unit),
        ("take_check", done, "draw", "", {"person": checker}), (name, done + wait, checker, "nk.jiandu"),
    )  # fmt: skip


def find(key: str, cases: Sequence[Told], twins: Sequence[Twin] = ()) -> list[Found]:
    return list(SIGNALS[key](Seen(cases, SINCE, UNTIL, lines.calendar(), words(line()), twins), rule(key)))


def test_collusion_is_a_pair_that_stands_out() -> None:
    """Checker 11 passes all 40 of nk.cgw, the others three in four; in nk.zjw everybody passes three in four."""
    cases, n = [], 0
    for unit in ("nk.cgw", "nk.zjw"):
        for checker in ("11", "12", "13"):
            for i in range(40):
                friend = (checker, unit) == ("11", "nk.cgw")
                cases.append(checked(f"A{n}", n, checker, 1800 + n % 7 * 600, friend or i % 4 > 0, unit))
                n += 1
    (lead,) = find("collusion", cases)
    assert lead.about == ("11", "nk.cgw")
    assert len(lead.cases) == 40
    assert "一次通过 100%" in lead.say and "75%" in lead.say


def test_no_collusion_among_few_checks_or_where_all_pass() -> None:
    few = [checked(f"A{n}", n, "11" if n < 15 else "12", good=n < 15) for n in range(40)]
    assert find("collusion", few) == []
    assert find("collusion", [checked(f"A{n}", n, "11" if n % 2 else "12") for n in range(100)]) == []


def test_many_honest_pairs_give_no_collusion() -> None:
    """Of 2,000 honest districts of 30 pairs hardly one has a lead: the level holds for all pairs together."""
    chance, alarms = Random(7), 0
    one = rule("collusion")
    base = checked("A", 0, "11")
    check = Seen([base], SINCE, UNTIL, lines.calendar(), words(line())).checks[0]
    for _ in range(300):
        rows = [
            replace(
                check, number=str(i), checker=str(i % 6), unit=f"nk.{i // 6 % 5}", good=chance.random() < 0.9
            )
            for i in range(900)
        ]
        seen = Seen([], SINCE, UNTIL, lines.calendar(), words(line()))
        seen.__dict__["checks"] = rows
        alarms += bool(list(SIGNALS["collusion"](seen, one)))
    assert alarms <= 9  # level 0.01: 3 expected


def test_checks_at_the_heels_of_the_feedback() -> None:
    cases = [checked(f"A{n}", n, "11", wait=120) for n in range(5)]
    assert [one.about for one in find("soon_check", cases)] == [("11", "nk.cgw")]
    assert find("soon_check", cases[:4]) == []
    assert find("soon_check", [checked(f"A{n}", n, "11", wait=300) for n in range(9)]) == []


def test_checks_as_regular_as_a_clock() -> None:
    even = [checked(f"A{n}", n, "11", wait=3600 + n % 3 * 60) for n in range(20)]
    assert [one.about for one in find("regular_check", even)] == [("11",)]
    chance = Random(3)
    assert (
        find(
            "regular_check", [checked(f"A{n}", n, "11", wait=chance.randrange(900, 9000)) for n in range(40)]
        )
        == []
    )


def test_five_endings_in_a_minute_wherever_the_minute_begins() -> None:
    def dropped(n: int, end: int) -> Told:
        return told(
            f"A{n}", *sent(at("2026-10-08 08:30"))[:3], ("drop", end, "2", "nk.jiandu", {"reason": "…"})
        )

    start = at("2026-10-08 10:00:40")
    (lead,) = find("same_minute", [dropped(n, start + n * 12) for n in range(5)])
    assert (lead.about[0], len(lead.cases)) == ("2", 5)
    assert find("same_minute", [dropped(n, start + n * 15) for n in range(8)]) == []


def shot(pk: int, number: str, kind: str = "evidence:after", by: str = "5", **more: Any) -> Shot:
    return Shot(pk, number, 1, kind, by, "nk.cgw", at("2026-10-09 10:00") + pk, **more)


def test_a_picture_that_was_used_before() -> None:
    cases = [told("A1", *sent(at("2026-10-08 08:30"))), told("A2", *sent(at("2026-10-09 08:30")))]
    used = Twin(shot(9, "A2"), shot(3, "A1", "evidence:report"), 4, 9)
    (lead,) = find("reused", cases, [used])
    assert lead.cases == ("A1", "A2")
    assert lead.pairs == ((9, 3, 4),)
    later = [Twin(shot(12, "A3"), shot(9, "A2"), 0, 0), Twin(shot(12, "A3"), used.old, 4, 4)]
    assert [one.cases for one in find("reused", cases, [used, *later])] == [("A1", "A2", "A3")]
    assert find("reused", cases, [replace(used, apart=8)]) == []
    assert find("reused", cases, [replace(used, new=shot(9, "A2", "evidence:report"))]) == []


def test_joined_cases_may_share_a_picture() -> None:
    start = at("2026-10-08 08:30")
    cases = [told("A1", *sent(start)), told("A2", *sent(start)[:1], ("join", start + 60, "2", "nk.jiandu", {"main": "A1"}))]  # fmt: skip
    assert (
        find(
            "reused", cases, [Twin(shot(9, "A1", "evidence:before"), shot(3, "A2", "evidence:report"), 0, 0)]
        )
        == []
    )


def test_a_check_with_the_picture_of_the_unit_and_a_place_that_did_not_change() -> None:
    after, before = shot(3, "A1"), shot(2, "A1", "evidence:before", "3")
    copied = Twin(shot(4, "A1", "evidence:check", "11"), after, 1, 1)
    same = Twin(after, before, 0, 0)
    cases = [told("A1", *sent(at("2026-10-08 08:30")))]
    assert [one.about for one in find("copied_check", cases, [copied, same])] == [("11",)]
    assert [one.about for one in find("unchanged", cases, [copied, same])] == [("5",)]
    assert find("copied_check", cases, [replace(copied, whole=5)]) == []


def test_a_picture_from_elsewhere() -> None:
    here, there = {"lon": SPOT[0] + 0.001, "lat": SPOT[1]}, {"lon": SPOT[0] + 0.02, "lat": SPOT[1]}
    start = at("2026-10-08 08:30")
    (lead,) = find("far", [told("A1", *sent(start), shots=[shot(3, "A1", **there)])])
    assert lead.cases == ("A1",)
    assert "1.7" in lead.say
    assert find("far", [told("A1", *sent(start), shots=[shot(3, "A1", **here), shot(4, "A1")])]) == []


def test_before_and_after_from_two_spots() -> None:
    def pair(n: int, east: float, turned: float) -> Told:
        a = shot(2 * n, f"A{n}", "evidence:before", "3", lon=SPOT[0], lat=SPOT[1], bearing=350.0)
        b = shot(2 * n + 1, f"A{n}", lon=SPOT[0] + east, lat=SPOT[1], bearing=(350.0 + turned) % 360)
        return told(f"A{n}", *sent(at("2026-10-08 08:30")), shots=[a, b])

    assert [one.about for one in find("other_spot", [pair(n, 0.001, 0) for n in range(3)])] == [("nk.cgw",)]
    assert [one.about for one in find("other_spot", [pair(n, 0, 180) for n in range(3)])] == [("nk.cgw",)]
    assert find("other_spot", [pair(n, 0.0003, 40) for n in range(9)]) == []


def test_compare_says_nothing_where_the_cameras_said_nothing() -> None:
    assert compare(shot(1, "A"), shot(2, "A"), 50, 90) is None
    turned = compare(shot(1, "A", bearing=350.0), shot(2, "A", bearing=100.0), 50, 90)
    assert turned is not None and "110" in turned


def test_a_picture_older_than_the_report() -> None:
    start = at("2026-10-08 08:30")
    old, fresh = shot(3, "A1", taken=start - 7200), shot(3, "A1", taken=start + 60)
    assert [one.about for one in find("stale", [told("A1", *sent(start), shots=[old])])] == [("5",)]
    assert find("stale", [told("A1", *sent(start), shots=[fresh])]) == []


def asked(n: int, unit: str, minutes: int, name: str = "ask_more") -> Told:
    """Asked so many minutes after the dispatch; the limit of this matter is 4 working hours (240 minutes)."""
    start = at("2026-10-08 08:05") + n % 2 * DAY
    return told(
        f"A{unit}{n}", *sent(start, unit), (name, start + 1500 + minutes * 60, "5", unit, {"reason": "…"})
    )


@pytest.mark.parametrize(("key", "name"), [("late_asking", "ask_more"), ("late_stop", "ask_suspend")])
def test_asking_at_the_last_moment(key: str, name: str) -> None:
    early = [asked(n, "nk.zjw", 20 + n, name) for n in range(20)]
    late = [asked(n, "nk.cgw", 325, name) for n in range(12)]
    (lead,) = find(key, [*early, *late])
    assert lead.about == ("nk.cgw",)
    assert len(lead.cases) == 12
    assert find(key, early) == []


def test_what_is_left_is_reckoned_by_what_was_known_then() -> None:
    one = asked(0, "nk.cgw", 60)
    left = left_of(one, "handle", one.events[-1], lines.calendar())
    later = told(
        one.number, *[(e.name, e.at, e.by, e.unit, dict(e.data)) for e in one.events],
        ("extend", one.events[-1].at + 60, "6", "nk.jiandu", {"limit": "4 working hours"}),
    )  # fmt: skip
    assert left is not None and 0.5 < left < 0.9
    assert left_of(later, "handle", one.events[-1], lines.calendar()) == left


def test_all_stopped_is_an_alarm_and_no_better_rate() -> None:
    """Domain §25: a unit that stops everything it owes does not gain by it."""

    def stopped(n: int) -> Told:
        start = at("2026-10-08 08:05") + n % 5 * DAY
        return told(
            f"S{n}", *sent(start), ("ask_suspend", start + 3600, "5", "nk.cgw", {"reason": "…"}),
            ("suspend", start + 3700, "6", "nk.jiandu", {"limit": "20 working days"}),
        )  # fmt: skip

    open_ones = [checked(f"A{n}", n, "11", unit="nk.zjw") for n in range(30)]
    (lead,) = find("stop_abuse", [*open_ones, *[stopped(n) for n in range(12)]])
    assert lead.about == ("nk.cgw",)
    assert len(lead.cases) == 12
    assert "不扣停表按时 0%" in lead.say
    tallies: dict[str, Tally] = {}
    of = next(one for one in indicators(line()) if one.key == "handled_on_time")
    for one in (stopped(n) for n in range(12)):
        story = Story(one.number, one.case, one.events, one.parties)
        add_story(tallies, of, "handler", story, Period(SINCE, UNTIL), UNTIL, lines.calendar())
    assert all(tally.rate is None for tally in tallies.values())  # no data, never 100 %
    assert find("stop_abuse", [*open_ones, *[stopped(n) for n in range(3)]]) == []


def test_a_collector_who_puts_everything_right_alone() -> None:
    def ended(n: int, who: str, own: bool) -> Told:
        start = at("2026-10-08 08:30") + n % 20 * DAY
        last: Step = (
            ("fix_self", start + 900, who, "nk.jiandu")
            if own
            else ("drop", start + 900, "2", "nk.jiandu", {"reason": "…"})
        )
        first = ("report", start, who, "nk.jiandu", {"centre": "nk.jiandu", "command": "nk.zhihui"})
        return told(f"A{who}{n}", first, last)

    cases = [ended(n, str(20 + n % 4), n % 5 == 0) for n in range(200)]
    (lead,) = find("self_fixed", [*cases, *[ended(n, "30", n % 10 > 0) for n in range(40)]])
    assert lead.about == ("30",)
    assert find("self_fixed", cases) == []


def test_the_same_spot_under_another_name_with_a_longer_limit() -> None:
    texts = line().matters
    short, long = BIN, max(texts, key=lambda key: rough(texts[key][-1].limits["handle"]))
    start = at("2026-10-08 08:30")

    def pair(first: str, second: str, spot: Any = SPOT) -> list[Told]:
        old = told(
            "A1", *sent(start)[:3], ("drop", start + 1000, "2", "nk.jiandu", {"reason": "…"}), matter=first
        )
        return [old, told("A2", *sent(start + 3600), matter=second, spot=spot)]

    (lead,) = find("renamed", pair(short, long))
    assert lead.cases == ("A1", "A2")
    assert find("renamed", pair(long, short)) == []
    assert find("renamed", pair(short, long, (SPOT[0] + 0.01, SPOT[1]))) == []


def test_a_unit_whose_work_is_found_undone() -> None:
    """nk.zjw fails two checks in five, or the resident says so later; nk.cgw one in twenty; seven in twenty is chance."""
    good = [checked(f"A{n}", n, "11", good=n % 20 > 0) for n in range(100)]
    bad = [checked(f"B{n}", n, "12", good=n % 5 > 1, unit="nk.zjw") for n in range(60)]
    (lead,) = find("undone", [*good, *bad])
    assert lead.about == ("nk.zjw",) and len(lead.cases) == 24 and "40%" in lead.say
    assert find("undone", good) == [] and find("undone", [*good, *bad[:19]]) == []
    passed = checked("C1", 1, "12", unit="nk.zjw")
    said = Event("reopen", passed.events[-1].at + DAY, "r:1", "")
    again = [
        replace(checked(f"C{n}", n, "12", unit="nk.zjw"), events=(*passed.events, said)) for n in range(1)
    ]
    assert len(find("undone", [*good, *bad[:20], *again])[0].cases) == 9


def test_a_unit_that_sends_everything_back() -> None:
    def back(number: str, n: int, unit: str, asks: bool, right: bool) -> Told:
        start = at("2026-10-08 08:30") + n % 20 * DAY
        steps = sent(start, unit)
        if asks:
            steps.append(("back", start + 3000, "5", unit, {"reason": "…"}))
            steps.append(("take_back" if right else "keep", start + 4000, "4", "nk.zhihui"))
        return told(number, *steps)

    honest = [back(f"A{n}", n, "nk.cgw", n % 10 == 0, True) for n in range(100)]
    shirks = [back(f"B{n}", n, "nk.zjw", n % 2 == 0, n % 4 == 0) for n in range(60)]
    (lead,) = find("returned", [*honest, *shirks])
    assert lead.about == ("nk.zjw",) and len(lead.cases) == 30
    assert "申请退回 30 次，占 50%（其中同意退回 15 次）" in lead.say
    assert find("returned", honest) == []


def test_rough_limits_are_in_order() -> None:
    texts = ("30 working minutes", "2 working hours", "1 working day", "3 working days", "20 working days")
    assert [rough(read_limit(text)) for text in texts] == sorted(rough(read_limit(text)) for text in texts)


def test_heaviest_first_and_every_signal_is_declared() -> None:
    assert {one.key for one in rules(line())} == set(SIGNALS)
    assert office(line()).unit == "nk.duban"
    cases = [checked(f"A{n}", n, "11", wait=120) for n in range(25)]
    leads = look(Seen(cases, SINCE, UNTIL, lines.calendar(), words(line())), rules(line()))
    assert [one.weight for one in leads] == sorted((one.weight for one in leads), reverse=True)
    assert {one.signal for one in leads} >= {"soon_check", "regular_check"}


PLANTED: list[tuple[str, str, str]] = [
    ('key = "far"', 'key = "fare"', "no signal"),
    ('good = "check_ok"', 'good = "check_okay"', "no 'check_okay'"),
    ("weight = 90", "weight = 900", "1 to 100"),
    ('unit = "nk.duban"', "", "name the unit"),
    ('key = "far"', 'key = "reused"', "twice"),
    ('zh = "照片早于上报"', "", "missing"),
    ("[words]", "[wordz]", "unknown key"),
    ("weight = 90", "weight = ", "cannot be read"),
]


@pytest.mark.parametrize(("old", "new", "said"), PLANTED)
def test_a_fault_in_the_file_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = (Path(line().folder) / "signals.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "signals.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    planted = replace(line(), folder=str(tmp_path), digest=old + new)
    assert any(said in fault.en for fault in check_signals(planted))


def test_the_shipped_file_is_sound() -> None:
    check: Callable[[Line], Any] = check_signals
    assert check(line()) == []
