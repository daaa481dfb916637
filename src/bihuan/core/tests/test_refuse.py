"""Every kind of refusal, with the sentence people read; and the same action allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.core.case.fold import Actor, UnknownAction
from bihuan.core.case.refuse import refuse
from bihuan.core.line.folder import read
from bihuan.core.tests.days_here import Story, staff
from bihuan.core.tests.lines_here import line, planted

WINDOW, OFFICER, HEAD = (staff("office", post) for post in ("window", "officer", "head"))
ACCEPTOR, DISPATCHER = staff("centre", "acceptor"), staff("command", "dispatcher")
HANDLER = staff("handler", "officer")


def handled(name: str = "urban_management", matter: str = "litter") -> Story:
    story = Story(line(name), matter, "2026-03-02")
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:32", "accept", ACCEPTOR)
    story.do("08:40", "dispatch", DISPATCHER, unit="handler", duty=True)
    return story


def test_own_work_is_told_even_to_somebody_without_the_role() -> None:
    story = handled()
    story.has = {"evidence:after"}
    story.do("09:00", "feedback", HANDLER)
    story.do("09:00", "take_check", Actor("draw"), person="zhao")
    own, role = story.why("09:30", "check_ok", HANDLER)
    assert own == "不能核查通过：你所在单位在这件上办过“处置反馈”，须由另一个单位办。"
    assert own.en == "Cannot check: good: your unit did “Done” on this case, so another unit must do it."
    assert role == "不能核查通过：须由抽中的核查员办。"
    assert story.why("09:30", "check_ok", staff("centre", "checker", id="zhao")) == []


def test_a_line_may_say_its_separation_in_its_own_words(tmp_path: Path) -> None:
    folder = planted(
        tmp_path,
        "urban_management",
        (
            'by = "unit"',
            (
                'by = "unit"\nsays = { zh = "不能核查：你处置过这件，须由另一个人核查。", '
                'en = "You cannot verify this: you handled it." }'
            ),
        ),
    )
    story = Story(read(folder), "litter", "2026-03-02")
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:32", "accept", ACCEPTOR)
    story.do("08:40", "dispatch", DISPATCHER, unit="handler", duty=True)
    story.has = {"evidence:after"}
    story.do("09:00", "feedback", HANDLER)
    why = story.why("09:30", "check_ok", HANDLER)
    assert why[0] == "不能核查：你处置过这件，须由另一个人核查。"
    assert why[0].en == "You cannot verify this: you handled it."


def test_one_person_with_two_hats_is_still_one_person() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    story.do("08:30", "report", Actor("wang"), centre="centre", command="command")
    story.do("08:32", "accept", staff("centre", "acceptor", id="li"))
    (why,) = story.why(
        "08:40", "dispatch", staff("command", "dispatcher", id="li"), unit="handler", duty=True
    )
    assert why == "不能派遣：你在这件上办过“立案”，须由另一个人办。"


def test_wrong_state_names_the_states_in_which_it_can_be_done() -> None:
    story = handled()
    (why,) = story.why("09:00", "dispatch", DISPATCHER, unit="handler", duty=True)
    assert why == "不能派遣：现在是“处置中”，只有“待派遣”时才能办。"
    assert why.en == "Cannot dispatch: it is now “In hand”; possible only when “To dispatch”."


def test_a_closed_case_says_so() -> None:
    story = Story(line("disclosure"))
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    story.do("2026-03-03 10:00", "answer", HEAD)
    assert "已经办完（已答复）" in story.why("2026-03-04 10:00", "withdraw", Actor("p1"))[0]


def test_wrong_role_names_who_may() -> None:
    story = handled()
    (why,) = story.why("09:00", "suspend", HANDLER, limit="1 working day")
    assert why == "不能缓办：须由监督中心的负责人办。"
    assert why.en == "Cannot suspend: it must be done by head of the supervision centre."


@pytest.mark.parametrize("actor", [staff("elsewhere", "officer"), staff("handler", "window"), Actor("wang")])
def test_post_and_unit_must_both_fit(actor: Actor) -> None:
    story = handled()
    story.has = {"evidence:after"}
    assert "须由处置单位的经办人办" in story.why("09:00", "feedback", actor)[0]


def test_people_do_not_do_what_the_system_does_and_the_other_way_round() -> None:
    story = handled()
    story.has = {"evidence:after"}
    story.do("09:00", "feedback", HANDLER)
    assert "由系统抽取办，不由人办" in story.why("09:01", "take_check", HANDLER, person="x")[0]
    assert story.why("09:01", "check_ok", Actor("clock"))


def test_missing_evidence_is_named() -> None:
    story = handled()
    assert story.why("09:00", "feedback", HANDLER) == ["不能处置反馈：还没有佐证“evidence:after”。"]
    told = Story(line("disclosure"))
    told.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    (why,) = told.why("2026-03-03 10:00", "clarify", OFFICER, limit="5 days")
    assert why == "不能告知补正：还没有补正告知书。"
    assert why.en == "Cannot ask to clarify: no letter asking to clarify yet."


def test_a_window_shuts_after_its_last_second() -> None:
    story = Story(line("disclosure"))
    story.has = {"letter:clarify"}
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    assert story.why("2026-03-11 24:00", "clarify", OFFICER, limit="5 days") == []
    (why,) = story.why("2026-03-12 00:00", "clarify", OFFICER, limit="5 days")
    assert why == "不能告知补正：可以办的时间到 2026-03-11 24:00 为止（条例§30）。"


def test_only_some_actions_carry_another_date_and_only_within_bounds() -> None:
    story = Story(line("permits"), "food")
    story.do("2026-03-02 10:00", "submit", WINDOW, "2026-02-28 09:00", applicant="p1")
    (why,) = story.why("2026-03-03 10:00", "accept", WINDOW, "2026-03-02 12:00")
    assert why == "不能受理：这一步按登记的时间算，不能另写日期。"
    story.has = {"letter:ask_once"}
    story.do("2026-03-03 10:00", "ask_once", WINDOW)
    early = story.why("2026-03-05 10:00", "supplement", WINDOW, "2026-03-03 09:59")
    assert "早于上一步 2026-03-03 10:00" in early[0]
    future = story.why("2026-03-05 10:00", "supplement", WINDOW, "2026-03-05 10:01")
    assert "还没有到" in future[0]
    assert story.why("2026-03-05 10:00", "supplement", WINDOW, "2026-03-03 10:00") == []


def test_nothing_is_recorded_before_the_last_event() -> None:
    story = handled()
    why = refuse(story.case, "back", HANDLER, story.moment("08:39"), {}, story.cal)
    assert "不能插到它前面" in why[0]


def test_a_declared_limit_must_be_said_and_must_be_one() -> None:
    story = handled()
    story.has = {"evidence:suspend"}
    chief = staff("centre", "head")
    assert story.why("09:00", "suspend", chief) == ["不能缓办：要写明多长时间。"]
    assert story.why("09:00", "suspend", chief, limit="a while") == ["不能缓办：“a while”不是时限。"]
    assert story.why("09:00", "suspend", chief, limit="2 working hours") == []


def test_a_pause_longer_than_the_law_allows_is_refused(tmp_path: Path) -> None:
    story = handled()
    (why,) = story.why("09:00", "back", HANDLER, limit="5 working hours")
    assert why == "不能申请退回：“5 working hours”超过最长的“4 working hours”。"
    assert story.why("09:00", "back", HANDLER, limit="3 working hours") == []


def test_an_extension_comes_in_time_once_and_within_its_length() -> None:
    story = Story(line("disclosure"))
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    assert story.due_text("answer") == "2026-03-30 24:00"
    assert "超过最长的" in story.why("2026-03-03 10:00", "extend", HEAD, limit="21 working days")[0]
    assert "同样的单位" in story.why("2026-03-03 10:00", "extend", HEAD, limit="10 days")[0]
    late = story.why("2026-03-31 00:00", "extend", HEAD)
    assert late == ["不能延长：延长须在 2026-03-30 24:00 之前。"]


def test_an_extension_is_given_once() -> None:
    story = Story(line("disclosure"))
    story.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    story.do("2026-03-03 10:00", "extend", HEAD, limit="5 working days")
    assert story.due_text("answer") == "2026-04-07 24:00"
    assert "已延长 1 次，最多 1 次" in story.why("2026-03-04 10:00", "extend", HEAD)[0]


def test_an_asking_on_the_last_day_survives_a_slow_approver() -> None:
    story = handled()
    chief = staff("centre", "head")
    assert story.due_text("handle") == "2026-03-02 14:10"
    assert story.why("09:00", "extend", chief) == ["不能准予延期：还没有“申请延期”。"]
    story.do("14:10", "ask_more", HANDLER)
    story.do("16:00", "extend", chief)
    assert story.due_text("handle") == "2026-03-03 09:10"


def test_an_asking_after_due_does_not_help() -> None:
    story = handled()
    story.do("14:11", "ask_more", HANDLER)
    (why,) = story.why("14:12", "extend", staff("centre", "head"))
    assert why == "不能准予延期：“申请延期”须在 2026-03-02 14:10 之前。"


def test_a_party_or_children_not_named() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    (why,) = story.why("08:30", "report", Actor("wang"), centre="centre")
    assert why == "不能上报：还没有写明command。"
    asked = Story(line("disclosure"))
    asked.do("2026-03-02 10:00", "apply", WINDOW, applicant="p1")
    for rows in ([], [{"id": "c1"}], "env"):
        assert "哪些单位" in asked.why("2026-03-03 10:00", "consult", OFFICER, children=rows)[0]


def test_rules_speak_for_themselves() -> None:
    story = Story(line("permits"), "food")
    story.do("2026-03-02 10:00", "submit", WINDOW, applicant="p1")
    story.do("2026-03-03 10:00", "accept", WINDOW)
    (why,) = story.why("2026-03-04 10:00", "grant", HEAD)
    assert (why, why.en) == ("尚无审查意见。", "There is no review yet.")
    story.do("2026-03-04 10:00", "review", OFFICER)
    assert story.why("2026-03-04 11:00", "grant", HEAD) == []
    assert "另一个人" in story.why("2026-03-04 11:00", "grant", staff("office", "head", id=OFFICER.id))[0]


def test_an_unknown_action_raises() -> None:
    story = handled()
    with pytest.raises(UnknownAction, match="has no action 'vanish'"):
        story.why("09:00", "vanish", HANDLER)


def test_nothing_can_be_done_before_the_opening() -> None:
    story = Story(line("urban_management"), "litter", "2026-03-02")
    assert story.why("08:30", "accept", ACCEPTOR)
    assert story.why("08:30", "note", ACCEPTOR)
