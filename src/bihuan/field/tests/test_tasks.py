"""The patrol list: only one's own, by due, with what is needed on the way, from a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.cases.tests.conftest import District
from bihuan.field.tests.conftest import Telephone, cases, report, to_verify

Phone = Callable[[str], Telephone]


def test_a_collector_sees_what_was_given_to_them_and_nothing_else(district: District, phone: Phone) -> None:
    mine, others = to_verify(district), to_verify(district, "caiji2")
    district.report("2026-10-12 09:10")
    (task,) = phone("caiji").tasks()
    assert task["case"] == mine and [one["case"] for one in phone("caiji2").tasks()] == [others]
    assert task["title"] == "东门口垃圾桶满了" and task["state"] == ["待核实", "To verify on site"]
    assert task["street"][0] == "长虹街道" and task["cell"].startswith("120104001") and task["lon"]
    assert task["due"].startswith("2026-10-12T") and task["since"] == "2026-10-12T09:05:00+08:00"
    deeds = {deed["name"]: deed for deed in task["deeds"]}
    assert list(deeds) == ["verify", "not_there"]
    assert [field["key"] for field in deeds["verify"]["fields"]] == ["before", "text"]
    assert deeds["verify"]["title"] == ["核实属实", "Verified"]


def test_small_things_may_be_put_right_on_the_way(district: District, phone: Phone) -> None:
    case = phone("caiji2").note("aaaaaaaa", **report(matter="管理事项:09011"))["number"]
    district.do(cases()[0].pk, "send", "shouli", "2026-10-12 10:00", collector=district.id("caiji"))
    (task,) = phone("caiji").tasks()
    assert task["number"] == case and [deed["name"] for deed in task["deeds"]] == [
        "verify",
        "not_there",
        "fix_self",
    ]


def test_a_task_goes_when_it_is_done_and_when_it_is_given_to_somebody_else(
    district: District, phone: Phone
) -> None:
    done, given = to_verify(district), to_verify(district)
    district.do(done, "verify", "caiji", "2026-10-12 09:15", files=["before"])
    district.do(given, "send", "shouli", "2026-10-12 09:20", collector=district.id("caiji2"))
    assert phone("caiji").tasks() == []


def test_the_drawn_checker_sees_the_check_with_what_was_done_and_its_pictures(
    district: District, phone: Phone
) -> None:
    case = district.dispatched().case
    district.do(case, "feedback", "cgw", "2026-10-12 09:50", files=["after"], text="清运 3 桶")
    found = {name: phone(name).tasks() for name in ("hecha", "hecha2", "caiji")}
    ((drawn, (task,)),) = [(name, tasks) for name, tasks in found.items() if tasks]
    assert drawn in ("hecha", "hecha2")
    assert [deed["name"] for deed in task["deeds"]] == ["check_ok", "check_bad"]
    assert [["处置反馈", "Done"], "清运 3 桶"] in task["said"]
    assert [title for (title, _), _ in task["pictures"]] == ["处置前照片", "处置后照片"]
    client = phone(drawn)
    client.tasks()
    assert client.client.get(task["pictures"][0][1]).status_code == 200


def test_tasks_are_in_the_order_of_their_due(district: District, phone: Phone) -> None:
    later = district.report("2026-10-12 09:00").case
    district.do(later, "send", "shouli", "2026-10-12 09:30", collector=district.id("caiji"))
    sooner = to_verify(district)
    assert [task["case"] for task in phone("caiji").tasks()] == [sooner, later]


def test_who_is_let_in(district: District, phone: Phone, client: Client) -> None:
    got = client.get("/field/tasks")
    assert got.status_code == 401 and "登录" in got.json()["says"][0][0] and got.json()["says"][0][1]
    got = phone("cgw").client.get("/field/tasks")
    assert got.status_code == 403 and "采集员、核查员" in got.json()["says"][0][0]
    got = phone("caiji").client.get("/field/tasks")
    assert got.status_code == 200 and got["Cache-Control"] == "private, no-store"
    assert got.json()["me"] == {
        "id": district.id("caiji"), "name": ["测试caiji", "测试caiji"], "unit": ["区城市管理监督中心", got.json()["me"]["unit"][1]],
        "posts": ["信息采集员", "Collector"],
    }  # fmt: skip


def test_the_number_of_queries_is_fixed(district: District, phone: Phone) -> None:
    from django.db import connection

    caiji = phone("caiji")
    counted = []
    for n in (1, 4):
        while len(caiji.tasks()) < n:
            to_verify(district)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            caiji.tasks()
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 9


def test_the_catalogue_begins_with_the_everyday_kinds(district: District, phone: Phone) -> None:
    caiji = phone("caiji")
    got = caiji.client.get("/field/catalogue").json()
    assert got["matters"][0] == {
        "code": "管理事项:06042", "name": got["matters"][0]["name"], "words": ["垃圾桶满了", "The rubbish bin is overflowing"], "self": got["matters"][0]["self"],
    }  # fmt: skip
    words = [one["words"] is not None for one in got["matters"]]
    assert words == sorted(words, reverse=True) and sum(words) == 12 and len(words) > 200
    assert [street["name"][0] for street in got["places"]] == ["长虹街道", "鼓楼街道"]
    assert len(got["places"][0]["communities"][0]["point"]) == 2
    assert caiji.client.get("/field/tasks").json()["catalogue"] == got["digest"]


def test_what_one_had_a_hand_in_does_not_crowd_out_what_waits(
    district: District, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A collector is named on every case they verified until it closes: those are no errands."""
    monkeypatch.setattr("bihuan.cases.errands.MOST", 2)
    for _ in range(3):
        district.do(to_verify(district), "verify", "caiji", "2026-10-12 09:15", files=["before"])
    waiting = [to_verify(district) for _ in range(3)]
    got = phone("caiji").client.get("/field/tasks").json()
    assert [task["case"] for task in got["tasks"]] == waiting[:2] and got["more"] is True
    district.do(waiting[0], "verify", "caiji", "2026-10-12 09:20", files=["before"])
    got = phone("caiji").client.get("/field/tasks").json()
    assert [task["case"] for task in got["tasks"]] == waiting[1:] and got["more"] is False
