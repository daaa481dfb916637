"""A form laid aside: found again elsewhere with its files, never overwritten in silence, sealed, and gone in time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Document
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.hall.tests.conftest import hidden
from bihuan.hall.tests.office import GOOD, hall
from bihuan.hall.tests.test_permits import APPLY, case_now, papers, pdf, send
from bihuan.residents import actions
from bihuan.residents.models import Draft, DraftFile

__all__ = ["hall"]


def drafts() -> list[Draft]:
    with wall.open_to(wall.SYSTEM):
        return list(Draft.objects.order_by("pk"))


def number_and_code(page: str) -> dict[str, str]:
    found = hidden(page)
    return {"number": found["draft"], "code": found["draft_code"]}


def stored() -> set[str]:
    """Where the files of drafts lie."""
    with wall.open_to(wall.SYSTEM):
        return set(DraftFile.objects.values_list("file", flat=True))


def test_on_another_device_number_and_code_bring_back_everything(
    hall: District, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = send(client, files=False, save="1", **{"papers.m1": pdf("布局图")}).content.decode()
    assert "存下了" in page and "布局图.pdf" in page
    elsewhere = Client()
    there = elsewhere.post(
        "/hall/drafts", number_and_code(page) | {"code": number_and_code(page)["code"].lower()}
    )
    assert there["Location"] == APPLY
    again = elsewhere.get(APPLY).content.decode()
    assert 'value="李某某"' in again and "布局图.pdf" in again
    left = {key: file for key, file in papers().items() if key != "papers.m1"}
    (where,) = stored()
    with django_capture_on_commit_callbacks(execute=True):
        assert elsewhere.post(APPLY, GOOD | hidden(again) | left).status_code == 302
    with wall.open_to(wall.SYSTEM):
        kinds = set(Document.objects.exclude(kind__startswith="letter").values_list("kind", flat=True))
    assert kinds == {f"material:{key}" for key in papers()}
    assert drafts() == [] and not default_storage.exists(where), "filed, nothing is left behind"


def test_a_wrong_code_opens_nothing_and_guessing_ends(hall: District, client: Client) -> None:
    given = number_and_code(send(client, save="1").content.decode())
    stranger = Client()
    for n in range(10):
        page = stranger.post("/hall/drafts", given | {"code": f"AAAAAAA{n}"})
        assert page.status_code == 422 and "对不上" in page.content.decode()
    assert "次数过多" in stranger.post("/hall/drafts", given).content.decode()
    assert 'value="李某某"' not in stranger.get(APPLY).content.decode()


def test_a_form_sent_with_a_wrong_code_does_not_open_the_draft_of_another(
    hall: District, client: Client
) -> None:
    theirs = hidden(send(client, save="1").content.decode())
    stranger = Client()
    page = stranger.post(
        APPLY, {"save": "1", "subject": "x"} | theirs | {"draft_code": "AAAAAAAA"}
    ).content.decode()
    assert "李某某" not in page and hidden(page)["draft"] != theirs["draft"]


def test_the_session_ends_in_the_middle_and_nothing_is_lost(hall: District, client: Client) -> None:
    page = send(client, files=False, save="1", **{"papers.m1": pdf()}).content.decode()
    client.cookies.clear()
    rest = {key: file for key, file in papers().items() if key != "papers.m1"}
    assert client.post(APPLY, GOOD | hidden(page) | rest).status_code == 302, "the form carries its own key"
    assert case_now().line == "permits"


def test_two_tabs_do_not_overwrite_each_other_in_silence(hall: District, client: Client) -> None:
    first = hidden(send(client, save="1").content.decode())
    one = client.post(APPLY, GOOD | first | {"save": "1", "subject": "第一个窗口"})
    assert one.status_code == 200
    two = client.post(APPLY, GOOD | first | {"save": "1", "subject": "第二个窗口"})
    page = two.content.decode()
    assert two.status_code == 422 and "又存过" in page and "为什么事申请" in page
    assert 'value="第二个窗口"' in page, "what was written here is on the page"
    assert "联系电话" not in page.split("又存过")[1].split("</li>")[0], "only what differs is named"
    assert 'value="第一个窗口"' in tab_of(client).get(APPLY).content.decode(), "and the other is still kept"
    sent = client.post(APPLY, GOOD | papers() | first | {"subject": "第二个窗口"})
    assert sent.status_code == 409 and not cases(), "nor is the form filed over it"
    over = client.post(APPLY, GOOD | hidden(page) | {"save": "1", "subject": "第二个窗口"})
    assert over.status_code == 200 and 'value="第二个窗口"' in client.get(APPLY).content.decode()


def tab_of(client: Client) -> Client:
    """The same browser, another tab."""
    other = Client()
    other.cookies = client.cookies
    return other


def cases() -> int:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.count()


def test_a_tab_opened_before_the_first_saving_is_told_too(hall: District, client: Client) -> None:
    send(client, save="1")
    page = client.post(
        APPLY, GOOD | {"request_key": "old", "save": "1", "contact_name": "王某"}
    ).content.decode()
    assert "又存过" in page and len(drafts()) == 1


def test_after_a_fault_the_good_files_need_not_be_chosen_again(hall: District, client: Client) -> None:
    bad = SimpleUploadedFile("b.pdf", b"MZ program")
    good, second = list(papers())[:2]
    response = send(client, files=False, **{good: pdf("好的"), second: bad})
    page = response.content.decode()
    assert response.status_code == 422 and "好的.pdf" in page and f'href="#f-{second}"' in page
    assert "是程序" in page and "还没有交" in page
    found = re.search(r'name="drop" value="(\d+)"', page)
    assert found
    page = client.post(APPLY, GOOD | hidden(page) | {"drop": found[1]}).content.decode()
    assert "好的.pdf" not in page and 'value="李某某"' in page


def test_every_paper_of_the_item_has_its_own_field(hall: District, client: Client) -> None:
    page = client.get(APPLY).content.decode()
    assert all(f'name="{key}"' in page for key in papers()) and "申请人自备" in page
    response = send(client, files=False, contact_phone="")
    assert 'href="#f-contact_phone"' in response.content.decode(), "answers and papers are told at once"
    assert response.status_code == 422 and response.content.decode().count('href="#f-papers.') == len(
        papers()
    )
    send(client)
    number = case_now().number
    track = client.get(f"/track/{number}").content.decode()
    assert "食品经营许可申请书" in track, "each is called what the catalogue calls it"


def test_what_is_kept_is_sealed_and_the_wall_stands_before_it(hall: District, client: Client) -> None:
    send(client, save="1", files=False, **{"papers.m1": pdf("示例")})
    (draft,) = drafts()
    assert "李某某".encode() not in bytes(draft.said) and b"13900001234" not in bytes(draft.said)
    with wall.open_to(wall.SYSTEM):
        file = DraftFile.objects.get()
    with default_storage.open(file.file) as stored:
        assert b"%PDF" not in stored.read()
    assert "示例".encode() not in bytes(file.name)
    assert Draft.objects.count() == 0 == DraftFile.objects.count()


def test_after_thirty_days_it_is_gone(
    hall: District, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    send(client, save="1", files=False, **{"papers.m1": pdf()})
    (draft,) = drafts()
    assert actions.sweep_drafts(draft.until - timedelta(seconds=1)) == 0
    (where,) = stored()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep_drafts(draft.until) == 1
    assert drafts() == [] and not default_storage.exists(where)


def test_an_expired_draft_begins_anew_with_what_the_form_carries(
    hall: District, client: Client, monkeypatch: Any
) -> None:
    page = send(client, save="1").content.decode()
    later = to_datetime(at("2027-03-01 09:00"))
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: later)
    again = client.post(APPLY, GOOD | hidden(page) | {"save": "1"}).content.decode()
    assert "存下了" in again and hidden(again)["draft"] != hidden(page)["draft"]


def test_the_form_for_information_is_kept_as_well(district: District, client: Client) -> None:
    page = client.get("/hall/apply").content.decode()
    page = client.post("/hall/apply", hidden(page) | {"wanted": "大修计划", "save": "1"}).content.decode()
    other = Client()
    assert other.post("/hall/drafts", number_and_code(page))["Location"] == "/hall/apply"
    assert 'value="大修计划"' in other.get("/hall/apply").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_parts_say_what_is_left(hall: District, client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(APPLY).content.decode()
    assert page.count('class="form-part"') == 5 and 'href="#part-5"' in page
    purpose = {"zh-hans": "只用于现场核查", "en": "the check on site"}[language]
    basis = {"zh-hans": "行政许可法 §34", "en": '<span lang="zh-Hans">行政许可法</span> §34'}[language]
    assert purpose in page and basis in page
