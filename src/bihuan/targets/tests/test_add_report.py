"""Adding a report: read once, kept as it is, refused with a sentence."""

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions
from bihuan.targets.models import Report
from bihuan.targets.seed import nankai
from bihuan.targets.tests.conftest import NOW


def test_the_real_report_is_kept_as_it_is(office):
    report = Report.objects.get()
    assert report.text == nankai()["text"]
    assert (report.title, report.speaker, str(report.delivered)) == (
        "2016年政府工作报告",
        "陈玉恒",
        "2016-12-25",
    )
    for quantity in report.findings["quantities"]:
        assert report.text[slice(*quantity["span"])] == quantity["text"]


def test_the_same_text_twice_is_the_same_report(office):
    again = actions.add_report(**nankai(), at=at(NOW), by=office.who("duban")["by"])
    assert again.repeated and again.report == office.report
    assert Report.objects.count() == 1


def test_what_is_no_report_is_refused_with_the_reason(office):
    with pytest.raises(BadInput) as caught:
        actions.add_report("今天天气很好。", "天津市南开区", 2026, "", None, at(NOW))
    ((field, sentence),) = caught.value.faults
    assert field == "text"
    assert "报告" in sentence and sentence.en != str(sentence)


def test_every_fault_is_named_with_its_field(office):
    with pytest.raises(BadInput) as caught:
        actions.add_report("\x00", " ", 1066, "", None, at(NOW))
    assert {name for name, _ in caught.value.faults} == {"place", "year", "text"}


def test_only_the_supervision_office_adds_reports(office):
    given = nankai() | {"text": nankai()["text"] + "\n"}
    with pytest.raises(Refused) as caught:
        actions.add_report(**given, by=office.who("fagai")["by"], at=at(NOW))
    assert "督查室" in caught.value.reasons[0]
    assert not actions.add_report(**given, by=office.who("ducha")["by"], at=at(NOW)).repeated


def test_nobody_alters_the_text(office):
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
        Report.objects.update(text="改过的")
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.all().delete()
    assert Report.objects.get().text == nankai()["text"]
