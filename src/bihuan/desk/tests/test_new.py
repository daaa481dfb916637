"""Entering a case at the desk: who may, step by step, and nothing lost on a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import actions, lookup, queries, wall
from bihuan.cases.models import Case, Contact, Document, Event
from bihuan.cases.shapes import Refused
from bihuan.cases.tests.conftest import BIN, POINT, District, picture
from bihuan.core.time.instant import at
from bihuan.desk.tests.conftest import Seat

SPOT = f"lon={POINT['lon']}&lat={POINT['lat']}"
FORM = f"/desk/new/urban_management/form/?{SPOT}&matter={BIN}"


@pytest.fixture
def clerk(district: District, client: Client) -> Client:
    client.force_login(district.persons["shouli"])
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_a_unit_goes_straight_to_the_one_business_it_takes_in(clerk: Client) -> None:
    assert clerk.get("/desk/new/").headers["Location"] == "/desk/new/urban_management/where/"
    assert 'href="?street=120104001"' in page(clerk, "/desk/new/urban_management/where/")
    seen = page(clerk, f"/desk/new/urban_management/where/?{SPOT}")
    assert 'href="/desk/new/" aria-current="page"' in seen
    assert "针尖落在" in seen and "/desk/new/urban_management/what/?lon=" in seen


def test_the_matter_is_found_by_the_caller_s_words_with_the_unit_that_has_the_duty(clerk: Client) -> None:
    seen = page(clerk, f"/desk/new/urban_management/what/?{SPOT}&q=垃圾桶满了")
    assert "管理事项:06042" in seen and "区城市管理委员会" in seen
    assert "没有搜到" in page(clerk, f"/desk/new/urban_management/what/?{SPOT}&q=航天飞机")


def test_what_is_told_becomes_a_case_in_the_name_of_the_unit(clerk: Client, district: District) -> None:
    assert "怎么称呼你" in page(clerk, FORM)
    sent = {"what": "东门口垃圾桶满了", "channel": "hotline", "contact_name": "来电人甲", "contact_phone": "19900001234",
            "request_key": "k1", "photo": SimpleUploadedFile("a.jpg", picture(640, 480, 90), "image/jpeg")}  # fmt: skip
    done = clerk.post(FORM, sent)
    assert done.status_code == 302
    with wall.open_to(wall.SYSTEM):
        case, event, contact = Case.objects.get(), Event.objects.get(), Contact.objects.get()
        assert Document.objects.get().kind == "evidence:report"
    assert (event.by, event.unit, case.data["channel"]) == (f"r:{case.number}", "", "hotline")
    assert case.data["entered_by"] == str(district.persons["shouli"].pk)
    assert case.cell and case.matter == BIN and contact.phone == "19900001234"
    told = page(clerk, done.headers["Location"])
    assert case.number in told
    again = clerk.post(
        FORM, sent | {"photo": SimpleUploadedFile("a.jpg", picture(640, 480, 90), "image/jpeg")}
    )
    assert again.headers["Location"] == done.headers["Location"]
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 1


def test_the_caller_is_the_reporter_and_may_say_that_it_is_not_fixed(
    clerk: Client, district: District, clock: Callable[[str], None]
) -> None:
    clock("2026-10-12 09:30")
    clerk.post(FORM, {"what": "东门口垃圾桶满了", "channel": "hotline", "request_key": "k2"})
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.get()
    with pytest.raises(Refused, match="现场核实"):  # told by somebody else: a collector looks first
        district.do(case.pk, "accept", "shouli", "2026-10-12 09:35")
    assert "测试shouli" in page(clerk, f"/desk/{case.number}/")
    district.do(case.pk, "send", "shouli", "2026-10-12 09:35", collector=district.id("caiji"))
    district.do(case.pk, "verify", "caiji", "2026-10-12 09:40", files=["before"])
    district.do(case.pk, "accept", "shouli", "2026-10-12 09:45")
    district.do(case.pk, "dispatch", "paiqian", "2026-10-12 09:50", unit="nk.cgw")
    district.do(case.pk, "feedback", "cgw", "2026-10-12 10:30", files=["after"])
    with wall.open_to(wall.SYSTEM):
        drawn = Case.objects.get().parties["checker"]
    who = next(name for name, person in district.persons.items() if str(person.pk) == drawn)
    district.do(case.pk, "check_ok", who, "2026-10-12 11:00", files=["check"])
    found = queries.track(case.number, lookup.code_of(case.number), at("2026-10-13 09:00"))
    assert "reopen" in [one.name for one in found.allowed] and "测试shouli" not in repr(found.steps)
    actions.act(case.pk, "reopen", by=found.by, unit="", at=at("2026-10-13 09:00"), data={"text": "还是满的"})
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.get().state == "handling"


def test_what_a_collector_found_is_the_collector_s_own(clerk: Client, district: District) -> None:
    clerk.post(FORM, {"what": "东门口垃圾桶满了", "channel": "collector", "request_key": "k3"})
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get()
    assert (event.by, event.unit) == (str(district.persons["shouli"].pk), "nk.jiandu")
    assert "entered_by" not in event.data


def test_a_fault_keeps_everything_also_the_photo(clerk: Client) -> None:
    photo = SimpleUploadedFile("a.jpg", picture(640, 480, 90), "image/jpeg")
    response = clerk.post(FORM, {"what": "", "detail": "写了很久", "request_key": "k2", "photo": photo})
    seen = response.content.decode()
    assert response.status_code == 422 and "请填写“什么问题”" in seen
    assert "写了很久" in seen and "a.jpg" in seen
    assert clerk.post(FORM, {"what": "垃圾桶满了", "request_key": "k2"}).status_code == 302
    with wall.open_to(wall.SYSTEM):
        assert Document.objects.get().name == "a.jpg"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/desk/new/urban_management/where/?lon=0&lat=0", 200, "(0, 0)"),
        ("/desk/new/urban_management/where/?lon=东&lat=北", 200, "坐标应当是数字"),
        ("/desk/new/disclosure/form/", 404, ""),
        ("/desk/new/no_such_line/form/", 404, ""),
        ("/desk/new/done/CG20261012-000001/", 404, ""),
    ],
)
def test_what_is_not_there_or_not_this_unit_s_is_said(
    clerk: Client, path: str, status: int, said: str
) -> None:
    assert said in page(clerk, path, status)


@pytest.mark.parametrize(
    ("change", "said"),
    [("matter=E1", "没有事项“E1”"), ("matter=", "请选择事项"), (f"matter={BIN}", "请在地图上标出")],
)
def test_a_step_left_out_is_named_at_its_place(clerk: Client, change: str, said: str) -> None:
    spot = "" if BIN in change else f"{SPOT}&"
    response = clerk.post(
        f"/desk/new/urban_management/form/?{spot}{change}", {"what": "满了", "request_key": "k3"}
    )
    assert response.status_code == 422 and said in response.content.decode()


def test_a_business_without_a_place_starts_with_its_form(district: District, client: Client) -> None:
    client.force_login(district.persons["chuangkou"])
    found: Any = client.get("/desk/new/", follow=True)
    assert found.redirect_chain[-1][0].startswith("/desk/new/disclosure/form/")
    response = client.post("/desk/new/disclosure/form/", {
        "wanted": "某年预算", "form": "paper", "contact_name": "来访人乙", "contact_phone": "19900001234", "channel": "in_person",
        "submitted_on": "2026-10-12T09:00", "request_key": "k4",
    })  # fmt: skip
    assert response.status_code == 302, response.content.decode()


def test_a_unit_that_takes_in_nothing_is_told_so(district: District, client: Client) -> None:
    client.force_login(district.persons["cgw"])
    seen = page(client, "/desk/new/", 403)
    assert "不受理新的办件" in seen and 'href="/desk/new/"' not in seen


def test_a_problem_is_split_off_with_the_same_steps_and_the_report_s_number(
    district: District, seat: Seat
) -> None:
    told = district.report("2026-10-12 09:50")
    clerk = seat("shouli")
    first = clerk.get(f"/desk/{told.number}/do/split/")
    assert first.status_code == 302 and f"part_of={told.number}" in first["Location"]
    where = clerk.get(first["Location"]).content.decode()
    assert "拆出一个问题" in where and f"street=0&amp;part_of={told.number}" in where
    address = (
        first["Location"].replace("/where/", "/form/") + "&matter=%E7%AE%A1%E7%90%86%E4%BA%8B%E9%A1%B9:06010"
    )
    done = clerk.post(address, {"what": "旁边有渣土", "channel": "hotline", "request_key": "s1"})
    assert done.status_code == 302 and done["Location"].endswith(f"/desk/{told.number}/")
    assert "拆分" in clerk.get(done["Location"]).content.decode()
    assert seat("paiqian").get(address).status_code == 404  # only whoever may split it
