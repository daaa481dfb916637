"""Recording an edition of the catalogue: what is new, changed, ended and kept; and the workbook it comes from."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from bihuan.cases.edge import to_datetime
from bihuan.core.items.read import Read, read_tables
from bihuan.core.table import Unreadable
from bihuan.core.time.instant import at, day
from bihuan.items import actions, queries
from bihuan.items.book import book
from bihuan.items.models import Edition, Entry
from bihuan.items.sheet import read_workbook
from bihuan.people.queries import unit_names

LATER = to_datetime(at("2026-10-13 09:00"))
DAY = day("2026-10-13")


def taken(body: bytes, name: str = "目录.xlsx") -> Read:
    return read_tables(read_workbook(name, body), queries.around(DAY, unit_names()))


def names() -> dict[str, str]:
    return {code: zh for code, (zh, _) in unit_names().items()}


def sheet(**tables: list[list[str]]) -> bytes:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for title, rows in tables.items():
        one = made.add_worksheet(title)
        for number, row in enumerate(rows):
            one.write_row(number, 0, row)
    made.close()
    return out.getvalue()


def test_the_example_is_a_districts_catalogue(example: None) -> None:
    found = queries.catalogue()
    assert len({item.power for item in found.items.values()}) >= 70
    assert all(item.unit and found.powers[item.power].basis for item in found.items.values() if item.read)
    assert all(item.source for item in found.items.values())
    red = [code for code in found.powers if found.lapsed(code, date(2026, 10, 12))]
    assert red == ["P900"], "the one entry that stands on a repealed text, shown as an example"


def test_loading_again_never_overwrites_what_a_district_recorded(example: None) -> None:
    assert str(actions.load_items(LATER, DAY, unit_names())) == "+0 ~0 -0"
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("english", [False, True])
def test_the_workbook_comes_back_as_it_went_out(example: None, english: bool) -> None:
    read = taken(book(queries.said_now(), names(), english))
    assert not read.bad
    compared = queries.compare(read.good)
    assert (compared.fresh, compared.changed, compared.missing) == ([], [], [])
    assert compared.same == Entry.objects.count()
    assert str(actions.record_entries(read.good, by="", at=LATER, source="x")) == "+0 ~0 -0"
    assert Edition.objects.count() == 1, "nothing changed, no edition"


def test_what_changes_ends_the_old_row_and_keeps_it(example: None) -> None:
    before = queries.catalogue()
    said = queries.said_now()["items"]["P010-1"] | {"promise": "8 working days"}
    assert (
        str(actions.record_entries({"items": {"P010-1": said}}, by="7", at=LATER, source="x")) == "+0 ~1 -0"
    )
    old, new = Entry.objects.filter(table="items", code="P010-1").order_by("since")
    assert old.until == LATER and new.until is None and old.said["promise"] == "" and new.said["promise"]
    after = queries.catalogue()
    assert (
        before.items["P010-1"].promise.text == "" and after.items["P010-1"].promise.text == "8 working days"
    )


def test_what_is_not_in_the_whole_list_ends(example: None) -> None:
    laws = dict(list(queries.said_now()["laws"].items())[:3])
    partly = actions.record_entries({"laws": laws}, by="", at=LATER, source="x")
    assert str(partly) == "+0 ~0 -0"
    done = actions.record_entries({"laws": laws}, by="", at=LATER, source="x", whole=True)
    assert done.removed > 0 and set(queries.said_now()["laws"]) == set(laws)


def test_bad_rows_are_told_by_sheet_line_and_column(units: None) -> None:
    head = ["职权编码", "职权名称", "职权类型", "行使主体", "设定依据"]
    items = [
        "办理项编码",
        "所属职权",
        "事项名称",
        "业务办理项",
        "实施主体",
        "服务对象",
        "法定时限",
        "承诺时限",
    ]
    body = sheet(
        权责=[["南开区权责清单"], [], head, ["X1", "甲许可", "行政许可", "区水务局", "水法 §7"], ["X2", "乙许可", "行政许可", "某局", "水法 §7"]],
        办理项=[items, ["X1-1", "X1", "甲许可", "新办", "区水务局", "单位", "5 working days", "6 working days"]],
        说明=[["随便写的"]],
    )  # fmt: skip
    read = taken(body)
    assert [(bad.table, bad.line, bad.code) for bad in read.bad] == [
        ("powers", 5, "X2"),
        ("items", 2, "X1-1"),
    ]
    told = [actions.told(bad) for bad in read.bad]
    assert "unit: 没有单位“某局” / no unit" in told[0] and "promise: 承诺" in told[1]
    assert set(read.good["powers"]) == {"X1"}


def test_a_file_that_is_no_catalogue(units: None) -> None:
    for name, body, said in (
        ("a.csv", "甲,乙\n1,2".encode(), "没有找到能认的表"),
        ("a.xlsx", b"PK\x03\x04broken", "打不开"),
        ("a.xlsx", sheet(一=[["法律文件"], ["水法"]], 二=[["法律文件"], ["水法"]]), "同一种表"),
    ):
        with pytest.raises(Unreadable) as caught:
            taken(body, name)
        assert said in str(caught.value)


def test_the_seed_says_where_it_is_from() -> None:
    text = (Path(actions.SEED) / "README.md").read_text(encoding="utf-8")
    assert "示例" in text and "example" in text
