"""The register at the desk: who may bring it up to date, what is shown first, nothing of the file lost in between."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases.tests.conftest import POINT, District
from bihuan.places.models import Component

LOAD = "/desk/components/load/"
TABLE = (
    "标识码,名称,经度,纬度,养护单位,状态\n"
    f"12010403005000001,果皮箱,{POINT['lon']},{POINT['lat']},区城市管理委员会,完好\n"
    f"12010403005000002,果皮箱,116.1,39.9,,完好\n"
)


@pytest.fixture
def clerk(district: District, client: Client) -> Client:
    client.force_login(district.persons["shouli"])
    return client


def sent(text: str, key: str = "k", name: str = "部件.csv") -> dict[str, object]:
    return {"request_key": key, "table": SimpleUploadedFile(name, text.encode())}


def test_what_would_change_is_shown_then_recorded_and_bad_rows_come_back(clerk: Client) -> None:
    assert "还没有登记部件" in clerk.get("/desk/components/").content.decode()
    shown = clerk.post(LOAD, sent(TABLE)).content.decode()
    assert "新增 1 个，更新 0 个，1 行不能收" in shown and "不在任何网格里" in shown
    assert not Component.objects.exists()
    table = clerk.post(LOAD, {"request_key": "k", "faults": "1"})
    assert table.headers["Content-Type"].startswith("text/csv")
    assert '3,\'12010403005000002,经度,"点 (116.100000, 39.900000) 不在任何网格里"' in table.content.decode(
        "utf-8-sig"
    )
    done = clerk.post(LOAD, {"request_key": "k", "record": "1"}, follow=True).content.decode()
    assert "新增 1 个，更新 0 个部件" in done and "1 个部件" in done
    assert "区城市管理委员会" in done and "市容环卫设施" in done
    (one,) = Component.objects.all()
    assert one.maintainer == "nk.cgw"
    clerk.post(LOAD, sent(TABLE.replace("完好", "破损"), "k2"))
    clerk.post(LOAD, {"request_key": "k2", "record": "1"})
    page = clerk.get(f"/desk/components/{one.code}/").content.decode()
    assert "状态：完好 → 破损" in page and "首次登记" in page
    assert "没有要登记的" in clerk.post(LOAD, sent(TABLE.replace("完好", "破损"), "k3")).content.decode()


def test_what_cannot_be_read_is_said(clerk: Client) -> None:
    for form, said in ((sent("甲,乙\n1,2"), "没有找到表头"), ({"request_key": "k9"}, "请选一个文件")):
        response = clerk.post(LOAD, form)
        assert response.status_code == 422 and said in response.content.decode()


@pytest.mark.parametrize("who", ["cgw", "chuangkou", "caiji"])
def test_others_read_the_register_and_are_told_who_keeps_it(
    district: District, client: Client, who: str
) -> None:
    client.force_login(district.persons[who])
    assert client.get("/desk/components/").status_code == 200
    response = client.post(LOAD, sent(TABLE))
    assert response.status_code == 403 and "由监督中心的受理员或者负责人更新" in response.content.decode()
    assert not Component.objects.exists()


def test_a_component_nobody_recorded_is_not_there(clerk: Client) -> None:
    assert clerk.get("/desk/components/12010403005000009/").status_code == 404
