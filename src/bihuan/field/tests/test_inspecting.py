"""An inspection on the telephone: its checklist goes along, is applied once, and an incomplete one is told and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Event
from bihuan.cases.tests.conftest import District, picture
from bihuan.cases.tests.test_undrawn import POINTS, drawn, opened
from bihuan.core.time.instant import at
from bihuan.field.tests.conftest import Telephone
from bihuan.people import actions as people
from bihuan.people.models import Person

pytestmark = pytest.mark.django_db
PHOTOS = (("site", picture(64, 48, 10)), ("sheet", picture(64, 48, 200)))


@pytest.fixture
def bureau(district: District, monkeypatch: pytest.MonkeyPatch) -> District:
    for name, post in (
        ("jing", "officer"),
        ("jian1", "enforcer"),
        ("jian2", "enforcer"),
        ("jian3", "enforcer"),
    ):
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, "nk.scjg", post, date(2016, 1, 1))
        district.persons[name] = person
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-10-13 11:00")))
    return district


@pytest.fixture
def phone(bureau: District) -> Callable[[str], Telephone]:
    def of(name: str) -> Telephone:
        client = Client()
        client.force_login(bureau.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return Telephone(client, bureau.id(name))

    return of


def filled(*found: str, **more: Any) -> dict[str, Any]:
    rows = [{"point": row["point"], "found": word} for row, word in zip(POINTS, found, strict=False)]
    return {
        "did": "record", "began": "2026-10-13T09:30:00+08:00", "noted": "2026-10-13T10:10:00+08:00",
        "answers": {"checks": rows, "result": "clean", "signed": "yes"} | more,
    }  # fmt: skip


def test_both_inspectors_and_nobody_else_have_the_errand(
    bureau: District, phone: Callable[[str], Telephone]
) -> None:
    case = opened(bureau, answers={"undrawn": drawn}).case
    (task,) = phone("jian1").tasks()
    assert task["case"] == case and phone("jian2").tasks() and phone("jian3").tasks() == []
    (deed,) = [one for one in task["deeds"] if one["name"] == "record"]
    fields = {field["key"]: field for field in deed["fields"]}
    assert fields["checks"]["points"] == [row["point"] for row in POINTS]
    assert [code for code, _ in fields["signed"]["options"]] == ["yes", "refused", "absent"]
    assert "began_at" not in fields


def test_what_was_filled_in_offline_is_applied_once_with_both_moments(bureau: District, phone: Callable[[str], Telephone]) -> None:  # fmt: skip
    case = opened(bureau, answers={"undrawn": drawn}).case
    one = phone("jian1")
    for _ in range(2):
        answer = one.note("a1b2c3d4", *PHOTOS, case=case, detail="整洁（例）", **filled("符合", "不适用"))
        assert answer["status"] == "done"
    from bihuan.cases import wall

    with wall.open_to(wall.SYSTEM):
        (event,) = Event.objects.filter(case=case, name="record")
    assert (event.data["began_at"], event.data["ended_at"]) == ("2026-10-13 09:30", "2026-10-13 10:10")
    assert event.data["checks"][1]["found"] == "不适用" and event.data["text"] == "整洁（例）"
    assert event.at == to_datetime(at("2026-10-13 11:00"))  # clocks know the server's time alone


def test_a_point_left_out_is_refused_and_kept_as_a_note(
    bureau: District, phone: Callable[[str], Telephone]
) -> None:
    case = opened(bureau, answers={"undrawn": drawn}).case
    answer = phone("jian1").note("b1b2c3d4", *PHOTOS, case=case, **filled("符合"))
    assert answer["status"] == "noted" and "还有 1 条" in str(answer["says"])
    faulty = phone("jian1").note("c1b2c3d4", *PHOTOS, case=case, **filled("符合", "符合", result="magic"))
    assert faulty["status"] == "faulty" and faulty["faults"][0][0] == "result"


def test_who_inspects_does_not_report_as_a_collector(
    bureau: District, phone: Callable[[str], Telephone]
) -> None:
    answer = phone("jian1").note("d1b2c3d4", what="垃圾", matter="管理事项:06042")
    assert answer["status"] == "faulty" and "采集员" in str(answer["faults"])
