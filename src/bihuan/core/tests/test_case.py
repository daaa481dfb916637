"""Folding: the order inside one event, final states, children, back-dating floor, JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bihuan.core.case.automatic import automatic, catch_up, next_wake
from bihuan.core.case.fold import (
    Actor,
    CaseError,
    Event,
    UnknownAction,
    begin,
    event_from,
    event_json,
    fold,
    step,
)
from bihuan.core.case.parts import Child
from bihuan.core.case.ready import never, ready, together
from bihuan.core.line.bundle import BundleRow
from bihuan.core.line.graph import graph
from bihuan.core.line.parts import effective_line
from bihuan.core.tests.days_here import Story, cal, staff
from bihuan.core.tests.lines_here import line
from bihuan.core.tests.test_refuse import HANDLER, handled
from bihuan.core.time.instant import at

WINDOW, OFFICER = staff("office", "window"), staff("office", "officer")


def test_an_event_survives_json() -> None:
    event = Event("accept", 1000, "7", "nk.jiandu", {"text": "好"}, 900, "acceptor")
    assert event_from(json.loads(json.dumps(event_json(event)))) == event
    assert Event("accept", 1000, "7").effective == 1000


def test_an_unknown_event_matter_or_child_raises() -> None:
    story = handled()
    with pytest.raises(UnknownAction, match="'vanish'"):
        step(story.case.line, story.case, Event("vanish", story.moment("09:00"), "x"), cal())
    with pytest.raises(CaseError, match="has no matter 'lava'"):
        begin(line("urban_management"), matter="lava")
    with pytest.raises(CaseError, match="no child 'c9'"):
        story.settle("09:00", "c9", "agreed")


def test_a_step_leaves_the_case_before_it_alone() -> None:
    story = handled()
    before, times = story.case, dict(story.case.times)
    story.do("09:00", "back", HANDLER)
    assert before.state == "handling" and before.times == times
    assert before.runs["handle"].stops == ()
    assert story.case.runs["handle"].stops[0].pause == "back"


def test_a_new_start_keeps_the_old_run() -> None:
    story = Story(line("permits"), "food")
    story.has = {"letter:ask_once"}
    story.do("2026-03-02 10:00", "submit", WINDOW, applicant="p1")
    story.do("2026-03-03 10:00", "ask_once", WINDOW)
    story.do("2026-03-05 10:00", "supplement", WINDOW)
    assert [(run.clock, run.how) for run in story.case.history] == [("acceptance", "stopped")]
    assert story.case.runs["acceptance"].start == at("2026-03-05 10:00")


def test_a_final_state_clears_the_other_runs_but_not_the_one_it_starts() -> None:
    story = handled()
    story.has = {"evidence:after"}
    story.do("09:00", "feedback", HANDLER)
    story.do("09:00", "take_check", Actor("draw"), person="zhao")
    story.do("09:30", "check_ok", staff("centre", "checker", id="zhao"))
    assert set(story.case.runs) == {"reopen"}
    assert {(run.clock, run.how) for run in story.case.history} >= {("back", "cleared"), ("check", "stopped")}
    assert story.case.holder == ""


def test_housekeeping_moves_nothing_and_is_possible_after_the_end() -> None:
    story = handled()
    before = story.case
    story.do("08:50", "note", HANDLER)
    assert (story.case.runs, story.case.moved, story.case.state) == (before.runs, before.moved, before.state)
    story.has = {"evidence:after"}
    story.do("09:00", "feedback", HANDLER)
    story.do("09:00", "take_check", Actor("draw"), person="zhao")
    story.do("09:30", "check_ok", staff("centre", "checker", id="zhao"))
    story.do("09:40", "note", HANDLER)


def test_one_event_pauses_two_clocks_and_one_expiry_resumes_both() -> None:
    story = Story(line("permits"), "food")
    story.has = {"letter:special"}
    story.do("2026-03-02 10:00", "submit", WINDOW, applicant="p1")
    story.do("2026-03-03 10:00", "accept", WINDOW)
    story.do("2026-03-04 10:00", "start_special", OFFICER, limit="3 working days")
    assert [name for _, name, _ in automatic(story.case, cal())] == ["special_over", "special_over"]
    (over,) = story.wait("2026-03-20 09:00")
    assert (over.at, over.effective) == (at("2026-03-10 00:00"), at("2026-03-09 24:00"))
    assert story.case.state == "reviewing"
    for clock in ("decide", "promise"):
        (stop,) = story.case.runs[clock].stops
        assert stop.b == stop.expiry == at("2026-03-09 24:00")


def test_the_worker_looks_again_when_something_happens_by_itself() -> None:
    story = handled()
    assert next_wake(story.case, cal()) is None
    story.do("09:00", "back", HANDLER)
    assert next_wake(story.case, cal()) == at("2026-03-02 14:30") + 1
    assert automatic(begin(line("opinions"), matter="third"), cal()) == []


def test_what_is_due_first_comes_first() -> None:
    story = Story(line("permits"), "food")
    story.has = {"letter:special"}
    story.do("2026-03-02 10:00", "submit", WINDOW, applicant="p1")
    story.do("2026-03-03 10:00", "accept", WINDOW)
    story.do("2026-03-04 10:00", "start_special", OFFICER, limit="3 working days")
    runs = dict(story.case.runs)
    (stop,) = runs["decide"].stops
    runs["decide"] = replace(runs["decide"], stops=(replace(stop, expiry=stop.expiry + 86400),))
    later = replace(story.case, runs=runs)
    moments = [when for when, _, _ in automatic(later, cal())]
    assert moments == [stop.expiry + 1, stop.expiry + 86401]


def test_a_stop_that_ran_out_ends_at_its_expiry_however_late_the_answer() -> None:
    story = Story(line("disclosure"))
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    story.do("2026-03-05 10:00", "consult", OFFICER, children=[{"id": "c1", "unit": "env"}])
    story.settle("2026-04-01 10:00", "c1", "agreed")
    story.wait("2026-04-01 10:00")
    (stop,) = story.case.runs["answer"].stops
    assert stop.b == stop.expiry == at("2026-03-26 24:00")


def test_a_date_changed_by_the_published_calendar_is_an_event_that_changes_nothing_else() -> None:
    story = handled()
    before = story.case
    story.add(Event("redated", story.moment("09:00"), "clock", "", {"clock": "handle"}))
    assert (story.case.runs, story.case.state, story.case.moved) == (before.runs, before.state, before.moved)
    assert story.case.n_events == before.n_events + 1


def test_a_late_worker_records_when_it_wrote() -> None:
    story = handled()
    story.do("09:00", "back", HANDLER)
    _, (taken,) = catch_up(story.case, cal(), at("2026-03-02 16:00"))
    assert (taken.at, taken.effective) == (at("2026-03-02 16:00"), at("2026-03-02 14:30"))


def test_children_asked_twice_are_waited_for_twice() -> None:
    story = Story(line("disclosure"))
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    for day, child in (("03", "c1"), ("05", "c2")):
        story.do(f"2026-03-{day} 10:00", "consult", OFFICER, children=[{"id": child, "unit": "env"}])
        assert story.wait(f"2026-03-{day} 11:00") == []
        story.settle(f"2026-03-{day} 12:00", child, "agreed")
        assert [event.name for event in story.wait(f"2026-03-{day} 12:00")] == ["consulted"]
    with pytest.raises(CaseError, match="'c2' is there already"):
        story.add(
            Event(
                "consult",
                story.moment("2026-03-09 10:00"),
                "x",
                "office",
                {"children": [{"id": "c2", "unit": "e"}]},
            )
        )


def test_fold_reads_the_matter_from_the_opening_event() -> None:
    event = Event("ask", at("2026-03-05 10:00"), "opening", "", {"unit": "acme", "matter": "third"})
    case = fold(line("opinions"), [event], cal())
    assert case.matter == "third" and case.runs["answer"].limit.n == 15


def test_bundle_items_start_in_their_order() -> None:
    rows = [
        BundleRow("all", item, "x", item, "u", after, ("good", "no need"))
        for item, after in (("a", ()), ("b", ("a",)), ("c", ("a", "b")))
    ]
    assert [row.item for row in ready(rows, {})] == ["a"]
    children = {"1": Child("u", 0, item="a")}
    assert ready(rows, children) == () and together(rows, children) == "none"
    children = {"1": Child("u", 0, 5, "no need", 5, "a")}
    assert [row.item for row in ready(rows, children)] == ["b"]
    children["2"] = Child("u", 5, 9, "bad", 9, "b")
    assert ready(rows, children) == ()
    assert [row.item for row in never(rows, children)] == ["c"]
    assert together(rows, children) == "partly" and together(rows[:1], children) == "whole"


def test_the_line_in_force_on_a_day() -> None:
    one = line("opinions")
    assert effective_line({one.version: one}, one.version) is one
    with pytest.raises(KeyError, match="opinions: no version in force"):
        effective_line({one.version: one}, one.version - 1)


def test_the_picture_of_a_process() -> None:
    picture = graph(line("urban_management"))
    layer = {node.state: node.layer for node in picture.nodes}
    assert (
        layer["reported"]
        == 0
        < layer["dispatching"]
        < layer["handling"]
        < layer["checking"]
        < layer["closed"]
    )
    assert len({(node.layer, node.row) for node in picture.nodes}) == len(picture.nodes)
    assert {node.layer for node in picture.nodes} == set(range(picture.layers))
    kinds = {edge.action: edge.kind for edge in picture.edges}
    assert (kinds["take_check"], kinds["report"], kinds["dispatch"]) == ("draw", "opening", "person")
    assert "note" not in kinds
    back = {(edge.source, edge.target) for edge in picture.edges if edge.back}
    assert {("checking", "handling"), ("returning", "handling"), ("closed", "handling")} <= back
