"""Businesses and inspectors: who may register whom, what is refused, and that nothing is overwritten."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.codes.invent import invent_uscc
from bihuan.core.time.instant import at
from bihuan.inspections import actions, queries
from bihuan.inspections.models import Business, Inspector, Relation
from bihuan.inspections.registers import read_businesses
from bihuan.inspections.tests.bureau import BUREAU, CODES, NOW, TASK, businesses, do, officer, planned
from bihuan.inspections.tests.test_visits import record, targeted

pytestmark = pytest.mark.django_db


def test_what_changed_ends_and_begins_anew(bureau: District) -> None:
    businesses(2)
    row = {"kinds": ["food_service"], "head": "", "closing": True, "valid_until": None, "source": "测试"}
    done = actions.record_businesses({CODES[0]: row}, by="某人", at=NOW)
    assert (done.added, done.changed) == (0, 1)
    assert [b.closing for b in Business.objects.filter(code=CODES[0]).order_by("pk")] == [False, True]
    assert actions.record_businesses({CODES[0]: row}, by="某人", at=NOW).changed == 0


@pytest.mark.parametrize(
    ("cells", "because"),
    [
        (",food_service,,,,测试", "没有写"),
        ("91120104DEM900012K,food_service,,,,测试", ""),
        ("{0},undertaker,,,,测试", "没有“undertaker”这类对象"),
        ("{0},any,,,,测试", "没有“any”这类对象"),
        ("{0},food_service,{0},,,测试", "总部不能是自己"),
        ("{0},food_service,,也许,,测试", "只能写是或者否"),
        ("{0},food_service,,,2026年,测试", "2026-03-02"),
        ("{0},food_service,,,,", "没有写"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(cells: str, because: str) -> None:
    text = "统一社会信用代码,对象类别,总部,注销在途,名录有效至,来源\n" + cells.format(CODES[0]) + "\n"
    found = read_businesses("x.csv", text.encode())
    assert not found.good and because in found.bad[0][2]


def test_a_code_that_comes_twice_is_taken_once() -> None:
    row = f"{CODES[0]},food_service、food_sale,,是,2026-12-31,测试\n"
    found = read_businesses(
        "x.csv", ("统一社会信用代码,对象类别,总部,注销在途,名录有效至,来源\n" + row + row).encode()
    )
    assert found.good[CODES[0]]["kinds"] == ["food_sale", "food_service"]
    assert found.good[CODES[0]]["closing"] is True and found.good[CODES[0]]["valid_until"] == date(
        2026, 12, 31
    )
    assert "前面已经有了" in found.bad[0][2]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_until": date(2026, 10, 11)}, "valid_until"),
        ({"specialities": []}, "pools"),
        ({"specialities": ["magic"]}, "pools"),
        ({"certificate": " "}, "certificate"),
        ({"iid": "SC 1"}, "iid"),
        ({"iid": "X" * 23}, "iid"),
        ({"iid": "SC004"}, "iid"),
        ({"iid": "SC099"}, "iid"),  # a new number would leave the relations behind
        ({"certificate": "示例000004"}, "certificate"),
    ],
)
def test_what_keeps_an_inspector_off_the_register(bureau: District, changed: dict, field: str) -> None:
    with pytest.raises(BadInput) as bad:
        officer(bureau, "jian1", 3, **changed)
    assert [name for name, _ in bad.value.faults] == [field]


def test_a_number_is_never_somebody_elses(bureau: District) -> None:
    """Neither now nor after its holder left the register: what was declared under it would become theirs."""
    Inspector.objects.filter(iid="SC004").update(ended=NOW)
    Inspector.objects.filter(person=bureau.id("jian1")).delete()
    with pytest.raises(BadInput, match="已经有人用了"):
        officer(bureau, "jian1", 4, certificate="示例000099")


def test_only_the_own_unit_registers_and_only_those_with_the_post(bureau: District) -> None:
    with pytest.raises(BadInput, match="没有执法人员岗位"):
        officer(bureau, "jing", 9)
    with pytest.raises(Refused):
        officer(bureau, "jian1", 9, by=bureau.id("jian2"))
    officer(bureau, "jian1", 3, valid_until=date(2028, 1, 1))
    assert Inspector.objects.filter(person=bureau.id("jian1")).count() == 2


def test_a_relation_is_declared_in_person_and_once(bureau: District) -> None:
    businesses(1)
    with pytest.raises(Refused, match="本人申报"):
        actions.declare_relation(CODES[0], "kin", "x", by=bureau.id("juzhang"), at=NOW)
    with pytest.raises(BadInput) as bad:
        actions.declare_relation(invent_uscc(1), "friend", "", by=bureau.id("jian1"), at=NOW)
    assert [field for field, _ in bad.value.faults] == ["code", "kind", "words"]
    actions.declare_relation(CODES[0], "kin", "内弟经营（例）", by=bureau.id("jian1"), at=NOW)
    with pytest.raises(BadInput, match="已经申报过"):
        actions.declare_relation(CODES[0], "kin", "内弟经营（例）", by=bureau.id("jian1"), at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Relation.objects.update(words="没有关系")


def test_the_roster_of_a_task_adds_up_to_the_register(bureau: District) -> None:
    codes = businesses()
    row = {"kinds": ["food_service"], "head": "", "closing": True, "valid_until": None, "source": "测试"}
    actions.record_businesses({codes[0]: row}, by="测试", at=NOW)
    actions.declare_relation(codes[1], "kin", "x", by=bureau.id("jian1"), at=NOW)
    found = queries.preview(planned(bureau), NOW)
    roster = found.roster
    assert sum(count.listed for count in roster.counts) == len(codes) and all(
        c.adds_up for c in roster.counts
    )
    assert roster.excluded == ((codes[0], "B", "CLOSING"),)
    assert roster.avoid == ((codes[1], "SC003", "C"),)
    assert [iid for iid, _ in roster.inspectors] == ["SC003", "SC004", "SC005", "SC006"]
    assert roster.faults == () and any("一址多照" in look for look in roster.looks)
    assert found.names[codes[2]] == "示例餐馆2" and found.names["SC003"] == "测试jian1"


def test_lapsed_certificates_empty_a_pool_and_the_plan_is_refused_with_the_reason(bureau: District) -> None:
    businesses(3)
    for n, name in enumerate(("jian1", "jian2", "jian3"), 3):
        officer(bureau, name, n, valid_until=date(2026, 12, 17))  # the task runs to the 18th
    found = queries.preview(planned(bureau), NOW)
    assert [why for _, why in found.roster.unfit] == ["LAPSED"] * 3
    assert any("只有 1 人能去" in fault for fault in found.roster.faults)


def test_whoever_declares_much_is_flagged(bureau: District) -> None:
    codes = businesses(24)
    actions.declare_relation(codes[0], "kin", "x", by=bureau.id("jian1"), at=NOW)
    loads = {one.iid: one for one in queries.loads(NOW)}
    assert loads["SC003"].flagged and loads["SC003"].share == pytest.approx(100 / 24)
    assert not loads["SC004"].flagged and not loads["SC004"].lapsed


def test_other_units_inspectors_are_not_dealt(bureau: District) -> None:
    businesses(3)
    task = planned(bureau, TASK)
    assert {one.unit for one in queries.team(task, NOW.date())[0]} == {BUREAU}


def test_whoever_went_within_three_years_or_last_does_not_go_again(bureau: District) -> None:
    """The one who went longest ago is free again, unless nobody went since."""
    businesses(2)
    first, second = targeted(bureau), targeted(bureau, CODES[0], "jian3", "jian4")
    record(bureau, first.case, "10:00", "10:40")
    do(bureau, second.case, "record", "jian3", "2026-12-01 12:00", "site", "sheet", checks=[{"point": "x", "found": "符合"}], result="clean", signed="yes", began_at="2026-12-01 10:00", ended_at="2026-12-01 10:40", text="例")  # fmt: skip
    task = planned(
        bureau, dataclasses.replace(TASK, first=date(2027, 1, 4), last=date(2027, 3, 31)), year=2027
    )

    def barred(when: str) -> set[str]:
        return {
            iid
            for sid, iid, why in queries.preview(task, to_datetime(at(when))).roster.avoid
            if sid == CODES[0]
        }

    assert barred("2027-01-04 09:00") == {"SC003", "SC004", "SC005", "SC006"}
    assert barred("2029-10-20 09:00") == {"SC005", "SC006"}  # jian1 and jian2 went over three years before
    assert barred("2031-01-04 09:00") == {"SC005", "SC006"}  # the last, however long ago
