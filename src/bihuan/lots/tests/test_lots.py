"""From the rule to the place: published, listed, drawn through the ceremony, told, given back, moved up."""

from __future__ import annotations

import pytest

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import upload
from bihuan.core.time.instant import at
from bihuan.draws import queries as draws
from bihuan.draws.tests.ceremony import when
from bihuan.lots import actions, queries
from bihuan.lots.tests.conftest import School
from bihuan.people.models import Reading

LISTED = when("2026-10-11 09:00")
LATER = when("2026-10-13 09:00")


def state_of(number: str) -> str:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(number=number).state


def test_a_round_from_rule_to_place(school: School) -> None:
    one = school.publish()
    soldier = school.child(one, 1, group="soldier")
    first = school.child(one, 2)
    twin = school.child(one, 3, twin=first.number)
    plain = [school.child(one, n) for n in (4, 5)]
    young = school.child(one, 6, born="2020-09-01")
    again = school.child(one, 4, moment="2026-10-09 11:00")
    found = actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    assert dict(found.direct) == {soldier.number: "group"}
    assert dict(found.out) == {young.number: "young", again.number: "double"}
    assert [lot.numbers for lot in found.lots] == [
        (first.number, twin.number),
        (plain[0].number,),
        (plain[1].number,),
    ]
    assert found.seats == 2 and found.wanted == 4 and found.needs_draw
    with wall.open_to(wall.SYSTEM):
        assert Reading.objects.filter(purpose=actions.PURPOSE).count() == 7  # every parent can see it

    draw = school.draw_lots(one)
    result = draws.result(draw.name)
    assert result is not None and len(result.selected) == 2
    now = queries.stand(one.code, LATER)
    assert now.standing is not None and now.standing.taken == 2
    assert [ticket.rank for ticket in now.order.values()] == [1, 2, 3]
    assert list(now.order) == [one.sid for one in result.selected] + list(result.reserves["LOT"])
    told = actions.settle(one.code, **school.who("jingban"), at=LATER)
    assert told == 5 and state_of(soldier.number) == "placed"
    for lot in now.standing.placed:
        assert {state_of(number) for number in lot.numbers} == {"placed"}
    for lot in now.standing.waiting:
        assert {state_of(number) for number in lot.numbers} == {"waiting"}
    assert state_of(young.number) == "verified"  # the head tells why, or finds another school
    assert actions.settle(one.code, **school.who("jingban"), at=LATER) == 0


def test_a_place_given_back_moves_the_next_up(school: School) -> None:
    one = school.publish(seats=2, groups=[])
    children = {c.number: c for c in (school.child(one, n) for n in range(1, 6))}
    actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    school.draw_lots(one)
    actions.settle(one.code, **school.who("jingban"), at=LATER)
    before = queries.stand(one.code, LATER).standing
    assert before is not None
    gone, next_up = before.placed[0].id, before.waiting[0].id
    cases.act(children[gone].case, "give_back", by=f"r:{gone}", unit="", at=at("2026-10-14 09:00"), data={})
    assert actions.settle(one.code, **school.who("jingban"), at=when("2026-10-14 10:00")) == 1
    assert state_of(next_up) == "placed" and state_of(before.placed[1].id) == "placed"
    after = queries.place_of(queries.stand(one.code, LATER), gone)
    assert after is not None and after.how == "gone"


def test_nobody_gives_a_place_by_hand(school: School) -> None:
    one = school.publish()
    case = school.child(one, 1)
    with pytest.raises(Refused, match="不能手工给"):
        school.act(case.case, "place", "juzhang", "2026-10-10 10:00", lot=case.number, how="领导交办")


def test_enough_places_need_no_lot(school: School) -> None:
    one = school.publish(seats=5)
    children = [school.child(one, n) for n in range(3)]
    actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    with pytest.raises(Refused, match="不用抽签"):
        school.freeze_lots(one)
    assert actions.settle(one.code, **school.who("jingban"), at=LISTED) == 3
    assert {state_of(c.number) for c in children} == {"placed"}
    with pytest.raises(Refused, match="不能再改"):
        actions.take_in(one.code, **school.who("jingban"), at=LATER)


def test_the_list_is_fixed_once_the_draw_is_frozen(school: School) -> None:
    one = school.publish(seats=1, groups=[])
    for n in range(3):
        school.child(one, n)
    actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    draw = school.freeze_lots(one)
    assert queries.draw_of(one, LATER)[0] == draw.name
    for step in (
        lambda: actions.take_in(one.code, **school.who("jingban"), at=LATER),
        lambda: school.freeze_lots(one),
    ):
        with pytest.raises(Refused, match="不能再改"):
            step()
    assert [(row.standing, row.period) for row in draws.attempts()] == [
        (draw.name, one.code)
    ]  # the second draw
    with pytest.raises(Refused, match="还没有公布"):
        actions.settle(one.code, **school.who("jingban"), at=LATER)


def test_the_register_of_the_draw_is_everybody_on_the_list(school: School) -> None:
    one = school.publish(seats=2)
    soldier, a = school.child(one, 1, group="soldier"), school.child(one, 2)
    b, c = school.child(one, 3, twin=a.number), school.child(one, 4)
    actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    draw = school.freeze_lots(one)
    files = {
        name: draws.published(draw, name) or b"" for name in ("subjects.tsv", "excluded.tsv", "plan.tsv")
    }
    subjects = {line.split("\t")[0] for line in files["subjects.tsv"].decode().split("\n")[1:-1]}
    excluded = dict(line.split("\t")[::2] for line in files["excluded.tsv"].decode().split("\n")[1:-1])
    assert subjects == {a.number, c.number} and excluded == {soldier.number: "GROUP", b.number: "TWIN"}
    assert files["plan.tsv"].decode().split("\n")[1] == "LOT\t0\t1\t1\t-"


def test_unverified_registrations_hold_up_the_list(school: School) -> None:
    one = school.publish()
    case = school.child(one, 1, verified=False)
    with pytest.raises(Refused, match="还有 1 件没有核验完"):
        actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    school.act(
        case.case,
        "turn_away",
        "juzhang",
        "2026-10-10 10:00",
        upload("letter:turn_away"),
        reason="户籍不在本区",
    )
    assert dict(actions.take_in(one.code, **school.who("jingban"), at=LISTED).out) == {case.number: "unfit"}


def test_only_twins_share_a_lot_and_what_else_was_written_there_is_not_kept(school: School) -> None:
    one = school.publish()
    first = school.child(one, 1)
    twin = school.child(one, 2, born="2020-03-02", twin=first.number.lower())  # born past midnight
    stranger = school.child(one, 3, born="2020-03-03", twin=first.number)
    named = school.child(one, 4, twin="示例孩子一")
    found = actions.take_in(one.code, **school.who("jingban"), at=LISTED)
    assert [lot.numbers for lot in found.lots] == [(first.number, twin.number), (stranger.number,), (named.number,)]  # fmt: skip
    assert found.alone == (stranger.number, named.number)
    assert "示例孩子" not in str(one.steps.get(kind="list").said)


def test_whoever_is_not_of_the_office_is_refused(school: School) -> None:
    for name in ("faqi", "chuang"):
        with pytest.raises(Refused, match="主管部门"):
            school.publish(name)
    one = school.publish()
    for step in (actions.take_in, actions.settle):
        with pytest.raises(Refused, match="主管部门"):
            step(one.code, **school.who("faqi"), at=LISTED)
    with pytest.raises(Refused, match="主管部门"):
        school.freeze_lots(one, "faqi")


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("seats", 0), ("year", 1), ("last", "first"), ("source", " ")]
)
def test_a_rule_that_says_too_little_is_refused_by_field(school: School, field: str, value: object) -> None:
    with pytest.raises(BadInput) as bad:
        school.publish(**{field: value})
    assert [key for key, _ in bad.value.faults] == [field]


def test_a_car_park_is_drawn_from_a_table(school: School) -> None:
    one = school.publish(
        purpose="parking", title="示例路停车场（虚构）", title_en="", cut=None, groups=[], seats=2
    )
    table = "number,twin,group,sibling,used,unfit\n" + "".join(f"p{n},,,,,\n" for n in range(1, 6))
    for bad in ("", "nummer\nP1\n", table + "坏,,,,,\n", table + '"P\t9",,,,,\n', table + "P9,,,maybe,,\n"):
        with pytest.raises(BadInput):
            actions.take_in(one.code, **school.who("jingban"), at=LISTED, table=bad.encode())
    with pytest.raises(Refused, match="出现两次"):
        actions.take_in(
            one.code, **school.who("jingban"), at=LISTED, table=(table + "P1,,,,,\n").encode()
        )  # the same
    actions.take_in(one.code, **school.who("jingban"), at=LISTED, table=table.encode())
    school.draw_lots(one)
    actions.settle(one.code, **school.who("jingban"), at=LATER)
    before = queries.stand(one.code, LATER).standing
    assert before is not None
    actions.leave(one.code, before.placed[0].id, **school.who("jingban"), at=LATER)
    after = queries.stand(one.code, LATER).standing
    assert after is not None and [lot.id for lot in after.placed] == [
        before.placed[1].id,
        before.waiting[0].id,
    ]
    with pytest.raises(Refused, match="没有名额"):
        actions.leave(one.code, "P77", **school.who("jingban"), at=LATER)
