"""A publication is told to the public log in its own transaction; figures edited later no longer fit."""

import pytest

from bihuan.core.log.entry import SCORE, unpack
from bihuan.record.models import Notice, Pending
from bihuan.record.noticing import check
from bihuan.scores.queries import told_publications


def found():
    return [(row, say.en) for row, say in check({"scores_publication": told_publications()}, whole=True)]


def test_each_version_has_its_entry(offices):
    offices.month()
    waiting = Pending.objects.filter(event_id=None)
    offices.compute()
    assert not waiting.exists()
    first = offices.publish(offices.compute())
    again = offices.publish(offices.compute(when="2026-11-04 10:00"), when="2026-11-04 11:00", reason="补录")
    assert [unpack(bytes(one.entry)).kind for one in waiting] == [SCORE, SCORE]
    assert [one.about for one in Notice.objects.order_by("pk")] == [
        f"scores_publication {one.pk}" for one in (first, again)
    ]
    assert [one.said["number"] for one in Notice.objects.order_by("pk")] == [1, 2]
    assert found() == []


@pytest.mark.parametrize(
    ("table", "edit"),
    [
        ("scores_result", "update scores_result set total = total + 1 where unit = 'nk.cgw'"),
        ("scores_publication", "update scores_publication set places = '{}'"),
        ("scores_publication", "update scores_publication set reason = '改了'"),
    ],
)
def test_an_edited_figure_is_named(real_offices, owner, table, edit):
    real_offices.month()
    there = real_offices.publish(real_offices.compute())
    owner.execute(f"alter table {table} disable trigger append_only")
    owner.execute(edit)
    owner.execute(f"alter table {table} enable trigger append_only")
    assert found() == [(f"scores_publication {there.pk}", "it does not fit its entry in the public log")]
