"""Applying for a licence and what the offices do with it: the law's silence, corrections, stops, decision, revocation."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan import lines
from bihuan.cases import actions, wall
from bihuan.cases.durations import taken
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Contact, Document
from bihuan.cases.online import asked_online
from bihuan.cases.shapes import Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at, day
from bihuan.hall.tests.conftest import hidden
from bihuan.hall.tests.office import GOOD, do, hall, opened

__all__ = ["hall"]
APPLY = "/hall/items/P003-1/apply"


def send(client: Client, files: bool = True, to: str = APPLY, **more: Any) -> Any:
    page = client.get(to).content.decode()
    return client.post(to, GOOD | hidden(page) | (papers(to.split("/")[3]) if files else {}) | more)


def pdf(name: str = "plan") -> SimpleUploadedFile:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(f"{name}.pdf", body)


def papers(item: str = "P003-1") -> dict[str, SimpleUploadedFile]:
    """A file for each paper that may not follow later."""
    return {
        one.key: pdf()
        for one in asked_online(lines.at("permits", day("2026-10-12")), item, day("2026-10-12"))
        if one.required and one.kind == "file"
    }


def case_now() -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get()


def test_an_application_goes_to_the_unit_of_the_item_with_a_receipt(hall: District, client: Client) -> None:
    assert "食品经营许可申请书" in client.get(APPLY).content.decode()
    response = send(client, papers=pdf())
    assert response.status_code == 302, response.content.decode()[:3000]
    page = client.get(response["Location"]).content.decode()
    case = case_now()
    assert case.number in page and case.number.startswith("XK") and "李某某" not in page
    assert (case.line, case.matter, case.holder, case.state) == ("permits", "P003-1", "nk.scjg", "submitted")
    with wall.open_to(wall.SYSTEM):
        assert Contact.objects.get().name == "李某某"
        assert "material:papers" in set(Document.objects.values_list("kind", flat=True))
    assert "李某某" not in str(case.data)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(hall: District, client: Client) -> None:
    wrong = GOOD["uscc"][:-1] + ("0" if GOOD["uscc"][-1] != "0" else "1")
    response = send(client, uscc=wrong, contact_phone="")
    page = response.content.decode()
    assert response.status_code == 422 and 'href="#f-uscc"' in page and 'href="#f-contact_phone"' in page
    assert 'value="示例面馆，长虹街道"' in page
    nobody = send(Client(), applicant_kind="", uscc="").content.decode()
    assert (
        'href="#f-applicant_kind"' in nobody
        and 'href="#f-uscc"' not in nobody
        and 'href="#f-identity"' not in nobody
    ), "neither code nor identity number is asked before it is known who applies"
    again = client.get(APPLY).content.decode()
    assert 'value="示例面馆，长虹街道"' in again and "接着写" in again, "what was written is there on return"


def test_a_person_gives_an_identity_number_and_no_code(hall: District, client: Client) -> None:
    person = {"applicant_kind": "person", "identity": "11010519491231002x"}
    assert "以单位名义申请的才填" in send(client, **person).content.decode()
    assert send(client, **person, uscc="").status_code == 302
    assert "11010519491231002" not in str(case_now().data)


def test_saved_for_later_it_is_found_again_in_the_same_browser_alone(hall: District, client: Client) -> None:
    page = send(client, save="1", contact_phone="").content.decode()
    assert "存下了" in page
    assert 'value="李某某"' in client.get(APPLY).content.decode()
    assert 'value="李某某"' not in Client().get(APPLY).content.decode()
    assert 'value="李某某"' not in client.get("/hall/items/P003-2/apply").content.decode()


def test_sent_twice_it_is_filed_once_and_the_draft_is_gone(hall: District, client: Client) -> None:
    first, again = (client.post(APPLY, GOOD | papers() | {"request_key": "k1"}) for _ in range(2))
    assert first["Location"] == again["Location"] and case_now()
    assert 'value="李某某"' not in client.get(APPLY).content.decode()


def test_items_that_no_line_handles_cannot_be_applied_for(hall: District, client: Client) -> None:
    for code in ("C001-1", "P003-5", "P999-1"):
        assert client.get(f"/hall/items/{code}/apply").status_code == 404


def test_silence_for_five_days_is_acceptance_written_by_the_system(hall: District) -> None:
    one = opened("2026-09-21 09:00")
    actions.tick(at("2026-09-29 23:59"), 100)
    assert case_now().state == "submitted"
    actions.tick(at("2026-09-30 00:05"), 100)
    case = case_now()
    assert case.state == "reviewing" and case.due_at is not None
    with wall.open_to(wall.SYSTEM):
        event = case.events.get(name="deem")
    assert actions.write_letters(one.case, event.seq) == 1, "the applicant is told"
    assert event.effective == to_datetime(at("2026-09-21 09:00"))
    with pytest.raises(Refused):
        do(hall, one.case, "ask_once", "chuang", "2026-09-30 09:00", what="平面图")


def test_from_receipt_to_licence(hall: District) -> None:
    one = opened("2026-03-02 09:00")
    do(hall, one.case, "ask_once", "chuang", "2026-03-03 09:00", what="设备清单")
    do(hall, one.case, "supplement", "chuang", "2026-03-04 09:00")
    do(hall, one.case, "accept", "chuang", "2026-03-04 10:00")
    with pytest.raises(Refused, match="还没有登记现场核查"):
        do(hall, one.case, "review", "jing", "2026-03-06 09:00", opinion="符合", on_site="yes")
    do(
        hall, one.case, "visit", "jing", "2026-03-06 09:30", "evidence:site_record", "evidence:site_photo",
        visited_on="2026-03-06 09:00", second_checker="经办人", found="与申请一致", verdict="meets",
    )  # fmt: skip
    do(
        hall,
        one.case,
        "review",
        "jing",
        "2026-03-06 10:00",
        opinion="符合",
        on_site="yes",
    )
    with pytest.raises(Refused, match="须由"):
        do(hall, one.case, "grant", "jing", "2026-03-09 10:00")
    do(hall, one.case, "grant", "shen", "2026-03-09 10:00")
    do(
        hall,
        one.case,
        "issue",
        "chuang",
        "2026-03-10 10:00",
        "evidence:delivery",
        delivered_on="2026-03-10 09:30",
    )
    do(hall, one.case, "archive", "chuang", "2026-03-20 10:00", archive_number="2026-1")
    case = case_now()
    assert (case.state, case.outcome, case.late) == ("issued", "granted", False)
    actions.write_owed(at("2026-03-21 09:00"))
    with wall.open_to(wall.SYSTEM):
        kinds = set(Document.objects.values_list("kind", flat=True))
    assert {"letter:ask_once", "letter:accept", "letter:grant"} <= kinds


def test_the_page_of_an_item_tells_how_long_it_took(hall: District, client: Client) -> None:
    for number in range(5):
        one = opened("2026-03-02 09:00")
        do(hall, one.case, "accept", "chuang", "2026-03-02 10:00")
        do(hall, one.case, "review", "jing", "2026-03-02 11:00", opinion="符合", on_site="no")
        do(hall, one.case, "grant", "zhu", "2026-03-03 10:00")
        done = f"2026-03-0{4 + number % 2} 10:00"
        do(hall, one.case, "issue", "chuang", done, "evidence:delivery", delivered_on=done)
    found = taken("permits", ["P003-1"], ["granted"], to_datetime(at("2026-03-10 09:00")))
    assert (found.n, found.half, found.most) == (5, 2, 3)
    assert taken("permits", ["P003-2"], ["granted"], to_datetime(at("2026-03-10 09:00"))).n == 0


def test_a_matter_without_an_extension_says_so_on_the_desk(hall: District) -> None:
    one = opened("2026-03-02 09:00", "P055-1")
    do(hall, one.case, "accept", "chuang", "2026-03-02 10:00")
    with pytest.raises(Refused, match="没有可以延长的规定"):
        do(hall, one.case, "extend", "zhu", "2026-03-03 10:00", limit="5 working days", reason="忙")
