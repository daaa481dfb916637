"""What people send by mistake with an application, one test each: nothing is filed, the field and the reason are said,
and what was right is still there. A session that ends and two tabs are in test_drafts.py, a clerk's own in test_counter.py."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import actions, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case
from bihuan.cases.tests.conftest import District
from bihuan.cases.tests.test_bad_files import PDF, encrypted_zip, packed
from bihuan.cases.unwanted import TEST_VIRUS
from bihuan.core.time.instant import at
from bihuan.hall.tests.office import GOOD, hall, issued
from bihuan.hall.tests.test_permits import APPLY, case_now, send
from bihuan.papers.models import Paper
from bihuan.subjects.actions import record_subjects

__all__ = ["hall"]
PERSON = {"applicant_kind": "person", "uscc": ""}
CITIZEN = "11010519491231002X"
RENEW = "/hall/items/P003-3/apply"


@pytest.fixture
def refused(hall: District, client: Client) -> Any:
    """Send the form: it comes back with `said` at `field`, everything else is still there, and no case is opened."""

    def send_and_read(field: str, said: str, *, to: str = APPLY, **more: Any) -> str:
        answer = send(client, to=to, **more)
        page = answer.content.decode()
        assert answer.status_code == 422 and f'href="#f-{field}"' in page and said in page
        assert f'value="{GOOD["subject"]}"' in page and f'value="{GOOD["contact_name"]}"' in page
        with wall.open_to(wall.SYSTEM):
            assert not Case.objects.filter(state="submitted").exists()
        return page

    return send_and_read


def file(name: str, body: bytes) -> dict[str, SimpleUploadedFile]:
    """For the first paper of a food licence."""
    return {"papers.m1": SimpleUploadedFile(name, body)}


def test_an_oversized_file(refused: Any) -> None:
    page = refused("papers.m1", "不得超过 10 MB", **file("布局图.pdf", PDF + bytes(10 * 1024 * 1024)))
    assert "布局图.pdf" in page


def test_an_encrypted_pdf(refused: Any) -> None:
    locked = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R")
    refused("papers.m1", "加了密的 PDF", **file("a.pdf", locked))


def test_an_encrypted_archive(refused: Any) -> None:
    refused("papers.m1", "加了密的压缩包", **file("a.zip", encrypted_zip()))


def test_a_file_of_no_bytes(refused: Any) -> None:
    refused("papers.m1", "是空的(0 字节)", **file("a.pdf", b""))


def test_a_program_that_is_called_a_pdf(refused: Any) -> None:
    refused("papers.m1", "是程序", **file("a.pdf", b"MZ" + bytes(100)))


def test_a_text_that_is_called_a_picture(refused: Any) -> None:
    refused("papers.m1", "不是照片", **file("a.jpg", b"plain text"))


def test_the_test_virus_bare_and_packed(refused: Any) -> None:
    refused("papers.m1", "病毒特征", **file("a.pdf", PDF + TEST_VIRUS))
    refused("papers.m1", "病毒特征", **file("a.zip", packed(a=TEST_VIRUS)))


def test_an_identity_number_with_a_lower_case_x_is_taken(hall: District, client: Client) -> None:
    assert send(client, **PERSON, identity=CITIZEN.lower()).status_code == 302
    assert case_now().state == "submitted"


def test_an_identity_number_with_a_wrong_check_digit(refused: Any) -> None:
    page = refused("identity", "校验", **PERSON, identity=CITIZEN[:-1] + "1")
    assert f'value="{CITIZEN[:-1]}1"' in page, "it is there to be corrected"


def test_a_company_that_was_cancelled(refused: Any) -> None:
    said = {
        "code": GOOD["uscc"], "name": "示例公司", "address": "", "status": "cancelled", "status_on": "2026-05-06",
        "source": "演示", "as_of": "2026-09-30",
    }  # fmt: skip
    record_subjects({GOOD["uscc"]: said}, by="x", at=to_datetime(at("2026-10-01 09:00")))
    page = refused("uscc", "2026-05-06")
    assert "注销" in page


def test_a_certificate_that_expired(hall: District, refused: Any) -> None:
    issued(hall, "2026-03-10", valid_until="2026-06-30")
    paper = Paper.objects.get(kind="certificate")
    refused("earlier", "有效期已满（2026-07-01 起）", to=RENEW, earlier=paper.number)


@pytest.mark.parametrize("number", [CITIZEN, CITIZEN.lower()])
def test_the_applicant_as_their_own_proxy(refused: Any, number: str) -> None:
    proxy = {"proxy-kind": "person", "proxy-name": "李某某", "proxy-number": number}
    letter = SimpleUploadedFile("letter.pdf", PDF)
    refused("proxy", "是同一个人：自己办就不用填", **PERSON, identity=CITIZEN, **proxy, proxy_letter=letter)


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (
            "2026-10-09 23:59:59",
            "2026-10-15",
        ),  # Friday: the Saturday that is worked is the first of five days
        ("2026-10-10 00:00:00", "2026-10-16"),  # a second later: the day itself does not count
    ],
)
def test_sent_a_second_before_a_saturday_that_is_worked(
    hall: District, client: Client, monkeypatch: pytest.MonkeyPatch, sent: str, last: str
) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(sent)))
    assert send(client).status_code == 302
    actions.tick(at(f"{last} 24:00") - 1, 100)
    assert case_now().state == "submitted", "the fifth day is not over"
    actions.tick(at(f"{last} 24:00") + 1, 100)
    assert case_now().state == "reviewing", "accepted by silence"
