"""The document of a changed goal: kept like evidence, opened by staff, named to the public by number and date."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Upload
from bihuan.core.time.instant import at
from bihuan.targets import actions
from bihuan.targets.actions import Basis, Goal
from bihuan.targets.models import GoalChange, GoalPaper
from bihuan.targets.tests.conftest import GDP, NOW, PAPER

LOWER = Goal("地区生产总值达到900亿元", "90000000000", "元", "", "2022")
NUMBER = "示例政〔2026〕9号"
FORM = {"text": LOWER.text, "value": "900", "unit": "亿元", "year": "2022", "scope": "", "reason": "基数核减", "basis": NUMBER}  # fmt: skip


@pytest.fixture
def made(office):
    return office.working(GDP)


def propose(office, made, **basis):
    said = Basis(
        **({"number": NUMBER, "dated": "2026-11-20", "paper": Upload("paper", "批复.pdf", PAPER)} | basis)
    )
    return actions.propose_change(made.target_id, LOWER, "基数核减", said, **office.who("duban"), at=at(NOW))


def test_the_document_is_kept_with_the_change(office, made):
    change = propose(office, made)
    paper = GoalPaper.objects.get()
    assert (paper.change, paper.name, paper.mime, paper.size) == (
        change,
        "批复.pdf",
        "application/pdf",
        len(PAPER),
    )
    assert change.basis_on == date(2026, 11, 20)
    with default_storage.open(paper.file) as file:
        assert file.read() == PAPER


def test_a_number_alone_is_enough(office, made):
    change = propose(office, made, dated="", paper=None)
    assert change.basis_on is None and not GoalPaper.objects.exists()


@pytest.mark.parametrize(
    ("basis", "field"),
    [({"dated": ""}, "dated"), ({"dated": "去年"}, "dated"), ({"dated": "2026-11-25"}, "dated"),
     ({"paper": Upload("paper", "批复.exe", b"MZ")}, "paper"), ({"paper": Upload("paper", "空.pdf", b"")}, "paper")],
)  # fmt: skip
def test_bad_input_names_its_field_and_nothing_is_kept(office, made, basis, field):
    with pytest.raises(BadInput) as caught:
        propose(office, made, **basis)
    assert {name for name, _ in caught.value.faults} == {field}
    assert not GoalChange.objects.exists()


def test_nobody_alters_the_document(office, made):
    propose(office, made)
    with pytest.raises(DatabaseError), transaction.atomic():
        GoalPaper.objects.update(name="另一份.pdf")


def test_staff_open_it_the_public_reads_number_and_date(office, made, log_in, client):
    change = propose(office, made)
    actions.rule_change(change.pk, True, "", **office.who("quzhang"), at=at("2026-11-24 15:00"))
    address = f"/desk/promises/change/{change.pk}/paper"
    assert client.get(address).status_code == 302  # to the log-in
    public = client.get(f"/promises/{office.report.pk}/changes").content.decode()
    assert NUMBER in public and "2026-11-20" in public and "批复.pdf" not in public
    desk = log_in("fagai")
    page = desk.get(f"/desk/promises/task/{made.pk}/").content.decode()
    assert "批复.pdf" in page and address in page
    answer = desk.get(address)
    assert answer.content == PAPER and answer["Content-Type"] == "application/pdf"
    assert desk.get("/desk/promises/change/999/paper").status_code == 404


def test_a_form_sent_back_keeps_the_file(office, made, log_in):
    desk = log_in("duban")
    address = f"/desk/promises/task/{made.pk}/goal/{made.target_id}"
    sent = FORM | {"request_key": "k1", "dated": "", "paper": SimpleUploadedFile("批复.pdf", PAPER)}
    wrong = desk.post(address, sent)
    assert wrong.status_code == 422 and "批复.pdf" in wrong.content.decode()
    assert desk.post(address, FORM | {"request_key": "k1", "dated": "2026-11-20"}).status_code == 302
    assert GoalPaper.objects.get().name == "批复.pdf"
