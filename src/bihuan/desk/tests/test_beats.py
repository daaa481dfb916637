"""Responsibility cells at the desk: the head arranges them, a table is shown first, leave without a deputy is refused."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases.tests.conftest import District
from bihuan.desk.tests.conftest import Seat
from bihuan.places.models import Beat, Leave, Watch
from bihuan.places.queries import tiling

LIST, LOAD = "/desk/beats/", "/desk/beats/load/"


def table(text: str, **more: str) -> dict[str, object]:
    return {
        "request_key": "k",
        "since": "2026-10-01",
        "table": SimpleUploadedFile("网格.csv", text.encode()),
        **more,
    }


def record(client: Client, text: str) -> str:
    shown = client.post(LOAD, table(text)).content.decode()
    assert "0 行不能收" in shown
    return client.post(
        LOAD, {"request_key": "k", "since": "2026-10-01", "record": "1"}, follow=True
    ).content.decode()


@pytest.fixture
def head(district: District, seat: Seat) -> Client:
    return seat("jiandu")


def arranged(head: Client) -> None:
    cells = "\n".join(f"W1,长虹一片,{cell}" for cell in tiling().codes[:3])
    assert "新增 3" in record(head, f"责任网格,名称,单元网格\n{cells}\n")
    assert "新增 1" in record(head, "责任网格,班次,采集员账号,起日\nW1,早班,caiji,2026-10-01\n")


def test_a_table_of_cells_then_one_of_collectors(head: Client) -> None:
    assert "还没有划责任网格" in head.get(LIST).content.decode()
    arranged(head)
    page = head.get(LIST).content.decode()
    assert "1 个责任网格" in page and "测试caiji" in page and "无人" in page
    page = head.get("/desk/beats/W1/").content.decode()
    assert "3 个单元网格" in page and "2026-10-01" in page


def test_bad_rows_are_named_and_nothing_is_recorded(head: Client) -> None:
    arranged(head)
    cell = tiling().codes[0]
    for text, said in (
        (f"责任网格,单元网格\nW2,{cell}\nW2,{cell}\nW2,120104999999999\n", ["第 2 行已经有这一格", "没有单元网格“120104999999999”"]),
        ("责任网格,班次,采集员,自,至\nW9,午班,nobody,1/1,2026-01-01\n", ["没有责任网格“W9”", "没有班次“午班”", "没有采集员账号“nobody”", "“1-1”不是日期"]),
    ):  # fmt: skip
        page = head.post(LOAD, table(text, record="1")).content.decode()
        assert all(words in page for words in said), page
    assert Beat.objects.count() == 1 and Watch.objects.count() == 1
    page = head.post(LOAD, table("甲,乙\n1,2"))
    assert page.status_code == 422 and "责任网格、单元网格" in page.content.decode()


def test_leave_names_who_stands_in(head: Client, district: District) -> None:
    arranged(head)
    form = {
        "person": district.id("caiji"),
        "deputy": "",
        "since": "2026-10-12",
        "until": "2026-10-14",
        "reason": "年休假",
    }
    page = head.post(LIST, form)
    assert page.status_code == 422 and "请假必须指定替班" in page.content.decode()
    assert 'value="2026-10-14"' in page.content.decode() and not Leave.objects.exists()
    page = head.post(LIST, form | {"deputy": district.id("caiji2")}, follow=True).content.decode()
    assert "请假和替班已登记" in page and "测试caiji2（替测试caiji）" in page


def test_a_collector_is_assigned_and_ended(head: Client, district: District) -> None:
    arranged(head)
    page = "/desk/beats/W1/"
    form = {"person": district.id("caiji2"), "shift": "late", "since": "2026-10-12"}
    assert "请选班次" in head.post(page, form | {"shift": "x"}).content.decode()
    assert "不是日期" in head.post(page, form | {"since": "x"}).content.decode()
    assert "采集员已登记" in head.post(page, form, follow=True).content.decode()
    row = Watch.objects.get(shift="late")
    assert (
        "已登记止日"
        in head.post(page, {"end": str(row.pk), "stop": "2026-10-20"}, follow=True).content.decode()
    )
    row.refresh_from_db()
    assert str(row.until) == "2026-10-20" and row.by == district.id("jiandu")
    assert head.get("/desk/beats/none/").status_code == 404


@pytest.mark.parametrize("who", ["caiji", "shouli", "cgw"])
def test_others_read_and_are_told_who_arranges(
    district: District, seat: Seat, head: Client, who: str
) -> None:
    arranged(head)
    client = seat(who)
    assert "登记请假" not in client.get(LIST).content.decode()
    for url, form in ((LIST, {"person": "1"}), ("/desk/beats/W1/", {"person": "1"}), (LOAD, table("x"))):
        response = client.post(url, form)
        assert response.status_code in (403, 422) and "由监督中心负责人安排" in response.content.decode()
    assert not Leave.objects.exists()


def queries_of(client: Client, django_assert_max_num_queries) -> int:
    client.get(LIST)
    with django_assert_max_num_queries(20) as counted:
        client.get(LIST)
    return len(counted.captured_queries)


def test_the_number_of_queries_does_not_grow(head: Client, django_assert_max_num_queries) -> None:
    arranged(head)
    few = queries_of(head, django_assert_max_num_queries)
    for n in range(5):
        cells = "\n".join(f"X{n},第{n}片,{cell}" for cell in tiling().codes[10 * n + 10 : 10 * n + 15])
        record(head, f"责任网格,名称,单元网格\n{cells}\n")
    assert queries_of(head, django_assert_max_num_queries) == few
