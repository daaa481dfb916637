"""The register of components: every format read, every bad row with its reason, and every state that was."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.core.place.component import Component, read_row
from bihuan.core.place.datum import wgs_to_gcj
from bihuan.core.place.grid import Tiling
from bihuan.core.table import Unreadable
from bihuan.places import actions, queries
from bihuan.places.register import Sheet, kinds_on, read_file

AREA = {
    "type": "Polygon",
    "coordinates": [[[117.1, 39.1], [117.2, 39.1], [117.2, 39.2], [117.1, 39.2], [117.1, 39.1]]],
}
CELL = "120104001001001"
TILING = Tiling.of([(CELL, AREA)])
KINDS = frozenset({"01001", "03005"})
UNITS = {"区城市管理委员会": "nk.cgw"}
GOOD = {"code": "12010403005000001", "name": "果皮箱", "lon": "117.15", "lat": "39.15", "maintainer": "区城市管理委员会",
        "owner": "某物业公司", "state": "破损", "accuracy": "b", "built": "20260701"}  # fmt: skip
THEN, LATER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)


def row(**change: str) -> tuple[Component | None, list[tuple[str, object]]]:
    return read_row(GOOD | change, KINDS, UNITS, TILING.locate)


def test_a_row_is_read_with_its_three_units_and_its_cell() -> None:
    found, faults = row()
    assert not faults and found is not None
    assert (found.kind, found.cell, found.state, found.accuracy, found.built) == (
        "03005",
        CELL,
        "broken",
        "B",
        date(2026, 7, 1),
    )
    assert (found.supervisor, found.owner, found.maintainer) == ("", "某物业公司", "nk.cgw")


def test_another_datum_is_turned_not_mixed_in() -> None:
    lon, lat = wgs_to_gcj(117.15, 39.15)
    found, _ = row(lon=str(lon), lat=str(lat), datum="GCJ-02")
    assert found is not None and abs(found.lon - 117.15) < 1e-6 and abs(found.lat - 39.15) < 1e-6


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"code": ""}, "code", "没有写标识码"),
        ({"code": "1201040300500001"}, "code", "16 位"),
        ({"code": "12010403006000001"}, "code", "不在管理部件目录里"),
        ({"code": "12010403005000000"}, "code", "000001"),
        ({"name": " "}, "name", "没有写名称"),
        ({"name": "长" * 121}, "name", "121 个字"),
        ({"name": "果皮\x07箱"}, "name", "控制字符"),
        ({"lon": "东经117度"}, "lon", "不是数字"),
        ({"lat": ""}, "lat", "没有写坐标"),
        ({"lon": "39.15", "lat": "117.15"}, "lon", "写反了"),
        ({"lon": "116.1"}, "lon", "不在任何网格"),
        ({"datum": "北京54"}, "datum", "不认识坐标系"),
        ({"cell": "120104001001009"}, "cell", "点在网格"),
        ({"state": "很好"}, "state", "没有“很好”"),
        ({"accuracy": "D"}, "accuracy", "没有“D”"),
        ({"built": "去年"}, "built", "不是日期"),
        ({"built": "20260231"}, "built", "不是日期"),
    ],
)
def test_a_bad_row_names_its_column_and_the_reason(change: dict[str, str], column: str, said: str) -> None:
    found, faults = row(**change)
    assert found is None
    assert any(key == column and said in str(say) for key, say in faults), faults


def test_all_faults_of_a_row_are_said_at_once() -> None:
    _, faults = row(code="1", name="", lon="x", state="?")
    assert {key for key, _ in faults} == {"code", "name", "lon", "state"}


HEAD = ["标识码", "部件名称", "经度", "纬度", "养护单位", "状态"]
BODY = [["12010403005000001", "果皮箱", "117.15", "39.15", "区城市管理委员会", "完好"],
        ["12010401001000002", "供水井盖", "117.16", "39.16", "", ""]]  # fmt: skip


def as_csv(encoding: str) -> bytes:
    return "\r\n".join(",".join(cells) for cells in [["南开区部件普查表"], [], HEAD, *BODY]).encode(encoding)


def as_book() -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "南开区部件普查表")
    for r, cells in enumerate([HEAD, *BODY], 2):
        for c, text in enumerate(cells):
            if c in (2, 3) and r > 2:
                sheet.write_number(r, c, float(text))
            else:
                sheet.write_string(r, c, text)
    book.close()
    return out.getvalue()


def as_points() -> bytes:
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [float(cells[2]), float(cells[3])]},
         "properties": {"code": cells[0], "name": cells[1], "养护单位": cells[4] or None}}
        for cells in BODY
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def read(name: str, body: bytes) -> Sheet:
    return read_file(name, body, KINDS, UNITS, TILING)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.csv", lambda: as_csv("utf-8-sig")),
        ("a.csv", lambda: as_csv("gb18030")),
        ("a.xlsx", as_book),
        ("a.geojson", as_points),
    ],
)
def test_the_same_register_from_every_format(name: str, make: Callable[[], bytes]) -> None:
    sheet = read(name, make())
    assert not sheet.bad and list(sheet.good) == [cells[0] for cells in BODY]
    assert sheet.good[BODY[0][0]].maintainer == "nk.cgw" and sheet.good[BODY[1][0]].lat == 39.16


def test_a_code_that_a_spreadsheet_turned_into_a_number_is_refused() -> None:
    """17 digits are more than a number holds: the last ones would be wrong."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for c, text in enumerate(HEAD):
        sheet.write_string(0, c, text)
    for c, value in enumerate([12010403005000001, "果皮箱", 117.15, 39.15]):
        sheet.write(1, c, value)
    book.close()
    (bad,) = read("a.xlsx", out.getvalue()).bad
    assert bad.line == 2 and bad.faults[0][0] == "code"


def test_a_code_that_is_there_twice_is_refused_the_second_time() -> None:
    text = as_csv("utf-8").decode() + "\r\n" + ",".join(BODY[0])
    (bad,) = read("a.csv", text.encode()).bad
    assert bad.line == 6 and "第 4 行已经有" in str(bad.faults[0][1])


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.csv", b"", "没有找到表头"),
        ("a.csv", "甲,乙\n1,2".encode(), "没有找到表头"),
        ("a.csv", "标识码,名称,经度,纬度\n".encode(), "没有一行部件"),
        ("a.csv", bytes(range(128, 256)) * 40, "编码"),
        ("a.xlsx", b"PK\x03\x04 broken", "打不开"),
        ("a.geojson", b'{"type": "Feature"}', "FeatureCollection"),
    ],
)
def test_what_is_no_such_table_is_said(name: str, body: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(name, body)


def test_the_kinds_are_those_of_the_standard_in_force() -> None:
    assert len(kinds_on((date(2026, 10, 12) - date(1970, 1, 1)).days)) == 153


@pytest.mark.django_db
def test_what_changes_ends_a_row_and_begins_another() -> None:
    first = read("a.csv", as_csv("utf-8")).good
    done = actions.record_components(first, by="1", at=THEN)
    assert (done.added, done.changed) == (2, 0)
    again = actions.record_components(first, by="1", at=LATER)
    assert (again.added, again.changed) == (0, 0)
    moved = read("a.csv", as_csv("utf-8").replace("完好".encode(), "丢失".encode())).good
    compared = queries.compare(moved)
    assert (compared.fresh, compared.changed, compared.same) == ((), {BODY[0][0]: ("state",)}, 1)
    actions.record_components(moved, by="2", at=LATER)
    story = queries.component_story(BODY[0][0])
    assert [(one.state, one.since, one.until, one.by) for one in story] == [
        ("lost", LATER, None, "2"),
        ("good", THEN, LATER, "1"),
    ]
    assert queries.component_counts() == {"01": {"good": 1}, "03": {"lost": 1}}
    assert [one.code for one in queries.components("果皮")] == [BODY[0][0]]
    assert [one.code for one in queries.components("12010401")] == [BODY[1][0]]
    assert not queries.components(cell="120104002") and len(queries.components(cell="120104001")) == 2
    assert [one.code for one in queries.components(after=BODY[1][0])] == [BODY[0][0]]


@pytest.mark.django_db
def test_the_register_is_counted_from_an_index_alone() -> None:
    with CaptureQueriesContext(connection) as asked:
        queries.component_counts()
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")
        cursor.execute(f"explain {asked.captured_queries[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Only Scan using places_component_one_now" in plan, plan
