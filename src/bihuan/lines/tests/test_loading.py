"""Loading: versions, the district's own folder, and how an unsound line stops everything."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bihuan import lines
from bihuan.config.cli.lines import app
from bihuan.core.line.folder import LineError
from bihuan.core.time.instant import day
from bihuan.lines.forms import check_forms, defaults, fields, title_field
from bihuan.lines.scores import check_scores


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A district's own folder with one line, a copy of assists under another code."""
    shutil.copytree(lines.HERE / "assists", tmp_path / "loans", ignore=shutil.ignore_patterns("__pycache__"))
    edit(tmp_path / "loans" / "process.toml", 'code = "assists"', 'code = "loans"')
    yield tmp_path
    lines.use(None)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_second_folder_adds_a_line(own: Path) -> None:
    lines.use(own)
    assert set(lines.all_lines()) == {
        "urban_management", "disclosure", "supervision", "opinions", "assists", "leads", "permits", "ratings", "inspections",
        "bundles", "deletions", "draws", "enforcement", "school_enrolment", "loans",
    }  # fmt: skip
    lines.use(None)
    assert "loans" not in lines.all_lines()


def test_a_second_folder_overrides_and_adds_versions(own: Path) -> None:
    process = own / "loans" / "process.toml"
    edit(process, 'code = "loans"', 'code = "assists"')
    edit(process, 'zh = "会办"', 'zh = "本区会办"')
    lines.use(own)
    assert lines.at("assists", "2026-01-01").title == "本区会办"
    edit(process, "version = 2019-01-01", "version = 2026-07-01")
    lines.use(own)
    assert [line.version_text for line in lines.all_lines()["assists"].values()] == [
        "2019-01-01",
        "2026-07-01",
    ]
    assert lines.at("assists", "2026-06-30").title == "会办"
    assert lines.at("assists", day("2026-07-01")).title == "本区会办"


def test_the_texts_of_before_are_read(own: Path) -> None:
    past = own / "loans" / "past" / "2015-01-01"
    shutil.copytree(own / "loans", past, ignore=shutil.ignore_patterns("past"))
    edit(past / "process.toml", "version = 2019-01-01", "version = 2015-01-01")
    edit(past / "params.toml", "since = 2019-01-01", "since = 2015-01-01")
    lines.use(own)
    assert lines.at("loans", "2016-05-05").version_text == "2015-01-01"
    assert lines.exact("loans", "2015-01-01") is lines.at("loans", "2018-12-31")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: lines.at("permit", "2026-01-01"), "permit"),
        (lambda: lines.at("disclosure", "2019-05-14"), "2019-05-14"),
        (lambda: lines.exact("disclosure", "2020-01-01"), "no version 2020-01-01; there are 2019-05-15"),
    ],
)
def test_what_is_not_there_raises(ask: object, message: str) -> None:
    with pytest.raises(KeyError, match=message):
        ask()  # type: ignore[operator]


def test_a_folder_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        lines.use(tmp_path / "nowhere")


def test_an_unsound_line_stops_the_start(own: Path) -> None:
    edit(own / "loans" / "process.toml", 'owner = "helper"', 'owner = "helpr"')
    lines.use(own)
    with pytest.raises(LineError, match="helpr"):
        lines.all_lines()


def test_children_of_a_line_that_is_not_there_stop_the_start(own: Path) -> None:
    shutil.copytree(lines.HERE / "disclosure", own / "asking", ignore=shutil.ignore_patterns("__pycache__"))
    process = own / "asking" / "process.toml"
    edit(process, 'code = "disclosure"', 'code = "asking"')
    edit(process, 'opens = { line = "opinions"', 'opens = { line = "opinion"')
    lines.use(own)
    with pytest.raises(LineError, match="unknown line 'opinion'"):
        lines.all_lines()


def test_new_law_for_cases_of_no_text_stops_the_start(own: Path) -> None:
    (own / "loans" / "amend.toml").write_text('was = 2011-01-01\nlaw = "例"\n')
    lines.use(own)
    with pytest.raises(LineError, match="no text of that day"):
        lines.all_lines()


def test_check_says_all_sound() -> None:
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output
    for word in ("urban_management", "supervision", "disclosure", "sound 可用", "403", "all sound 全部可用"):
        assert word in result.output


def test_check_stops_at_a_typo_and_lists_every_fault(own: Path) -> None:
    process = own / "loans" / "process.toml"
    edit(process, 'starts_on = ["ask"]', 'starts_on = ["aks"]')
    edit(process, 'law = "本区会办规则(例)", housekeeping = true', "housekeeping = true")
    result = CliRunner().invoke(app, ["check", "--folder", str(own)])
    assert result.exit_code == 1
    assert "did you mean 'ask'" in result.output and "no law given" in result.output
    assert "process.toml" in result.output


def test_check_stops_at_an_example_that_comes_out_otherwise(own: Path) -> None:
    edit(own / "loans" / "cases.toml", 'due = "2026-02-28 24:00"', 'due = "2026-02-27 24:00"')
    result = CliRunner().invoke(app, ["check", "--folder", str(own)])
    assert result.exit_code == 1
    assert "due: 2026-02-28 24:00, not 2026-02-27 24:00" in result.output


FORM = {"key": "text", "zh": "备注", "en": "Note", "kind": "long"}


@pytest.mark.parametrize(
    ("action", "row", "key", "reason"),
    [
        ("note", FORM | {"kind": "essay"}, "action.note.text.kind", "essay"),
        ("note", FORM | {"lable": "x"}, "action.note.text.lable", "unknown key"),
        ("note", {"key": "text", "zh": "备注", "kind": "long"}, "action.note.text.en", "is missing"),
        ("note", FORM | {"default": "param.nobody"}, "action.note.text.default", "nobody"),
        ("note", FORM | {"stores": "evidence:x"}, "action.note.text.stores", "only photo and file"),
        ("note", FORM | {"kind": "choice"}, "action.note.text.options", "has options"),
        ("reply", FORM, "action.reply", "letter:reply"),
        ("notes", FORM, "action.notes", "unknown action"),
    ],
)
def test_a_wrong_form_is_a_fault(action: str, row: dict[str, object], key: str, reason: str) -> None:
    line = lines.at("assists", "2026-01-01")
    assert check_forms(line) == []
    forms = line.forms | {"action": line.forms["action"] | {action: {"fields": [row]}}}
    found = check_forms(dataclasses.replace(line, forms=forms))
    assert any(fault.key == key and reason in fault.reason.en for fault in found), found


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"numerator": {"count": "runs", "moment": "due", "clock": "rply"}}, "x.numerator.clock", "rply"),
        ({"numerator": {"count": "runs", "moment": "due"}}, "x.numerator.clock", "name a clock"),
        ({"denominator": {"count": "cases", "moment": "due"}}, "x.denominator.moment", "opened, closed"),
        ({"denominator": {"count": "things", "moment": "due"}}, "x.denominator.count", "must be"),
        ({"numerator": {"count": "events", "moment": "done", "action": ["rp"]}}, "x.numerator.action", "rp"),
        ({"exclude": [{"count": "cases", "moment": "closed", "state": ["lost"], "zh": "无", "en": "none"}]},
         "x.exclude[0].state", "lost"),
        ({"source": ""}, "x.source", "is missing"),
        ({"minimum_n": 0}, "x.minimum_n", "from how many"),
        ({"weight": 3}, "x.weight", "unknown key"),
    ],
)  # fmt: skip
def test_a_wrong_indicator_is_a_fault(change: dict[str, object], key: str, reason: str) -> None:
    line = lines.at("assists", "2026-01-01")
    row = dict(line.score["indicator"][0]) | {"key": "x"} | change
    found = check_scores(dataclasses.replace(line, score={"indicator": [row]}))
    assert any(fault.key == key and reason in fault.reason.en for fault in found), found


def test_forms_give_fields_titles_and_dated_defaults() -> None:
    urban = lines.at("urban_management", "2026-09-01")
    assert title_field(urban) == "what"
    assert defaults(urban, "report", day("2026-09-01")) == {"centre": "nk.jiandu", "command": "nk.zhihui"}
    after = {field.key: field for field in fields(urban, "feedback")}["after"]
    assert (after.stores, after.required, after.kind) == ("evidence:after", True, "photo")
    with pytest.raises(KeyError, match="fedback"):
        fields(urban, "fedback")


def test_a_line_that_takes_force_later_is_not_there_yet() -> None:
    assert "urban_management" not in lines.in_force(day("2026-03-02"))
    assert lines.in_force(day("2026-07-01"))["urban_management"] is lines.at("urban_management", "2026-07-01")
