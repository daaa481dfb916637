"""Published results are counted again from the events as they were: later events change nothing, damage is named."""

import pytest

from bihuan.scores.fsck import check


@pytest.fixture
def published(real_offices):
    real_offices.month()
    return real_offices.publish(real_offices.compute())


@pytest.fixture
def unguarded(published, owner):
    tables = ("scores_result", "scores_counting", "scores_publication", "scores_scoring", "cases_event")
    for table in tables:
        owner.execute(f"alter table {table} disable trigger user")
    yield owner
    for table in tables:
        owner.execute(f"alter table {table} enable trigger user")


def said():
    return [str(one) for one in check()]


def test_a_sound_publication_has_no_differences(published):
    assert said() == []


def test_what_happened_after_it_is_no_difference(real_offices, published):
    case = real_offices.district.dispatched("2026-11-03")
    real_offices.district.do(case.case, "feedback", "cgw", "2026-11-03 11:00", files=["after"])
    assert said() == []


def test_unit_renamed_or_scheme_file_changed_is_no_difference(published, monkeypatch, tmp_path):
    """What counts is what was stored with the figures."""
    from bihuan.people.models import Unit
    from bihuan.scores import schemes

    Unit.objects.filter(code="nk.s001").update(kind="centre")
    monkeypatch.setattr(schemes, "HERE", tmp_path)
    assert said() == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("update scores_result set total = 99 where unit = 'nk.cgw'", "nk.cgw points"),
        (
            "update scores_counting set numerator = 4 where unit = 'nk.cgw' and item = 'handled'",
            "published (4, 4, 0), computed (2, 4, 0)",
        ),
        (
            "delete from scores_counting where unit = 'nk.cgw' and item = 'closed'",
            "published 'nothing', computed 'counted'",
        ),
        ("update scores_publication set places = '{}'", "places"),
        (
            "delete from cases_event where name = 'feedback' and at < '2026-10-13'",
            "published (2, 4, 0), computed (1, 4, 0)",
        ),
        (
            "update cases_event set at = at - interval '3 days', effective = effective - interval '3 days' where seq > 5 and case_id = (select case_id from cases_event where name = 'feedback' order by at desc limit 1)",
            "nk.cgw",
        ),
    ],
)
def test_each_damage_is_named(unguarded, damage, expected):
    unguarded.execute(damage)
    found = said()
    assert found and any(expected in one for one in found), found
