"""Letters with numbers and certificates: who may have them as PDF, what the page behind their code says, and when."""

from __future__ import annotations

import io
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from bihuan.cases import actions, lookup, wall
from bihuan.cases.actions.papers import follow
from bihuan.cases.certified import check_certificates
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Document
from bihuan.cases.shapes import BadInput, Opened
from bihuan.cases.tests.conftest import District
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.hall.tests.office import do, hall, issued, opened
from bihuan.papers import queries
from bihuan.papers.models import Certificate, Paper

__all__ = ["hall"]
PERSON = {
    "applicant_kind": "person",
    "uscc": "",
    "identity": "11010519491231002X",
    "contact_name": "欧阳某某",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_clock(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    set_clock("2026-03-12 09:00")
    return set_clock


def bearer(one: Opened) -> Client:
    client = Client()
    client.post("/track/", {"number": one.number, "code": lookup.code_of(one.number)})
    return client


def text_of(body: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages)


def letter(case: int, key: str) -> Paper:
    actions.write_owed(at("2026-03-12 09:00"), 500)
    return Paper.objects.get(kind="letter", case_id=case, key=key)


def certificate(one: Opened) -> Paper:
    return Paper.objects.select_related("certificate").get(kind="certificate", case_id=one.case)


def page_of(paper: Paper, client: Client | None = None) -> str:
    return (client or Client()).get(f"/verify/paper/{paper.code}").content.decode()


def test_every_written_letter_has_a_number_of_its_signer_and_a_pdf(hall: District) -> None:
    one = issued(hall, "2026-03-10")
    assert letter(one.case, "grant").number == "南市监〔2026〕3号", "receipt, acceptance, decision"
    client = bearer(one)
    assert "南市监〔2026〕3号" in client.get(f"/track/{one.number}").content.decode()
    for key in ("receipt", "accept", "grant"):
        paper = letter(one.case, key)
        answer = client.get(f"/cases/documents/{paper.document}.pdf")
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        text = text_of(answer.content)
        assert one.number in text and paper.number in text and "2026年3月10日" in text, key
        assert "2026-03-10---" not in text and "{" not in text, key
    grant = letter(one.case, "grant")
    assert (
        "行政许可法§38" in text
        and "ismeetstheconditions" not in text
        and "meetstheconditionsofthelaw" in text
    )
    kept = client.get(f"/cases/documents/{grant.document}.pdf").content
    assert sha256(kept).hexdigest() == letter(one.case, "grant").sha256


def test_a_letter_is_opened_by_its_bearer_and_by_staff_of_the_case_alone(hall: District) -> None:
    one = issued(hall, "2026-03-10")
    url = f"/cases/documents/{letter(one.case, 'grant').document}.pdf"
    receipt = f"/cases/documents/{letter(one.case, 'receipt').document}.pdf"
    assert Client().get(url).status_code == 404
    assert bearer(issued(hall, "2026-03-11")).get(url).status_code == 404
    for who, unit, status in (("jing", "nk.scjg", 200), ("cgw", "nk.cgw", 404)):
        client = Client()
        client.force_login(hall.persons[who])
        session = client.session
        session["unit"] = unit
        session.save()
        assert client.get(url).status_code == status
        assert client.get(receipt).status_code == (403 if status == 200 else 404), "it shows the look-up code"


def test_a_letter_from_before_there_were_numbers_stays_as_it_is(hall: District) -> None:
    one = issued(hall, "2026-03-10")
    with wall.open_to(wall.SYSTEM):
        old = Document.objects.create(
            case_id=one.case, event_seq=2, kind="letter:accept", name="old.md", mime="text/markdown", size=1, sha256="0",
            file="documents/00/0.md", server_at=to_datetime(at("2026-03-10 09:00")),
        )  # fmt: skip
    assert bearer(one).get(f"/cases/documents/{old.pk}.pdf").status_code == 404


def test_somebodys_own_rule_in_a_letter_does_not_cut_it(hall: District) -> None:
    one = opened("2026-03-10 08:40")
    do(hall, one.case, "ask_once", "chuang", "2026-03-10 09:00", what="布局图\n\n---\n\n设备清单\n# 标题")
    paper = letter(one.case, "ask_once")
    body = bearer(one).get(f"/cases/documents/{paper.document}.pdf").content
    first, second = ("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages)
    assert "设备清单" in first and "以后不再提出新的要求" in first
    assert "设备清单" in second and "Nothingnewwillbeaskedforlater." in second and "以后不再" not in second


def test_issuing_brings_a_certificate_into_being(hall: District, client: Client) -> None:
    one = issued(
        hall, "2026-03-10", scope="热食类食品制售", place="长虹街道某路 1 号", valid_until="2031-03-09",
        given={"contact_name": "天津示例餐饮有限公司"},
    )  # fmt: skip
    paper = certificate(one)
    serial = int(one.number.rpartition("-")[2])
    assert paper.number == f"南市监证〔2026〕{serial}号" and paper.title == "食品经营许可证"
    assert (paper.certificate.since, paper.certificate.until) == (date(2026, 3, 10), date(2031, 3, 9))
    page = page_of(paper)
    for said in (
        "食品经营许可证",
        paper.number,
        "有效",
        "天津示例餐饮有限公司",
        "区市场监督管理局",
        "2031-03-09",
    ):
        assert said in page, said
    paper.refresh_from_db()
    assert paper.sha256 in page and one.number not in page and "某路" not in page
    body = bearer(one).get(f"/cases/certificates/{paper.pk}.pdf").content
    assert sha256(body).hexdigest() == paper.sha256
    assert "热食类食品制售" in text_of(body) and "2026年3月10日至2031年3月9日" in text_of(body)
    assert Client().get(f"/cases/certificates/{paper.pk}.pdf").status_code == 404
    assert list(check_certificates()) == []


def test_a_person_is_masked_in_public_and_named_on_the_certificate_alone(
    hall: District, client: Client
) -> None:
    one = issued(hall, "2026-03-10", given=PERSON)
    paper = certificate(one)
    assert paper.certificate.holder == "欧阳**" and paper.certificate.uscc == ""
    register = client.get("/certificates").content.decode()
    assert "欧阳**" in register and "欧阳某某" not in register + page_of(paper)
    assert "欧阳**" not in client.get("/certificates?q=欧阳").content.decode()
    assert "欧阳**" in client.get(f"/certificates?q={paper.number}").content.decode()
    assert "欧阳某某" in text_of(bearer(one).get(f"/cases/certificates/{paper.pk}.pdf").content)
    staff = Client()
    staff.force_login(hall.persons["jing"])
    session = staff.session
    session["unit"] = "nk.scjg"
    session.save()
    assert staff.get(f"/cases/certificates/{paper.pk}.pdf").status_code == 403, "first a purpose"


def test_no_last_day_is_made_up(hall: District) -> None:
    one = issued(hall, "2026-03-10")
    paper = certificate(one)
    assert paper.certificate.until is None and "证上没有写最后一天" in page_of(paper)
    assert "2026年3月10日起" in text_of(bearer(one).get(f"/cases/certificates/{paper.pk}.pdf").content)


def test_nothing_is_renewed_on_a_certificate_that_is_no_longer_in_force(hall: District) -> None:
    paper = certificate(issued(hall, "2026-03-10", valid_until="2026-06-30"))
    opened("2026-06-30 16:00", "P003-3", earlier=f" {paper.number} ")
    opened(
        "2026-07-01 09:00", "P003-3", earlier="JY1 早先的证"
    )  # older than the register: nothing is known against it
    opened("2026-07-01 09:00", "P003-3", earlier=paper.number, agency="nk.wjw")  # another unit's own number
    with pytest.raises(BadInput) as bad:
        opened("2026-07-01 09:00", "P003-3", earlier=paper.number)
    ((field, why),) = bad.value.faults
    assert field == "earlier"
    assert f"{paper.number} 有效期已满（2026-07-01 起）" in why
    assert "no longer in force (Expired, from 2026-07-01)" in why.en


def test_an_expired_certificate_is_not_taken_when_a_correction_names_it(hall: District) -> None:
    paper = certificate(issued(hall, "2026-03-10", valid_until="2026-06-30"))
    one = opened("2026-07-01 09:00", "P003-3")
    do(hall, one.case, "ask_once", "chuang", "2026-07-01 10:00", what="原来的证号")
    with pytest.raises(BadInput) as bad:
        do(hall, one.case, "supplement", "chuang", "2026-07-02 09:00", earlier=paper.number)
    ((field, why),) = bad.value.faults
    assert field == "earlier" and "有效期已满" in why
    do(hall, one.case, "supplement", "chuang", "2026-07-02 09:00", text="没有证了")


def test_the_page_says_expired_from_the_day_after_the_last(hall: District, clock: Any) -> None:
    paper = certificate(issued(hall, "2026-03-10", valid_until="2026-06-30"))
    clock("2026-06-30 23:59")
    assert "有效期已满" not in page_of(paper)
    clock("2026-07-01 00:00")
    assert "有效期已满" in page_of(paper) and "2026-07-01" in page_of(paper)
    assert 'data-good="no"' in page_of(paper)


def test_revoked_the_page_of_certificate_and_decision_says_so(hall: District, client: Client) -> None:
    one = opened("2026-03-09 09:00", "P010-1")
    undertaking = ("evidence:undertaking",)
    do(hall, one.case, "undertake", "zhu", "2026-03-09 10:00", *undertaking)
    do(
        hall, one.case, "issue_watched", "chuang", "2026-03-10 10:00", "evidence:delivery",
        delivered_on="2026-03-10 09:30",
    )  # fmt: skip
    paper, decision = certificate(one), letter(one.case, "grant")
    assert 'data-good="yes"' in page_of(paper) and 'data-good="yes"' in page_of(decision)
    do(hall, one.case, "revoke", "zhu", "2026-03-11 10:00", "evidence:check", reason="没有消毒设施")
    for ended in (paper, decision):
        assert 'data-good="no"' in page_of(ended) and "已撤销" in page_of(ended), ended.title
    assert "已撤销 2026-03-11" in client.get("/certificates").content.decode()
    assert list(check_certificates()) == []


def test_a_renewal_replaces_the_certificate_it_names_of_the_same_holder_alone(hall: District) -> None:
    mine = certificate(issued(hall, "2026-03-09", licence_number="JY11201040000001"))
    theirs = certificate(
        issued(hall, "2026-03-09", licence_number="JY11201040000002", given={"uscc": invent_uscc(9)})
    )
    wrong = issued(hall, "2026-03-10", "P003-3", replaces="JY11201040000002", licence_number="JY3")
    assert 'data-good="yes"' in page_of(theirs), "of somebody else: it stands"
    client = bearer(wrong)
    assert "原证编号在登记里没有对上" in client.get(f"/track/{wrong.number}").content.decode()
    right = issued(hall, "2026-03-11", "P003-3", replaces="JY11201040000001", licence_number="JY4")
    assert "已由新证替换" in page_of(mine) and 'data-good="yes"' in page_of(certificate(right))
    assert "没有对上" not in bearer(right).get(f"/track/{right.number}").content.decode()
    assert list(check_certificates()) == []


def test_a_person_renews_under_the_same_number_and_not_somebody_elses(hall: District) -> None:
    other = PERSON | {"identity": "440524188001010014"}
    mine = certificate(issued(hall, "2026-03-09", licence_number="JY21", given=PERSON))
    certificate(issued(hall, "2026-03-10", "P003-3", licence_number="JY21", given=other))
    assert 'data-good="yes"' in page_of(mine)
    certificate(issued(hall, "2026-03-11", "P003-3", licence_number="JY21", given=PERSON))
    assert "已由新证替换" in page_of(mine)


def test_what_is_missing_is_found_and_issued_once(hall: District, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(actions, "follow", lambda *_: None)
        one = issued(hall, "2026-03-10")
    assert [str(found) for found in check_certificates()] == [
        f"{one.number}: certificate of event 5: stored None, computed 'issued'"
    ]
    assert actions.issue_missing() == 1 and actions.issue_missing() == 0
    assert list(check_certificates()) == [] and certificate(one).title == "食品经营许可证"
    assert follow is not None and Certificate.objects.count() == 1


def test_the_register_is_paged_and_searched(hall: District, client: Client) -> None:
    for number in range(4):
        issued(hall, "2026-03-10", given={"contact_name": f"天津示例{number}号公司"})
    first, more = queries.register(date(2026, 3, 12), limit=3)
    assert [one.holder for one in first] == [f"天津示例{number}号公司" for number in (3, 2, 1)] and more
    rest, end = queries.register(date(2026, 3, 12), before=more, limit=3)
    assert [one.holder for one in rest] == ["天津示例0号公司"] and end == 0
    page = client.get("/certificates?q=示例2号").content.decode()
    assert "天津示例2号公司" in page and "天津示例1号公司" not in page
    assert "没有找到" in client.get("/certificates?q=没有这家").content.decode()
    assert client.get("/certificates?before=x").status_code == 200


@pytest.mark.parametrize("window", [5000, 0])
def test_a_certificate_is_found_by_parts_among_the_newest_and_by_the_index(
    hall: District, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr(queries, "WINDOW", window)
    for number in range(3):
        given = {"contact_name": f"天津示例{number}号100%Cafe"}
        issued(hall, "2026-03-10", licence_number=f"JY12{number}-甲", given=given)

    def found(text: str, before: int = 0) -> list[str]:
        return [one.number for one in queries.register(date(2026, 3, 12), text, before)[0]]

    assert found("Y121") == ["JY121-甲"] and found("号100%c") == ["JY122-甲", "JY121-甲", "JY120-甲"]
    assert found("甲") == ["JY122-甲", "JY121-甲", "JY120-甲"] and found("示例2号") == ["JY122-甲"]
    assert (
        found("示例1号100%CAFE") == ["JY121-甲"]
        and found("2-甲") == ["JY122-甲"]
        and found("例1") == ["JY121-甲"]
    )
    assert found("1号1") == ["JY121-甲"] and found("10%0") == [], "the whole, not its parts"
    assert found("0_%") == [] and found("没有") == [] and found("津例") == []
    last = Certificate.objects.order_by("pk")[1].paper_id
    assert found("示例", before=last) == ["JY120-甲"]


def test_the_register_asks_the_same_whatever_its_length(
    hall: District, client: Client, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for turn in range(2):
        for number in range(2):
            issued(hall, "2026-03-10", given={"contact_name": f"天津示例{turn}{number}公司"})
        for path in ("/certificates", "/certificates?q=示例", "/certificates?q=没有这家"):
            with django_assert_max_num_queries(3):
                assert client.get(path).status_code == 200


def test_an_unknown_code_says_not_to_trust_the_paper(hall: District, client: Client) -> None:
    answer = client.get("/verify/paper/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status_code == 404 and "不要相信那张纸" in answer.content.decode()


def test_a_letter_is_addressed_and_a_persons_name_needs_a_purpose(hall: District) -> None:
    company, person = opened("2026-03-09 09:00"), opened("2026-03-09 09:00", **PERSON)
    for one in (company, person):
        do(hall, one.case, "accept", "chuang", "2026-03-09 10:00")
    clerk = Client()
    clerk.force_login(hall.persons["chuang"])
    session = clerk.session
    session["unit"] = "nk.scjg"
    session.save()
    theirs = {one.case: letter(one.case, "accept") for one in (company, person)}
    answer = clerk.get(f"/cases/documents/{theirs[company.case].document}.pdf")
    assert answer.status_code == 200 and "李某某：" in text_of(answer.content)
    shut = clerk.get(f"/cases/documents/{theirs[person.case].document}.pdf")
    assert shut.status_code == 403 and "先在办件页写明用途" in shut.content.decode()
    own = bearer(person).get(f"/cases/documents/{theirs[person.case].document}.pdf")
    text = text_of(own.content)
    assert "欧阳某某：" in text and "To:欧阳某某" in text and "未接电子印章：本件没有盖章" in text


def test_limits_and_choices_stand_in_a_letter_as_people_write_them(hall: District) -> None:
    one = opened("2026-03-09 09:00")
    do(hall, one.case, "accept", "chuang", "2026-03-09 10:00")
    do(
        hall, one.case, "start_special", "jing", "2026-03-10 10:00", "evidence:special_ground", kind_of_special="testing",
        limit="5 working days",
    )  # fmt: skip
    answer = bearer(one).get(f"/cases/documents/{letter(one.case, 'special').document}.pdf")
    text = text_of(answer.content)
    assert "依法需要：检测。所需时间5个工作日" in text and "Testing.Ittakes5workingdays" in text


def test_what_is_attached_is_listed(hall: District) -> None:
    one = opened("2026-03-09 09:00", "P010-1")
    do(hall, one.case, "undertake", "zhu", "2026-03-09 10:00", "evidence:undertaking")
    do(
        hall, one.case, "issue_watched", "chuang", "2026-03-10 10:00", "evidence:delivery", delivered_on="2026-03-10 09:30",
        delivered_by="hand",
    )  # fmt: skip
    do(
        hall, one.case, "order_rectify", "jing", "2026-03-11 10:00", "evidence:check", reason="没有消毒记录", limit="5 days",
        on_site="yes", second_checker="同事",
    )  # fmt: skip
    text = text_of(
        bearer(one).get(f"/cases/documents/{letter(one.case, 'order_rectify').document}.pdf").content
    )
    assert "附件：核查记录" in text and "Attachments:recordofthecheck" in text and "请在5天内改正" in text
