"""Many reports from one table: every good row a case once, every bad row named, a repeated table harmless."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import batch, wall
from bihuan.cases.models import Case, Contact
from bihuan.cases.tests.conftest import BIN, POINT, District
from bihuan.core.place.datum import wgs_to_gcj
from bihuan.core.table import Unreadable
from bihuan.record.models import Audit

PATH = "/desk/new/urban_management/batch/"
HEAD = (
    ["热线工单转办表（日报）"],
    [],
    ["编号", "小类", "经度", "纬度", "坐标系", "什么问题", "来源", "联系电话", "班组"],
)
LON, LAT = POINT["lon"], POINT["lat"]
AT = datetime.fromisoformat("2026-11-24T09:00:00+08:00")


def row(number: str = "RX-1", matter: str = BIN, lon: Any = LON, lat: Any = LAT, datum: str = "", what: str = "东门口垃圾桶满了",
        channel: str = "便民热线转来", phone: str = "") -> list[str]:  # fmt: skip
    return [number, matter, str(lon), str(lat), datum, what, channel, phone, "甲班"]


def csv(*rows: list[str], code: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(one) for one in [*HEAD, *rows]).encode(code)


def read(*rows: list[str]) -> batch.Batch:
    return batch.read_batch("a.csv", csv(*rows), "urban_management", AT)


@pytest.fixture
def clerk(district: District, client: Client) -> Client:
    client.force_login(district.persons["shouli"])
    return client


def send(client: Client, body: bytes, **more: str) -> str:
    table = {"table": SimpleUploadedFile("工单.csv", body, "text/csv")} if body else {}
    return client.post(PATH, {"request_key": "k1"} | table | more).content.decode()


def test_rows_become_cases_with_what_the_table_says(clerk: Client) -> None:
    body = csv(row(phone="19900001234"), row("RX-2", channel="leader"), code="gb18030")
    seen = send(clerk, body)
    assert "2 行可以登记，0 行不能" in seen and "没有用到的列：班组" in seen and not cases()
    assert "登记了 2 件" in send(clerk, b"", open="1")
    first, second = cases()
    assert (first.title, first.data["channel"], second.data["channel"]) == (
        "东门口垃圾桶满了",
        "hotline",
        "leader",
    )
    assert first.parties["reporter"] == f"r:{first.number}" and first.data["entered_by"]
    assert round(first.lon, 5) == round(LON, 5)
    with wall.open_to(wall.SYSTEM):
        kept = Contact.objects.get(case=first)
    assert kept.phone == "19900001234"


def test_a_table_sent_again_opens_nothing_twice_and_a_changed_row_is_refused(clerk: Client) -> None:
    send(clerk, csv(row()))
    send(clerk, b"", open="1")
    send(clerk, csv(row(), row("RX-2")))
    seen = send(clerk, b"", open="1")
    assert len(cases()) == 2 and seen.count("以前登记过") == 1
    send(clerk, csv(row(what="换了一句话"), row("RX-2")))
    changed = send(clerk, b"", open="1")
    assert len(cases()) == 2 and "登记了 1 件，1 行没有收" in changed


def test_the_answer_carries_their_number_ours_and_the_reason(clerk: Client) -> None:
    send(clerk, csv(row(), row("RX-2", matter="航天飞机")))
    send(clerk, b"", open="1")
    answer = clerk.post(PATH, {"request_key": "k1", "answer": "1"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert lines[1] == f"4,RX-1,{cases()[0].number}," and lines[2].startswith(
        "5,RX-2,,事项：目录里没有“航天飞机”"
    )
    assert len(cases()) == 1
    taken = Audit.objects.filter(kind="export").values_list("about", "said")
    assert list(taken) == [("intake/urban_management", {"rows": 2})]


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"number": ""}, "number", "要写对方的编号"),
        ({"matter": ""}, "matter", "请选择事项"),
        ({"matter": "01001"}, "matter", "管理部件:01001 供水井盖，请写全代码"),
        ({"lon": "东门"}, "place", "坐标应当是数字"),
        ({"lon": "", "lat": ""}, "place", "请在地图上标出"),
        ({"lon": "0", "lat": "0"}, "place", ""),
        ({"datum": "北京54"}, "place", "不认识坐标系"),
        ({"what": ""}, "what", "请填写“什么问题”"),
        ({"what": "满" * 2001}, "what", "不得超过 2,000 个字"),
        ({"channel": "小道消息"}, "channel", "只能是"),
    ],
)  # fmt: skip
def test_a_bad_row_names_its_column_and_the_reason(
    district: District, change: dict[str, str], column: str, said: str
) -> None:
    found = read(row("RX-9"), row(**({"number": "RX-1"} | change)))
    assert [one.number for one in found.good] == ["RX-9"]
    (bad,) = found.bad
    assert bad.line == 5 and [key for key, _ in bad.faults] == [column] and said in bad.faults[0][1]
    assert column in batch.labels(batch.lines.at("urban_management", 20781), 20781)


def test_every_fault_of_a_row_is_named_at_once(district: District) -> None:
    (bad,) = read(row("", matter="航天飞机", lon="0", what="")).bad
    assert {key for key, _ in bad.faults} == {"number", "matter", "place", "what"}


def test_one_number_twice_in_a_table_is_one_case(district: District) -> None:
    found = read(row(), row())
    assert len(found.good) == 1 and "第 4 行已经有这个编号" in found.bad[0].faults[0][1]


def test_a_matter_is_found_by_code_and_name_and_a_point_in_another_datum(district: District) -> None:
    lon, lat = wgs_to_gcj(LON, LAT)
    name = batch.lines.at("urban_management", 20781).matter(BIN, 20781).name
    found = read(row(matter=name), row("RX-2", lon=lon, lat=lat, datum="GCJ-02"))
    assert [one.matter for one in found.good] == [BIN, BIN] and not found.bad


def test_a_workbook_is_read_like_a_csv(district: District) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for i, one in enumerate([*HEAD, row()]):
            sheet.write_row(i, 0, one)
    assert len(batch.read_batch("a.xlsx", out.getvalue(), "urban_management", AT).good) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "没有找到表头"),
        ("姓名,年龄\n甲,3".encode(), "至少要有这几列：来文编号"),
        (csv(), "表里没有一行"),
        (b"\xff\xfe\x00\xd8" * 9, "认不出文件的编码"),
        (csv(*[row(f"RX-{i}") for i in range(batch.MOST + 1)]), "超过 5,000 行"),
    ],
    ids=["empty", "another", "rowless", "noise", "long"],
)
def test_what_is_no_such_table_says_why(clerk: Client, body: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as error:
        batch.read_batch("a.csv", body, "urban_management", AT)
    assert said in error.value.say
    if body:
        assert said in send(clerk, body)


def test_only_a_unit_that_takes_in_the_line_may(district: District, client: Client) -> None:
    client.force_login(district.persons["cgw"])
    assert client.get(PATH).status_code == 404
    assert client.post(PATH, {"open": "1"}).status_code == 404


def cases() -> list[Any]:
    with wall.open_to(wall.SYSTEM):
        return list(Case.objects.filter(line="urban_management").order_by("id"))
