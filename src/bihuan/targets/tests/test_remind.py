"""Reminders of nodes and of deadlines: each once, to the lead, with its letter; who may read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.models import Document, Event
from bihuan.core.time.instant import at
from bihuan.targets import actions, board
from bihuan.targets.models import Commitment
from bihuan.targets.tests.conftest import NOW, TASK

NEAR = "2026-12-28 09:05"  # a Monday; the node is due on Thursday


def with_node(office, made, due=date(2026, 12, 31), text="主体完工"):
    row = Commitment.objects.get(pk=made.pk)
    plan = replace(board.plan_of(row), nodes=((due, text),))
    actions.edit(row.pk, row.title, row.lead_id, plan, **office.who("duban"), at=at(NOW))


def reminders(made):
    with wall.open_to(wall.SYSTEM):
        rows = Event.objects.filter(case_id=made.case_id, name="remind").order_by("seq")
        return [(row.by, row.unit, row.data.get("text", "")) for row in rows]


def test_a_node_reminds_once_three_working_days_before(office):
    made = office.working()
    with_node(office, made)
    assert actions.remind_nodes(at("2026-12-25 09:05")) == 0  # Friday: four working days are left
    assert actions.remind_nodes(at(NEAR)) == 1 and actions.remind_nodes(at(NEAR)) == 0
    assert actions.remind_nodes(at("2026-12-30 15:00")) == 0
    assert reminders(made) == [("clock", "", "2026-12-31 主体完工")]


def test_nobody_is_reminded_at_night_or_on_a_rest_day(office):
    with_node(office, office.working())
    assert actions.remind_nodes(at("2026-12-28 05:00")) == 0
    assert actions.remind_nodes(at("2026-12-27 10:00")) == 0  # Sunday


def test_a_node_moved_or_passed_or_not_in_the_units_hands_reminds_nobody(office):
    working, waiting = office.working(), office.confirm(TASK, "nk.shangwu")
    with_node(office, working, date(2027, 3, 31))
    with_node(office, waiting)
    assert actions.remind_nodes(at(NEAR)) == 0  # the one is far off, the other is not approved yet
    with_node(office, working, date(2026, 12, 25))
    assert actions.remind_nodes(at(NEAR)) == 0
    with_node(office, working)  # written anew with another date: that one reminds
    assert actions.remind_nodes(at(NEAR)) == 1


def test_the_letter_names_the_deadline_and_the_node(office):
    made = office.working()
    with_node(office, made)
    actions.remind_nodes(at(NEAR))
    assert cases.write_owed(at("2026-12-28 09:10")) >= 1
    with wall.open_to(wall.SYSTEM):
        paper = Document.objects.get(case_id=made.case_id, kind="letter:remind")
    from django.core.files.storage import default_storage

    text = default_storage.open(paper.file).read().decode()
    assert "2027-01-25 24:00" in text and "2026-12-31 主体完工" in text and "(无)" not in text


def test_the_deadline_of_a_case_reminds_without_anybody(office):
    made = office.working()  # assigned 2026-11-24, sixty days: due 2027-01-23, a Saturday, rolled to the 25th
    cases.tick(at("2027-01-20 08:30"))
    assert reminders(made) == [("clock", "", "")]
    cases.tick(at("2027-01-20 08:31"))
    assert len(reminders(made)) == 1
    cases.tick(at("2027-01-26 08:30"))
    cases.tick(at("2027-02-26 08:30"))
    assert len(reminders(made)) == 2
