"""A ruling: by another body and another person, with a reason; upheld, the case is out of the next version."""

import pytest

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.scores import actions
from bihuan.scores.models import Counting, Ruling

LATER = "2026-11-05 09:00"


@pytest.fixture
def case(offices):
    """(numbers of the month, publication, appeal)."""
    numbers = offices.month()
    there = offices.publish(offices.compute())
    return numbers, there, offices.appeal(there)


def decide(offices, asked, upheld=True, reason="道路封闭有交警公告", name="quzhang", struck=()):
    return actions.decide_appeal(asked.pk, upheld, reason, **offices.who(name), at=at(LATER), struck=struck)


def test_an_upheld_appeal_strikes_the_case_from_the_next_version_with_its_reason(offices, case):
    numbers, there, asked = case
    decide(offices, asked, struck=[numbers[2]])
    again = offices.compute(when="2026-11-05 10:00")
    row = Counting.objects.get(scoring=again, unit="nk.cgw", item="handled")
    assert (row.numerator, row.denominator, row.left_out) == (2, 3, 1)
    assert row.cases["left_out"] == [
        [numbers[2], "申诉成立：道路封闭有交警公告", "Appeal upheld: 道路封闭有交警公告"]
    ]
    second = offices.publish(again, when="2026-11-05 11:00", reason="申诉成立，剔除一件")
    assert second.number == 2
    old = Counting.objects.get(scoring=there.scoring, unit="nk.cgw", item="handled")
    assert (old.numerator, old.denominator, old.left_out) == (2, 4, 0)


def test_a_refused_appeal_changes_nothing(offices, case):
    numbers, _, asked = case
    ruling = decide(offices, asked, upheld=False, reason="超时发生在封路以前")
    assert ruling.struck == []
    again = offices.compute(when="2026-11-05 10:00")
    assert Counting.objects.get(scoring=again, unit="nk.cgw", item="handled").denominator == len(numbers)


def test_a_reviewer_of_the_government_may_too(offices, case):
    assert decide(offices, case[2], upheld=False, name="shenhe").unit == "nk"


@pytest.mark.parametrize("name", ["duban", "ducha", "cgwhead", "jiehead", "zhuren"])
def test_neither_who_computed_nor_who_published_nor_who_appealed(offices, case, name):
    with pytest.raises(Refused, match="南开区人民政府"):
        decide(offices, case[2], name=name, struck=[case[0][2]])
    assert not Ruling.objects.exists()


def test_a_person_who_computed_may_not_decide_with_another_hat(offices, case):
    from datetime import date

    from bihuan.people.actions import give_post

    give_post(offices.district.persons["duban"], "nk", "head", date(2026, 1, 1))
    who = offices.who("duban") | {"unit": "nk"}
    with pytest.raises(Refused, match="不能裁决"):
        actions.decide_appeal(case[2].pk, False, "没有道理的申诉", **who, at=at(LATER))


def test_once(offices, case):
    decide(offices, case[2], upheld=False)
    with pytest.raises(Refused, match="已经裁决"):
        decide(offices, case[2], upheld=False)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"struck": ["CG20261001-999999"]}, "struck"), ({}, "struck"), ({"upheld": False, "struck": "late"}, "struck"),
     ({"reason": " ", "struck": "late"}, "reason")],
)  # fmt: skip
def test_bad_input_names_its_field(offices, case, change, field):
    if change.get("struck") == "late":
        change = change | {"struck": [case[0][2]]}
    with pytest.raises(BadInput) as caught:
        decide(offices, case[2], **change)
    assert [name for name, _ in caught.value.faults] == [field]
