"""A computed reading: by a formula and no person; it holds before a hand one, which stays on record."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bihuan.cases.edge import to_datetime
from bihuan.core.time.instant import at
from bihuan.targets import actions, queries
from bihuan.targets.models import Indicator, Reading
from bihuan.targets.tests.conftest import GDP, NOW


def compute(
    indicator: Indicator, value: str = "70250000000", version: str = "v1", year: int = 2017
) -> Reading:
    return actions.add_computed(
        indicator.name, indicator.unit, indicator.scope, indicator.place, year, Decimal(value),
        formula="example/gdp", version=version, source="/scores/1", at=at(NOW),
    )  # fmt: skip


def test_a_computed_figure_names_formula_and_version_and_no_person(office):
    made = office.confirm(GDP, "nk.fgw")
    row = compute(made.target.indicator)
    assert (row.kind, row.formula, row.version, row.by_id) == ("computed", "example/gdp", "v1", None)
    assert row.indicator_id == made.target.indicator_id


def test_the_same_figure_again_is_the_same_reading_and_another_is_added(office):
    indicator = office.confirm(GDP, "nk.fgw").target.indicator
    first = compute(indicator)
    assert compute(indicator).pk == first.pk
    assert compute(indicator, "70260000000").pk != first.pk
    assert compute(indicator, "70260000000", "v2").pk != first.pk


def test_a_computed_figure_holds_before_a_later_hand_figure(office):
    indicator = office.confirm(GDP, "nk.fgw").target.indicator
    compute(indicator)
    actions.add_reading(
        indicator.pk, 2017, "71000000000", "achieved", "示例公报", **office.who("duban"), at=at(NOW)
    )
    page = queries.mark_page(office.report.pk, GDP, at(NOW))
    assert page.path.readings[-1].value == 70.25e9
    assert [row.kind for row in page.readings if row.year == 2017] == ["computed", "hand"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "computed"},
        {"kind": "computed", "formula": "x"},
        {"kind": "hand"},
        {"kind": "hand", "formula": "x"},
    ],
)
def test_the_database_refuses_a_computed_figure_without_formula_and_a_hand_figure_without_person(
    office, wrong
):
    indicator = office.confirm(GDP, "nk.fgw").target.indicator
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(
            indicator=indicator, year=2017, value=1, status="achieved", added_at=to_datetime(at(NOW)), **wrong
        )
