"""New law reaching running cases: what is carried, what is cleared, and what is refused at load."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.core.case.fold import CaseError, Event, fold
from bihuan.core.case.preview import preview
from bihuan.core.line.amend import check_amend
from bihuan.core.line.folder import read
from bihuan.core.line.parts import Line
from bihuan.core.line.sound import check
from bihuan.core.line.titles import moment_text
from bihuan.core.tests.days_here import Story, staff
from bihuan.core.tests.lines_here import planted
from bihuan.core.time.instant import at

WINDOW, OFFICER = staff("office", "window"), staff("office", "officer")
AMEND = """
was = 2008-05-01
law = "条例附则"
[clock.answer]
keep = "new"
[clock.notice]
keep = "old"
[clock.correction]
keep = "old"
"""


def renamed(folder: Path) -> Path:
    (folder / "params.toml").write_text(
        (folder / "params.toml").read_text(encoding="utf-8").replace("2016-01-01", "2008-05-01"),
        encoding="utf-8",
    )
    return folder


def old_line(tmp_path: Path) -> Line:
    return read(
        renamed(
            planted(
                tmp_path / "old",
                "disclosure",
                ("version = 2016-01-01", "version = 2008-05-01"),
                ('limit = "20 working days"', 'limit = "15 working days"'),
            )
        )
    )


def new_line(tmp_path: Path, amend: str = AMEND, *edits: tuple[str, str]) -> Line:
    folder = planted(tmp_path / "new", "disclosure", ("version = 2016-01-01", "version = 2019-05-15"), *edits)
    (folder / "amend.toml").write_text(amend, encoding="utf-8")
    return read(renamed(folder))


def running(tmp_path: Path) -> Story:
    story = Story(old_line(tmp_path))
    story.do("2019-05-08 09:00", "apply", WINDOW, applicant="p1")
    assert story.due_text("answer") == "2019-05-29 24:00"
    return story


@pytest.mark.parametrize(
    "keep, due", [("new", "2019-06-05 24:00"), ("old", "2019-05-29 24:00"), ("earlier", "2019-05-29 24:00")]
)
def test_a_running_clock_is_carried_as_the_amendment_says(tmp_path: Path, keep: str, due: str) -> None:
    story = running(tmp_path)
    new = new_line(tmp_path, AMEND.replace('keep = "new"', f'keep = "{keep}"'))
    case, table = preview(story.case, new, at("2019-05-15 00:00"), story.cal)
    before, after = table["answer"]
    assert before is not None and moment_text(before.at) == "2019-05-29 24:00"
    assert after is not None and moment_text(after.at) == due
    assert case.line is new
    assert story.case.line.version_text == "2008-05-01"


def test_the_amend_event_is_folded_like_any_other(tmp_path: Path) -> None:
    story, new = running(tmp_path), new_line(tmp_path)
    event = Event("amend", at("2019-05-15 00:00"), "clock", "", {"version": "2019-05-15"})
    lines = {"disclosure": {story.case.line.version: story.case.line, new.version: new}}
    case = fold(story.case.line, [*story.events, event], story.cal, lines)
    assert case.line is new
    assert case.runs["answer"].limit.n == 20
    assert case.runs["answer"].start == at("2019-05-08 09:00")
    story.case = case
    story.has = {"letter:clarify"}
    story.do("2019-05-16 09:00", "clarify", OFFICER, limit="5 days")
    story.do("2019-05-17 09:00", "supplement", WINDOW)
    assert story.case.runs["answer"].limit.n == 20


def test_without_the_new_text_the_case_cannot_be_folded(tmp_path: Path) -> None:
    story = running(tmp_path)
    event = Event("amend", at("2019-05-15 00:00"), "clock", "", {"version": "2019-05-15"})
    with pytest.raises(CaseError, match="has no text of 2019-05-15"):
        fold(story.case.line, [*story.events, event], story.cal, {})


def test_a_clock_not_carried_is_cleared_into_the_history(tmp_path: Path) -> None:
    story = running(tmp_path)
    new = new_line(tmp_path, AMEND.replace('[clock.notice]\nkeep = "old"\n', ""))
    case, table = preview(story.case, new, at("2019-05-15 00:00"), story.cal)
    assert "notice" not in case.runs
    assert [run.how for run in case.history if run.clock == "notice"] == ["cleared"]
    assert table["notice"][1] is None


def test_a_renamed_state_and_clock(tmp_path: Path) -> None:
    story = running(tmp_path)
    new = new_line(
        tmp_path,
        AMEND.replace('[clock.answer]\nkeep = "new"', '[clock.reply]\nkeep = "new"\nwas = "answer"')
        + '[state]\ndrafting = "writing"\n',
        ('main_clock = "answer"', 'main_clock = "reply"'),
        ("[clock.answer]", "[clock.reply]"),
        ("drafting   =", "writing    ="),
        ('"drafting"', '"writing"'),
    )
    assert check_amend(story.case.line, new) == []
    case, _ = preview(story.case, new, at("2019-05-15 00:00"), story.cal)
    assert case.state == "writing"
    assert case.runs["reply"].limit.n == 20


FAULTS = [
    (AMEND.replace('[clock.answer]\nkeep = "new"\n', ""), (), "state.drafting: no clock but windows may be live"),
    (AMEND.replace("2008-05-01", "2009-05-01"), (), "amend.toml was: the old text is of 2008-05-01"),
    (AMEND.replace('keep = "old"\n[clock.cor', 'keep = "old"\nwas = "notise"\n[clock.cor'), (), "the old text has no clock 'notise'"),
    (AMEND.replace('[clock.correction]\nkeep = "old"', '[clock.correction]\nkeep = "new"'), (), "the limit is declared"),
    (AMEND + '[state]\nconsulting = "answered"\n', (), "state.answered: a running case may not land in an end"),
    (AMEND, (("drafting   =", "writing    ="), ('"drafting"', '"writing"')), "state.drafting: the new text has no such state"),
    (AMEND, (("pause.consult =", "pause.asked ="),), "clock.answer: a case may be stopped under 'consult'"),
]  # fmt: skip


@pytest.mark.parametrize("amend, edits, said", FAULTS)
def test_an_amendment_that_leaves_a_case_nowhere_or_uncovered_is_refused(
    tmp_path: Path, amend: str, edits: tuple[tuple[str, str], ...], said: str
) -> None:
    faults = check_amend(old_line(tmp_path), new_line(tmp_path, amend, *edits))
    assert said in "\n".join(fault.en for fault in faults)


def test_check_looks_for_the_text_that_was(tmp_path: Path) -> None:
    old, new = old_line(tmp_path), new_line(tmp_path)
    assert check(new, {"disclosure": {new.version: new}, "opinions": {}})[-1].file == "amend.toml"
    assert check_amend(old, new) == []


def test_an_amendment_needs_a_law_and_a_known_way_of_keeping(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no law given") as caught:
        new_line(tmp_path, AMEND.replace('law = "条例附则"\n', "").replace('"new"', '"latest"'))
    assert "clock.answer.keep" in str(caught.value)
