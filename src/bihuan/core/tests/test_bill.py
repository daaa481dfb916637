"""Bills: every second of a case's life is charged once, whatever happens to the case."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.case.automatic import catch_up
from bihuan.core.case.bill import bill, segments
from bihuan.core.case.fold import Actor, Case, Event, begin, step
from bihuan.core.case.refuse import refuse
from bihuan.core.line.parts import Line
from bihuan.core.tests.days_here import Story, cal, staff
from bihuan.core.tests.lines_here import line
from bihuan.core.time.instant import at

PEOPLE = [
    staff(unit, post)
    for unit in ("centre", "command", "handler", "office")
    for post in ("acceptor", "dispatcher", "officer", "head", "window", "reviewer")
] + [Actor(who) for who in ("wang", "zhao", "p1", "draw")]
HAS = frozenset(
    {
        "evidence:after",
        "evidence:suspend",
        "letter:ask_once",
        "letter:special",
        "letter:extend",
        "letter:clarify",
    }
)
OPENING = {
    "urban_management": ("litter", "report", Actor("wang"), {"centre": "centre", "command": "command"}),
    "permits": ("food", "submit", staff("office", "window"), {"applicant": "p1"}),
    "disclosure": ("", "apply", staff("office", "window"), {"applicant": "p1"}),
}


def data_for(line: Line, action: str, number: int) -> dict[str, object]:
    pauses = line.ops[action].pauses
    hours = line.code == "urban_management"
    found: dict[str, object] = {"unit": "handler", "duty": True, "person": "zhao"}
    found["children"] = [{"id": f"{number}.{unit}", "unit": unit} for unit in ("env", "acme")]
    if any(pause.at_most.kind == "declared" for pause in pauses):
        found["limit"] = "3 working hours" if hours else "4 working days"
    elif line.ops[action].declares:
        found["limit"] = "6 days"
    return found


def walk(name: str, choices: list[tuple[int, int]]) -> tuple[Case, list[Event], int]:
    """A life at random: at each step some time passes, what is due happens, then one allowed action is done."""
    one, days = line(name), cal()
    matter, opening, opener, data = OPENING[name]
    now = at("2026-03-02 08:30")
    event = Event(opening, now, opener.id, opener.unit, data)
    case, events = step(one, begin(one, matter=matter), event, days), [event]
    for number, (pause, choice) in enumerate(choices):
        now += pause * 600
        case, alone = catch_up(case, days, now)
        events += alone
        if case.open_children and choice % 2:
            child = case.open_children[0]
            event = Event("child_settled", now, "children", "", {"child": child, "outcome": "agreed"})
        else:
            allowed = [
                (action, actor)
                for action in one.actions
                if case.state in one.actions[action].states
                for actor in PEOPLE
                if not refuse(case, action, actor, now, data_for(one, action, number), days, HAS)
            ]
            if not allowed:
                continue
            action, actor = allowed[choice % len(allowed)]
            event = Event(action, now, actor.id, actor.unit, data_for(one, action, number))
        case = step(one, case, event, days)
        events.append(event)
    return case, events, now


def life(one: Line, events: list[Event], until: int) -> int:
    """Seconds outside final states, counted from the events alone."""
    total, state, since = 0, one.first_state, events[0].at
    for event in events:
        if not one.states[state].final:
            total += event.at - since
        since = event.at
        action = one.actions.get(event.name)
        state = action.to if action and action.to else state
    return total + (0 if one.states[state].final else until - since)


STEPS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10_000)), max_size=14)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(OPENING)), STEPS, st.integers(0, 10**6))
def test_elapsed_shares_add_up_to_the_life_of_the_case(
    name: str, choices: list[tuple[int, int]], after: int
) -> None:
    case, events, now = walk(name, choices)
    shares = bill(case, cal(), now + after)
    assert sum(share.elapsed for share in shares.values()) == life(case.line, events, now + after)
    for share in shares.values():
        assert 0 <= share.stopped <= share.elapsed
        assert 0 <= share.stopped_working <= share.working <= share.elapsed
        assert share.net == share.working - share.stopped_working


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(OPENING)), STEPS)
def test_segments_touch_and_never_overlap(name: str, choices: list[tuple[int, int]]) -> None:
    case, _, now = walk(name, choices)
    pieces = segments(case, cal(), now)
    assert all(piece.a < piece.b for piece in pieces)
    assert all(one.b <= other.a for one, other in pairwise(pieces))
    assert sum(piece.working for piece in pieces) == sum(
        cal().worked(piece.b) - cal().worked(piece.a) for piece in pieces
    )


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(OPENING)), STEPS, st.integers(0, 400), st.integers(0, 400))
def test_a_bill_up_to_a_moment_only_grows(
    name: str, choices: list[tuple[int, int]], one: int, other: int
) -> None:
    case, events, _ = walk(name, choices)
    early, late = sorted(events[0].at + 3600 * hours for hours in (one, other))
    spent = [sum(share.elapsed for share in bill(case, cal(), until).values()) for until in (early, late)]
    assert spent[0] <= spent[1] <= spent[0] + (late - early)


def test_the_time_between_closing_and_not_fixed_is_nobodys() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    story.has = {"evidence:after"}
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:30", "accept", staff("centre", "acceptor"))
    story.do("08:30", "dispatch", staff("command", "dispatcher"), unit="handler", duty=True)
    story.do("09:30", "feedback", staff("handler", "officer"))
    story.do("09:30", "take_check", Actor("draw"), person="zhao")
    story.do("09:40", "check_ok", staff("centre", "checker", id="zhao"))
    story.do("2026-03-04 08:30", "reopen", Actor("wang"))
    shares = bill(story.case, story.cal, story.moment("2026-03-04 08:50"))
    assert {who: share.elapsed // 60 for who, share in shares.items()} == {"handler": 80, "centre": 10}
    early = bill(story.case, story.cal, story.moment("2026-03-02 09:00"))
    assert {who: share.elapsed // 60 for who, share in early.items()} == {"handler": 30}


def test_a_stop_nobody_ends_is_charged_as_stopped_until_its_own_expiry_only() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    story.has = {"evidence:suspend"}
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:30", "accept", staff("centre", "acceptor"))
    story.do("08:30", "dispatch", staff("command", "dispatcher"), unit="handler", duty=True)
    story.do("09:00", "suspend", staff("centre", "head"), limit="1 working hour")
    case, _ = catch_up(story.case, story.cal, story.moment("11:30"))
    share = bill(case, story.cal, story.moment("11:30"))["handler"]
    assert (share.elapsed // 60, share.stopped // 60) == (180, 60)


@pytest.mark.parametrize("settled", [("10", "12"), ("12", "10")])
def test_the_child_that_settles_last_is_charged_whoever_it_is(settled: tuple[str, str]) -> None:
    story = Story(line("disclosure"))
    rows = [{"id": "c1", "unit": "env"}, {"id": "c2", "unit": "acme"}]
    story.do("2026-03-02 10:00", "apply", staff("office", "window"), applicant="p1")
    story.do("2026-03-05 10:00", "consult", staff("office", "officer"), children=rows)
    for day, child in sorted(zip(settled, ("c1", "c2"), strict=True)):
        story.settle(f"2026-03-{day} 10:00", child, "agreed")
    shares = bill(story.case, story.cal, story.moment("2026-03-12 10:00"))
    slow, fast = ("env", "acme") if settled[0] == "12" else ("acme", "env")
    assert shares[slow].elapsed == 7 * 86400 == shares[slow].stopped
    assert fast not in shares


def test_children_still_open_are_charged_to_the_last_by_id() -> None:
    story = Story(line("disclosure"))
    rows = [{"id": "c2", "unit": "acme"}, {"id": "c1", "unit": "env"}]
    story.do("2026-03-02 10:00", "apply", staff("office", "window"), applicant="p1")
    story.do("2026-03-05 10:00", "consult", staff("office", "officer"), children=rows)
    shares = bill(story.case, story.cal, story.moment("2026-03-06 10:00"))
    assert {who: share.elapsed for who, share in shares.items()} == {"office": 3 * 86400, "acme": 86400}


def test_an_unfinished_stop_that_came_too_late_is_no_stop() -> None:
    story = Story(line("permits"), "food")
    story.has = {"letter:special"}
    story.do("2026-03-02 10:00", "submit", staff("office", "window"), applicant="p1")
    story.do("2026-03-03 10:00", "accept", staff("office", "window"))
    assert story.due_text("decide") == "2026-03-31 24:00"
    story.do("2026-04-01 10:00", "start_special", staff("office", "officer"), limit="5 working days")
    share = bill(story.case, story.cal, story.moment("2026-04-02 10:00"))["office"]
    assert share.stopped == 0
