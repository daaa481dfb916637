"""The fairness report: made once, from public files alone, when a draw is published; its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bihuan.cases.shapes import Refused
from bihuan.core.draw.fairness import report_of
from bihuan.core.draw.told import told
from bihuan.draws import actions, queries
from bihuan.draws.models import Report
from bihuan.draws.tests.ceremony import Hall, published, when
from bihuan.draws.tests.test_pages import PLACE, clock

__all__ = ["clock"]
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = f"{PLACE}/fairness"


def test_a_published_draw_gets_its_report_once(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.drawn()
    clock("2026-10-12 18:20")
    assert "报告还没有算好" in Client().get(PAGE).content.decode()
    assert actions.report_due(when("2026-10-12 18:21")) == 1
    assert actions.report_due(when("2026-10-12 18:22")) == 0
    kept = Report.objects.get()
    assert actions.report(draw.name, at=when("2026-10-12 18:23")).at == kept.at == when("2026-10-12 18:21")
    anyone = [(one.name, one.verdict, str(one.say), one.say.en) for one in told(report_of(published(draw)))]
    assert [(one["name"], one["verdict"], one["zh"], one["en"]) for one in kept.said] == anyone
    page = Client().get(PAGE).content.decode()
    for words in ("A 类 20 个抽 2 个，每个的机会正好是 1/10", "66.4 比特", "χ²", "回避", "检查人员的负荷"):
        assert words in page
    assert "不成立" not in page and "这里看不出" in page
    assert f'href="{PAGE}"' in Client().get(PLACE).content.decode()
    client = Client()
    client.cookies["django_language"] = "en"
    assert "the chance of each is exactly 1/10" in client.get(PAGE).content.decode()


def test_a_sealed_draw_has_no_report_before_its_blind_is_open(
    hall: Hall, clock: Callable[[str], None]
) -> None:
    draw = hall.drawn(sealed=True)
    clock("2026-10-13 09:00")
    with pytest.raises(Refused, match="还没有公布"):
        actions.report(draw.name, at=when("2026-10-13 09:00"))
    assert actions.report_due(when("2026-10-13 09:00")) == 0
    hidden = queries.result(draw.name)
    assert hidden is not None
    page = Client().get(PAGE).content.decode()
    assert "抽取公布以后才出报告" in page and "20 个抽 2 个" in page
    assert not any(one.sid in page or iid in page for one in hidden.selected for iid in one.team)
    actions.open_blind(draw.name, at=when("2027-01-15 09:00"), **hall.who("fuze"))
    assert actions.report_due(when("2027-01-15 09:01")) == 1


def test_no_report_of_a_draw_without_a_result_or_aborted(hall: Hall, clock: Callable[[str], None]) -> None:
    draw = hall.freeze()
    assert actions.report_due(when("2026-10-12 09:10")) == 0
    actions.abort(draw.name, "名录少了一页(例)", at=when("2026-10-12 09:30"), **hall.who("fuze"))
    with pytest.raises(Refused):
        actions.report(draw.name, at=when("2026-10-12 09:40"))
    clock("2026-10-12 09:50")
    assert "作废了，没有报告" in Client().get(PAGE).content.decode()
    assert Client().get("/draws/nk.scjg/2026-9/fairness").status_code == 404


def test_a_report_is_never_altered(hall: Hall) -> None:
    draw = hall.drawn()
    actions.report(draw.name, at=when("2026-10-12 18:21"))
    for sql in ("update draws_report set said = '[]'", "delete from draws_report", "truncate draws_report"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
