"""annual.toml: every outcome in exactly one row, and what is said where it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bihuan import lines
from bihuan.core.line.folder import read
from bihuan.lines.annual import annual, check_annual

DISCLOSURE = next(iter(lines.all_lines()["disclosure"].values()))


def test_the_rows_hold_every_outcome_once() -> None:
    of = annual(DISCLOSURE)
    assert of is not None and of.columns.key == "applicant_kind" and len(of.rows) == 19
    assert {one for row in of.rows for one in row.outcomes} == set(DISCLOSURE.outcomes)


def test_other_lines_have_none() -> None:
    assert annual(next(iter(lines.all_lines()["supervision"].values()))) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('outcome = ["unclear"]', "outcome = []", "unclear: is in no row"),
        ('outcome = ["unclear"]', 'outcome = ["not_made"]', "not_made: is in two rows"),
        ('outcome = ["unclear"]', 'outcome = ["vague"]', "vague: is no outcome or ground of this line"),
        ('ground = ["process"]', 'ground = ["draft"]', "denied process: is in no row"),
        ('column = "applicant_kind"', 'column = "wanted"', "column: must be a choice of the opening form"),
        ('law = "条例§50(二)"\n', "", "law: unknown key, or missing"),
        ('zh = "重复申请"', 'zhh = "重复申请"', "row 15.zhh: unknown key, or missing"),
        ("[[row]]", "[[row]", "cannot be read"),
    ],
)
def test_a_fault_of_the_file_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "disclosure"
    shutil.copytree(Path(DISCLOSURE.folder), folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "annual.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = check_annual(read(folder))
    assert any(said in fault.en for fault in found), [fault.en for fault in found]
