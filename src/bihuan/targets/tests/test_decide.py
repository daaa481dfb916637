"""Deciding a doubtful place: stands beside the text, with a reason, for good."""

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions, queries
from bihuan.targets.models import Decision
from bihuan.targets.tests.conftest import DOUBT, NOW


def decide(office, value="2个10亿元", why="前面列了两处", name="duban", key=DOUBT):
    return actions.decide(office.report.pk, key, value, why, **office.who(name), at=at(NOW))


def test_a_decision_stands_beside_the_text(office):
    made = decide(office)
    office.report.refresh_from_db()
    assert office.report.text[made.start : made.end] == "210亿元"
    assert queries.decisions(office.report)[12447, 12452].value == "2个10亿元"


def test_the_latest_holds_and_the_first_stays(office):
    decide(office)
    decide(office, "10亿元", "查了原件")
    assert queries.decisions(office.report)[12447, 12452].value == "10亿元"
    assert Decision.objects.count() == 2
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        Decision.objects.update(value="21亿元")


def test_others_are_refused(office):
    with pytest.raises(Refused):
        decide(office, name="fagai")
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("value", "why", "fields"),
    [
        (" ", "查了", ["value"]),
        ("10亿元", "", ["why"]),
        ("", "", ["value", "why"]),
        ("字" * 121, "查了", ["value"]),
    ],
)
def test_value_and_reason_are_required(office, value, why, fields):
    with pytest.raises(BadInput) as caught:
        decide(office, value, why)
    assert [name for name, _ in caught.value.faults] == fields


def test_only_a_doubtful_place_is_decided(office):
    with pytest.raises(BadInput, match="没有这一处"):
        decide(office, key="num-635-640")
