"""The catalogue at the desk: who records it, what is shown first, bad rows that come back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases.tests.conftest import District
from bihuan.items import queries
from bihuan.people import actions as people
from bihuan.people.models import Person

LOAD = "/desk/items/"
HEAD = ["职权编码", "职权名称", "职权类型", "行使主体", "设定依据"]
GOOD = ["X1", "甲许可", "行政许可", "区水务局", "水法 §7"]
BAD = ["X2", "=乙许可", "行政许可", "某局", "水法 §7"]


def sent(*rows: list[str], key: str = "k") -> dict[str, object]:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = made.add_worksheet()
    for number, row in enumerate([HEAD, *rows]):
        sheet.write_row(number, 0, row)
    made.close()
    return {"request_key": key, "table": SimpleUploadedFile("清单.xlsx", out.getvalue())}


@pytest.fixture
def keeper(district: District, client: Client) -> Client:
    person = Person.objects.create_user("zwb", name="测试政务办")
    people.give_post(person, "nk.zwb", "officer", date(2016, 1, 1))
    client.force_login(person)
    return client


def test_shown_first_then_recorded_and_bad_rows_come_back(keeper: Client) -> None:
    assert "从表格更新事项目录" in keeper.get(LOAD).content.decode()
    page = keeper.post(LOAD, sent(GOOD, BAD)).content.decode()
    assert "新增 1 条，更新 0 条，1 行不能收" in page and "没有单位“某局”" in page and queries.edition() == 0
    table = keeper.post(LOAD, {"request_key": "k", "faults": "1"}).content.decode("utf-8-sig")
    assert "权责清单,3,X2,行使主体,没有单位“某局”" in table
    done = keeper.post(LOAD, {"request_key": "k", "record": "1"}, follow=True).content.decode()
    assert "新增 1 条，更新 0 条，停用 0 条" in done
    assert set(queries.catalogue().powers) == {"X1"}


def test_what_the_whole_list_lacks_ends_only_when_asked(keeper: Client) -> None:
    keeper.post(LOAD, sent(GOOD))
    keeper.post(LOAD, {"request_key": "k", "record": "1"})
    other = ["X3", "丙许可", "行政许可", "区水务局", "水法 §7"]
    assert "表里没有的 1 条停用" in keeper.post(LOAD, sent(other, key="k2")).content.decode()
    keeper.post(LOAD, {"request_key": "k2", "record": "1"})
    assert set(queries.catalogue().powers) == {"X1", "X3"}
    keeper.post(LOAD, sent(other, key="k3"))
    keeper.post(LOAD, {"request_key": "k3", "record": "1", "whole": "1"})
    assert set(queries.catalogue().powers) == {"X3"}


def test_a_file_that_cannot_be_read_is_said(keeper: Client) -> None:
    form = {"request_key": "k", "table": SimpleUploadedFile("a.xlsx", b"PK\x03\x04no")}
    for given, said in ((form, "打不开"), ({"request_key": "k9"}, "请选一个文件")):
        response = keeper.post(LOAD, given)
        assert response.status_code == 422 and said in response.content.decode()


@pytest.mark.parametrize("who", ["cgw", "shouli", "zhuren"])
def test_others_are_told_who_keeps_it(district: District, client: Client, who: str) -> None:
    client.force_login(district.persons[who])
    response = client.post(LOAD, sent(GOOD))
    assert response.status_code == 403 and "区政务服务办公室" in response.content.decode()
    assert queries.edition() == 0
