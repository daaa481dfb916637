"""What everybody sees of draws, and what the desk lets whom do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.cases.shapes import Refused
from bihuan.core.draw import seed
from bihuan.core.draw.checks import Logged
from bihuan.draws import actions, queries
from bihuan.draws.tests.ceremony import DICE, STAFF, THROWN, Hall, nonce, published, when

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "/draws/nk.scjg/2026-1"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, hall: Hall, settings) -> Callable[[str], None]:
    """Set the server's clock; its public record is that of the tests."""
    folder = hall.office.folder / "record"
    folder.mkdir()
    (folder / "policy").write_text((hall.office.folder / "policy").read_text())
    settings.HOME = hall.office.folder

    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: when(text))

    be("2026-10-12 09:00")
    return be


def seat(hall: Hall, name: str) -> Client:
    client = Client()
    client.force_login(hall.persons[name], backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["unit"] = STAFF[name][0]
    session.save()
    return client


def test_a_whole_ceremony_at_the_desk(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.freeze()
    desk = f"/desk{PLACE}"
    clock("2026-10-12 09:30")
    for party, name in zip(draw.parties, ("shijian", "sifa", "gongzheng"), strict=True):
        made = seed.commitment("sha256", draw.name, party, nonce(party)).hex()
        assert b"data-commit" in seat(hall, name).get(desk).content
        assert seat(hall, name).post(desk, {"do": "commit", "commitment": made}).status_code == 302
    hall.log(when("2026-10-12 09:50"))
    clock("2026-10-12 10:00")
    assert seat(hall, "sifa").post(desk, {"do": "seal"}).status_code == 422
    assert seat(hall, "faqi").post(desk, {"do": "seal"}).status_code == 302
    hall.log(when("2026-10-12 10:01"))
    clock("2026-10-12 16:00")
    wrong = seat(hall, "sifa").post(desk, {"do": "open", "nonce": "zz"})
    assert (wrong.status_code, "64 位十六进制" in wrong.content.decode()) == (422, True)
    for party, name in zip(draw.parties[:2], ("shijian", "sifa"), strict=True):
        assert seat(hall, name).post(desk, {"do": "open", "nonce": nonce(party).hex()}).status_code == 302
    waits = seat(hall, "faqi").get(desk).content.decode()
    assert "现在等什么" in waits and "2 方开了，共 3 方" in waits and waits.count("还差：") == 1
    clock("2026-10-12 18:00")
    assert "没有按时开启" in Client().get(PLACE).content.decode()
    value = {
        "do": "value",
        "beacon": DICE,
        "value": THROWN.decode(),
        "source": "录像(例)",
        "fell": "2026-10-12T17:45",
    }
    lacking = seat(hall, "faqi").post(desk, value | {"source": "", "fell": ""})
    assert lacking.status_code == 422 and "写明从哪里读来的" in lacking.content.decode()
    assert seat(hall, "faqi").post(desk, value).status_code == 302
    assert seat(hall, "faqi").post(desk, {"do": "compute"}).status_code == 422
    assert seat(hall, "fuze").post(desk, {"do": "compute"}).status_code == 302
    page = Client().get(PLACE).content.decode()
    assert "在浏览器里重算" in page and "已公布" in page
    assert seat(hall, "jiedao").get(desk).status_code == 404
    assert seat(hall, "faqi").post(desk, {"do": "nothing"}).status_code == 404


def test_everything_that_is_public_is_served_and_nothing_else(
    hall: Hall, clock: Callable[[str], None]
) -> None:
    draw = hall.drawn()
    clock("2026-10-12 18:20")
    told = Client().get(f"{PLACE}/data.json").json()
    files = {name: Client().get(one["url"]).content for name, one in told["files"].items()}
    assert files == dict(published(draw))
    assert {name: one["bytes"] for name, one in told["files"].items()} == {
        n: len(b) for n, b in files.items()
    }
    assert "avoid.tsv" not in files
    assert Client().get(f"{PLACE}/files/avoid.tsv").status_code == 404
    assert Client().get(f"{PLACE}/files/nonsense").status_code == 404
    assert Client().get(told["proofs"]["seal"]).content.startswith(b"c2sp.org/tlog-proof@v1")
    assert told["rivals"] == [] and told["state"] == "published" and told["bits"] == 66.4
    logged = queries.logged(draw, hall.office.trusted)
    assert isinstance(logged, Logged) and len(logged.cosigned) == 3
    for gone in ("/draws/nk.scjg/2026-9", "/draws/nk.scjg/abc", "/draws/nk.scjg/2026-9/screen"):
        assert Client().get(gone).status_code == 404


def test_the_desk_lists_what_is_under_way_with_as_many_questions_for_many_as_for_one(
    hall: Hall, clock: Callable[[str], None], django_assert_num_queries
) -> None:
    now = when("2026-10-12 18:20")
    hall.drawn()
    under_way, sealed = hall.freeze(period="a"), hall.freeze(period="b", sealed=True)
    with django_assert_num_queries(2):
        assert [(one.name, stands) for one, stands in queries.for_unit("nk.sfj", now)] == [
            (under_way.name, "frozen"), (sealed.name, "frozen")]  # fmt: skip
    assert not queries.for_unit("nk.s001", now)
    hall.freeze(period="c", beacons=["dice hall-2"])
    with django_assert_num_queries(2):
        assert len(queries.for_unit("nk.scjg", now)) == 3
    page = seat(hall, "sifa").get("/desk/draws/").content.decode()
    assert under_way.name in page and "nk.scjg/2026-1<" not in page


def test_a_fault_stands_at_the_field_of_the_form_that_was_sent(
    hall: Hall, clock: Callable[[str], None]
) -> None:
    draw = hall.sealed()
    hall.open(draw)
    hall.value(draw)
    clock("2026-10-12 18:05")
    said = seat(hall, "fuze").post(f"/desk{PLACE}", {"do": "abort", "reason": " "})
    page = said.content.decode()
    assert said.status_code == 422 and page.count('id="f-reason"') == page.count('aria-invalid="true"') == 1
    form = page[page.index('id="f-reason"') :]
    assert 'id="i-abort-reason"' in form and 'id="i-correct-reason"' not in form
    assert page.count('<details class="bh-card" open>') == 1


def test_was_my_shop_on_the_list(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.drawn()
    result = queries.result(draw.name)
    assert result is not None
    drawn, spare = result.selected[0], result.reserves["A"][0]

    def asked(sid: str) -> str:
        return Client().get(PLACE, {"id": sid}).content.decode()

    assert f"{drawn.sid} 在名录里，类别 {drawn.stratum}" in asked(drawn.sid) and "抽中了。" in asked(
        drawn.sid
    )
    assert "20 个抽" in asked(spare) and "候补 R1。" in asked(spare)
    assert "X001 在排除名单里，类别 A，原因代码 CAP。" in asked("X001")
    assert "S999 不在这次的名录里" in asked("S999")
    assert "A 不在这次的名录里" in asked("A")  # no class, no part of a line


def test_a_sealed_draw_shows_nobody_who_is_drawn(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.drawn(sealed=True)
    clock("2026-10-13 09:00")
    hidden = queries.result(draw.name)
    assert hidden is not None
    pages = [Client().get(PLACE + tail).content.decode() for tail in ("", "/screen", "/data.json", f"?id={hidden.selected[0].sid}")]  # fmt: skip
    assert "结果还没有公布。" in pages[3]
    for page in pages[:3]:
        assert not any(one.sid in page for one in hidden.selected)
        assert "在浏览器里重算" not in page
    for name in ("result.tsv", "reveal.txt", "applied.tsv"):
        assert Client().get(f"{PLACE}/files/{name}").status_code == 404
    organiser, party = seat(hall, "faqi"), seat(hall, "sifa")
    assert not any(one.sid in organiser.get(f"/desk{PLACE}").content.decode() for one in hidden.selected)
    asked = organiser.post(f"/desk{PLACE}", {"do": "teams", "purpose": "派组"}).content.decode()
    assert all(one.sid in asked for one in hidden.selected)
    assert party.post(f"/desk{PLACE}", {"do": "teams", "purpose": "看看"}).status_code == 422


def test_the_list_shows_aborts_and_attempts(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.freeze()
    with pytest.raises(Refused):
        hall.freeze()
    actions.abort(draw.name, "名录少了一页(例)", at=when("2026-10-12 09:30"), **hall.who("fuze"))
    hall.freeze(at=when("2026-10-12 09:40"))
    clock("2026-10-12 09:50")
    page = Client().get("/draws/").content.decode()
    for words in ("名录少了一页(例)", "同一方案期以前抽过 1 次", "已有抽取", "已作废"):
        assert words in page
    told = Client().get("/draws/data.json").json()
    assert [one["state"] for one in told["draws"]] == ["frozen", "aborted"]
    assert told["refused"][0]["standing"] == "nk.scjg/2026-1"
    again = Client().get("/draws/nk.scjg/2026-2").content.decode()
    assert "同一方案期还有" in again and "nk.scjg/2026-1" in again
    assert "被拒绝的重抽 1 次" in Client().get(PLACE).content.decode()


def test_the_pages_speak_english(hall: Hall, clock: Callable[[str], None]) -> None:
    hall.drawn()
    client = Client()
    client.cookies["django_language"] = "en"
    for tail, words in (("", "Redo it in the browser"), ("/screen", "Witnesses sign")):
        assert words in client.get(PLACE + tail).content.decode()


def test_the_notary_screen_shows_the_hash_to_copy(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.sealed()
    clock("2026-10-12 11:00")
    page = Client().get(f"{PLACE}/screen")
    assert bytes(draw.steps.get(kind="seal").body).hex() in page.content.decode()
    assert page["Cache-Control"] == "no-store"
