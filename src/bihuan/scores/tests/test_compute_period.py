"""Computing a period: worked figures, who may, what is refused; no case is no data."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.score.formula import wilson
from bihuan.scores.models import Counting, Publication, Result, Scoring


def test_figures_of_a_month_case_by_case(offices):
    numbers = offices.month()
    scoring = offices.compute()
    row = Counting.objects.get(scoring=scoring, unit="nk.cgw", item="handled")
    assert (row.numerator, row.denominator, row.left_out) == (2, 4, 0)
    assert row.cases == {"numerator": numbers[:2], "denominator": numbers, "left_out": []}
    one = Result.objects.get(scoring=scoring, unit="nk.cgw")
    assert one.small and one.place == 1 and one.possible == 70
    low = wilson(2, 4)[0]
    part = one.detail["parts"][0]
    assert (part["k"], part["n"], part["small"]) == (2, 4, True)
    assert Decimal(part["points"]) == Decimal(str(round(low, 8) * 40)).quantize(Decimal("0.01"))


def test_units_without_a_case_have_no_data_and_no_place(offices):
    offices.month()
    scoring = offices.compute()
    rest = Result.objects.filter(scoring=scoring).exclude(unit="nk.cgw")
    assert rest.count() > 30
    assert all(row.total is None and row.place is None for row in rest)
    assert not Result.objects.filter(unit__in=["nk.jiandu", "nk.duban", "nk"]).exists()


def test_scheme_formulas_units_and_moment_are_kept_with_it(offices):
    scoring = offices.compute()
    assert (
        scoring.frozen["scheme"]["code"] == "units"
        and "urban_management/handled_on_time" in scoring.frozen["indicators"]
    )
    assert scoring.units["nk.cgw"] == ["区城市管理委员会", "District Urban Management Commission", "bureau"]
    assert (scoring.at - scoring.asof).total_seconds() == 60
    assert not Publication.objects.exists()


def test_what_happens_later_is_not_in_it(offices):
    offices.month()
    early = offices.compute(when="2026-10-14 09:00")
    row = Counting.objects.get(scoring=early, unit="nk.cgw", item="handled")
    assert (row.numerator, row.denominator) == (2, 2)


def test_a_whole_year_holds_its_months(offices):
    offices.month()
    scoring = offices.compute(period=(2026, 0))
    assert Counting.objects.get(scoring=scoring, unit="nk.cgw", item="handled").denominator == 4
    assert Counting.objects.filter(scoring=offices.compute(period=(2026, 9)), denominator__gt=0).count() == 0


@pytest.mark.parametrize("name", ["cgwhead", "quzhang", "shouli", "jiehead"])
def test_only_the_computing_office_may(offices, name):
    with pytest.raises(Refused) as caught:
        offices.compute(name)
    assert "督查室" in caught.value.reasons[0] and "经办人" in caught.value.reasons[0]
    assert not Scoring.objects.exists()


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ((1999, 1), "year"),
        ((2026, 13), "month"),
        ((2026, -1), "month"),
        ((2026, 12), "year"),
        ((2024, 0), "year"),
    ],
)
def test_bad_input_names_its_field(offices, period, field):
    with pytest.raises(BadInput) as caught:
        offices.compute(period=period)
    assert [name for name, _ in caught.value.faults] == [field]


def test_nothing_computed_can_be_altered(offices):
    scoring = offices.compute()
    for change in (
        lambda: Result.objects.filter(scoring=scoring).update(total=100),
        lambda: Counting.objects.filter(scoring=scoring).delete(),
        lambda: Scoring.objects.filter(pk=scoring.pk).update(year=2025),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
