"""An undertaking (告知承诺) in the hall: told, chosen, signed; who may not; what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District, upload
from bihuan.cases.undertaken import what_became
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.hall.tests.conftest import hidden
from bihuan.hall.tests.office import GOOD, do, hall, opened
from bihuan.subjects.actions import record_subjects

__all__ = ["hall"]
APPLY = "/hall/items/P010-1/apply"
PERSON = {"applicant_kind": "person", "uscc": "", "identity": "11010519491231002X"}
SIGNED = ("evidence:undertaking",)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-03-12 09:00")))


def promised(when: str, **more: Any) -> Any:
    data = GOOD | {"agency": "nk.scjg", "way": "undertaking"} | more
    files = [upload("undertaking")]
    return actions.open_case("permits", "P010-1", by=None, unit="", at=at(when), data=data, files=files)


def issued_on_one(hall: District, **more: Any) -> Any:
    one = promised("2026-03-02 08:40", **more)
    do(hall, one.case, "take_promise", "chuang", "2026-03-02 09:00")
    do(hall, one.case, "undertake", "zhu", "2026-03-02 10:00")
    do(
        hall, one.case, "issue_watched", "chuang", "2026-03-02 14:30", "evidence:delivery", delivered_on="2026-03-02 14:20"
    )  # fmt: skip
    return one


def pdf(name: str) -> SimpleUploadedFile:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(f"{name}.pdf", body)


def test_the_form_explains_two_ways_and_asks_which(hall: District, client: Client) -> None:
    page = client.get(APPLY).content.decode()
    assert "两种办法，由你选" in page and "健康合格证明" in page and "信用修复以前不再适用告知承诺" in page
    assert 'name="way"' in page and 'href="/hall/items/P010-1/undertaking"' in page
    plain = client.get("/hall/items/P003-1/apply").content.decode()
    assert 'name="way"' not in plain and "两种办法" not in plain


def test_what_is_undertaken_is_not_asked_for_and_the_signature_is(hall: District, client: Client) -> None:
    papers = {f"papers.{key}": pdf(key) for key in ("m1", "m4", "m6")}
    form = GOOD | hidden(client.get(APPLY).content.decode())
    unsigned = client.post(APPLY, form | papers | {"way": "undertaking"})
    assert unsigned.status_code == 422
    page = unsigned.content.decode()
    assert "还没有交“签了字的承诺书”" in page and "还没有交“卫生检测或评价报告”" not in page
    ordinary = client.post(APPLY, GOOD | hidden(page) | {"way": "ordinary"}).content.decode()
    assert "还没有交“卫生检测或评价报告”" in ordinary and "签了字的承诺书”" not in ordinary.split("<form")[0]
    sent = client.post(APPLY, GOOD | hidden(ordinary) | {"way": "undertaking", "undertaking": pdf("signed")})
    assert sent.status_code == 302, sent.content.decode()[:3000]


def test_a_matter_that_is_not_on_the_list_cannot_be_undertaken(hall: District, client: Client) -> None:
    with pytest.raises(Refused, match="没有告知承诺的法律依据"):
        opened("2026-03-02 09:00", "P003-1", way="undertaking")
    assert client.get("/hall/items/P003-1/undertaking").status_code == 404


def test_granted_at_once_and_checked_later(hall: District, client: Client) -> None:
    one = issued_on_one(hall)
    do(
        hall, one.case, "kept", "jing", "2026-03-11 10:00", "evidence:check", on_site="yes", second_checker="同事"
    )  # fmt: skip
    assert what_became()["P010-1"].kept == 1
    listed = client.get("/hall/undertakings").content.decode()
    assert "公共场所卫生许可" in listed and "消防法 §15" in listed and "本区示例" in listed


@pytest.mark.parametrize("who", [{}, PERSON])
def test_whoever_broke_one_has_the_ordinary_way_until_credit_is_restored(
    hall: District, who: dict[str, str]
) -> None:
    one = issued_on_one(hall, **who)
    waiting = promised("2026-03-10 09:00", **who)  # applied before anybody knew
    do(hall, one.case, "revoke", "zhu", "2026-03-11 10:00", "evidence:check", reason="没有消毒设施")
    with pytest.raises(BadInput) as bad:
        promised("2026-03-12 09:00", **who)
    ((field, why),) = bad.value.faults
    assert field == "way" and "2026-03-11 因承诺不实被撤销过许可" in why and one.number in why.en
    with pytest.raises(Refused, match="信用修复以前"):
        do(hall, waiting.case, "take_promise", "chuang", "2026-03-12 09:00")
    opened("2026-03-12 09:00", "P010-1", way="ordinary", **who)
    other = PERSON | {"identity": "440524188001010014"} if who else {"uscc": invent_uscc(9)}
    promised("2026-03-12 09:00", **other)  # somebody else
    do(hall, one.case, "repair", "zhu", "2027-03-12 09:00", "evidence:repair", reason="修复决定")
    promised("2027-03-12 10:00", **who)
    do(hall, waiting.case, "undertake", "zhu", "2027-03-12 11:00")


def test_whoever_is_on_the_list_of_the_dishonest_has_the_ordinary_way(hall: District) -> None:
    said = {
        "code": GOOD["uscc"], "name": "示例公司", "address": "", "status": "existing", "status_on": "", "source": "演示",
        "dishonest_on": "2026-02-20", "as_of": "2026-02-28",
    }  # fmt: skip
    record_subjects({GOOD["uscc"]: said}, by="x", at=to_datetime(at("2026-03-01 09:00")))
    with pytest.raises(BadInput, match="严重违法失信名单"):
        promised("2026-03-02 09:00")
    opened("2026-03-02 09:00", "P010-1", way="ordinary")


def test_the_sheet_to_sign_says_everything(hall: District, client: Client) -> None:
    sheet = client.get("/hall/items/P010-1/undertaking").content.decode()
    for said in (
        "告知承诺书",
        "健康合格证明",
        "30 个工作日",
        "申请人签名或者盖章",
        "卫生检测或评价报告",
        "按一般程序办",
    ):
        assert said in sheet, said
    client.cookies["django_language"] = "en"
    english = client.get("/hall/items/P010-1/undertaking").content.decode()
    assert "health certificate" in english
