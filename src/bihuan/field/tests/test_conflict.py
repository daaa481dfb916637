"""The case went on while the worker had no network: by which rule, in plain words, and nothing noted is lost."""

from __future__ import annotations

from collections.abc import Callable

from bihuan.cases.tests.conftest import District
from bihuan.field.tests.conftest import Telephone, cases, documents, events, shot, to_verify

Phone = Callable[[str], Telephone]


def verify(phone: Telephone, case: int) -> dict[str, object]:
    return phone.note("aaaaaaaa", ("before", shot(60)), case=case, did="verify", detail="两个桶都满了")


def noted(case: int) -> str:
    (note,) = events(case, "site_note")
    assert documents(case)[-1][0] == "evidence:site"
    return note.data["text"]


def test_joined_meanwhile(district: District, phone: Phone) -> None:
    main, case = district.report("2026-10-12 08:50"), to_verify(district)
    district.do(case, "not_there", "caiji", "2026-10-12 09:10", files=["site"])
    district.do(case, "join", "shouli", "2026-10-12 09:20", main=main.number)
    got = verify(phone("caiji"), case)
    assert got["status"] == "noted" and got["rule"] == "moved_on"
    assert got["says"][0] == [
        f"今天 09:20 区城市管理监督中心已“并案”到 {main.number}，这件现在是“已并案”，“核实属实”没有采纳",
        got["says"][0][1],
    ]
    assert main.number in got["says"][0][1] and "补记" in got["says"][1][0]
    assert noted(case).endswith("\n两个桶都满了") and "没有采纳" in noted(case)
    assert verify(phone("caiji"), case) == got and len(events(case, "site_note")) == 1
    assert events(case, "verify") == []


def test_dropped_meanwhile(district: District, phone: Phone) -> None:
    case = to_verify(district)
    district.do(case, "not_there", "caiji", "2026-10-12 09:10", files=["site"])
    district.do(case, "drop", "shouli", "2026-10-12 09:20", reason="现场没有")
    got = verify(phone("caiji"), case)
    assert got["status"] == "noted" and got["rule"] == "moved_on" and "不予立案" in got["says"][0][0]
    assert "两个桶都满了" in noted(case)


def test_given_to_somebody_else_meanwhile(district: District, phone: Phone) -> None:
    case = to_verify(district)
    district.do(case, "send", "shouli", "2026-10-12 09:20", collector=district.id("caiji2"))
    got = verify(phone("caiji"), case)
    assert got["status"] == "noted" and got["rule"] == "handed_over" and "改派给别人" in got["says"][0][0]
    assert "两个桶都满了" in noted(case)
    assert [one.state for one in cases()] == ["verifying"]
    assert verify(phone("caiji2"), case)["status"] == "done"


def test_verified_by_somebody_else_meanwhile(district: District, phone: Phone) -> None:
    case = to_verify(district)
    district.do(case, "send", "shouli", "2026-10-12 09:20", collector=district.id("caiji2"))
    district.do(case, "verify", "caiji2", "2026-10-12 09:30", files=["before"])
    got = verify(phone("caiji"), case)
    assert got["rule"] == "moved_on" and "09:30" in got["says"][0][0] and "“核实属实”" in got["says"][0][0]
    assert len(events(case, "verify")) == 1 and "两个桶都满了" in noted(case)


def test_a_note_from_the_street_is_read_by_the_centre_only(district: District, phone: Phone) -> None:
    from bihuan.cases import queries
    from bihuan.core.time.instant import at
    from bihuan.people.queries import actor

    case = district.dispatched().case
    got = verify(phone("caiji"), case)
    assert got["status"] == "noted"
    for name, seen in (("shouli", True), ("cgw", False)):
        who = actor(district.persons[name], district.unit(name), at("2026-10-12 10:00") // 86400)
        steps = queries.case_page(case, who, at("2026-10-12 10:00")).steps
        assert ("site_note" in [step.name for step in steps]) is seen


def test_a_case_one_may_not_see_stays_on_the_telephone_and_says_nothing_of_it(
    district: District, phone: Phone
) -> None:
    got = verify(phone("caiji"), 987654)
    assert got["status"] == "kept" and "看不到这件" in got["says"][0][0] and "手机上" in got["says"][1][0]
    sent = phone("caiji").send(
        phone("caiji").entry("aaaaaaaa", ("before", shot(60)), case=987654, did="verify")
    )
    assert sent["status"] == "kept"  # the photo is still laid aside, nothing was dropped


def test_a_note_that_came_first_answers_even_if_the_step_would_be_possible_again(
    district: District, phone: Phone
) -> None:
    case = to_verify(district)
    district.do(case, "send", "shouli", "2026-10-12 09:20", collector=district.id("caiji2"))
    assert verify(phone("caiji"), case)["status"] == "noted"
    district.do(case, "send", "shouli", "2026-10-12 10:00", collector=district.id("caiji"))
    assert verify(phone("caiji"), case)["status"] == "noted"
    assert events(case, "verify") == [] and len(events(case, "site_note")) == 1
