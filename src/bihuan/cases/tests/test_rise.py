"""An overdue case goes to somebody higher by itself: who is told, who sees it, the longest overdue first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.cases import actions, queries, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.fsck import Tally, check
from bihuan.cases.models import Case, Event
from bihuan.cases.queue import queue
from bihuan.cases.shapes import Refused
from bihuan.cases.tally import tally
from bihuan.cases.tests.conftest import District, check_by_index, ten_thousand
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at

STEPS = ["rise_unit", "rise_centre", "rise_district"]


def row(pk: int) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk)


def steps(pk: int) -> list[tuple[str, str]]:
    with wall.open_to(wall.SYSTEM):
        found = Event.objects.filter(case=pk, name__startswith="rise_").order_by("seq")
        return [(one.name, one.by) for one in found]


def actor(district: District, who: str, post: str) -> Actor:
    return Actor(district.id(who), district.unit(who), frozenset({post}))


def raised(district: District, who: str, when: str) -> list[int]:
    """The queue of what was escalated to this person's unit, and its count."""
    mine = actor(district, who, "head")
    found = queue(mine, at(when), mode="raised").rows
    assert tally(mine, at(when), "raised").total == len(found)
    return [head.id for head in found]


def test_an_overdue_case_goes_up_step_by_step_and_stays_with_its_unit(district: District) -> None:
    case = district.dispatched()  # in the hands of nk.cgw from 09:25, four working hours
    due = row(case.case).due_at
    assert due is not None and raised(district, "zhuren", "2026-10-12 14:00") == []
    actions.tick(due + timedelta(seconds=1))
    assert steps(case.case) == [("rise_unit", "clock")] and row(case.case).parties["raised_to"] == "nk.cgw"
    actions.tick(at("2026-10-14 00:00"))
    assert raised(district, "jiandu", "2026-10-14 09:00") == [case.case]
    actions.tick(at("2026-10-20 09:00"))
    assert steps(case.case) == [(name, "clock") for name in STEPS]
    now = row(case.case)
    assert (now.holder, now.due_at, now.late) == ("nk.cgw", due, True)
    assert raised(district, "zhuren", "2026-10-20 09:00") == [case.case]
    assert raised(district, "jiandu", "2026-10-20 09:00") == []
    [head] = queue(actor(district, "zhuren", "head"), at("2026-10-20 09:00"), mode="raised").rows
    assert str(head.raised_to) == "南开区人民政府办公室" and head.holder == "nk.cgw"
    page = queries.case_page(case.case, actor(district, "zhuren", "head"), at("2026-10-20 09:00"))
    assert page.head.raised_to == head.raised_to and "urge" in [one.name for one in page.allowed]


def test_whom_it_was_escalated_to_may_urge_and_nobody_else_but_the_centre(district: District) -> None:
    case = district.dispatched()
    actions.tick(at("2026-10-20 09:00"))
    with pytest.raises(Refused):
        district.do(case.case, "urge", "zhihui", "2026-10-20 09:10", text="快办")
    with pytest.raises(Refused):
        district.do(case.case, "rise_district", "jiandu", "2026-10-20 09:10")
    district.do(case.case, "urge", "zhuren", "2026-10-20 09:20", text="今天办完")


def test_done_late_it_is_no_longer_escalated_and_nobody_is_told_twice(district: District) -> None:
    case = district.dispatched()
    actions.tick(at("2026-10-20 09:00"))
    district.do(case.case, "feedback", "cgw", "2026-10-20 10:00", files=["after"])
    assert "raised_to" not in row(case.case).parties and raised(district, "zhuren", "2026-10-20 10:00") == []
    before = steps(case.case)
    checker = row(case.case).parties["checker"]
    who = next(name for name, person in district.persons.items() if str(person.pk) == checker)
    district.do(case.case, "check_bad", who, "2026-10-20 11:00", files=["check"], text="还是满的")
    assert row(case.case).parties["raised_to"] == "nk.gov"
    actions.tick(at("2026-10-28 09:00"))
    assert steps(case.case) == before
    assert list(check(at("2026-10-28 09:00"), Tally())) == []


def test_the_write_path_and_the_worker_escalate_alike(district: District) -> None:
    one, two = district.dispatched(), district.dispatched()
    with wall.open_to(wall.SYSTEM):  # only the first is ticked
        Case.objects.filter(pk=two.case).update(wake_at=None)
    actions.tick(at("2026-10-20 09:00"))
    for case in (one, two):
        district.do(case.case, "feedback", "cgw", "2026-10-20 09:00", files=["after"])
    assert steps(one.case) == steps(two.case) == [(name, "clock") for name in STEPS]


def test_of_ten_thousand_overdue_cases_the_longest_overdue_go_up_first(district: District) -> None:
    case = district.dispatched("2026-10-19")
    back = "- i * interval '1 second'"  # the higher the number, the longer overdue
    moved = {one: f"{one} {back}" for one in ("opened_at", "due_at", "plain_due_at", "wake_at")}
    ten_thousand(case.case, rank="rank - i", at=back, **moved)
    now = at("2026-10-19 17:00")
    for done in (1, 2, 3):
        district.report("2026-10-19 16:59")  # new ones come all the time
        assert actions.tick(now, 40) == 40
        with wall.open_to(wall.SYSTEM):
            told = set(Event.objects.filter(name="rise_unit").values_list("case", flat=True))
            written = set(Event.objects.filter(name="rise_unit").values_list("at", flat=True))
        assert told == set(range(1_010_000 - 40 * done, 1_010_000))
        assert written == {to_datetime(now)}
    check_by_index()
