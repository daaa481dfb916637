"""An appeal: by the unit's own head, on its own result, in time, once an item."""

import pytest

from bihuan.cases.shapes import BadInput, Refused
from bihuan.scores.models import Appeal


@pytest.fixture
def there(offices):
    offices.month()
    return offices.publish(offices.compute())


def test_the_head_of_a_scored_unit_appeals(offices, there):
    asked = offices.appeal(there)
    assert (asked.unit, asked.item, asked.publication) == ("nk.cgw", "handled", there)


def test_another_item_may_be_appealed_too_but_not_the_same_again(offices, there):
    offices.appeal(there)
    offices.appeal(there, item="closed")
    with pytest.raises(BadInput, match="已经申诉过"):
        offices.appeal(there)


@pytest.mark.parametrize(("name", "said"), [("cgw", "负责人"), ("duban", "没有考评"), ("shouli", "没有考评")])
def test_nobody_else(offices, there, name, said):
    with pytest.raises(Refused, match=said):
        offices.appeal(there, name)
    assert not Appeal.objects.exists()


def test_only_within_ten_working_days(offices, there):
    offices.appeal(there, when="2026-11-16 17:00")
    with pytest.raises(Refused, match="10 个工作日"):
        offices.appeal(there, when="2026-11-17 09:00", item="closed")


def test_only_against_the_newest_version(offices, there):
    offices.publish(offices.compute(when="2026-11-03 10:00"), when="2026-11-03 11:00", reason="补录")
    with pytest.raises(Refused, match="新的一版"):
        offices.appeal(there, when="2026-11-04 09:00")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"item": "nothing"}, "item"), ({"text": "不服"}, "text"), ({"text": "字" * 2001}, "text")],
)
def test_bad_input_names_its_field(offices, there, change, field):
    with pytest.raises(BadInput) as caught:
        offices.appeal(there, **change)
    assert [name for name, _ in caught.value.faults] == [field]
