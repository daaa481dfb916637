"""Adding a reading: by the office or the lead, dated, with its source; corrections stay on record."""

import pytest

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions, queries
from bihuan.targets.models import Reading
from bihuan.targets.tests.conftest import GDP, NOW


def add(office, made, name="duban", year=2017, value="70250000000", status="achieved", source="示例公报"):
    return actions.add_reading(
        made.target.indicator_id, year, value, status, source, **office.who(name), at=at(NOW)
    )


def test_readings_join_the_path_of_the_goal(office):
    made = office.confirm(GDP, "nk.fgw")
    add(office, made)
    page = queries.mark_page(office.report.pk, GDP, at(NOW))
    assert [(p.year, p.value) for p in page.path.readings] == [(2016, 64.8e9), (2017, 70.25e9)]


def test_a_correction_holds_and_the_first_stays(office):
    made = office.confirm(GDP, "nk.fgw")
    add(office, made)
    add(office, made, value="70300000000", source="示例公报，更正")
    page = queries.mark_page(office.report.pk, GDP, at(NOW))
    assert page.path.readings[-1].value == 70.3e9
    assert Reading.objects.filter(year=2017).count() == 2


def test_the_lead_may_add_and_another_unit_may_not(office):
    made = office.confirm(GDP, "nk.fgw")
    assert add(office, made, "fagai").pk
    with pytest.raises(Refused) as caught:
        add(office, made, "rsj")
    assert "督查室" in caught.value.reasons[0] and "牵头" in caught.value.reasons[0]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"value": "七百亿"}, "value"), ({"value": "nan"}, "value"), ({"value": "1e40"}, "value"), ({"year": 2027}, "year"),
     ({"year": 1900}, "year"), ({"status": "hoped"}, "status"), ({"source": " "}, "source")],
)  # fmt: skip
def test_bad_input_names_its_field(office, change, field):
    made = office.confirm(GDP, "nk.fgw")
    with pytest.raises(BadInput) as caught:
        add(office, made, **change)
    assert [name for name, _ in caught.value.faults] == [field]
