"""Publishing: two persons, once; a correction is a new version beside the old; one-vote items are found by a person."""

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.scores import queries
from bihuan.scores.models import Publication, Result, Scoring


def test_the_first_version_needs_no_reason_and_keeps_the_places(offices):
    offices.month()
    there = offices.publish(offices.compute())
    assert (there.number, there.reason, there.places["nk.cgw"]) == (1, "", 1)
    assert queries.newest() == there


def test_a_correction_is_a_second_version_and_the_first_stays(offices):
    offices.month()
    first = offices.publish(offices.compute())
    before = list(Result.objects.filter(scoring=first.scoring).values())
    again = offices.compute(when="2026-11-04 10:00")
    with pytest.raises(BadInput) as caught:
        offices.publish(again, when="2026-11-04 11:00")
    assert [name for name, _ in caught.value.faults] == ["reason"]
    second = offices.publish(again, when="2026-11-04 11:00", reason="补录了一天的件")
    assert second.number == 2
    assert [one.number for one in queries.versions("units", 2026, 10)] == [2, 1]
    assert list(Result.objects.filter(scoring=first.scoring).values()) == before


def test_whoever_computed_may_not_publish(offices):
    scoring = offices.compute("ducha")
    with pytest.raises(Refused, match="不能是计算的人"):
        offices.publish(scoring, "ducha")


@pytest.mark.parametrize("name", ["duban", "quzhang", "cgwhead"])
def test_only_the_publishing_seat_may(offices, name):
    with pytest.raises(Refused, match="督查室"):
        offices.publish(offices.compute(), name)


def test_nothing_is_published_twice_and_nothing_older_than_what_is_public(offices):
    old, new = offices.compute(), offices.compute(when="2026-11-02 10:30")
    offices.publish(new)
    with pytest.raises(Refused, match="已经公布"):
        offices.publish(new)
    with pytest.raises(Refused, match="比它晚"):
        offices.publish(old, reason="再来一次")


def lead(scoring: Scoring) -> Scoring:
    """The same computation with the lead of a one-vote item for one unit (the cases for it are in test_fsck)."""
    copy = Scoring.objects.get(pk=scoring.pk)
    rows = list(copy.results.all())
    copy.pk = None
    copy.save()
    for row in rows:
        if row.unit == "nk.cgw":
            row.detail["extras"][-1] |= {"n": 2, "reached": True}
        row.pk, row.scoring = None, copy
        row.save()
    return copy


def test_a_one_vote_item_takes_the_place_only_where_a_person_found_it_and_says_why(offices):
    offices.month()
    scoring = lead(offices.compute())
    there = offices.publish(scoring, vetoes={"nk.cgw": "两次虚报，已查实"})
    assert there.places["nk.cgw"] is None and there.vetoes == {"nk.cgw": "两次虚报，已查实"}
    row = next(
        row for _, rows in queries.table(there.scoring, there).groups for row in rows if row.unit == "nk.cgw"
    )
    assert row.leads == ("false_reports",) and row.veto == "两次虚报，已查实"


def test_a_lead_alone_changes_nothing(offices):
    offices.month()
    there = offices.publish(lead(offices.compute()))
    assert there.places["nk.cgw"] == 1 and there.vetoes == {}


def test_no_veto_without_a_lead(offices):
    with pytest.raises(BadInput) as caught:
        offices.publish(offices.compute(), vetoes={"nk.cgw": "听说的"})
    assert [name for name, _ in caught.value.faults] == ["vetoes"]


def test_a_published_version_cannot_be_altered(offices):
    there = offices.publish(offices.compute())
    for change in (
        lambda: Publication.objects.filter(pk=there.pk).update(reason="x"),
        lambda: Publication.objects.filter(pk=there.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
