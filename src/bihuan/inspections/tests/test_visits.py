"""扫码入企: every visit is registered with its reason, the cap is shown, and what nobody registered is found in the record."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from bihuan.cases import actions as cases
from bihuan.cases.edge import OFFSET
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.codes.invent import invent_uscc
from bihuan.core.time.instant import at
from bihuan.inspections import actions, queries
from bihuan.inspections.published import results
from bihuan.inspections.tasks import look_at_inspections
from bihuan.inspections.tests.bureau import BUREAU, CODES, NOW, businesses, do
from bihuan.leads.models import Lead
from bihuan.people import actions as people

pytestmark = pytest.mark.django_db


def visit(bureau: District, code: str = CODES[0], channel: str = "random", basis: str = "年度计划（例）", n: int = 2, **more: Any) -> Any:  # fmt: skip
    return actions.register_visit(code, channel, basis, n, by=bureau.id("jian1"), unit=BUREAU, at=NOW, **more)


def targeted(bureau: District, code: str = CODES[0], first: str = "jian1", second: str = "jian2") -> Any:
    data = {
        "title": "示例餐馆", "subject": code, "agency": BUREAU, "first": bureau.id(first), "first_unit": BUREAU, "limit": "10 days",
        "second": bureau.id(second), "second_unit": BUREAU, "origin": "CG20261001-000001", "items": "餐饮服务食品安全检查",
    }  # fmt: skip
    return cases.open_case("inspections", "complaint", by=bureau.id("jing"), unit=BUREAU, at=NOW, data=data)


def record(
    bureau: District, case: int, came: str, left: str, who: str = "jian1", result: str = "clean"
) -> None:
    do(
        bureau, case, "record", who, "2026-10-13 12:00", "site", "sheet", checks=[{"point": "餐具洗净消毒", "found": "符合"}],
        result=result, signed="yes", began_at=f"2026-10-13 {came}", ended_at=f"2026-10-13 {left}", text="现场整洁（例）",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": invent_uscc(3)}, "code"),
        ({"channel": "curiosity"}, "channel"),
        ({"basis": " "}, "basis"),
        ({"n": 1}, "people"),
        ({"n": 51}, "people"),
        ({"number": "JC20261012-999999"}, "number"),
    ],
)
def test_a_visit_without_reason_or_place_is_refused(bureau: District, given: dict, field: str) -> None:
    businesses(1)
    with pytest.raises(BadInput) as bad:
        visit(bureau, **given)
    assert [name for name, _ in bad.value.faults] == [field]


def test_the_cap_is_shown_to_both_and_a_visit_over_it_is_marked(bureau: District) -> None:
    businesses(1)
    assert [visit(bureau).over for _ in range(3)] == [False, False, True]
    assert not visit(bureau, channel="complaint").over  # it has its reason and stands beside the cap
    assert not visit(bureau, channel="other", n=1).over
    door = queries.door(CODES[0], NOW)
    assert door is not None and (door.counted, door.cap, door.over, len(door.visits)) == (3, 2, True, 5)


def test_an_inspection_that_nobody_registered_is_found_and_counted_once(bureau: District) -> None:
    businesses(1)
    case = targeted(bureau)
    record(bureau, case.case, "10:00", "10:40")
    door = queries.door(CODES[0], NOW)
    assert door is not None and [(v.number, v.scanned, v.counted, v.people) for v in door.visits] == [
        (case.number, False, False, 0)
    ]
    visit(bureau, channel="complaint", number=case.number)
    door = queries.door(CODES[0], NOW)
    assert door is not None and [v.scanned for v in door.visits] == [True]
    with pytest.raises(BadInput, match="已经登记过"):
        visit(bureau, channel="complaint", number=case.number)


def test_only_who_inspects_registers_a_visit(bureau: District) -> None:
    businesses(1)
    with pytest.raises(Refused, match="执法人员"):
        actions.register_visit(CODES[0], "other", "路过（例）", 1, by=bureau.id("caiji"), unit=BUREAU, at=NOW)
    with pytest.raises(Refused):
        actions.register_visit(
            CODES[0], "other", "路过（例）", 1, by=bureau.id("jian1"), unit="nk.cgw", at=NOW
        )


def test_an_inspection_is_registered_as_what_it_is_and_by_whose_it_is(bureau: District) -> None:
    """A complaint is not called random at the door, nor the other way round; nobody registers for another department."""
    businesses(2)
    case = targeted(bureau)
    for given, field in (
        ({"channel": "random"}, "channel"),
        ({"channel": "other"}, "channel"),
        ({"channel": "complaint", "code": CODES[1]}, "number"),
    ):
        with pytest.raises(BadInput) as bad:
            visit(bureau, number=case.number, **given)
        assert [name for name, _ in bad.value.faults] == [field]
    people.give_post(bureau.persons["caiji"], "nk.xfzd", "enforcer", date(2016, 1, 1))
    with pytest.raises(BadInput, match="没有这一户"):
        actions.register_visit(
            CODES[0], "complaint", "x", 2, number=case.number, by=bureau.id("caiji"), unit="nk.xfzd", at=NOW
        )
    assert visit(bureau, channel="complaint", number=case.number).number == case.number


def test_visits_of_the_year_leave_a_business_out_of_the_next_draw(bureau: District) -> None:
    from bihuan.inspections.tests.bureau import planned

    businesses(4)
    visit(bureau)
    visit(bureau)
    found = queries.preview(planned(bureau), NOW)
    assert found.roster.excluded == ((CODES[0], "B", "CAP"),)


def test_visits_of_this_year_do_not_use_up_the_cap_of_the_next(bureau: District) -> None:
    from bihuan.inspections.tests.bureau import TASK, planned

    businesses(4)
    visit(bureau)
    visit(bureau)
    task = dataclasses.replace(TASK, first=date(2027, 1, 4), last=date(2027, 3, 31))
    found = queries.preview(planned(bureau, task, year=2027), NOW)
    assert found.roster.excluded == ()


def test_nobody_knows_a_code_that_no_register_has(bureau: District) -> None:
    assert queries.door(invent_uscc(3), NOW) is None


def test_published_results_with_what_followed(bureau: District) -> None:
    businesses(2)
    case = targeted(bureau)
    record(bureau, case.case, "10:00", "10:40", result="corrected")
    do(bureau, case.case, "confirm", "jian2", "2026-10-13 13:00")
    do(bureau, case.case, "pass", "shen", "2026-10-14 09:00")
    assert results() == ([], 0)  # nothing before it is published
    do(
        bureau,
        case.case,
        "publish_rectify",
        "jing",
        "2026-10-15 09:00",
        reviewed="yes",
        limit="10 days",
        order="补办",
    )
    (shown,), more = results()
    assert (str(shown.result), str(shown.follow), shown.words, shown.random, more) == ("发现问题已责令改正", "责令改正中", "现场整洁（例）", False, 0)  # fmt: skip
    do(bureau, case.case, "recheck_ok", "jian1", "2026-10-20 09:00", "recheck")
    assert str(results(code=CODES[0])[0][0].follow) == "已改正"
    assert results(code=CODES[1]) == ([], 0)


def test_what_was_published_last_is_listed_first(bureau: District) -> None:
    """Not what was opened last: an inspection that took long is news too."""
    businesses(2)
    first, second = targeted(bureau), targeted(bureau)
    for case, when in ((second, "2026-10-14"), (first, "2026-10-15")):
        record(bureau, case.case, "10:00", "10:40", result="clean")
        do(bureau, case.case, "confirm", "jian2", "2026-10-13 13:00")
        do(bureau, case.case, "pass", "shen", f"{when} 09:00")
        do(bureau, case.case, "publish", "jing", f"{when} 10:00", reviewed="yes")
    assert [one.number for one in results()[0]] == [first.number, second.number]


def test_paper_inspections_become_leads(bureau: District) -> None:
    """Two places at once, and a checklist answered in a minute; looking again shows them no second time."""
    businesses(3)
    one, two, quick = (
        targeted(bureau),
        targeted(bureau, CODES[1], "jian2", "jian3"),
        targeted(bureau, CODES[2]),
    )
    record(bureau, one.case, "10:00", "10:40")
    record(bureau, two.case, "10:20", "10:50", "jian2")
    record(bureau, quick.case, "11:00", "11:01")
    since, until = at("2026-10-13 00:00"), at("2026-10-14 00:00")
    assert look_at_inspections(timestamp=until - OFFSET) == 2
    assert actions.look(since, until, until) == 0
    found = {lead.signal: lead.cases for lead in Lead.objects.all()}
    assert found == {"two_places": [one.number, two.number], "in_seconds": [quick.number]}
