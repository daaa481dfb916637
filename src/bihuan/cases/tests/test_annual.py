"""The yearly table: each request once, in the year of its result; what came in equals what was answered and goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from bihuan import lines
from bihuan.cases.actions import open_case
from bihuan.cases.annual import Table, annual_table
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.conftest import District, picture
from bihuan.core.time.instant import at
from bihuan.lines.annual import annual

LINE = next(iter(lines.all_lines()["disclosure"].values()))


def paper(kind: str) -> Upload:
    return Upload(kind, f"{kind.replace(':', '-')}.jpg", picture())


def ask(kind: str, when: str) -> int:
    said = {
        "wanted": "2025 年绿化经费",
        "form": "paper",
        "channel": "in_person",
        "contact_name": "示例",
        "contact_phone": "19900000000",
    }
    more = {"applicant_kind": kind} if kind else {}
    return open_case("disclosure", "", by=None, unit="", at=at(f"{when} 09:00"), data=said | more).case


def answer(district: District, case: int, way: str, day: str, **data: str) -> None:
    from bihuan.cases import actions

    def do(name: str, who: str, when: str, *files: str, **said: str) -> None:
        actions.act(
            case, name, by=district.id(who), unit=district.unit(who), at=at(f"{day} {when}"), data=said,
            files=[paper(one) for one in files],
        )  # fmt: skip

    do("confirm", "chuangkou", "09:10", channel="in_person", received_on=f"{day} 09:00")
    do("draft", "gongkai", "09:20", "evidence:secrecy_review", answer="见附件")
    do(way, "zhuren", "09:30", f"letter:{way}", **data)


@pytest.fixture
def asked(district: District) -> District:
    answer(district, ask("citizen", "2025-12-29"), "give", "2025-12-30")
    answer(
        district, ask("business", "2025-12-31"), "deny", "2026-01-05", ground="third_party", reason="商业秘密"
    )
    answer(district, ask("citizen", "2026-03-02"), "deny", "2026-03-03", ground="process", reason="讨论稿")
    answer(district, ask("", "2026-03-02"), "publication", "2026-03-03", where="区图书馆")
    ask("citizen", "2026-03-04")
    return district


def cells(table: Table, title: str) -> list[int]:
    return next(list(counts) for row, counts in table.rows if row.title == title)


def test_a_request_counts_once_in_the_year_of_its_result(asked: District) -> None:
    of = annual(LINE)
    assert of is not None
    table = annual_table(LINE, of, 2026)
    assert [str(one) for one in table.columns][:2] == ["自然人", "商业企业"] and str(
        table.columns[-1]
    ) == "未写明"
    assert list(table.fresh) == [2, 0, 0, 0, 0, 0, 1, 3]
    assert list(table.before) == [0, 1, 0, 0, 0, 0, 0, 1]
    assert cells(table, "保护第三方合法权益") == [0, 1, 0, 0, 0, 0, 0, 1]
    assert cells(table, "属于四类过程性信息") == [1, 0, 0, 0, 0, 0, 0, 1]
    assert cells(table, "要求提供公开出版物") == [0, 0, 0, 0, 0, 0, 1, 1]
    assert cells(table, "予以公开")[-1] == 0  # answered last year
    assert [a + b for a, b in zip(table.fresh, table.before, strict=True)] == [
        a + b for a, b in zip(table.answered, table.after, strict=True)
    ]
    last = annual_table(LINE, of, 2025)
    assert (last.fresh[-1], last.answered[-1], last.after[-1]) == (2, 1, 1)


def test_one_taken_up_again_goes_on(district: District) -> None:
    from bihuan.cases import actions

    case = ask("citizen", "2026-03-02")
    me, unit = district.id("gongkai"), district.unit("gongkai")
    district.do(
        case, "confirm", "chuangkou", "2026-03-02 09:10", channel="in_person", received_on="2026-03-02 09:00"
    )
    actions.act(
        case, "clarify", by=me, unit=unit, at=at("2026-03-03 09:00"), data={"what": "哪一年", "limit": "5 working days"},
        files=[paper("letter:clarify")],
    )  # fmt: skip
    actions.tick(at("2026-04-01 09:00"))
    of = annual(LINE)
    assert (
        of is not None
        and cells(annual_table(LINE, of, 2026), "申请人无正当理由逾期不补正、行政机关不再处理其申请")[-1] == 1
    )
    actions.act(
        case, "revive", by=district.id("zhuren"), unit=unit, at=at("2026-04-02 09:00"),
        data={"received_on": "2026-04-02 09:00"}, files=[paper("evidence:good_reason")],
    )  # fmt: skip
    again = annual_table(LINE, of, 2026)
    assert (again.answered[-1], again.after[-1]) == (0, 1)


def test_a_denial_from_before_the_ground_was_asked_is_not_lost(asked: District) -> None:
    of = annual(LINE)
    assert of is not None
    table = annual_table(LINE, replace(of, ground="not asked yet"), 2026)
    assert cells(table, "未写明情形")[-1] == 2 and table.answered[-1] == 3
    assert table.fresh[-1] + table.before[-1] == table.answered[-1] + table.after[-1]


def test_the_page_and_the_file_say_the_same(asked: District, client: Client) -> None:
    page = client.get("/lines/disclosure/2026")
    assert page.status_code == 200 and "2026 年收到和处理政府信息公开申请情况" in page.content.decode()
    file = client.get("/lines/disclosure/2026?as=csv").content.decode()
    assert file.startswith("\ufeff") and "不予公开,保护第三方合法权益,0,1,0,0,0,0,0,1" in file
    client.cookies["django_language"] = "en"
    english = client.get("/lines/disclosure/2026?as=csv").content.decode()
    assert "Denied,Protects a third party,0,1" in english


@pytest.mark.parametrize(
    "path",
    ["/lines/disclosure/2099", "/lines/disclosure/1999", "/lines/opinions/2026", "/lines/nothing/2026"],
)
def test_what_there_is_not(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
