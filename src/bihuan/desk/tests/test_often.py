"""Many requests of one applicant, and the same request again, are shown to the officer; nobody is refused by them."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan import lines
from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.often import often
from bihuan.cases.shapes import Opened, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at

LINE = lines.at("disclosure", "2026-03-02")


def asked(when: str, wanted: str, name: str = "甲某", phone: str = "19900000001") -> Opened:
    data = {"wanted": wanted, "form": "paper", "contact_name": name, "contact_phone": phone}
    return actions.open_case("disclosure", "", by=None, unit="", at=at(when), data=data)


def found(one: Opened, wanted: str, when: str) -> tuple[int, tuple[str, ...]] | None:
    it = often(one.case, LINE, wanted, to_datetime(at(when)))
    return None if it is None else (it.n, it.same)


def test_the_same_request_again_is_named_whoever_else_asks_the_same(district: District) -> None:
    first = asked("2026-03-02 10:00", "某厂 2025 年排污检测记录")
    asked("2026-03-03 10:00", "某厂 2025 年排污检测记录", name="乙某", phone="19900000002")
    asked("2026-03-03 11:00", "某厂 2025 年排污检测记录", name="乙某")  # another person of the same household
    asked("2026-03-03 12:00", "某厂 2025 年排污检测记录", phone="19900000003")  # a namesake
    again = asked("2026-03-05 10:00", "某厂2025年排污检测记录。")
    assert found(again, "某厂2025年排污检测记录。", "2026-03-05 10:00") == (2, (first.number,))
    assert found(first, "某厂 2025 年排污检测记录", "2026-03-02 10:00") is None, (
        "what came later is no earlier request"
    )


def test_many_requests_are_counted_within_the_days_of_the_parameter(district: District) -> None:
    most, days = (
        int(LINE.param(name, at("2026-03-02 09:00") // 86400).value) for name in ("often", "often_days")
    )
    asked("2025-03-02 10:00", "很久以前的一件")
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    for number in range(most - 1):
        asked(f"2026-03-02 10:{number:02}", words[number] * 6)
    last = asked("2026-03-03 10:00", "安置房分配方案")
    assert found(last, "安置房分配方案", "2026-03-03 10:00") is None and days < 365
    one_more = asked("2026-03-04 10:00", "旧楼改造预算")
    assert found(one_more, "旧楼改造预算", "2026-03-04 10:00") == (most + 1, ())


def test_a_line_that_does_not_ask_is_not_looked_at(district: District) -> None:
    assert often(1, lines.at("permits", "2026-03-02"), "…", to_datetime(at("2026-03-02 09:00"))) is None


def test_the_officer_sees_it_and_still_cannot_refuse_without_asking_for_reasons(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("2026-03-02 10:00", "某厂排污检测记录")
    again = asked("2026-03-05 10:00", "某厂排污检测记录")
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-03-05 11:00")))
    client.force_login(district.persons["gongkai"])
    page = client.get(f"/desk/{again.number}/").content.decode()
    assert "第 2 件，其中 1 件和这件内容几乎一样" in page and "条例§35" in page and "19900000001" not in page
    with pytest.raises(Refused):
        actions.act(
            again.case, "unreasonable", by=district.id("zhuren"), unit="nk.gov", at=at("2026-03-05 12:00"),
            data={"reason": "太多"},
        )  # fmt: skip
