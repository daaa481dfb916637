"""The known histories B1 to B8: due dates, verdicts and bills counted by hand."""

from __future__ import annotations

import pytest

from bihuan.core.case.bill import Share, bill, segments
from bihuan.core.case.fold import Actor, fold
from bihuan.core.line.titles import moment_text
from bihuan.core.tests.days_here import Story, staff
from bihuan.core.tests.lines_here import line, lines
from bihuan.core.time.instant import at

WINDOW, OFFICER, HEAD = (staff("office", post) for post in ("window", "officer", "head"))


def minutes(share: Share) -> tuple[int, int, int, int]:
    """Elapsed, working, stopped, stopped working, in minutes."""
    return (share.elapsed // 60, share.working // 60, share.stopped // 60, share.stopped_working // 60)


def billed(story: Story, until: str) -> dict[str, tuple[int, int, int, int]]:
    return {who: minutes(share) for who, share in bill(story.case, story.cal, story.moment(until)).items()}


def test_b1_silence_is_acceptance_from_the_day_of_receipt() -> None:
    story = Story(line("permits"), "food")
    story.do("2016-09-12 09:00", "submit", WINDOW, applicant="p1")
    assert story.due_text("acceptance") == "2016-09-20 24:00"
    assert story.wait("2016-09-20 23:59") == []
    (deem,) = story.wait("2016-09-21 00:00")
    assert (deem.name, deem.by, moment_text(deem.at), moment_text(deem.effective)) == (
        "deem", "clock", "2016-09-21 00:00", "2016-09-12 09:00",
    )  # fmt: skip
    assert story.due("acceptance").status == "expired"
    assert story.due_text("decide") == "2016-10-14 24:00"
    story.has = {"letter:ask_once"}
    assert story.why("2016-09-21 09:00", "ask_once", WINDOW)


def test_b1_ends_the_same_whether_the_worker_or_a_late_clerk_comes_first() -> None:
    prompt, late = Story(line("permits"), "food"), Story(line("permits"), "food")
    for story in (prompt, late):
        story.do("2016-09-12 09:00", "submit", WINDOW, applicant="p1")
    prompt.wait("2016-09-21 00:00")
    late.wait("2016-09-23 09:00")
    assert prompt.case.runs == late.case.runs
    assert prompt.case.history == late.case.history
    assert (prompt.case.state, prompt.case.times) == (late.case.state, late.case.times)


def bounced() -> Story:
    story = Story(line("urban_management"), "litter", "2017-01-18")
    centre, command, handler = (
        staff("centre", "acceptor"), staff("command", "dispatcher"), staff("handler", "officer"),
    )  # fmt: skip
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:35", "accept", centre)
    story.do("08:40", "dispatch", command, unit="handler", duty=True)
    for back, again in (("09:00", "09:40"), ("10:00", "10:40"), ("11:00", "")):
        story.do(back, "back", handler)
        story.do(back[:3] + "30", "take_back", command)
        if again:
            story.do(again, "dispatch", command, unit="handler", duty=True)
    return story


def test_b2_three_bounces_and_a_ruling() -> None:
    story = bounced()
    command, handler = staff("command", "dispatcher"), staff("handler", "officer")
    why = story.why("11:40", "dispatch", command, unit="handler", duty=True)
    assert "已有 3 次" in why[0] and "3 times" in why[0].en
    story.do("11:50", "rule", staff("command", "head"), unit="handler")
    assert story.why("11:55", "back", handler) == ["已指定处置单位，不得再退。"]
    story.has = {"evidence:after"}
    story.do("12:20", "feedback", handler)
    assert billed(story, "12:30") == {
        "centre": (15, 5, 0, 0),
        "command": (195, 195, 90, 90),
        "handler": (30, 10, 0, 0),
    }
    assert sum(share[0] for share in billed(story, "12:30").values()) == 240
    returned = [piece for piece in segments(story.case, story.cal, story.moment("12:30")) if piece.returned]
    walked = [(piece.holder, piece.charged_to, (piece.b - piece.a) // 60) for piece in returned]
    assert walked == [("handler", "command", 20)] * 3


def test_b2_a_refused_return_stays_with_the_handler() -> None:
    story = Story(line("urban_management"), "litter", "2017-01-18")
    command, handler = staff("command", "dispatcher"), staff("handler", "officer")
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:30", "accept", staff("centre", "acceptor"))
    story.do("08:30", "dispatch", command, unit="handler", duty=True)
    story.do("09:00", "back", handler)
    story.do("09:10", "keep", command)
    assert billed(story, "09:30") == {"handler": (50, 50, 0, 0), "command": (10, 10, 10, 10)}


def test_b2_silence_about_a_return_is_agreement() -> None:
    story = Story(line("urban_management"), "litter", "2017-01-18")
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:30", "accept", staff("centre", "acceptor"))
    story.do("08:30", "dispatch", staff("command", "dispatcher"), unit="handler", duty=True)
    story.do("09:00", "back", staff("handler", "officer"))
    (taken,) = story.wait("2017-01-18 18:00")
    assert (taken.name, taken.by, moment_text(taken.effective)) == ("take_back", "clock", "2017-01-18 14:30")
    assert story.due("handle").status == "cleared"
    assert "handler" not in billed(story, "2017-01-18 14:30")


CHILDREN = [{"id": "c1", "unit": "env"}, {"id": "c2", "unit": "acme"}]


def consulted() -> Story:
    story = Story(line("disclosure"))
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    story.do("2026-03-05 10:00", "consult", OFFICER, children=CHILDREN)
    return story


def test_b3_only_the_slower_of_two_bodies_is_charged() -> None:
    story = consulted()
    story.settle("2026-03-10 10:00", "c1", "agreed")
    assert story.wait("2026-03-10 11:00") == []
    story.settle("2026-03-12 10:00", "c2", "agreed")
    (done,) = story.wait("2026-03-12 10:00")
    assert (done.name, done.by, done.effective) == ("consulted", "children", at("2026-03-12 10:00"))
    assert story.case.state == "drafting"
    assert story.due_text("answer") == "2026-04-07 24:00"
    assert billed(story, "2026-03-13 10:00") == {
        "office": (5760, 1800, 0, 0),
        "acme": (10080, 2250, 10080, 2250),
    }


def test_b4_one_never_answers() -> None:
    child = Story(line("opinions"), "third")
    child.do("2026-03-05 10:00", "ask", Actor("opening"), unit="acme")
    (lapse,) = child.wait("2026-04-30 00:00")
    assert (moment_text(lapse.at), moment_text(lapse.effective)) == ("2026-03-31 00:00", "2026-03-26 24:00")
    assert (child.case.state, child.case.outcome) == ("lapsed", "none")
    story = consulted()
    story.settle("2026-03-10 10:00", "c1", "agreed")
    assert story.due_text("answer") == "2026-04-21 24:00"
    story.settle("2026-03-31 00:00", "c2", "none", "2026-03-26 24:00")
    story.wait("2026-03-31 00:00")
    assert story.case.state == "drafting"
    assert story.due_text("answer") == "2026-04-21 24:00"


def corrected() -> Story:
    story = Story(line("disclosure"))
    story.has = {"letter:clarify"}
    story.do("2026-09-21 10:00", "apply", WINDOW, "2026-09-18 15:00", applicant="p1")
    assert story.due_text("answer") == "2026-10-22 24:00"
    story.do("2026-09-22 09:00", "clarify", OFFICER, limit="8 days")
    assert story.due_text("correction") == "2026-09-30 24:00"
    return story


def test_b5_posted_in_time_but_registered_late() -> None:
    story = corrected()
    story.do("2026-10-08 09:00", "supplement", WINDOW, "2026-09-30 10:00")
    assert story.due("correction").status == "met"
    assert story.due_text("answer") == "2026-11-03 24:00"
    assert [run.how for run in story.case.history if run.clock == "answer"] == ["cleared"]
    assert "已有 1 次" in story.why("2026-10-09 09:00", "clarify", OFFICER, limit="8 days")[0]


def test_b5_posted_too_late_is_refused_while_the_worker_still_waits() -> None:
    story = corrected()
    why = story.why("2026-10-08 09:00", "supplement", WINDOW, "2026-10-08 09:00")
    assert len(why) == 1 and "2026-09-30 24:00" in why[0] and "视为放弃" in why[0]


def test_b5_nothing_registered_is_abandoned_after_the_grace() -> None:
    story = corrected()
    assert story.wait("2026-10-09 23:59") == []
    (gone,) = story.wait("2026-10-10 00:00")
    assert (gone.name, moment_text(gone.at), moment_text(gone.effective)) == (
        "abandon", "2026-10-10 00:00", "2026-09-30 24:00",
    )  # fmt: skip
    assert (story.case.state, story.case.outcome) == ("abandoned", "abandoned")


def test_b6_not_fixed_goes_on_with_what_was_left() -> None:
    story = Story(line("urban_management"), "litter")
    handler, checker = staff("handler", "officer"), staff("centre", "checker", id="zhao")
    story.has = {"evidence:after"}
    story.do("2017-01-26 16:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("2017-01-26 16:35", "accept", staff("centre", "acceptor"))
    story.do("2017-01-26 16:40", "dispatch", staff("command", "dispatcher"), unit="handler", duty=True)
    assert story.due_text("handle") == "2017-02-03 11:40"
    story.do("2017-02-03 09:00", "feedback", handler)
    story.do("2017-02-03 09:00", "take_check", Actor("draw"), person="zhao")
    story.do("2017-02-03 10:00", "check_bad", checker)
    assert story.due_text("handle") == "2017-02-03 14:10"
    story.do("2017-02-03 11:00", "feedback", handler)
    story.do("2017-02-03 11:00", "take_check", Actor("draw"), person="zhao")
    story.do("2017-02-03 15:00", "check_ok", checker)
    assert (story.case.outcome, story.case.closed) == ("fixed", at("2017-02-03 15:00"))
    story.do("2017-02-06 09:00", "reopen", Actor("wang"))
    assert (story.case.state, story.case.outcome, story.case.closed) == ("handling", "", None)
    assert story.due_text("handle") == "2017-02-06 10:40"
    assert story.due("handle", "2017-02-06 09:00").used == 140 * 60


def test_b7_an_answer_waits_for_its_parts_or_says_why_not() -> None:
    story = Story(line("parts"))
    lead = staff("lead", "officer")
    story.do("2017-01-05 09:00", "assign", staff("gov", "officer"), lead="lead")
    assert story.due_text("reply") == "2017-04-05 24:00"
    story.do("2017-01-09 09:00", "ask_part", lead, children=[{"id": "c1", "unit": "env"}])
    part = Story(line("assists"))
    part.do("2017-01-09 09:00", "ask", Actor("opening"), unit="env")
    assert part.due_text("part") == "2017-02-09 24:00"
    (why,) = story.why("2017-04-05 09:00", "reply", lead)
    assert "1 件子件" in why and "env" in why
    story.do("2017-04-05 09:00", "reply_without", lead)
    assert story.due("reply").status == "met"
    assert story.case.children["c1"].outcome == "released"


def test_b8_late_stays_late() -> None:
    story = Story(line("permits"), "food")
    story.do("2016-09-12 09:00", "submit", WINDOW, applicant="p1")
    assert story.why("2016-09-21 09:00", "turn_away", WINDOW)
    assert story.case.state == "reviewing"
    late = Story(line("disclosure"))
    late.do("2016-09-12 09:00", "apply", WINDOW, applicant="p1")
    assert late.due_text("answer") == "2016-10-14 24:00"
    late.do("2016-10-17 09:00", "withdraw", Actor("p1"))
    (run,) = [run for run in late.case.history if run.clock == "answer"]
    assert run.how == "cleared"
    assert late.due("answer").status == "late"


@pytest.mark.parametrize("make", [bounced, consulted, corrected])
def test_folding_again_gives_the_same_case(make: object) -> None:
    story = make()  # type: ignore[operator]
    again = fold(story.case.line, story.events, story.cal, lines(), id="1", matter=story.case.matter)
    assert again == story.case
