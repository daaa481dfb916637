"""Blind spots and zones at the desk and in public: five sentences, a map, tables; one proposes, another approves."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from bihuan.cases.tests.conftest import District
from bihuan.desk.tests.conftest import Seat
from bihuan.desk.views.coverage import SHOWN
from bihuan.places.models import Zone
from bihuan.places.queries import tiling
from bihuan.places.sheet import sheet
from bihuan.record.models import Audit

ZONES, LISTS = "/desk/zones/", "/desk/coverage/"
STREET = "120104001"


def whole_street() -> str:
    ring = [list(p) for p in sheet().streets[STREET].rings[0]]
    return json.dumps(
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    )


def form(**more: str) -> dict[str, str]:
    return {"street": STREET, "name": "长虹示范区", "polygon": whole_street(), "reason": "年度安排"} | more


def test_the_lists_are_sentences_a_map_and_tables(seat: Seat) -> None:
    client = seat("jiandu")
    page = client.get(LISTS).content.decode()
    assert "5 张清单" in page and "不写“覆盖率 100%”" in page and "<svg" in page
    page = client.get(f"{LISTS}?list=walked").content.decode()
    assert "天内没有人走到" in page and f"另有 {len(tiling().codes) - SHOWN} 处" in page.replace(",", "")
    table = client.get(f"{LISTS}walked.csv")
    rows = table.content.decode("utf-8-sig").splitlines()
    assert table.headers["Content-Type"].startswith("text/csv") and len(rows) == len(tiling().codes) + 2
    assert "次上报、核实" in rows[0]
    (taken,) = Audit.objects.filter(kind="export")  # one row says who took it along
    assert (taken.about, taken.said) == ("coverage/walked", {"rows": len(tiling().codes)})
    assert taken.unit == "nk.jiandu" and taken.by.isdecimal()
    assert client.get(f"{LISTS}nonsense.csv").status_code == 404
    assert client.get(f"{LISTS}?list=nonsense").status_code == 200


def test_everybody_may_read_the_short_version(district: District, client: Client) -> None:
    page = client.get("/coverage").content.decode()
    assert "5 张清单" in page and "无人在岗的格和班" in page and "测试" not in page


def test_one_proposes_and_another_approves(seat: Seat) -> None:
    clerk, head = seat("shouli"), seat("jiandu")
    assert "12 个街道还没有示范区" in clerk.get(ZONES).content.decode()
    page = clerk.post(ZONES, form(), follow=True).content.decode()
    assert "已提出，等另一个人批" in page and "提出的人不能自己批" in page
    row = Zone.objects.get()
    assert clerk.post(ZONES, {"zone": row.pk, "since": "2026-10-12", "agree": "1"}).status_code == 422
    page = head.post(
        ZONES, {"zone": row.pk, "since": "2026-10-12", "agree": "1"}, follow=True
    ).content.decode()
    assert "已同意" in page and "11 个街道还没有示范区" in page
    assert "长虹示范区" in head.get(f"{ZONES}{row.code}/").content.decode()
    assert head.get(f"{ZONES}none/").status_code == 404


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"polygon": "{"}, "不是 GeoJSON"), ({"polygon": "[1]"}, "不是 GeoJSON 的多边形"), ({"polygon": '{"type":"Line"}'}, "不是一个多边形"),
        ({"name": ""}, "没有写"), ({"street": "120104009"}, "请选街道"), ({"code": "x"}, "没有示范区"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_zone_comes_back_with_what_was_typed(
    seat: Seat, more: dict[str, str], said: str
) -> None:
    response = seat("shouli").post(ZONES, form(**more))
    page = response.content.decode()
    assert response.status_code == 422 and said in page and 'value="年度安排"' in page
    assert not Zone.objects.exists()


def test_a_street_proposes_its_own_and_a_bureau_none(seat: Seat) -> None:
    assert "提出边界" not in seat("cgw").get(ZONES).content.decode()
    assert "请选街道" in seat("cgw").post(ZONES, form()).content.decode()
