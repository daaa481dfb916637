"""Published months are counted again from the events: later events change nothing, damage is named."""

import pytest

from bihuan.assess.fsck import check

TABLES = ("assess_figure", "assess_release", "assess_month")


@pytest.fixture
def published(real_offices):
    real_offices.month()
    return real_offices.publish(real_offices.close())


@pytest.fixture
def unguarded(published, owner):
    for table in TABLES:
        owner.execute(f"alter table {table} disable trigger user")
    yield owner
    for table in TABLES:
        owner.execute(f"alter table {table} enable trigger user")


def said():
    return [str(one) for one in check()]


def test_sound_month_has_no_differences_and_later_events_are_none(real_offices, published):
    assert said() == []
    real_offices.handled("2026-11-05", "2026-11-05 11:00")
    assert said() == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (
            "update assess_figure set numerator = 9 where code = 'nk.cgw' and item = 'rework_rate'",
            "nk.cgw rework_rate",
        ),
        ("update assess_figure set numerator = 9 where by = 'street' and item = 'rework_rate'", "digest"),
        ("update assess_thing set due = due + 864000 where kind = 'run'", "data"),
        ("update assess_release set standings = '[]'", "digest"),
        ("update assess_month set tables = '{}'", "digest"),
    ],
)
def test_damage_is_named(unguarded, damage, expected):
    unguarded.execute(damage)
    assert [line for line in said() if expected in line]


def test_a_published_month_has_its_entry_in_the_log(published, unguarded):
    from bihuan.assess.queries import told_releases
    from bihuan.record.models import Notice
    from bihuan.record.noticing import check as compare

    assert Notice.objects.get().said["sha256"] == published.digest
    assert list(compare({"assess_release": told_releases()}, whole=True)) == []
    unguarded.execute("update assess_release set digest = repeat('0', 64)")
    assert [row for row, _ in compare({"assess_release": told_releases()}, whole=True)] == [
        f"assess_release {published.pk}"
    ]
