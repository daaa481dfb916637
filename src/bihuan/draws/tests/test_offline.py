"""Mode C: five parties, every nonce in escrow, dice: what is kept, what opens a nonce that stays shut, what must not be."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bihuan.cases.shapes import Refused
from bihuan.core.draw import seed, shamir, verify
from bihuan.draws import actions, queries
from bihuan.draws.face import face
from bihuan.draws.models import Draw
from bihuan.draws.tests.ceremony import (
    DICE,
    FIVE,
    PARTY_STAFF,
    THROWN,
    Hall,
    nonce,
    published,
    shares_of,
    when,
)
from bihuan.record import queries as record
from bihuan.record.models import Pending

pytestmark = pytest.mark.django_db(transaction=True)
LATE = "nk.gzjg"
THROWERS = ("nk.sfj", "nk.jw")


def closed(hall: Hall, **but: Any) -> Draw:
    """Logged, four of five open, closed by the clock."""
    draw = hall.offline(**but)
    hall.open(draw, *(party for party in FIVE if party != LATE))
    actions.close(draw.name, at=when("2026-10-12 17:01"))
    return draw


def hand(
    hall: Hall, draw: Draw, keeper: str, share: bytes | None = None, moment: str = "2026-10-12 17:10"
) -> None:
    given = share or shares_of(LATE)[FIVE.index(keeper)]
    actions.open_share(draw.name, LATE, given, at=when(moment), **hall.who(PARTY_STAFF[keeper]))


def value(hall: Hall, draw: Draw, **but: Any) -> None:
    hall.value(draw, **{"throwers": THROWERS} | but)


def told() -> list[dict[str, Any]]:
    """What entered the public record, as JSON."""
    waiting = [bytes(one.entry) for one in Pending.objects.order_by("pk")]
    payloads = [entry[80:] for entry in (*record.entries(0, record.size()), *waiting)]
    return [json.loads(payload) for payload in payloads if payload.startswith(b"{")]


def test_three_shares_open_what_its_party_left_shut_and_a_stranger_redoes_it(hall: Hall) -> None:
    draw = closed(hall)
    for keeper in ("nk.scjg", "nk.jw"):
        hand(hall, draw, keeper)
    assert queries.shut(draw) == [LATE]
    hand(hall, draw, "nk.sfj")
    assert queries.nonces(draw)[LATE] == nonce(LATE) and queries.shut(draw) == []
    value(hall, draw)
    hall.compute(draw)
    checks = {one.name: one for one in verify(published(draw))}
    assert checks["parties"].code == "ok_parties" and checks["result"].verdict == "ok"
    shown = next(
        p for p in face(draw.name, when("2026-10-12 19:00"), hall.office.folder).parties if p.code == LATE
    )
    assert shown.late and shown.recovered == when("2026-10-12 17:10") and shown.nonce == nonce(LATE).hex()


def test_the_public_record_tells_the_shares_who_keeps_them_and_what_they_opened(hall: Hall) -> None:
    draw = closed(hall)
    before = {one["step"]: one for one in told()}
    for keeper in ("nk.scjg", "nk.jw", "nk.sfj"):
        hand(hall, draw, keeper)
    entries = told()
    assert before["close"]["missing"] == [LATE]
    escrow = [one for one in entries if one["step"] == "escrow"]
    assert [one["party"] for one in escrow] == list(FIVE) and all(len(one["shares"]) == 5 for one in escrow)
    assert {one["keeper"] for one in entries if one["step"] == "receive"} == set(FIVE)
    assert [one["keeper"] for one in entries if one["step"] == "share"] == ["nk.scjg", "nk.jw", "nk.sfj"]
    (back,) = (one for one in entries if one["step"] == "recover")
    assert (back["party"], back["nonce"]) == (LATE, nonce(LATE).hex())
    secret = shares_of(LATE)[4].hex()
    assert secret not in json.dumps(entries), "a share that nobody needed stays sealed"


def test_nobody_throws_while_a_nonce_is_shut_or_before_the_last_is_open(hall: Hall) -> None:
    draw = closed(hall)
    with pytest.raises(Refused, match="还有随机数没有开启"):
        value(hall, draw)
    for keeper in ("nk.scjg", "nk.jw", "nk.sfj"):
        hand(hall, draw, keeper, moment="2026-10-12 17:50")
    with pytest.raises(Refused, match="最后一个随机数开启以后"):
        value(hall, draw)  # thrown at 17:45
    value(hall, draw, fell=when("2026-10-12 17:51"))


def test_two_parties_throw(hall: Hall) -> None:
    draw = hall.offline()
    hall.open(draw)
    for throwers in ((), ("nk.sfj",), ("nk.sfj", "nk.sfj"), ("nk.sfj", "nk.s001")):
        with pytest.raises(Refused, match="哪两方"):
            value(hall, draw, throwers=throwers)
    value(hall, draw)
    assert told()[-1]["throwers"] == list(THROWERS)


def test_without_all_shares_in_their_places_no_manifest_is_logged(hall: Hall) -> None:
    draw = hall.freeze(parties=FIVE)
    assert draw.escrow
    hall.commit(draw)
    hall.log(when("2026-10-12 10:00"))
    for party in FIVE[:4]:
        actions.receive(draw.name, at=hall.moment + timedelta(minutes=20), **hall.who(PARTY_STAFF[party]))
    with pytest.raises(Refused, match="还有 1 方没有收存"):
        actions.seal(draw.name, at=when("2026-10-12 10:00"), **hall.who("faqi"))
    with pytest.raises(Refused, match="已经收存"):
        actions.receive(draw.name, at=hall.moment + timedelta(minutes=21), **hall.who(PARTY_STAFF[FIVE[0]]))
    with pytest.raises(Refused, match="须由"):
        actions.receive(draw.name, at=hall.moment + timedelta(minutes=21), **hall.who("jiedao"))


def test_a_commitment_comes_with_the_hashes_of_five_shares(hall: Hall) -> None:
    draw = hall.freeze(parties=FIVE)
    made = seed.commitment(draw.hash, draw.name, LATE, nonce(LATE))
    hashes = [seed.sharing(draw.hash, draw.name, LATE, share) for share in shares_of(LATE)]
    for bad in ((), hashes[:4], [hashes[0]] * 5, [*hashes[:4], hashes[4][:-1]]):
        with pytest.raises(Refused, match="5 份分份的杂凑值"):
            actions.commit(draw.name, made, shares=bad, at=hall.moment, **hall.who("gongzheng"))
    other = hall.freeze(period="P2")
    with pytest.raises(Refused, match="没有托管"):
        actions.commit(other.name, made, shares=hashes, at=hall.moment, **hall.who("gongzheng"))


def test_a_share_is_opened_only_when_and_by_whom_it_may_be(hall: Hall) -> None:
    draw = hall.offline()
    with pytest.raises(Refused, match="还没有截止"):
        hand(hall, draw, "nk.jw", moment="2026-10-12 16:59")
    hall.open(draw, "nk.scjg")
    for keeper, share, why in [
        ("nk.jw", shares_of(LATE)[0], "不是交给本单位的那一份"), ("nk.jw", b"\4" + bytes(32), "不是交给本单位的那一份"),
        ("nk.jw", shares_of(LATE)[3][:-1], "不是交给本单位的那一份"), (LATE, None, "自己留的分份"),
    ]:  # fmt: skip
        with pytest.raises(Refused, match=why):
            hand(hall, draw, keeper, share)
    with pytest.raises(Refused, match="不是出随机数的一方"):
        actions.open_share(draw.name, LATE, bytes(33), at=when("2026-10-12 17:10"), **hall.who("jiedao"))
    with pytest.raises(Refused, match="已经开启"):
        actions.open_share(draw.name, "nk.scjg", bytes(33), at=when("2026-10-12 17:10"), **hall.who("jiwei"))
    hand(hall, draw, "nk.jw")
    with pytest.raises(Refused, match="这一份已经开启"):
        hand(hall, draw, "nk.jw")
    online = hall.sealed(period="P2")
    with pytest.raises(Refused, match="没有托管"):
        actions.open_share(online.name, LATE, bytes(33), at=when("2026-10-12 17:10"), **hall.who("shijian"))


def test_one_bad_share_hinders_nothing(hall: Hall) -> None:
    bad = [*shares_of(LATE)]
    bad[0] = b"\1" + bytes(32)
    draw = closed(hall, shares={LATE: bad})
    hand(hall, draw, "nk.scjg", bad[0])
    for keeper in ("nk.jw", "nk.sfj"):
        hand(hall, draw, keeper)
    assert queries.shut(draw) == [LATE]
    hand(hall, draw, "nk.fgw")
    assert queries.nonces(draw)[LATE] == nonce(LATE)


def test_shares_that_give_nothing_are_told_and_the_draw_can_only_be_aborted(hall: Hall) -> None:
    bad = shamir.split(b"\7" * 32, bytes(64))
    draw = closed(hall, shares={LATE: bad})
    for keeper in ("nk.scjg", "nk.jw", "nk.sfj", "nk.fgw"):
        hand(hall, draw, keeper, bad[FIVE.index(keeper)])
    assert told()[-1]["step"] == "unsound" and told()[-1]["party"] == LATE
    shown = face(draw.name, when("2026-10-12 19:00"), hall.office.folder)
    assert next(p for p in shown.parties if p.code == LATE).unsound
    assert [m.verdict for m in shown.marks if m.title.startswith("没有开的")] == ["bad"]
    with pytest.raises(Refused, match="还有随机数没有开启"):
        value(hall, draw)
    actions.abort(
        draw.name, "公证机构没有开，交的分份还原不出(例)", at=when("2026-10-12 19:00"), **hall.who("fuze")
    )
    assert queries.state(draw, when("2026-10-12 19:01")) == "aborted"


def test_whoever_keeps_or_opens_shares_neither_logs_nor_computes(hall: Hall) -> None:
    """faqi and shijian are of one unit: the other of them does what is left."""
    draw = hall.freeze(parties=FIVE)
    hall.commit(draw, "nk.scjg", "nk.sfj", "nk.gzjg", "nk.jw", "nk.fgw")
    for party in FIVE[1:]:
        actions.receive(draw.name, at=hall.moment + timedelta(minutes=20), **hall.who(PARTY_STAFF[party]))
    actions.receive(draw.name, at=hall.moment + timedelta(minutes=20), **hall.who("faqi"))
    hall.log(when("2026-10-12 10:00"))
    with pytest.raises(Refused, match="登记方案的人不出随机数"):
        actions.seal(draw.name, at=when("2026-10-12 10:00"), **hall.who("faqi"))
    hall.seal(draw, name="fuze")


def test_dice_with_three_parties_or_five_with_a_lottery_are_no_escrow(hall: Hall) -> None:
    assert not hall.freeze().escrow
    lottery = ["kl8 2026311", DICE]
    assert not hall.freeze(period="P2", parties=FIVE, beacons=lottery).escrow
    assert hall.freeze(period="P3", parties=FIVE, beacons=["pot p3", DICE]).escrow


def test_a_sealed_draw_held_offline_is_opened_when_the_inspections_are_done(hall: Hall) -> None:
    draw = hall.offline(sealed=True)
    hall.open(draw)
    value(hall, draw, value=THROWN)
    hall.compute(draw)
    assert queries.state(draw, when("2026-10-12 19:00")) == "drawn"
    actions.open_blind(draw.name, at=when("2027-01-04 10:00"), **hall.who("fuze"))
    assert {one.name: one.verdict for one in verify(published(draw))}["result"] == "ok"
