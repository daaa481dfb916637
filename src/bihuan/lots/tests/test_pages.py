"""The pages: what everybody sees before and after the draw, one's own number, registering, and the office's own."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import day
from bihuan.draws.tests.ceremony import when
from bihuan.lots import actions, queries
from bihuan.lots.tests.conftest import School


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> object:
    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: when(text))

    be("2026-10-13 09:00")
    return be


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def test_the_rule_is_public_before_the_draw(school: School, clock: object, client: Client) -> None:
    one = school.publish()
    assert one.title in text(client, "/lots/")
    page = text(client, f"/lots/{one.code}")
    assert "名额" in page and "军人子女" in page and "候补最前" in page and "2020-08-31" in page
    assert f"/hall/lots/{one.code}/register" in page and "还没有列出名单" in page
    text(client, "/lots/school-2026-99", 404)
    client.cookies["django_language"] = "en"
    assert one.title_en in text(client, "/lots/") and one.title not in text(client, "/lots/")


def test_a_number_finds_its_lot_its_ticket_the_cut_and_its_place(school: School, clock: object, client: Client) -> None:  # fmt: skip
    one = school.publish(seats=2, groups=[])
    numbers = [school.child(one, n).number for n in range(4)]
    actions.take_in(one.code, **school.who("jingban"), at=when("2026-10-11 09:00"))
    assert "等抽签" in text(client, f"/lots/{one.code}/check?number={numbers[0]}")
    school.draw_lots(one)
    now = queries.stand(one.code, when("2026-10-13 09:00"))
    assert now.standing is not None and now.cut is not None
    has, waits = now.standing.placed[0].id, now.standing.waiting[1].id
    page = text(client, f"/lots/{one.code}/check?number={has.lower()}")
    assert (
        "有名额" in page
        and now.order[has].ticket in page
        and now.cut.ticket in page
        and "示例孩子" not in page
    )
    page = text(client, f"/lots/{one.code}/check?number={waits}")
    assert "候补第几" in page and ">2</b>" in page
    assert "名单里没有这个编号" in text(client, f"/lots/{one.code}/check?number=RX1", 422)
    page = text(client, f"/lots/{one.code}")
    assert has in page and "示例孩子" not in page and "register" not in page


def test_a_parent_registers_a_child(school: School, clock: object, client: Client) -> None:
    one = school.publish()
    address = f"/hall/lots/{one.code}/register"
    page = text(client, address)
    assert "孩子的公民身份号码" in page and "派位编号" not in page
    said = {
        "child_name": "示例孩子", "child_identity": invent_id_number(7, day("2020-03-01")), "home": "示例路 1 号", "sibling": "no", "special": "none",
        "contact_name": "示例家长", "contact_phone": "13900000000", "consent": "yes", "request_key": "k1",
    }  # fmt: skip
    wrong = client.post(address, said | {"child_identity": "110"})
    assert wrong.status_code == 422 and "示例家长" in wrong.content.decode()
    client = Client()
    done = client.post(address, said)
    assert done.status_code == 302, done.content.decode()[-3000:]
    assert "编号就是签号" in text(client, str(done["Location"]))
    assert queries.unverified(one) == 1


def test_the_office_publishes_lists_and_freezes_on_its_pages(school: School, clock: object, client: Client) -> None:  # fmt: skip
    client.force_login(school.persons["jingban"])
    rule = {
        "purpose": "parking", "title": "示例路停车场（虚构）", "year": "2026", "seats": "2", "last": "next", "source": "示例公告（虚构）",
    }  # fmt: skip
    wrong = client.post("/desk/lots/", rule | {"seats": "两个"})
    assert wrong.status_code == 422 and "示例路停车场" in wrong.content.decode()
    assert "测试jingban" in wrong.content.decode() and 'href="/desk/lots/"' in wrong.content.decode()
    made = client.post("/desk/lots/", rule)
    address = str(made["Location"])
    assert made.status_code == 302 and address == "/desk/lots/parking-2026-1"
    table = "number,twin,group,sibling,used,unfit\nP1,,,,,\nP2,,,,,\nP3,,,,,\n"
    assert client.post(address, {"do": "list", "table": "x"}).status_code == 422
    assert client.post(address, {"do": "list", "table": table}).status_code == 302
    assert client.post(address, {"do": "freeze", "closes": "昨天"}).status_code == 422
    sent = {
        "do": "freeze",
        "parties": "区市场监督管理局\n区司法局、nk.gzjg",
        "beacons": "dice hall-1",
        "closes": "2026-10-13T17:00",
    }
    assert client.post(address, sent).status_code == 302
    assert "nk.jyj/2026-1" in text(client, address)
    assert client.post(address, {"do": "settle"}).status_code == 422
    assert client.post(address, {"do": "nothing"}).status_code == 404
    client.force_login(school.persons["faqi"])
    text(client, address, 404)
