"""What undertakings.toml must say before a line is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from bihuan.core.line.folder import read
from bihuan.core.time.instant import day
from bihuan.lines import all_lines, at
from bihuan.lines.undertakings import check_undertakings, undertakings

DAY = day("2026-03-02")
FOLDER = Path(__file__).parents[1] / "permits"


def test_each_matter_on_the_list_says_basis_conditions_and_consequences() -> None:
    found = undertakings(at("permits", DAY), DAY)
    assert set(found) == {"P055-1", "P055-2", "P010-1"}
    venue = found["P010-1"]
    assert (
        venue.basis == "优化营商环境条例 §40;国发〔2021〕7号(凭记忆)"
        and venue.instead == {"m5"}
        and venue.example
    )
    assert "30 个工作日" in venue.consequences[0].say and "30 working days" in venue.consequences[0].say.en
    assert not undertakings(at("disclosure", DAY), DAY)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("undertakings.toml", 'mark = "read"', 'mark = "sure"', "give a source, and a mark"),
        ("undertakings.toml", 'code = "P055-2"', 'code = "P003-1"', "has not undertaking = yes"),
        ("undertakings.toml", 'code = "P055-2"', 'code = "P999-1"', "is no matter of the line"),
        ("undertakings.toml", 'instead = ["m5"]', 'insted = ["m5"]', "is unknown"),
        ("undertakings.toml", ', law = "消防法 §28" }', " }", "zh, en and law are all needed"),
        ("undertakings.toml", 'code = "P055-2"', 'code = "P055-1"', "nothing is told of it"),
        ("matters.csv", ",yes,消防法 §15,", ",yes,,", "has not undertaking = yes"),
    ],
)  # fmt: skip
def test_what_is_not_told_does_not_load(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    folder = copytree(FOLDER, tmp_path / "permits")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = check_undertakings(read(folder))
    assert any(said in fault.en for fault in faults), faults


def test_the_line_itself_has_no_fault() -> None:
    assert all(check_undertakings(line) == [] for texts in all_lines().values() for line in texts.values())
    bare = replace(at("permits", DAY), folder="/nowhere", digest="")
    assert len(check_undertakings(bare)) == 3, "switched on, and nothing told"
