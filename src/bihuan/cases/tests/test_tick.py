"""`tick`: clocks act by themselves, the longest overdue first, and one broken case holds up nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.cases import actions, queries, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Event, Stuck
from bihuan.cases.tests.conftest import District, check_by_index, ten_thousand
from bihuan.core.time.instant import at


def row(pk: int) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk)


def test_silence_on_a_return_agrees_it(district: District) -> None:
    case = district.dispatched()
    district.do(
        case.case,
        "back",
        "cgw",
        "2026-10-12 10:00",
        reason="不归我管",
        why="not_ours",
        nobody="权责清单只有本单位",
    )
    wake = row(case.case).wake_at
    assert wake is not None
    assert actions.tick(wake - timedelta(seconds=1)) == 0
    assert actions.tick(wake) == 1
    assert row(case.case).state == "dispatching"
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get(case=case.case, name="take_back")
    assert (event.by, event.unit, event.at) == ("clock", "", wake)
    assert event.effective == wake - timedelta(seconds=1)


def test_passing_due_marks_the_case_late_and_looks_at_it_once(district: District) -> None:
    case = district.dispatched()
    due = row(case.case).due_at
    assert due is not None and not row(case.case).late
    assert actions.tick(due) == 0
    assert actions.tick(due + timedelta(seconds=1)) == 1
    assert row(case.case).late
    assert actions.tick(due + timedelta(seconds=2)) == 0


def test_the_worker_and_the_write_path_come_to_the_same(district: District) -> None:
    one, two = district.dispatched(), district.dispatched()
    for case in (one, two):
        district.do(
            case.case,
            "back",
            "cgw",
            "2026-10-12 10:00",
            reason="不归我管",
            why="not_ours",
            nobody="权责清单只有本单位",
        )
    with wall.open_to(wall.SYSTEM):  # only the first is ticked
        Case.objects.filter(pk=two.case).update(wake_at=None)
    actions.tick(at("2026-10-20 09:00"))
    for case in (one, two):
        district.do(case.case, "dispatch", "paiqian", "2026-10-20 09:00", unit="nk.cgw")
    a, b = row(one.case), row(two.case)
    assert (a.state, a.due_at, a.wake_at, a.late) == (b.state, b.due_at, b.wake_at, b.late)


def test_ten_thousand_overdue_cases_never_starve_the_oldest(district: District) -> None:
    case = district.dispatched()
    district.do(
        case.case,
        "back",
        "cgw",
        "2026-10-12 10:00",
        reason="不归我管",
        why="not_ours",
        nobody="权责清单只有本单位",
    )
    ten_thousand(case.case, wake_at="wake_at + i * interval '1 second'")
    now = at("2026-11-02 09:00")
    assert actions.tick(now, 50) == 50
    with wall.open_to(wall.SYSTEM):
        acted = set(Event.objects.filter(name="take_back").values_list("case", flat=True))
    assert acted == {case.case, *range(1_000_001, 1_000_050)}
    # new cases come all the time; the rest of the old ones still moves on with every round
    district.report("2026-11-02 08:00")
    for done in (100, 150):
        assert actions.tick(now, 50) == 50
        with wall.open_to(wall.SYSTEM):
            assert Event.objects.filter(name="take_back").count() == done
    check_by_index()


def test_a_broken_case_is_written_down_and_tried_again(real_district: District, owner) -> None:
    bad, good = real_district.dispatched(), real_district.dispatched()
    for case in (bad, good):
        real_district.do(
            case.case,
            "back",
            "cgw",
            "2026-10-12 10:00",
            reason="不归我管",
            why="not_ours",
            nobody="权责清单只有本单位",
        )
    owner.execute("alter table cases_event disable trigger user")
    owner.execute("update cases_event set name = 'nonsense' where case_id = %s and seq = 3", [bad.case])
    now = at("2026-10-20 09:00")
    actions.tick(now)
    assert row(good.case).state == "dispatching"
    [(pk, number, error, tries, again)] = queries.stuck()
    assert (pk, number, tries) == (bad.case, bad.number, 1) and "nonsense" in error
    assert again == to_datetime(now + 120)
    actions.tick(now + 60)
    assert queries.stuck()[0][3] == 1
    actions.tick(now + 120)
    assert queries.stuck()[0][3] == 2
    owner.execute("update cases_event set name = 'verify' where case_id = %s and seq = 3", [bad.case])
    owner.execute("alter table cases_event enable trigger user")
    actions.tick(now + 3600)
    assert row(bad.case).state == "dispatching" and not Stuck.objects.exists()


def test_a_locked_case_is_left_to_whoever_has_it(real_district: District, owner) -> None:
    case = real_district.dispatched()
    due = row(case.case).due_at
    assert due is not None
    with owner.transaction():
        owner.execute("select 1 from cases_case where id = %s for update", [case.case])
        actions.tick(due + timedelta(seconds=1))
        assert not row(case.case).late
    actions.tick(due + timedelta(seconds=1))
    assert row(case.case).late


@pytest.mark.parametrize("limit", [1, 3])
def test_the_limit_is_kept(district: District, limit: int) -> None:
    for _ in range(4):
        district.report()
    assert actions.tick(at("2026-12-01 09:00"), limit) == limit
