"""The public pot: anybody, digits only, until nonces close; then its file is fixed, published and part of the seed."""

from __future__ import annotations

from datetime import UTC

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.draw import verify
from bihuan.draws import actions, queries
from bihuan.draws.actions import pot
from bihuan.draws.models import Drop
from bihuan.draws.tests.ceremony import DICE, Hall, published, when
from bihuan.draws.tests.test_pages import PLACE, clock

__all__ = ["clock"]
pytestmark = pytest.mark.django_db(transaction=True)
POT = "pot nk-2026"


def test_what_the_public_threw_in_is_part_of_the_draw_and_anyone_checks_it(hall: Hall) -> None:
    draw = hall.sealed(beacons=[POT, DICE])
    assert actions.pour(draw.name, "31415926", at=when("2026-10-12 11:00")) == 1
    assert actions.pour(draw.name, "007", at=when("2026-10-12 12:30")) == 2
    hall.open(draw)
    assert queries.published(draw, "pot.txt") is None
    assert actions.close_due(when("2026-10-12 17:01")) == 1
    body = queries.published(draw, "pot.txt")
    assert body == b"1\t2026-10-12T03:00:00Z\t31415926\n2\t2026-10-12T04:30:00Z\t007\n"
    hall.value(draw, beacon=DICE)
    hall.compute(draw)
    files = dict(published(draw))
    checks = {one.name: one for one in verify(files)}
    assert checks["pot"].code == "ok_pot" and checks["result"].verdict == "ok"
    assert {one.name: one.code for one in verify(files | {"pot.txt": body.replace(b"007", b"008")})}[
        "pot"
    ] == "pot"


def test_another_line_gives_another_draw(hall: Hall) -> None:
    drawn = []
    for n, digits in enumerate(("1", "2")):
        draw = hall.sealed(period=f"P{n}", beacons=[POT, DICE])
        actions.pour(draw.name, digits, at=when("2026-10-12 11:00"))
        hall.open(draw)
        hall.value(draw, beacon=DICE)
        drawn.append(queries.values(draw)[POT])
    assert drawn[0] != drawn[1]


def test_a_pot_into_which_nobody_threw_is_empty_and_counts(hall: Hall) -> None:
    draw = hall.sealed(beacons=[POT, DICE])
    hall.open(draw)
    hall.value(draw, beacon=DICE)
    hall.compute(draw)
    assert queries.published(draw, "pot.txt") == b""
    assert {one.name: one.code for one in verify(published(draw))}["pot"] == "ok_pot"


def test_it_is_open_from_the_manifest_until_nonces_close(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = hall.freeze(beacons=[POT, DICE])
    with pytest.raises(Refused, match="公众池现在不开"):
        actions.pour(draw.name, "1", at=when("2026-10-12 09:30"))
    hall.commit(draw)
    hall.seal(draw)
    assert actions.pour(draw.name, "1", at=draw.closes) == 1
    with pytest.raises(Refused, match="公众池现在不开"):
        actions.pour(draw.name, "1", at=when("2026-10-12 17:00:01"))
    monkeypatch.setattr(pot, "MOST", 1)
    with pytest.raises(Refused, match="公众池满了"):
        actions.pour(draw.name, "1", at=draw.closes)
    for bad in ("", "12a", "１２", "1 2", "1" * 33, "-1"):
        with pytest.raises(BadInput):
            actions.pour(draw.name, bad, at=draw.closes)
    actions.abort(draw.name, "名单漏了(例)", at=draw.closes, **hall.who("fuze"))
    with pytest.raises(Refused, match="公众池现在不开"):
        actions.pour(draw.name, "1", at=draw.closes)
    other = hall.sealed(period="P2")
    with pytest.raises(Refused, match="没有公众池"):
        actions.pour(other.name, "1", at=when("2026-10-12 11:00"))


def test_nobody_enters_or_alters_it_by_hand(hall: Hall) -> None:
    draw = hall.sealed(beacons=[POT, DICE])
    actions.pour(draw.name, "1", at=when("2026-10-12 11:00"))
    with pytest.raises(Refused, match="由时钟合上"):
        hall.value(draw, beacon=POT, value=bytes(32))
    hall.value(draw, beacon=DICE)
    with pytest.raises(Refused, match="由时钟合上"):
        actions.correct_value(draw.name, POT, bytes(32), source="x", fell=when("2026-10-12 17:45"), reason="x", at=when("2026-10-12 18:05"), **hall.who("faqi"))  # fmt: skip
    for alter in (lambda: Drop.objects.update(digits="2"), lambda: Drop.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            alter()


def test_a_pot_has_no_moment_and_stands_first(hall: Hall) -> None:
    with pytest.raises(Refused, match="不写产生时间"):
        hall.freeze(beacons=[POT, DICE], falls={POT: when("2026-10-12 19:00")})
    with pytest.raises(Refused, match="公众池要写在其他公开值之前"):
        hall.freeze(beacons=[DICE, POT])
    with pytest.raises(Refused, match="少于 60 比特"):
        hall.freeze(beacons=[POT, "pl5 1"])


def test_anybody_throws_in_on_the_page(hall: Hall, clock) -> None:
    draw = hall.sealed(beacons=[POT, DICE])
    clock("2026-10-12 11:00")
    page = Client().get(PLACE).content.decode()
    assert "写进公众池" in page and "0 行" in page
    wrong = Client().post(f"{PLACE}/pot", {"digits": "电话"})
    assert wrong.status_code == 422 and "只收数字" in wrong.content.decode()
    done = Client().post(f"{PLACE}/pot", {"digits": "271828"})
    assert done.status_code == 302 and done["Location"] == f"{PLACE}?line=1#pot"
    assert "您的是第 1 行" in Client().get(f"{PLACE}?line=1").content.decode()
    assert Client().get(f"{PLACE}/pot").status_code == 405
    assert Client().post("/draws/nk.scjg/2026-9/pot", {"digits": "1"}).status_code == 404
    assert [digits for _, _, digits in queries.drops(draw)] == ["271828"]
    assert queries.drops(draw)[0][1].astimezone(UTC).hour == 3
    clock("2026-10-12 17:10")
    late = Client().post(f"{PLACE}/pot", {"digits": "1"})
    assert late.status_code == 422 and "公众池现在不开" in late.content.decode()
