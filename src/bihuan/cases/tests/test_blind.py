"""Who may be drawn to check, and that the unit at work learns neither that nor who before the check."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from bihuan.cases import actions, queries, wall
from bihuan.cases.models import Case, Event
from bihuan.cases.shapes import Opened, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.places import actions as places
from bihuan.places.roster import WatchRow

FED_BACK = "2026-10-12 10:30"


def fed_back(district: District) -> Opened:
    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", FED_BACK, files=["after"])
    return case


def drawing(case: Opened) -> Event:
    with wall.open_to(wall.SYSTEM):
        return Event.objects.filter(case=case.case, name="take_check").latest("seq")


def cell_of(case: Opened) -> str:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=case.case).cell


def walk(district: District, case: Opened, name: str, since: date, until: date | None = None) -> None:
    """The cell of the case belongs to this person in these days."""
    places.record_beats({"Z1": ("一号", [cell_of(case)])}, since=date(2026, 7, 6), by="9")
    places.assign(WatchRow("Z1", "early", district.id(name), since, until), collectors=[district.id(name)], by="9")  # fmt: skip


def test_the_collector_of_the_cell_is_never_drawn(district: District) -> None:
    """hecha walks the cell too: only hecha2 is left, every time."""
    case = district.dispatched()
    walk(district, case, "hecha", date(2026, 10, 1))
    district.do(case.case, "feedback", "cgw", FED_BACK, files=["after"])
    assert drawing(case).data["candidates"] == [district.id("hecha2")]


def test_who_walked_the_cell_while_the_case_was_open_counts_too(district: District) -> None:
    case = district.dispatched()
    walk(district, case, "hecha", date(2026, 10, 1), date(2026, 10, 13))
    district.do(case.case, "feedback", "cgw", "2026-10-15 10:30", files=["after"])
    assert drawing(case).data["candidates"] == [district.id("hecha2")]


def test_who_left_the_cell_before_may_be_drawn(district: District) -> None:
    case = district.dispatched()
    walk(district, case, "hecha", date(2026, 7, 6), date(2026, 10, 12))
    district.do(case.case, "feedback", "cgw", FED_BACK, files=["after"])
    assert len(drawing(case).data["candidates"]) == 2


def test_nobody_of_the_unit_at_work_is_drawn(district: District) -> None:
    """hecha also holds a post with the unit that did the work."""
    people.give_post(district.persons["hecha"], "nk.cgw", "officer", date(2026, 1, 1))
    assert drawing(fed_back(district)).data["candidates"] == [district.id("hecha2")]


def test_nor_who_stands_in_for_one_of_them(district: District) -> None:
    from bihuan.people.models import Delegation, Post

    post = Post.objects.get(person=district.persons["cgw"], unit="nk.cgw")
    Delegation.objects.create(
        post=post, to_person=district.persons["hecha"], since=date(2026, 10, 1), until=date(2026, 11, 1), reason="出差",
    )  # fmt: skip
    assert drawing(fed_back(district)).data["candidates"] == [district.id("hecha2")]


def test_without_anybody_left_the_feedback_says_why(district: District) -> None:
    case = district.dispatched()
    for name in ("hecha", "hecha2"):
        people.give_post(district.persons[name], "nk.cgw", "officer", date(2026, 1, 1))
    with pytest.raises(Refused, match="没有可以抽派的人"):
        district.do(case.case, "feedback", "cgw", FED_BACK, files=["after"])


def test_drawing_again_takes_another(district: District) -> None:
    case = fed_back(district)
    first = drawing(case).data["person"]
    district.do(case.case, "redraw", "jiandu", "2026-10-12 10:40", reason="请假")
    assert drawing(case).data["person"] != first


def sit(district: District, name: str) -> Client:
    client = Client()
    client.force_login(district.persons[name], backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["unit"] = district.unit(name)
    session.save()
    return client


def secrets(district: District, case: Opened) -> list[str]:
    """What would give the draw away: names of the checkers, of the draw, what it was drawn from."""
    event = drawing(case)
    return [
        "测试hecha", "抽派核查员", "重新抽派", "Checker drawn", "take_check", "redraw", event.data["seed"],
        str(event.data["candidates"]),
    ]  # fmt: skip


@pytest.fixture
def open_district(real_district: District, monkeypatch: pytest.MonkeyPatch) -> District:
    from bihuan.cases.edge import to_datetime

    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-10-12 10:45")))
    return real_district


def told_to(district: District, case: Opened, name: str) -> str:
    """Everything the pages and interfaces tell this person about the case."""
    client = sit(district, name)
    number = case.number
    addresses = [
        f"/desk/{number}/", f"/desk/{number}/?clocks=all", f"/desk/{number}/why/", f"/desk/{number}/clocks/", "/desk/",
        "/desk/?view=me", "/desk/?view=involved", "/desk/?view=all", f"/desk/find/?number={number}", "/desk/map/",
        f"/find?q={number}", "/figures",
        f"/open311/v2/requests/{number}.json", f"/open311/v2/servicerequestupdates.json?service_request_ids={number}",
        f"/desk/{number}/do/check_ok/", f"/desk/{number}/do/feedback/", f"/desk/{number}/do/redraw/",
    ]  # fmt: skip
    answers = [client.get(one, follow=True) for one in addresses]
    assert all(one.status_code in (200, 404, 409, 422) for one in answers), [(a, one.status_code) for a, one in zip(addresses, answers, strict=True)]  # fmt: skip
    tracked = client.post(
        "/api/track", {"number": number, "code": case.code}, content_type="application/json"
    )
    return "\n".join(one.content.decode() for one in [*answers, tracked])


def test_pages_search_and_interfaces_tell_the_unit_nothing(open_district: District) -> None:
    case = fed_back(open_district)
    open_district.do(case.case, "redraw", "jiandu", "2026-10-12 10:40", reason="请假")
    told = told_to(open_district, case, "cgw")
    assert case.number in told
    leaked = [
        one for one in secrets(open_district, case) if one in told and one not in ("重新抽派", "redraw")
    ]
    assert leaked == []
    centre = told_to(open_district, case, "jiandu")
    assert "测试hecha" in centre and "抽派核查员" in centre


def test_the_command_centre_is_told_nothing_either(open_district: District) -> None:
    case = fed_back(open_district)
    told = told_to(open_district, case, "paiqian")
    assert "测试hecha" not in told and not re.search("抽派核查员", told)


def test_who_found_it_wanting_stays_unnamed_until_it_is_closed(district: District) -> None:
    """A checker who sent work back must not be waited for by those who did it."""
    case = fed_back(district)
    drawn = Person.objects.get(pk=drawing(case).data["person"])
    who = drawn.username
    district.do(case.case, "check_bad", who, "2026-10-12 11:00", files=["check"], text="没清完")
    me = Actor(district.id("cgw"), "nk.cgw", frozenset({"officer"}))
    seen = queries.case_page(case.case, me, at("2026-10-12 11:10"))
    step = seen.steps[-1]
    assert (step.name, step.by, str(step.by_title)) == ("check_bad", "", "抽中的核查员")
    assert drawn.name not in str(seen.steps)
    district.do(case.case, "feedback", "cgw", "2026-10-12 12:00", files=["after"])
    again = Person.objects.get(pk=drawing(case).data["person"]).username
    assert again != who
    district.do(case.case, "check_ok", again, "2026-10-12 14:30", files=["check"])
    closed = queries.case_page(case.case, me, at("2026-10-12 14:40"))
    assert [step.name for step in closed.steps].count("take_check") == 2
    assert drawn.name in str(closed.steps)


def test_a_handler_who_guesses_the_action_is_refused(district: District) -> None:
    case = fed_back(district)
    with pytest.raises(Refused, match="处置单位不得核查自己的处置"):
        district.do(case.case, "check_ok", "cgw", "2026-10-12 10:50", files=["check"])
    assert actions.tick(at("2026-10-12 10:50")) >= 0
