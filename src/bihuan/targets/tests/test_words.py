"""Every kind the reader can find has its words, in both languages."""

import re
from pathlib import Path

import pytest

import bihuan.core.report as reader
from bihuan.core.report import as_dict, read
from bihuan.targets import words
from bihuan.targets.living import marks, notes
from bihuan.targets.seed import nankai


@pytest.fixture(scope="module")
def findings():
    return as_dict(read(nankai()["text"]))


def test_every_mark_and_note_of_the_real_report_can_be_said(findings):
    every = marks(findings)
    for mark in every:
        said = [words.mark_label(mark, True), *(side for row in words.facts(mark) for side in row)]
        assert all(str(one) and one.en for one in said), mark.key
    for note in notes(findings, every):
        assert words.note_title(note).en, note.key
    for check in findings["checks"]:
        assert words.check_title(check).en and all(one.en for one in words.check_words(check))


def said_in(*patterns):
    """Codes that the reader's source writes in calls of this form."""
    folder = Path(reader.__file__).parent
    text = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    return {code for pattern in patterns for code in re.findall(pattern, text)}


def test_each_kind_of_check_has_a_title():
    codes = said_in(r'Check\(\s*"([a-z_]+)"', r'kind = "(goal_[a-z_]+)"')
    assert len(codes) > 10
    assert codes <= {kind for kind, _ in words.CHECKS}


def test_a_figure_says_how_it_is_compared():
    fact = {"norm_value": 100_000_000_000, "norm_unit": "元", "comparator": "gt"}
    assert (words.amount_of(fact), words.amount_of(fact).en) == ("超过1000亿元", "over 100 billion yuan")
    assert words.amount_of(fact | {"norm_value": None}) == "没有写数"
