"""Letters: asked for in the event's transaction, written by the worker from the words of the line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from bihuan import lines
from bihuan.cases import actions, queries, tasks, wall
from bihuan.cases.actions import letters as written
from bihuan.cases.edge import OFFSET
from bihuan.cases.letters import heading, signer, unknown_marks
from bihuan.cases.models import Document, Owed
from bihuan.cases.prints import sections
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.conftest import District
from bihuan.core.say import Say
from bihuan.core.time.instant import at
from bihuan.papers.queries import Issued
from bihuan.papers.standing import IN_FORCE, Standing


def owed() -> list[tuple[int, int]]:
    return list(Owed.objects.order_by("pk").values_list("case", "seq"))


def letters(pk: int) -> list[Document]:
    with wall.open_to(wall.SYSTEM):
        return list(Document.objects.filter(case=pk, kind__startswith="letter:").order_by("id"))


@pytest.mark.parametrize("code", sorted(lines.all_lines()))
def test_every_letter_asks_only_for_what_a_case_has(code: str) -> None:
    for line in lines.all_lines()[code].values():
        assert unknown_marks(line) == []


def test_a_letter_is_owed_in_the_same_transaction(district: District) -> None:
    with pytest.raises(RuntimeError, match="power cut"), transaction.atomic():
        district.report()
        assert len(owed()) == 1
        raise RuntimeError("power cut")
    assert owed() == []


def test_the_worker_writes_the_receipt_once(real_district: District) -> None:
    from django.core.management import call_command

    case = real_district.report()
    assert letters(case.case) == []
    tasks.tick.defer(timestamp=at("2026-10-12 09:01") - OFFSET)
    call_command("procrastinate", "worker", wait=False, listen_notify=False)
    assert owed() == []
    [letter] = letters(case.case)
    assert (letter.kind, letter.event_seq, letter.personal) == ("letter:receipt", 1, True)
    with default_storage.open(letter.file) as file:
        text = file.read().decode()
    assert case.number in text and case.code in text and "区城市管理监督中心" in text
    assert "District Urban Management" in text.partition("---")[2] or "Centre" in text
    assert actions.write_letters(case.case, 1) == 0
    assert len(letters(case.case)) == 1


def test_an_uploaded_letter_is_not_written_again(district: District) -> None:
    case = actions.open_case(
        "disclosure", "", by=district.id("chuangkou"), unit="nk.gov", at=at("2026-03-02 10:00"),
        data={"wanted": "预算", "form": "paper", "contact_name": "甲某", "contact_phone": "022-1"},
    )  # fmt: skip
    district.do(
        case.case, "confirm", "chuangkou", "2026-03-02 10:00", channel="in_person", received_on="2026-03-02"
    )
    done = actions.act(
        case.case, "clarify", by=district.id("gongkai"), unit="nk.gov", at=at("2026-03-03 10:00"),
        data={"what": "请写明年度", "limit": "15 days"}, files=[Upload("clarify", "告知书.pdf", b"%PDF-1.7")],
    )  # fmt: skip
    assert actions.write_letters(case.case, done.seq) == 0


def test_a_letter_not_uploaded_is_written_and_fills_its_blanks(district: District) -> None:
    case = actions.open_case(
        "disclosure", "", by=district.id("chuangkou"), unit="nk.gov", at=at("2026-03-02 10:00"),
        data={"wanted": "预算", "form": "paper", "contact_name": "甲某", "contact_phone": "022-1"},
    )  # fmt: skip
    district.do(
        case.case, "confirm", "chuangkou", "2026-03-02 10:00", channel="in_person", received_on="2026-03-02"
    )
    done = district.do(
        case.case, "clarify", "gongkai", "2026-03-03 10:00", what="请写明年度", limit="15 days"
    )
    assert actions.write_letters(case.case, done.seq) == 1
    with default_storage.open(letters(case.case)[0].file) as file:
        text = file.read().decode()
    assert "请补正：请写明年度" in text and "2026-03-18 24:00" in text and "{" not in text
    assert "甲某" not in text


def test_a_letter_that_cannot_be_written_is_written_down_and_tried_again(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = district.report(), district.report()
    real = actions.write_letters

    def broken(pk: int, seq: int, at: Any) -> int:
        if pk == case.case:
            raise OSError("disk full")
        return real(pk, seq, at)

    monkeypatch.setattr(written, "write_letters", broken)
    now = at("2026-10-12 09:01")
    assert actions.write_owed(now) == 2
    assert owed() == [(case.case, 1)] and len(letters(other.case)) == 1
    assert queries.stuck()[0][:4] == (case.case, case.number, "OSError: disk full", 1)
    assert actions.write_owed(now + 60) == 0
    monkeypatch.undo()
    assert actions.retry(case.case, now + 60) == 1
    assert actions.write_owed(now + 60) == 1
    assert owed() == [] and len(letters(case.case)) == 1


@pytest.mark.parametrize("code", sorted(lines.all_lines()))
def test_every_letter_of_every_line_can_be_numbered_and_printed(code: str) -> None:
    """Each has a heading in both languages and somebody who signs it, and comes apart into its two texts."""
    office, on = Say("区某局", "Some Bureau"), date(2026, 11, 3)
    for line in lines.all_lines()[code].values():
        parties = {party for action in line.actions.values() for party, _, _ in action.sets}
        for letter, text in line.letters.items():
            party = signer(line, letter)
            assert party in parties, f"{code}/{letter}.md is signed by {party!r}"
            assert heading(line, letter).en != letter
            written = text.replace(f"{{{party}}} {{date}}", f"{office} {on}")
            written = written.replace(f"{{{party}}}, {{date}}", f"{office.en}, {on}")
            paper = Issued(1, "c", "letter", letter, 1, 1, "N-1", 1, "u", office, "1号", Say(letter, letter), on,
                           Standing(True, IN_FORCE), "", "")  # fmt: skip
            above, below = sections(written, paper)
            assert above and below, letter
            said = " ".join([*above, *below])
            assert (
                str(office) not in said.replace(f"{{{party}}}", "") and "---" not in said and "# " not in said
            )
