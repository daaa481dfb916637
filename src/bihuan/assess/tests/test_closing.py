"""A month is closed, appealed, decided, published; who may, what is refused, and that nothing is altered afterwards."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from bihuan.assess import queries, standing
from bihuan.assess.actions import closing
from bihuan.assess.corrections import corrections
from bihuan.assess.models import Deduction, Figure, Month, Release, Thing
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at

TEXT = "当天道路封闭，车辆进不去，已经报备"


def rework(month):
    return Deduction.objects.get(month=month, rule="rework")


def appeal(offices, deduction, name="cgwhead", when="2026-11-03 09:00", text=TEXT):
    return closing.object_to(deduction.pk, text, **offices.who(name), at=at(when))


def decide(offices, objection, name="ducha", when="2026-11-04 09:00", upheld=True, reason="查实属实，撤销"):
    return closing.decide(objection.pk, upheld, reason, **offices.who(name), at=at(when))


def test_figures_deductions_and_tables_are_kept(offices):
    numbers = offices.month()
    made = offices.close()
    found = queries.figures(made, "unit", "nk.cgw")["nk.cgw"]["rework_rate"]
    assert (found.numerator, found.denominator, found.left_out) == (1, 4, [])
    one = rework(made)
    assert (one.unit, one.number, one.points, one.automatic) == (
        "nk.cgw",
        numbers["bad"],
        Decimal("0.2"),
        True,
    )
    assert made.tables["reports"] == 6
    assert made.tables["matters"] == [["管理事项:06042", 6]]
    assert made.tables["overdue"] == [["nk.cgw", "120104001", 2]]  # the one never done, the one sent back
    assert made.frozen["code"].startswith("0.1.0+")


def test_nothing_counted_is_no_data(offices):
    made = offices.close()
    rows = queries.figures(made, "district")["120104"]
    assert len(rows) == 18 and all(row.denominator == 0 for row in rows.values())
    assert all(one.total is None and one.place is None for one in standing.standings(made, []))


@pytest.mark.parametrize("name", ["zhuren", "cgwhead", "shouli", "ducha"])
def test_only_the_supervision_centre_closes(offices, name):
    with pytest.raises(Refused, match="监督中心"):
        offices.close(name)
    assert not Month.objects.exists()


@pytest.mark.parametrize(
    ("period", "field"),
    [((1999, 1), "year"), ((2026, 13), "month"), ((2026, 0), "month"), ((2026, 11), "month")],
)
def test_bad_input_names_its_field(offices, period, field):
    with pytest.raises(BadInput) as caught:
        offices.close(period=period)
    assert [name for name, _ in caught.value.faults] == [field]


def test_appeal_upheld_gives_the_points_back(offices):
    offices.month()
    made = offices.close()
    before = next(one for one in standing.standings(made, queries.deductions(made)) if one.unit == "nk.cgw")
    decide(offices, appeal(offices, rework(made)))
    after = next(one for one in standing.standings(made, queries.deductions(made)) if one.unit == "nk.cgw")
    assert (before.taken, after.taken) == (Decimal("0.20"), Decimal(0))
    assert after.total == before.total + Decimal("0.20")


def test_appeal_refused_leaves_them(offices):
    offices.month()
    made = offices.close()
    decide(offices, appeal(offices, rework(made)), upheld=False)
    assert standing.stands(queries.deductions(made)[0])


def test_who_may_appeal_and_until_when(offices):
    offices.month()
    one = rework(offices.close())
    for name in ("jiehead", "zhuren"):
        with pytest.raises(Refused, match="不是你所在的单位"):
            appeal(offices, one, name)
    with pytest.raises(Refused, match="负责人"):
        appeal(offices, one, "cgw")
    with pytest.raises(BadInput):
        appeal(offices, one, text="不服")
    with pytest.raises(Refused, match="5 个工作日"):
        appeal(offices, one, when="2026-11-10 09:00")
    appeal(offices, one, when="2026-11-09 17:00")
    with pytest.raises(Refused, match="已经申诉过"):
        appeal(offices, one, when="2026-11-09 17:30")


def test_another_unit_and_person_decides(offices):
    offices.month()
    objection = appeal(offices, rework(offices.close()))
    for name in ("zhongxin", "cgwhead", "zhuren"):
        with pytest.raises(Refused, match="督查室"):
            decide(offices, objection, name)
    with pytest.raises(BadInput):
        decide(offices, objection, reason="可")
    decide(offices, objection)
    with pytest.raises(Refused, match="已经裁决"):
        decide(offices, objection)


def test_who_gave_it_cannot_decide_even_in_the_deciding_seat(offices):
    """The giver moves to the deciding office: the seat fits, the person does not."""
    from datetime import date

    from bihuan.people import actions as people

    offices.month()
    objection = appeal(offices, rework(offices.close()))
    people.give_post(offices.district.persons["zhongxin"], "nk.duban", "head", date(2026, 11, 3))
    with pytest.raises(Refused, match="扣分和申诉的一方"):
        closing.decide(
            objection.pk, True, "查实属实，撤销", by=offices.district.id("zhongxin"), unit="nk.duban",
            at=at("2026-11-04 09:00"),
        )  # fmt: skip


def test_publication_waits_for_decisions_and_for_another_person(offices):
    offices.month()
    made = offices.close()
    objection = appeal(offices, rework(made))
    with pytest.raises(Refused, match="1 件申诉没有裁决"):
        offices.publish(made)
    decide(offices, objection)
    with pytest.raises(Refused, match="政府办公室"):
        offices.publish(made, "zhongxin")
    there = offices.publish(made)
    assert len(there.digest) == len(there.data) == 64
    with pytest.raises(Refused, match="已经公布"):
        offices.publish(made)
    with pytest.raises(Refused, match="已经公布"):
        offices.close(when="2026-11-05 10:00")


def test_closed_again_the_newest_holds_until_somebody_appeals(offices):
    offices.month()
    first = offices.close()
    second = offices.close(when="2026-11-02 15:00")
    with pytest.raises(Refused, match="最新的一次"):
        offices.publish(first)
    appeal(offices, rework(second))
    with pytest.raises(Refused, match="不能重新结账"):
        offices.close(when="2026-11-03 15:00")


def test_points_taken_by_hand_name_case_rule_and_reason(offices):
    numbers = offices.month()
    made = offices.close()

    def give(
        rule="false_work",
        whose="nk.cgw",
        number=numbers["late"],
        reason="处置后照片是别处的",
        name="zhongxin",
    ):
        return closing.give_deduction(
            made.pk, rule, whose, number, reason, **offices.who(name), at=at("2026-11-02 16:00")
        )

    assert give().points == 1
    with pytest.raises(Refused):
        give(name="ducha")
    with pytest.raises(BadInput) as caught:
        give(rule="rework", whose="nk.jiandu", number="CG0", reason="")
    assert [name for name, _ in caught.value.faults] == ["rule", "whose", "number", "reason"]


def test_what_comes_later_is_a_correction_beside_the_frozen_figure(offices):
    numbers = offices.month()
    there = offices.publish(offices.close())
    digest, frozen = there.digest, queries.figures(there.month, "district")
    case = Thing.objects.filter(number=numbers["new"], kind="case").first().case
    offices.district.do(case, "send", "shouli", "2026-11-05 09:05", collector=offices.district.id("caiji"))
    offices.district.do(case, "verify", "caiji", "2026-11-05 09:15", files=["before"])
    offices.district.do(case, "accept", "shouli", "2026-11-05 09:20")
    from bihuan.assess.actions.telling import tell

    tell(at("2026-11-05 12:00"))
    found = corrections(there.month)
    moved = found.of("district")["120104", "opened_rate"]
    assert (moved.frozen, moved.now) == ((5, 6, 0), (6, 6, 0))
    assert [(one.number, one.then, one.now) for one in found.cases if one.item.key == "opened_rate"] == [
        (numbers["new"], (0, 1, 0), (1, 1, 0))
    ]
    rows = queries.figures(there.month, "district")
    assert {k: v.numerator for k, v in rows["120104"].items()} == {
        k: v.numerator for k, v in frozen["120104"].items()
    }
    assert queries.data_digest(there.month) == there.data
    assert queries.digest_of(there.month, there.standings, there.data) == digest


def test_upheld_after_publication_is_a_correction_too(offices):
    offices.month()
    made = offices.close()
    there = offices.publish(made)
    decide(offices, appeal(offices, rework(made), when="2026-11-05 09:00"), when="2026-11-06 09:00")
    assert [one.objection.deduction.rule for one in corrections(made).decisions] == ["rework"]
    assert next(row for row in there.standings if row["unit"] == "nk.cgw")["taken"] == "0.20"


def test_changed_formula_leaves_the_published_month(offices, monkeypatch, tmp_path):
    from bihuan.assess import schemes

    offices.month()
    there = offices.publish(offices.close())
    monkeypatch.setattr(schemes, "HERE", tmp_path)
    monkeypatch.setattr(schemes, "code_version", lambda: "9")
    assert queries.digest_of(queries.month(there.month_id), there.standings, there.data) == there.digest
    assert [one.number for one in queries.listed(there.month, "unit", "nk.cgw", "rework_rate", "numerator")]


def test_any_number_opens_its_cases_and_no_person_can_be_asked_for(offices):
    numbers = offices.month()
    made = offices.close()
    for by in ("unit", "district", "street", "community"):
        for code, row in queries.figures(made, by).items():
            for item, figure in row.items():
                for part, n in (
                    ("numerator", figure.numerator),
                    ("denominator", figure.denominator),
                    ("left_out", sum(figure.left_out)),
                ):
                    assert len(queries.listed(made, by, code, item, part)) == n, (by, code, item, part)
    missed = queries.listed(made, "district", "120104", "opened_rate", "missed")
    assert [one.number for one in missed] == [numbers["new"]]
    after = queries.listed(made, "district", "120104", "opened_rate", "denominator")[2]
    rest = queries.listed(made, "district", "120104", "opened_rate", "denominator", (after.number, after.id))
    assert len(rest) == 3
    for by in ("person", "collector", "handler", "checker"):
        with pytest.raises(queries.NoSuchMonth):
            queries.listed(made, by, offices.district.id("caiji"), "opened_rate", "denominator")


def test_nothing_kept_can_be_altered(offices):
    offices.month()
    there = offices.publish(offices.close())
    for change in (
        lambda: Figure.objects.filter(month=there.month).update(numerator=9),
        lambda: Deduction.objects.all().delete(),
        lambda: Release.objects.update(digest="0"),
        lambda: Month.objects.update(asof=there.at),
        lambda: Thing.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_third_time_a_case_is_sent_back_weighs_more(offices):
    district = offices.district
    case = district.dispatched("2026-10-12")
    for hour in ("10", "11", "14", "15"):
        district.do(case.case, "feedback", "cgw", f"2026-10-12 {hour}:00", files=["after"])
        checker = offices.checker(case.case)
        district.do(
            case.case, "check_bad", checker, f"2026-10-12 {hour}:30", files=["check"], text="还是满的"
        )
    made = offices.close()
    taken = [(one.rule, str(one.points)) for one in queries.deductions(made)]
    assert sorted(taken) == [("rework", "0.20")] * 2 + [("rework_again", "0.50")] * 2
