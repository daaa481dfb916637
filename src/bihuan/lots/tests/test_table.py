"""Lists of offices: parking and housing run from a table on the same pages as school; every bad row is named."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases.shapes import BadInput, Refused
from bihuan.draws.tests.ceremony import when
from bihuan.lots import actions, queries
from bihuan.lots.table import COLUMNS, read_table
from bihuan.lots.tests.conftest import School
from bihuan.lots.tests.test_pages import clock, text

__all__ = ["clock"]
LISTED, LATER = when("2026-10-11 09:00"), when("2026-10-13 09:00")
ROUNDS = {
    "parking": {"title": "示例路停车场（虚构）", "title_en": "Example Road car park (invented)", "groups": ["持残疾人停车证（例）"]},
    "housing": {"title": "示例苑（虚构）", "title_en": "Example Court (invented)", "groups": ["按公告优先（例）"]},
}  # fmt: skip


def book(*rows: list[str]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        for n, row in enumerate([[names[0] for names in COLUMNS.values()], *rows]):
            sheet.write_row(n, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("purpose", ROUNDS)
def test_a_round_from_its_rule_to_the_number_on_the_receipt(
    school: School, clock: object, client: Client, purpose: str
) -> None:
    """The same page for both: group first, twice registered out, two on one lot, drawn, looked up, given back."""
    one = school.publish(purpose=purpose, cut=None, seats=3, **ROUNDS[purpose])
    group = ROUNDS[purpose]["groups"][0]
    table = book(
        ["A1", "", "", group, "", "", ""], ["A2", "", "", "", "", "", ""], ["A3", "A2", "", "", "", "", ""],
        ["A4", "", "A5", "", "", "", ""], ["A5", "", "", "", "", "", ""], ["A6", "", "", "", "", "", "是"], ["A7", "", "", "", "", "", ""],
    )  # fmt: skip
    found = actions.take_in(one.code, **school.who("jingban"), at=LISTED, table=table, name="名单.xlsx")
    assert dict(found.direct) == {"A1": "group"} and dict(found.out) == {"A3": "double", "A6": "unfit"}
    assert [lot.numbers for lot in found.lots] == [("A2",), ("A4", "A5"), ("A7",)] and found.needs_draw
    page = text(client, f"/lots/{one.code}")
    assert group in page and "多胞胎</dt>" not in page and "兄姐" not in page and "/hall/lots/" not in page
    school.draw_lots(one)
    actions.settle(one.code, **school.who("jingban"), at=LATER)
    now = queries.stand(one.code, LATER).standing
    assert now is not None and now.taken <= 2
    has = now.placed[0].id
    page = text(client, f"/lots/{one.code}/check?number={has.lower()}")
    assert "有名额" in page and "自己重算这次抽签" in page
    assert "只留最早的一次" in text(client, f"/lots/{one.code}/check?number=A3")
    client.cookies["django_language"] = "en"
    assert "You have a place" in text(client, f"/lots/{one.code}/check?number={has}")
    actions.leave(one.code, has, **school.who("jingban"), at=LATER)
    after = queries.stand(one.code, LATER)
    assert (place := queries.place_of(after, has)) is not None and place.how == "gone"


@pytest.mark.parametrize(
    ("row", "because"),
    [
        (["", "", "", "", "", "", ""], "没有人"),
        (["坏", "", "", "", "", "", ""], "1 到 22 个可见 ASCII"),
        (["P1", "P9", "", "", "", "", ""], "不在表里"),
        (["P1", "P1", "", "", "", "", ""], "绕回了自己"),
        (["P1", "", "p1", "", "", "", ""], "“同签的编号”是自己"),
        (["P1", "", "", "领导交办", "", "", ""], "没有“领导交办”这种优先安排"),
        (["P1", "", "", "", "", "也许", ""], "“住址用过”只能是“是”“否”或者空"),
    ],
)
def test_a_bad_row_is_named_with_line_and_reason(row: list[str], because: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_table("x.xlsx", book(row), ["优先（例）"])
    ((field, say),) = bad.value.faults
    assert field == "table" and because in say and ("第 2 行" in say or not row[0])


def test_whoever_registers_again_and_again_has_the_first_number_only() -> None:
    """Also where the later number sorts before the first, and where each names the one before it."""
    rows = read_table("x.csv", "编号,同一人先登记的编号\nP9,\nP2,p9\nP3,P2\n".encode(), [])
    assert {row.number: row.same for row in rows} == {"P9": "P9", "P2": "P9", "P3": "P9"}
    from bihuan.core.lots import Rule, sort_out

    assert dict(sort_out(rows, Rule(2)).out) == {"P2": "double", "P3": "double"}
    with pytest.raises(BadInput, match="绕回"):
        read_table("x.csv", "编号,同一人先登记的编号\nP1,P2\nP2,P1\n".encode(), [])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"siblings": True}, "siblings"),
        ({"groups": ["x" * 41]}, "groups"),
        ({"purpose": "housing", "address": True}, "address"),
    ],
)
def test_a_rule_says_only_what_its_kind_knows(school: School, changed: dict, field: str) -> None:
    with pytest.raises(BadInput) as bad:
        school.publish(**{"purpose": "parking", "cut": None, "groups": []} | changed)
    assert [key for key, _ in bad.value.faults] == [field]
    with pytest.raises(BadInput, match="没有这一条"):
        school.publish(purpose="parking", groups=[])  # a day of birth is asked for school alone
    with pytest.raises(BadInput, match="没有这一条"):
        school.publish(groups=["领导交办"])


def test_a_list_is_sent_as_a_file_and_only_by_the_office(
    school: School, clock: object, client: Client
) -> None:
    client.force_login(school.persons["jingban"])
    rule = {"purpose": "parking", "title": "示例路停车场（虚构）", "year": "2026", "seats": "1", "last": "next", "source": "示例公告（虚构）", "own_groups": "优先（例）、另一种（例）"}  # fmt: skip
    refused = client.post("/desk/lots/", rule | {"siblings": "yes"})
    assert refused.status_code == 422 and "没有这一条" in refused.content.decode()
    address = client.post("/desk/lots/", rule)["Location"]
    assert queries.round_of("parking-2026-1").groups == ["优先（例）", "另一种（例）"]
    assert "不写姓名" in text(client, address)
    sent = SimpleUploadedFile(
        "名单.xlsx", book(["P1", "", "", "", "", "", ""], ["P2", "", "", "", "", "", ""])
    )
    assert client.post(address, {"do": "list", "file": sent}).status_code == 302
    assert [row.number for row in queries.entries(queries.round_of("parking-2026-1")) or ()] == ["P1", "P2"]
    with pytest.raises(Refused, match="主管部门"):
        actions.take_in("parking-2026-1", **school.who("faqi"), at=LATER, table=book(["P1"]))
