"""Registers brought up to date from a table at the desk: by whom, what is shown before, which rows come back and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.table import Unreadable
from bihuan.inspections import actions, queries, registered
from bihuan.inspections.models import Business, Inspector
from bihuan.inspections.registers import read_businesses, read_inspectors
from bihuan.inspections.shapes import Entry
from bihuan.inspections.tests.bureau import BUREAU, CODES, NOW, businesses, planned
from bihuan.people.models import Person

pytestmark = pytest.mark.django_db

HEAD = ["统一社会信用代码", "对象类别", "总部", "注销在途", "名录有效至", "来源"]
TEAM = ["编号", "账号", "执法证号", "专业", "执法证有效至", "不在岗至"]
GOOD = {"kinds": ["food_service"], "head": "", "closing": False, "valid_until": None, "source": "测试"}
LIST, TEAM_PAGE = "/desk/inspections/businesses/", "/desk/inspections/people/"


def csv(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("名录.csv", "\n".join(",".join(row) for row in rows).encode())


def book(*rows: list[str]) -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return SimpleUploadedFile("名录.xlsx", out.getvalue())


def entry(district: District, name: str, iid: str, **changed: object) -> Entry:
    said = {"certificate": f"证{iid}", "specialities": ("food",), "valid_until": date(2027, 6, 30)} | changed
    return Entry(district.id(name), BUREAU, iid, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "unit"), [("jing", BUREAU), ("juzhang", BUREAU)])
def test_officer_and_head_of_a_department_with_items_record_businesses(
    bureau: District, name: str, unit: str
) -> None:
    done = actions.take_businesses({CODES[0]: GOOD}, by=bureau.id(name), unit=unit, at=NOW)
    assert (done.added, Business.objects.get().by) == (1, bureau.id(name))


@pytest.mark.parametrize(
    ("name", "unit", "because"),
    [
        ("jian1", BUREAU, "经办人或者负责人"),
        ("shen", BUREAU, "经办人或者负责人"),
        ("jing", "nk.xfzd", "经办人或者负责人"),
        ("zhuren", "nk.gov", "有抽查事项的部门"),
    ],
)
def test_nobody_else_records_businesses(bureau: District, name: str, unit: str, because: str) -> None:
    with pytest.raises(Refused, match=because):
        actions.take_businesses({CODES[0]: GOOD}, by=bureau.id(name), unit=unit, at=NOW)
    assert not Business.objects.exists()


def test_inspectors_are_taken_all_or_none(bureau: District) -> None:
    who = {"by": bureau.id("jing"), "unit": BUREAU, "at": NOW}
    before = Inspector.objects.count()
    with pytest.raises(BadInput) as bad:
        actions.take_inspectors([entry(bureau, "jian1", "SC003"), entry(bureau, "jian2", "SC005")], **who)
    assert bad.value.faults[0][0] == "2.iid" and Inspector.objects.count() == before
    done = actions.take_inspectors(
        [entry(bureau, "jian1", "SC003"), entry(bureau, "jian2", "SC004", certificate="示例000004", specialities=["food"])], **who
    )  # fmt: skip
    assert (done.added, done.changed) == (0, 1)  # the second is as it was recorded
    assert [row.certificate for row in registered.inspector_story("SC003")] == ["证SC003", "示例000003"]


@pytest.mark.parametrize(
    ("name", "unit", "because"),
    [("jian1", BUREAU, "经办人或者负责人"), ("zhuren", "nk.gov", "只登记本单位")],
)
def test_nobody_else_records_inspectors(bureau: District, name: str, unit: str, because: str) -> None:
    with pytest.raises((Refused, BadInput), match=because):
        actions.take_inspectors([entry(bureau, "jian2", "SC004")], by=bureau.id(name), unit=unit, at=NOW)


@pytest.mark.parametrize(
    ("row", "because"),
    [
        (["", "jian1", "证1", "食品安全", "2027-06-30", ""], "没有写“编号”"),
        (["SC003", "jing", "证1", "食品安全", "2027-06-30", ""], "没有执法人员岗位"),
        (["SC003", "nobody", "证1", "食品安全", "2027-06-30", ""], "没有执法人员岗位"),
        (["SC003", "jian1", "证1", "魔法", "2027-06-30", ""], "没有“魔法”这个专业"),
        (["SC003", "jian1", "证1", "食品安全", "明年", ""], "2026-03-02"),
        (["SC003", "jian1", "证1", "food、消防", "2027-06-30", "下周"], "2026-03-02"),
    ],
)
def test_a_bad_row_of_inspectors_is_named_with_its_reason(
    bureau: District, row: list[str], because: str
) -> None:
    file = csv(TEAM, row)
    good, bad = read_inspectors("x.csv", file.read(), BUREAU, registered.accounts(BUREAU, NOW.date()))
    assert not good and bad[0][0] == 2 and because in bad[0][2]


def test_what_is_no_table_is_told() -> None:
    with pytest.raises(Unreadable, match="至少要有这几列"):
        read_businesses("x.csv", "名称,地址\n甲,乙\n".encode())
    with pytest.raises(Unreadable):
        read_inspectors("x.xlsx", b"PK\x03\x04no", BUREAU, {})


@pytest.mark.parametrize("made", [csv, book])
def test_a_table_is_shown_then_recorded_and_bad_rows_come_back(
    desk: Callable[[str], Client], made: Callable[..., SimpleUploadedFile]
) -> None:
    businesses(2)
    table = made(
        HEAD,
        [CODES[0], "餐饮服务", "", "是", "", "测试"],
        [CODES[5], "food_service、food_sale", CODES[0], "", "2027-01-01", "测试"],
        ["91120104DEM95000O", "餐饮服务", "", "", "", "测试"],
        [CODES[1], "殡葬", "", "", "", "测试"],
        [CODES[1], "餐饮服务", "", "", "", "测试"],
    )
    officer, key = desk("jing"), {"request_key": "k"}
    page = officer.post(f"{LIST}load/", key | {"table": table})
    text = page.content.decode()
    assert (
        page.status_code == 200
        and "新增 1 条，更新 1 条，2 行不能收" in text
        and "没有“殡葬”这类对象" in text
    )
    assert "另有 1 条和登记的一样" in text and Business.objects.count() == 2  # nothing is done yet
    faults = officer.post(f"{LIST}load/", key | {"faults": "1"})
    assert faults["Content-Disposition"].startswith("attachment") and "殡葬" in faults.content.decode(
        "utf-8-sig"
    )
    assert officer.post(f"{LIST}load/", key | {"record": "1"}).url == LIST
    assert [b.closing for b in registered.business_story(CODES[0])] == [True, False]
    assert (
        officer.post(f"{LIST}load/", key | {"record": "1"}).status_code == 422
    )  # it was recorded, and is not kept
    story = officer.get(f"{LIST}{CODES[0]}/").content.decode()
    assert "否 → 是" in story and officer.get(f"{LIST}{CODES[9]}/").status_code == 404


def test_a_file_that_cannot_be_read_says_why_and_nothing_is_lost(desk: Callable[[str], Client]) -> None:
    officer = desk("jing")
    for sent in (
        {"table": csv(["名称", "地址"], ["甲", "乙"])},
        {"table": SimpleUploadedFile("a.xlsx", b"PK\x03\x04no")},
        {},
    ):
        page = officer.post(f"{LIST}load/", {"request_key": "k"} | sent)
        assert page.status_code == 422 and 'class="msg"' in page.content.decode()
    assert not Business.objects.exists()


def test_inspectors_from_a_table_at_the_desk(bureau: District, desk: Callable[[str], Client]) -> None:
    Person.objects.filter(username="jian4").update(is_active=True)
    table = book(
        TEAM,
        ["SC003", "jian1", "示例000003", "食品安全、市场监管综合", "2028-01-01", ""],
        ["SC004", "jian3", "证4", "食品安全", "2028-01-01", ""],
        ["SC006", "jian4", "示例000003", "食品安全", "2028-01-01", ""],
        ["SC004", "jian2", "证5", "食品安全", "2026-10-01", ""],
    )
    head = desk("juzhang")
    page = head.post(f"{TEAM_PAGE}load/", {"request_key": "k", "table": table}).content.decode()
    assert "新增 0 条，更新 1 条，3 行不能收" in page
    for because in ("这个人的编号是 SC005，不能改", "这个号已经有人用了", "执法证已于 2026-10-01 到期"):
        assert because in page, because
    assert head.post(f"{TEAM_PAGE}load/", {"request_key": "k", "record": "1"}).url == TEAM_PAGE
    assert len(registered.inspector_story("SC003")) == 2
    assert "食品安全 → " in head.get(f"{TEAM_PAGE}SC003/").content.decode()
    assert head.get(f"{TEAM_PAGE}SC999/").status_code == 404


def test_who_may_not_load_is_told_and_sees_no_form(desk: Callable[[str], Client]) -> None:
    for path in (LIST, TEAM_PAGE):
        page = desk("jian1").get(f"{path}load/")
        assert page.status_code == 403 and 'type="file"' not in page.content.decode()
        assert desk("jian1").post(f"{path}load/", {"table": csv(HEAD, [])}).status_code == 403
        assert "从表格更新" not in desk("jian1").get(path).content.decode()
        assert "从表格更新" in desk("jing").get(path).content.decode()
    assert desk("caiji").get(LIST).status_code == 403  # a collector is not of those who inspect


def test_the_registers_are_searched_and_paged(
    desk: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    businesses(5)
    client = desk("jian1")
    monkeypatch.setattr(registered, "PAGE", 2)
    first, more = registered.businesses(day=NOW.date())
    second, rest = registered.businesses(after=more, day=NOW.date())
    third, end = registered.businesses(after=rest, day=NOW.date())
    assert [one.code for one in (*first, *second, *third)] == sorted(CODES[:5]) and end == ""
    assert [one.name for one in registered.businesses("餐馆3", day=NOW.date())[0]] == ["示例餐馆3"]
    assert registered.businesses("%", day=NOW.date()) == ([], "")
    assert registered.businesses(kind="lift", day=NOW.date()) == ([], "")
    assert "后面的" in client.get(LIST).content.decode()
    assert "没有这样的检查对象" in client.get(LIST, {"q": "没有"}).content.decode()
    found, cursor = registered.inspectors()
    assert [one.iid for one in found] == ["SC003", "SC004"] and cursor == "SC004"
    assert [one.iid for one in registered.inspectors("测试jian4")[0]] == ["SC006"]


def test_whoever_takes_a_business_off_before_a_draw_leaves_it_beside_the_roster(bureau: District) -> None:
    codes = businesses(6)
    later = NOW.replace(hour=10)
    gone = {
        codes[0]: GOOD | {"kinds": ["food_sale"]}, codes[1]: GOOD | {"closing": True},
        codes[2]: GOOD | {"valid_until": date(2026, 10, 1)}, codes[3]: GOOD | {"head": codes[4]}, codes[5]: GOOD,
    }  # fmt: skip
    actions.take_businesses(gone, by=bureau.id("jing"), unit=BUREAU, at=later)
    found = queries.preview(planned(bureau), later)
    assert found.changes == {"new": 6, "kind": 1, "closing": 1, "valid_until": 1, "head": 1}
    assert registered.changes("any", later) == {"new": 6, "closing": 1, "valid_until": 1, "head": 1}
    assert registered.changes("food_service", later.replace(month=12)) == found.changes
    assert registered.changes("food_service", later.replace(year=2027)) == {}
