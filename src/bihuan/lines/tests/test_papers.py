"""papers.toml: what a line says of certificates is checked when it is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bihuan import lines
from bihuan.core.line.folder import Line
from bihuan.lines.papers import End, check_papers, ends, making, touches


def permits() -> Line:
    return lines.at("permits", "2026-11-30")


def test_permits_say_what_issues_and_what_ends() -> None:
    made = making(permits())
    assert made is not None and made.issued_on == {"issue", "issue_watched"}
    assert made.field["until"] == "valid_until"
    assert ends(permits()) == {"revoke": End("revoked", frozenset({"grant"}), True)}
    assert [name for name in permits().actions if touches(permits(), name)] == [
        "issue",
        "issue_watched",
        "revoke",
    ]


def test_a_line_without_the_file_makes_none() -> None:
    disclosure = lines.at("disclosure", "2026-11-30")
    assert making(disclosure) is None and not ends(disclosure) and check_papers(disclosure) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('issued_on = ["issue", ', 'issued_on = ["hand_out", ', "there is no action 'hand_out'"),
        ('until = "valid_until"', 'until = "last_day"', "no form asks for 'last_day'"),
        ('law = "行政许可法§38、§39、§40"', 'law = ""', "must be given"),
        ('scope = "scope"', 'colour = "scope"', "is unknown"),
        ('on = "revoke"', 'on = "burn"', "is no action of the line"),
        ('how = "revoked"', 'how = "lost"', "must be one of revoked"),
        ('letters = ["grant"]', 'letters = ["granted"]', "there is no letter 'granted'"),
        ("certificate = true", "certificate = true\nseal = 1", "is unknown"),
        ("[certificate]", "[certificate", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (Path(permits().folder) / "papers.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "papers.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    planted = replace(permits(), folder=str(tmp_path), digest=f"{tmp_path}")
    assert any(said in fault.en for fault in check_papers(planted)), check_papers(planted)
