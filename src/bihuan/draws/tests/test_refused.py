"""Every step that must not be, refused by its name, with nothing of it left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.draw.beacon import QUICKNET
from bihuan.core.tests.draws_here import ROUND_1000
from bihuan.draws import actions, queries
from bihuan.draws.models import Attempt, Draw, Step
from bihuan.draws.tests.ceremony import DICE, PARTIES, ROWS, THROWN, Hall, nonce, when
from bihuan.record.models import Pending

pytestmark = pytest.mark.django_db(transaction=True)
CLOSES = when("2026-10-12 17:00")


def test_numbers_are_consecutive_per_authority_and_year(hall: Hall) -> None:
    names = [hall.freeze(period=f"P{n}").name for n in range(2)]
    names.append(hall.freeze(period="P2", year=2027).name)
    with pytest.raises(Refused):
        hall.freeze(period="P3", rows={})  # refused: takes no number
    names.append(hall.freeze(period="P4").name)
    assert names == ["nk.scjg/2026-1", "nk.scjg/2026-2", "nk.scjg/2027-1", "nk.scjg/2026-3"]
    assert actions.next_number("nk.scjg", 2026) == 4


UNSOUND: list[tuple[dict[str, Any], str]] = [
    ({"parties": PARTIES[:2]}, "三到五个不同的单位"),
    ({"parties": (*PARTIES[:2], PARTIES[0])}, "三到五个不同的单位"),
    ({"parties": (*PARTIES[:2], "nk.nobody")}, "没有这个单位"),
    ({"closes": when("2026-10-12 08:00")}, "已经过去"),
    ({"beacons": ["pl5 2026311"]}, "少于 60 比特"),
    ({"beacons": ["ssq 2026001", DICE]}, "不认识的公开值"),
    ({"beacons": [f"drand {QUICKNET} 1000"]}, "不足 30 分钟"),
    ({"falls": {DICE: when("2026-10-12 17:29")}}, "不足 30 分钟"),
    ({"falls": {"dice other": when("2026-10-12 19:00")}}, "没有公开值"),
    ({"rows": {}}, "名录是空的"),
    ({"rows": ROWS | {"plan": [("A", "1", "10", "1", "MKT:2")]}}, "类别 B 在方案里没有一行"),
    ({"rows": ROWS | {"excluded": [("S000", "A", "CAP")]}}, "既在名录里又在排除名单里"),
    ({"rows": ROWS | {"subjects": [("S000", "A"), ("S000", "A")]}}, "重复"),
    ({"rows": ROWS | {"subjects": [("店", "A")]}}, "不许的字节"),
    ({"rows": ROWS | {"subjects": [("S" * 23, "A")]}}, "超过 22 个字节"),
]  # fmt: skip


def test_what_cannot_be_frozen(hall: Hall) -> None:
    for but, why in UNSOUND:
        with pytest.raises(Refused, match=why):
            hall.freeze(**but)
    assert not Draw.objects.exists() and not Step.objects.exists() and not Pending.objects.exists()


def test_only_the_organiser_freezes(hall: Hall) -> None:
    with pytest.raises(Refused, match="经办人或者负责人"):
        hall.freeze(by=str(hall.persons["faqi"].pk), unit="nk.sfj")
    with pytest.raises(ValueError, match="unknown purpose"):
        hall.freeze(purpose="gift")


def test_a_second_draw_for_the_period_is_refused_and_everybody_sees_it(hall: Hall) -> None:
    draw = hall.freeze()
    for but in ({}, {"authority": "nk.other"}):  # another name for the same office changes nothing
        with pytest.raises(Refused, match="已有抽取"):
            hall.freeze(**but)
    assert Draw.objects.count() == 1 and Attempt.objects.count() == 2
    assert [one.kind for one in queries.history("2026Q4")] == ["freeze", "refused", "refused"]
    told = [bytes(one.entry) for one in Pending.objects.all()]
    assert sum(b'"step":"refused"' in entry for entry in told) == 2
    actions.abort(draw.name, "名录少了一页(例)", at=hall.moment + timedelta(hours=1), **hall.who("fuze"))
    again = hall.freeze(at=hall.moment + timedelta(hours=2))
    assert again.name == "nk.scjg/2026-2"
    assert [(one.kind, one.said) for one in queries.history("2026Q4")][-2:] == [("abort", "名录少了一页(例)"), ("freeze", "")]  # fmt: skip
    assert [(row.name, row.state, row.tries, row.reason) for row in queries.rows(hall.moment)[0]] == [
        ("nk.scjg/2026-2", "frozen", 1, ""), ("nk.scjg/2026-1", "aborted", 0, "名录少了一页(例)")]  # fmt: skip


def test_another_name_for_the_office_hides_no_earlier_draw(hall: Hall) -> None:
    draw = hall.freeze()
    actions.abort(draw.name, "名录少了一页(例)", at=hall.moment + timedelta(hours=1), **hall.who("fuze"))
    again = hall.freeze(authority="nk.other", at=hall.moment + timedelta(hours=2))
    assert [(row.name, row.tries) for row in queries.rows(hall.moment)[0]] == [
        (again.name, 1),
        (draw.name, 0),
    ]
    assert [one.name for one in queries.same_period(again)] == [draw.name]
    other = hall.freeze(period="2027Q1", at=hall.moment + timedelta(hours=3))
    assert queries.rows(hall.moment)[0][0].name == other.name and not queries.rows(hall.moment)[0][0].tries


def test_an_abort_needs_the_head_and_a_reason_and_a_result_ends_it(hall: Hall) -> None:
    draw = hall.freeze()
    with pytest.raises(Refused, match="原因"):
        actions.abort(draw.name, " ", at=hall.moment, **hall.who("fuze"))
    with pytest.raises(Refused, match="须由"):
        actions.abort(draw.name, "x", at=hall.moment, **hall.who("faqi"))
    hall.commit(draw)
    hall.seal(draw)
    hall.open(draw)
    hall.value(draw)
    hall.compute(draw)
    with pytest.raises(Refused, match="已公布"):
        actions.abort(draw.name, "结果不好看", at=when("2026-10-12 19:00"), **hall.who("fuze"))
    assert not Step.objects.filter(kind="abort").exists()


def test_a_party_commits_once_and_only_for_itself(hall: Hall) -> None:
    draw = hall.freeze()
    for given, why in ((b"short", "32 个字节"),):
        with pytest.raises(Refused, match=why):
            actions.commit(draw.name, given, at=hall.moment, **hall.who("sifa"))
    with pytest.raises(Refused, match="不是出随机数的一方"):
        actions.commit(draw.name, bytes(32), at=hall.moment, **hall.who("jiedao"))
    hall.commit(draw, "nk.sfj")
    with pytest.raises(Refused, match="已经交过承诺"):
        actions.commit(draw.name, bytes(32), at=hall.moment + timedelta(hours=1), **hall.who("sifa"))
    with pytest.raises(Refused, match="同样的承诺"):
        same = queries.commitments(draw)["nk.sfj"]
        actions.commit(draw.name, same, at=hall.moment + timedelta(hours=1), **hall.who("gongzheng"))
    assert set(queries.commitments(draw)) == {"nk.sfj"}


def test_the_manifest_waits_for_every_commitment(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw, "nk.scjg", "nk.sfj")
    with pytest.raises(Refused, match="公证机构"):
        hall.seal(draw)


def test_no_fresh_quorum_of_witnesses_no_new_draw(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw)
    at = when("2026-10-12 10:00")
    with pytest.raises(Refused, match="够数的见证签名"):
        actions.seal(draw.name, at=at, **hall.who("faqi"))
    hall.office.away = {"w0", "w1"}
    hall.log(at)
    with pytest.raises(Refused, match="够数的见证签名"):
        actions.seal(draw.name, at=at, **hall.who("faqi"))
    hall.office.away = {"w0"}
    hall.log(when("2026-10-12 09:30"))
    with pytest.raises(Refused, match="够数的见证签名"):
        actions.seal(draw.name, at=when("2026-10-12 13:31"), **hall.who("faqi"))
    assert "seal" not in queries.kinds(draw)
    actions.seal(draw.name, at=when("2026-10-12 13:29"), **hall.who("faqi"))


def test_who_logs_the_manifest_gives_no_nonce(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw)
    with pytest.raises(Refused, match="不出随机数"):
        hall.seal(draw, "shijian")


def test_too_late_to_log_the_manifest(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw)
    with pytest.raises(Refused, match="截止时间已经过去"):
        hall.seal(draw, moment="2026-10-12 17:00")


def test_a_nonce_is_opened_in_time_and_is_the_one_committed_to(hall: Hall) -> None:
    draw = hall.sealed()
    with pytest.raises(Refused, match="不是本单位承诺"):
        actions.open_nonce(draw.name, nonce("nk.sfj", 1), at=CLOSES, **hall.who("sifa"))
    with pytest.raises(Refused, match="不是本单位承诺"):  # another party's
        actions.open_nonce(draw.name, nonce("nk.gzjg"), at=CLOSES, **hall.who("sifa"))
    with pytest.raises(Refused, match="不是出随机数的一方"):
        actions.open_nonce(draw.name, nonce("nk.sfj"), at=CLOSES, **hall.who("jiedao"))
    with pytest.raises(Refused, match="已经截止"):
        late = CLOSES + timedelta(seconds=1)
        actions.open_nonce(draw.name, nonce("nk.sfj"), at=late, **hall.who("sifa"))
    hall.open(draw, "nk.sfj", moment="2026-10-12 17:00")
    with pytest.raises(Refused, match="已经开启"):
        hall.open(draw, "nk.sfj", moment="2026-10-12 17:00")
    assert set(queries.nonces(draw)) == {"nk.sfj"}


def test_a_nonce_is_not_opened_before_the_manifest_is_logged(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw)
    with pytest.raises(Refused, match="名单已冻结"):
        hall.open(draw, "nk.sfj", moment="2026-10-12 09:30")


@pytest.mark.parametrize(
    ("moment", "but", "why"),
    [
        ("2026-10-12 16:50", {"fell": when("2026-10-12 16:40")}, "还没有截止"),
        ("2026-10-12 17:20", {"fell": when("2026-10-12 17:15")}, "不足 30 分钟"),
        ("2026-10-12 17:20", {"fell": when("2026-10-12 17:45")}, "还没有产生"),
        ("2026-10-12 18:00", {"value": THROWN[:-1]}, "不是这一种公开值"),
        ("2026-10-12 18:00", {"value": b"1 2 3"}, ""),
    ],
)
def test_what_is_no_value(hall: Hall, moment: str, but: dict[str, Any], why: str) -> None:
    draw = hall.sealed()
    hall.open(draw)
    if not why:  # three dice are a value, but no sixty bits
        hall.value(draw, moment=moment, **but)
        with pytest.raises(Refused, match="少于 60 比特"):
            hall.compute(draw)
        return
    with pytest.raises(Refused, match=why):
        hall.value(draw, moment=moment, **but)
    assert not queries.values(draw)


def test_a_value_is_entered_once_and_only_one_the_manifest_names(hall: Hall) -> None:
    draw = hall.sealed()
    hall.value(draw)
    with pytest.raises(Refused, match="已经登记"):
        hall.value(draw, value=b"1 " + THROWN[2:])
    fell, at = when("2026-10-12 17:45"), when("2026-10-12 18:05")
    with pytest.raises(Refused, match="没有公开值"):
        actions.set_value(draw.name, "dice b", THROWN, source="x", fell=fell, at=at, **hall.who("faqi"))
    with pytest.raises(Refused, match="和原来的一样"):
        actions.correct_value(
            draw.name, DICE, THROWN, source="x", fell=fell, reason="y", at=at, **hall.who("faqi")
        )
    with pytest.raises(BadInput, match="为什么更正"):
        actions.correct_value(
            draw.name, DICE, b"1 " + THROWN[2:], source="x", fell=fell, reason="", at=at, **hall.who("faqi")
        )
    assert queries.values(draw) == {DICE: THROWN}


def test_a_drand_value_must_carry_its_signature(hall: Hall) -> None:
    name = f"drand {QUICKNET} 1000"
    early = when("2023-08-23 20:00")  # round 1000 fell at 23:59:24 in the district
    hall.moment = early
    draw = hall.freeze(beacons=[name], closes=when("2023-08-23 22:00"), year=2023)
    hall.commit(draw)
    hall.seal(draw, moment="2023-08-23 20:30")
    terms: dict[str, Any] = {"source": "api", "fell": early, "at": when("2023-08-24 00:01")} | hall.who(
        "faqi"
    )
    with pytest.raises(Refused, match="验不过"):
        actions.set_value(draw.name, name, ROUND_1000[:-1] + b"\0", **terms)
    with pytest.raises(Refused, match="还没有产生"):
        actions.set_value(draw.name, name, ROUND_1000, **terms | {"at": when("2023-08-23 23:59")})
    actions.set_value(draw.name, name, ROUND_1000, **terms)


def test_who_enters_the_value_does_not_compute(hall: Hall) -> None:
    draw = hall.sealed()
    with pytest.raises(Refused, match="还没有登记"):
        hall.compute(draw)
    hall.value(draw)
    for name in ("faqi", "shijian"):
        with pytest.raises(Refused, match=r"不算结果|出随机数的人"):
            hall.compute(draw, name)
    assert queries.result(draw.name) is None


def test_a_manifest_that_was_not_witnessed_in_time_gives_no_result(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw)
    hall.log(when("2026-10-12 10:00"))
    actions.seal(draw.name, at=when("2026-10-12 10:01"), **hall.who("faqi"))
    hall.open(draw)
    hall.value(draw)
    with pytest.raises(Refused, match="只有 0 家见证"):
        hall.compute(draw)
    hall.log(when("2026-10-12 18:05"))  # too late: after nonces closed
    with pytest.raises(Refused, match="只有 0 家见证"):
        hall.compute(draw)
    with pytest.raises(Refused, match="只有 0 家见证"):
        actions.compute(draw.name, trusted=None, at=when("2026-10-12 18:10"), **hall.who("fuze"))
    assert queries.result(draw.name) is None
    actions.abort(draw.name, "见证没有按时签名", at=when("2026-10-12 18:20"), **hall.who("fuze"))


@pytest.mark.parametrize(
    "step", [lambda h, d: h.open(d, "nk.sfj"), lambda h, d: h.value(d), lambda h, d: h.seal(d)]
)
def test_an_aborted_draw_is_over(hall: Hall, step: Callable[[Hall, Draw], None]) -> None:
    draw = hall.sealed()
    actions.abort(draw.name, "x(例)", at=when("2026-10-12 11:00"), **hall.who("fuze"))
    kinds = queries.kinds(draw)
    with pytest.raises(Refused):
        step(hall, draw)
    assert queries.kinds(draw) == kinds
    assert actions.close_due(when("2026-10-12 17:01")) == 0


def test_what_the_case_refuses_leaves_no_row_and_no_entry(hall: Hall) -> None:
    draw = hall.freeze()
    hall.commit(draw)
    steps, waiting = Step.objects.count(), Pending.objects.count()
    with pytest.raises(Refused):
        hall.open(draw, "nk.sfj", moment="2026-10-12 09:30")
    assert (Step.objects.count(), Pending.objects.count()) == (steps, waiting)
