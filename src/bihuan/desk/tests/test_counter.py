"""A clerk files for a person without a telephone: own items, by proxy, papers in order, entered later with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import late, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Contact, Document, Event
from bihuan.cases.tests.conftest import District
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.desk.tests.conftest import Seat
from bihuan.items.tests.example import load_example
from bihuan.people import actions as people
from bihuan.people.models import Person

FOOD, OTHER = "P003-1", "P008-1"
FORM = f"/desk/new/permits/form/?matter={FOOD}"
GOOD = {
    "subject": "示例面馆，长虹街道", "applicant_kind": "organisation", "uscc": invent_uscc(3), "contact_name": "李某某",
    "contact_phone": "13900001234", "delivery_way": "window",
}  # fmt: skip
PROXY = {
    "proxy-kind": "person", "proxy-name": "王某某", "proxy-paper": "passport", "proxy-number": "E12345678",
}  # fmt: skip


@pytest.fixture
def hall(district: District) -> District:
    load_example()
    for name, unit, post in (
        ("shi", "nk.scjg", "window"), ("zong", "nk.zwb", "window"), ("ducha", "nk.duban", "inspector"),
    ):  # fmt: skip
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        district.persons[name] = person
    return district


def paper(name: str = "a.pdf") -> SimpleUploadedFile:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + name.encode()
    return SimpleUploadedFile(name, body, "application/pdf")


def send(client: Client, form: str = FORM, **more: Any) -> Any:
    return client.post(form, GOOD | {"request_key": "k1"} | more)


def the_case() -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get()


def test_a_unit_enters_licences_of_its_own_items_and_the_general_window_all(
    hall: District, seat: Seat
) -> None:
    own = seat("shi")
    assert own.get("/desk/new/").status_code == 302  # the one business it takes in
    listed = own.get("/desk/new/permits/what/").content.decode()
    assert FOOD in listed and OTHER not in listed
    assert own.get(f"/desk/new/permits/form/?matter={OTHER}").status_code == 404
    assert OTHER in seat("zong").get("/desk/new/permits/what/").content.decode()
    assert seat("gongkai").get("/desk/new/permits/what/").status_code == 404


@pytest.mark.parametrize("who", ["shi", "zong"])
def test_what_a_clerk_files_goes_to_the_unit_of_the_item_and_belongs_to_the_applicant(
    hall: District, seat: Seat, who: str
) -> None:
    done = send(seat(who))
    assert done.status_code == 302, done.content.decode()[-3000:]
    case = the_case()
    assert (case.holder, case.parties["agency"], case.matter) == ("nk.scjg", "nk.scjg", FOOD)
    assert case.parties["applicant"] == f"r:{case.number}"
    with wall.open_to(wall.SYSTEM):
        assert Event.objects.get().by == hall.id(who)
        assert Contact.objects.get().name == "李某某"
    assert case.number in seat(who).get(done["Location"]).content.decode() or who == "zong"


def test_a_proxy_is_kept_apart_and_brings_a_letter(hall: District, seat: Seat) -> None:
    without = send(seat("shi"), **PROXY)
    assert without.status_code == 422 and "要交“授权委托书”" in without.content.decode()
    alone = send(seat("shi"), proxy_letter=paper())
    assert alone.status_code == 422 and "请填代理人" in alone.content.decode()
    done = send(seat("shi"), **PROXY, proxy_letter=paper())
    assert done.status_code == 302, done.content.decode()[-3000:]
    with wall.open_to(wall.SYSTEM):
        contact = Contact.objects.get()
        assert contact.name == "李某某" and contact.data["proxy"]["name"] == "王某某"
        assert "王某某" not in str(Event.objects.get().data)
        assert Document.objects.filter(kind="evidence:proxy_letter", personal=True).count() == 1


def test_nobody_is_their_own_proxy(hall: District, seat: Seat) -> None:
    same = {"proxy-kind": "organisation", "proxy-name": "示例面馆", "proxy-number": GOOD["uscc"]}
    answer = send(seat("shi"), **same, proxy_letter=paper())
    assert answer.status_code == 422 and "代理人不能就是申请人自己" in answer.content.decode()
    with wall.open_to(wall.SYSTEM):
        assert not Case.objects.exists()


def test_what_is_scanned_is_attached_in_its_order(hall: District, seat: Seat) -> None:
    names = ["3.pdf", "1.pdf", "2.pdf"]
    field = "papers"
    page = seat("shi").get(FORM).content.decode()
    assert f'name="{field}' in page
    found = next(part.split('"')[0] for part in page.split('name="')[1:] if part.startswith(field))
    done = send(seat("shi"), **{found: [paper(name) for name in names]})
    assert done.status_code == 302, done.content.decode()[-3000:]
    with wall.open_to(wall.SYSTEM):
        kept = (
            Document.objects.filter(kind__startswith="material:")
            .order_by("id")
            .values_list("name", flat=True)
        )
        assert list(kept) == names


def test_what_was_received_before_is_entered_with_its_reason_listed_and_counted(
    hall: District, seat: Seat, client: Client
) -> None:
    early = {"received_on": "2026-10-09 09:00"}  # the Friday before; it is Monday
    refused = send(seat("shi"), **early)
    assert refused.status_code == 409 and "补录说明" in refused.content.decode()
    assert send(seat("shi"), **early, late_reason="窗口停电").status_code == 302
    send(seat("shi"), request_key="k2")
    now = to_datetime(at("2026-10-12 11:00"))
    found = late.late_entries("nk.scjg", now)
    assert [(one.number[:2], one.reason, str(one.by)) for one in found] == [("XK", "窗口停电", "测试shi")]
    assert [(str(one.unit), one.late, one.n) for one in late.late_counts(now)] == [("区市场监督管理局", 1, 2)]
    assert "窗口停电" in seat("shi").get("/desk/late/").content.decode()
    assert "窗口停电" in seat("ducha").get("/desk/late/").content.decode()
    assert "窗口停电" not in seat("zong").get("/desk/late/").content.decode()
    public = client.get("/figures").content.decode()
    assert "补录的件" in public and "窗口停电" not in public and "测试shi" not in public


def test_nobody_enters_a_rating_for_somebody_else(hall: District, seat: Seat) -> None:
    general = seat("zong")  # of the office that decides appeals against ratings
    assert "行政许可" in general.get("/desk/new/").content.decode()
    assert "差评整改" not in general.get("/desk/new/").content.decode()
    assert general.get("/desk/new/ratings/what/").status_code == 404
    assert (
        general.post("/desk/new/ratings/form/", {"title": "x", "about": "x", "level": "1"}).status_code == 404
    )
    with wall.open_to(wall.SYSTEM):
        assert not Case.objects.filter(line="ratings").exists()


BUNDLE = "/desk/new/bundles/form/?matter=B03"
TOGETHER = GOOD | {"wanted": ["P003-1", "P055-1"], "contact_phone": "无"}


def test_a_clerk_files_a_bundle_for_somebody_without_a_telephone_who_sent_another(
    hall: District, seat: Seat
) -> None:
    window = seat("zong")
    assert "B03" in window.get("/desk/new/bundles/what/").content.decode()
    assert seat("gongkai").get(BUNDLE).status_code == 404
    refused = window.post(BUNDLE, TOGETHER | PROXY | {"request_key": "k2"})
    assert refused.status_code == 422 and "授权委托书" in refused.content.decode()
    files = {
        "proxy_letter": paper("letter.pdf"),
        "layout": paper("layout.pdf"),
        "food_rules": paper("rules.pdf"),
    }
    done = window.post(BUNDLE, TOGETHER | PROXY | files | {"request_key": "k3"}, follow=True)
    page = done.content.decode()
    assert done.status_code == 200, page.split('class="error-summary')[-1][:600]
    with wall.open_to(wall.SYSTEM):
        whole = Case.objects.get(line="bundles")
        parts = list(Case.objects.filter(parent=whole).order_by("matter"))
        contact = Contact.objects.get(case=whole)
        kept = set(Document.objects.filter(case=whole).values_list("kind", flat=True))
        of_parts = set(Document.objects.filter(case__in=parts).values_list("kind", flat=True))
        said = str(Event.objects.get(case=whole, seq=1).data)
    assert whole.number in page and "查询码" in page, "number and code are read out"
    assert [one.matter.rpartition(":")[2] for one in parts] == ["P003-1", "P055-1"]
    assert whole.parties["applicant"].startswith("r:"), "it belongs to the applicant, not to the clerk"
    assert contact.data["proxy"]["name"] == "王某某" and contact.phone == "无"
    assert "王某某" not in said and "E12345678" not in said
    assert "evidence:proxy_letter" in kept and not any("proxy" in one for one in of_parts)


def test_what_is_no_part_of_the_bundle_is_refused_with_its_reason(hall: District, seat: Seat) -> None:
    answer = seat("zong").post(BUNDLE, TOGETHER | {"wanted": ["P003-1", "P006-1"], "request_key": "k4"})
    assert answer.status_code in (409, 422) and Case.objects.filter(line="bundles").count() == 0
    assert "P006-1" in answer.content.decode() or "不在" in answer.content.decode()
