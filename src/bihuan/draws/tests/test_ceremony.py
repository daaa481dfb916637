"""A draw from frozen rosters to a result that a stranger redoes; sealed draws; substitutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.cases import actions as cases
from bihuan.cases.models import Case
from bihuan.cases.shapes import Refused
from bihuan.core.draw import Announced, Known, verdict, verify
from bihuan.core.log import proof
from bihuan.draws import actions, queries
from bihuan.draws.models import Draw, File
from bihuan.draws.tests.ceremony import (
    DICE,
    THROWN,
    UTC_CLOSES,
    Hall,
    published,
    when,
)  # fmt: skip
from bihuan.record.models import Audit

pytestmark = pytest.mark.django_db(transaction=True)
REGISTER = [f"S{n:03d}".encode() for n in range(40)] + [b"X001"]


def checked(hall: Hall, draw: Draw) -> dict[str, str]:
    known = Known(
        registry=REGISTER,
        announced={DICE: Announced(THROWN, UTC_CLOSES + timedelta(minutes=45))},
        logged=queries.logged(draw, hall.office.trusted),
    )
    found = verify(published(draw), known)
    assert verdict(found) == "ok", [(one.name, one.say.en) for one in found if one.verdict != "ok"]
    return {one.name: one.verdict for one in found}


def test_a_stranger_redoes_a_whole_ceremony(hall: Hall) -> None:
    draw = hall.drawn()
    assert draw.name == "nk.scjg/2026-1"
    found = checked(hall, draw)
    assert found["logged"] == found["rivals"] == found["result"] == "ok"
    assert "avoid.tsv" not in published(draw)
    result = queries.result(draw.name)
    assert result is not None and not result.secret
    assert [one.rank for one in result.selected] == list(range(1, 8))  # 2 of 20 in A, 5 of 20 in B
    assert all(len(one.team) == 2 and not one.short for one in result.selected)
    assert {stratum: len(ids) for stratum, ids in result.reserves.items()} == {"A": 2, "B": 2}
    assert queries.state(draw, when("2026-10-12 18:11")) == "published"
    assert [one.kind for one in queries.history("2026Q4")] == ["freeze", "seal", "result"]


def test_the_manifest_is_proven_to_a_stranger_without_us(hall: Hall) -> None:
    draw = hall.drawn()
    text = queries.proof(draw)
    assert text is not None
    proven = proof.verify(text.encode(), hall.office.trusted)
    assert proven.entry.payload == published(draw)["manifest.txt"]
    assert len(proven.seen) == 3
    assert all(second < draw.closes.timestamp() for second in proven.seen.values())
    hall.log(when("2026-10-12 18:20"))
    told = queries.proof(draw, "result")
    assert told is not None and proof.verify(told.encode(), hall.office.trusted).entry.kind == 3


def test_one_party_away_is_named_and_the_draw_goes_on(hall: Hall) -> None:
    draw = hall.sealed()
    hall.open(draw, "nk.scjg", "nk.sfj")
    assert actions.close(draw.name, at=when("2026-10-12 17:00")) is None  # the last second is still in time
    assert actions.close_due(when("2026-10-12 17:01")) == 1
    assert actions.close_due(when("2026-10-12 17:02")) == 0
    step = draw.steps.get(kind="close")
    assert step.said == {"missing": ["nk.gzjg"]}
    hall.value(draw)
    hall.compute(draw)
    assert checked(hall, draw)["parties"] == "ok"


def test_the_case_tells_the_same_story(hall: Hall) -> None:
    draw = hall.drawn()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('bihuan.scope', 'system', false)")
    assert Case.objects.get(pk=draw.case).state == "published"
    names = [name for (name,) in cases.wall.ask("select name from cases_event where case_id = %s order by seq", [draw.case], "system")]  # fmt: skip
    assert names == ["freeze", *["commit"] * 3, "seal", *["open_nonce"] * 3, "close", "value", "result"]


def test_a_corrected_value_stands_beside_the_old_one(hall: Hall) -> None:
    draw = hall.sealed()
    hall.open(draw)
    hall.value(draw, value=b"9 " + THROWN[2:])
    fell, after = when("2026-10-12 17:45"), when("2026-10-12 18:05")
    actions.correct_value(
        draw.name,
        DICE,
        THROWN,
        source="现场录像(例)",
        fell=fell,
        reason="第一颗抄错",
        at=after,
        **hall.who("faqi"),
    )
    hall.compute(draw)
    checked(hall, draw)
    told = [(step.kind, bytes(step.body)) for step in queries.steps(draw) if step.key == DICE]
    assert told == [("value", b"9 " + THROWN[2:]), ("correct", THROWN)]
    assert all(step.entry for step in queries.steps(draw) if step.key == DICE)


def test_a_sealed_draw_tells_nothing_before_its_blind_is_opened(hall: Hall) -> None:
    draw = hall.drawn(sealed=True)
    assert queries.state(draw, when("2026-10-13 09:00")) == "drawn"
    assert set(published(draw)) == {
        "manifest.txt",
        "subjects.tsv",
        "excluded.tsv",
        "inspectors.tsv",
        "plan.tsv",
    }
    hidden = queries.result(draw.name)
    assert hidden is not None and hidden.secret
    for step in queries.steps(draw):
        said = bytes(step.entry or b"") + str(step.said).encode()
        assert not any(one.sid.encode() in said for one in hidden.selected), step.kind
    events = str(
        cases.wall.ask("select data::text from cases_event where case_id = %s", [draw.case], "system")
    )
    assert not any(one.sid in events for one in hidden.selected)
    assert not File.objects.filter(name="result.tsv").exists()  # the wall
    with pytest.raises(Refused):
        actions.open_blind(draw.name, at=when("2027-01-15 09:00"), **hall.who("faqi"))  # the head's
    actions.open_blind(draw.name, at=when("2027-01-15 09:00"), **hall.who("fuze"))
    checked(hall, draw)


def test_the_blind_is_owed_twenty_working_days_after_the_plan(hall: Hall) -> None:
    draw = hall.drawn(sealed=True)
    (due,) = cases.wall.ask("select due_at from cases_case where id = %s", [draw.case], "system")[0]
    assert due.astimezone(when("2027-01-01 00:00").tzinfo).date().isoformat() == "2027-01-28"


def test_teams_of_a_sealed_draw_are_read_with_a_purpose_and_audited(hall: Hall) -> None:
    draw = hall.drawn(sealed=True)
    at = when("2026-10-13 09:00")
    with pytest.raises(Refused):
        actions.read_teams(draw.name, purpose="派组", at=at, **hall.who("sifa"))
    with pytest.raises(Exception, match="为什么要看"):
        actions.read_teams(draw.name, purpose=" ", at=at, **hall.who("faqi"))
    before = Audit.objects.filter(kind="read").count()
    assert actions.read_teams(draw.name, purpose="派组", at=at, **hall.who("faqi")).selected
    assert Audit.objects.filter(kind="read").count() == before + 1
    assert Audit.objects.filter(kind="read").latest("pk").about == draw.name


def test_substitutes_go_strictly_in_order(hall: Hall) -> None:
    draw = hall.drawn()
    at, who = when("2026-10-13 09:00"), hall.who("faqi")
    result = queries.result(draw.name)
    assert result is not None
    first, second = [one.sid for one in result.selected if one.stratum == "A"]
    spare = result.reserves["A"]
    with pytest.raises(Refused, match=spare[0]):
        actions.substitute(draw.name, first, "CLOSED", wanted=spare[1], at=at, **who)
    with pytest.raises(Refused, match="没有被抽中"):
        actions.substitute(draw.name, spare[0], "CLOSED", at=at, **who)
    with pytest.raises(Refused, match="原因"):
        actions.substitute(draw.name, first, " ", at=at, **who)
    assert actions.substitute(draw.name, first, "CLOSED", at=at, **who) == spare[0]
    with pytest.raises(Refused, match="已经换过"):
        actions.substitute(draw.name, first, "CLOSED", at=at, **who)
    assert actions.substitute(draw.name, spare[0], "MOVED", at=at, **who) == spare[1]
    with pytest.raises(Refused, match="用完"):
        actions.substitute(draw.name, second, "CLOSED", at=at, **who)
    found = queries.result(draw.name)
    assert found is not None and found.replaced == {first: spare[0], spare[0]: spare[1]}


def test_substitutes_of_a_sealed_draw_are_told_when_it_is_opened(hall: Hall) -> None:
    draw = hall.drawn(sealed=True)
    result = queries.result(draw.name)
    assert result is not None
    sid = result.selected[0].sid
    actions.substitute(draw.name, sid, "CLOSED", at=when("2026-10-13 09:00"), **hall.who("faqi"))
    assert draw.steps.get(kind="substitute").entry is None
    actions.open_blind(draw.name, at=when("2027-01-15 09:00"), **hall.who("fuze"))
    with connection.cursor() as cursor:
        cursor.execute(
            'select count(*) from record_pending where position(\'"step":"substitute"\'::bytea in entry) > 0'
        )
        assert cursor.fetchone() == (1,)


CHANGES = (
    "update draws_file set body = 'x'",
    "delete from draws_file",
    "update draws_draw set closes = now()",
    "update draws_step set body = 'x'",
    "delete from draws_step where kind = 'abort'",
    "truncate draws_blind",
    "delete from draws_attempt",
)


def test_nothing_of_a_draw_can_be_changed(hall: Hall) -> None:
    hall.sealed()
    for sql in CHANGES:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
