"""Responsibility cells in the database: recorded by table, held by shift, leave with a deputy, visits once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.cases.edge import to_datetime
from bihuan.core.rows import Loaded
from bihuan.core.time.instant import at, day
from bihuan.places import actions, queries
from bihuan.places.models import Beat, Leave, Room, Visit, Watch
from bihuan.places.roster import Unfit, WatchRow

pytestmark = pytest.mark.django_db
MAY = date(2026, 7, 6)
D = day("2026-07-06")
A, B, C = "120104001001001", "120104001001002", "120104001001003"
STAFF = ("1", "2", "3")


def two_beats() -> None:
    actions.record_beats({"Z1": ("一号", [A, B]), "Z2": ("二号", [C])}, since=MAY, by="9")
    actions.assign(WatchRow("Z1", "early", "1", MAY), collectors=STAFF, by="9")
    actions.assign(WatchRow("Z2", "early", "2", MAY), collectors=STAFF, by="9")


def leave(person: str, deputy: str, first: int, length: int, reason: str = "年休假") -> Leave:
    since = MAY + timedelta(first)
    return actions.give_leave(
        person, deputy, since, since + timedelta(length), reason, collectors=STAFF, by="9",
        at=to_datetime(at("2026-07-06 09:00")),
    )  # fmt: skip


def on(cell: str, moment: str) -> list[str]:
    return [one.person for one in queries.on_duty(cell, at(moment))]


def test_recording_twice_changes_nothing_and_a_moved_cell_keeps_its_past() -> None:
    table = {"Z1": ("一号", [A, B]), "Z2": ("二号", [C])}
    assert actions.record_beats(table, since=MAY, by="9") == Loaded(3)
    assert actions.record_beats(table, since=MAY, by="9") == Loaded()
    moved = {"Z2": ("二号片", [B, C])}
    assert actions.record_beats(moved, since=MAY + timedelta(3), by="9") == Loaded(0, 1, 0)
    roster = queries.roster(D, D + 5)
    assert [roster.beat_of(B, D + n) for n in (2, 3)] == ["Z1", "Z2"]
    assert Beat.objects.get(code="Z2").name == "二号片"
    assert actions.record_beats({"Z2": ("二号片", [B])}, since=MAY + timedelta(4), by="9") == Loaded(0, 0, 1)
    assert queries.roster(D + 5).beat_of(C, D + 5) == ""
    with pytest.raises(Unfit, match="不能改更早的日子"):
        actions.record_beats({"Z1": ("一号", [B])}, since=MAY, by="9")
    assert Room.objects.filter(cell=B).count() == 2


def test_who_answers_follows_shift_leave_and_deputy() -> None:
    two_beats()
    leave("1", "3", 1, 2)
    assert (on(A, "2026-07-06 10:00"), on(A, "2026-07-07 10:00"), on(A, "2026-07-09 10:00")) == (
        ["1"],
        ["3"],
        ["1"],
    )
    assert on(A, "2026-07-06 15:00") == [] and on(C, "2026-07-06 10:00") == ["2"]
    assert queries.own_collectors(A, D, D + 1) == {"1", "3"}
    assert queries.own_collectors(C, D) == {"2"}
    assert queries.cells_of("3", D + 1) == {"early": (A, B)} and queries.cells_of("1", D + 1) == {}
    assert queries.cells_of("2", D) == {"early": (C,)}


@pytest.mark.parametrize(
    ("person", "deputy", "first", "length", "reason", "said"),
    [
        ("1", "", 0, 2, "病假", "请假必须指定替班"),
        ("1", "1", 0, 2, "病假", "不能由本人替班"),
        ("1", "8", 0, 2, "病假", "替班的人不是信息采集员"),
        ("8", "1", 0, 2, "病假", "这个人不是信息采集员"),
        ("1", "3", 0, 0, "病假", "止日要在起日之后"),
        ("1", "3", 0, 2, "  ", "请写明事由"),
        ("2", "1", 6, 2, "病假", "这几天已经登记了请假"),
        ("1", "2", 6, 2, "病假", "替班的人这几天也请假"),
    ],
)  # fmt: skip
def test_leave_that_leaves_nobody_is_refused(
    person: str, deputy: str, first: int, length: int, reason: str, said: str
) -> None:
    leave("2", "3", 5, 3)
    with pytest.raises(Unfit, match=said) as error:
        leave(person, deputy, first, length, reason)
    assert all(say.en for _, say in error.value.faults)
    assert Leave.objects.count() == 1


def test_even_the_database_takes_no_leave_without_a_deputy() -> None:
    given = {"since": MAY, "until": MAY, "reason": "x", "at": to_datetime(at("2026-07-06 09:00"))}
    for deputy in ("", "1"):
        with pytest.raises(IntegrityError, match="places_leave_deputy"), transaction.atomic():
            Leave.objects.create(person="1", deputy=deputy, **given)


def test_a_holding_is_ended_not_deleted() -> None:
    two_beats()
    row = Watch.objects.get(beat="Z1")
    with pytest.raises(Unfit, match="已经由这个人值这个班"):
        actions.assign(WatchRow("Z1", "early", "1", MAY + timedelta(3)), collectors=STAFF, by="9")
    with pytest.raises(Unfit, match="不能早于起日"):
        actions.end_watch(row.pk, MAY - timedelta(1), by="9")
    actions.end_watch(row.pk, MAY + timedelta(2), by="9")
    assert (on(A, "2026-07-07 10:00"), on(A, "2026-07-08 10:00")) == (["1"], [])
    with pytest.raises(Unfit, match="已经到 2026-07-08"):
        actions.end_watch(row.pk, MAY + timedelta(2), by="9")
    for given, said in (
        (WatchRow("Z9", "early", "1", MAY), "没有责任网格"),
        (WatchRow("Z1", "early", "8", MAY), "不是信息采集员"),
        (WatchRow("Z1", "early", "3", MAY, MAY), "止日"),
    ):
        with pytest.raises(Unfit, match=said):
            actions.assign(given, collectors=STAFF, by="9")


def test_a_table_of_holdings_is_taken_whole_or_not_at_all() -> None:
    actions.record_beats({"Z1": ("一号", [A])}, since=MAY, by="9")
    good, bad = WatchRow("Z1", "early", "1", MAY), WatchRow("Z1", "early", "8", MAY)
    with pytest.raises(Unfit):
        actions.record_watches([good, bad], collectors=STAFF, by="9")
    assert not Watch.objects.exists()
    assert actions.record_watches([good], collectors=STAFF, by="9") == Loaded(1)
    assert actions.record_watches([good], collectors=STAFF, by="9") == Loaded()


def test_a_visit_sent_twice_is_recorded_once() -> None:
    seen, told = to_datetime(at("2026-07-06 09:00")), to_datetime(at("2026-07-06 11:00"))
    assert actions.record_visit(A, "1", seen, told, "device-1")
    assert not actions.record_visit(A, "1", seen, told, "device-1")
    assert Visit.objects.count() == 1


def test_asking_who_answers_costs_three_queries(django_assert_num_queries) -> None:
    two_beats()
    with django_assert_num_queries(3):
        queries.on_duty(A, at("2026-07-06 10:00"))
    with django_assert_num_queries(3):
        queries.own_collectors(A, D, D + 10)
