"""Every line's folder has the same files, and every action and post has its words."""

import tomllib
from pathlib import Path

import pytest

from bihuan.core.authority.grants import POSTS
from tests.house.checks import PRODUCT, REPO

FILES = {
    "README.md", "process.toml", "params.toml", "matters.csv", "forms.toml", "rules.py", "score.toml",
    "cases.toml", "gaps.toml", "letters",
}  # fmt: skip
OPTIONAL = {
    "past",
    "__pycache__",
    "__init__.py",
    "amend.toml",
    "bundle.csv",
    "conditions.csv",
    "once.csv",
    "annual.toml",
    "curves.toml",
    "signals.toml",
    "standards.csv",
    "papers.toml",
    "undertakings.toml",
}
FOLDERS = sorted(file.parent for file in (PRODUCT / "lines").glob("*/process.toml"))


def faults(folder: Path) -> list[str]:
    """What is missing in a line's folder or does not belong there."""
    there = {entry.name for entry in folder.iterdir()}
    found = [f"{folder.name} lacks {name}" for name in sorted(FILES - there)]
    return found + [f"{folder.name} has {name}, unknown to us" for name in sorted(there - FILES - OPTIONAL)]


def without_words(process: dict) -> list[str]:
    """Actions and states without a title in both languages, actions without a law."""
    found = []
    for kind in ("state", "action"):
        for key, entry in process.get(kind, {}).items():
            found += [f"{kind} {key} has no {word}" for word in ("zh", "en") if not entry.get(word)]
    return found + [
        f"action {key} has no law" for key, entry in process["action"].items() if not entry.get("law")
    ]


def test_there_are_lines():
    assert {folder.name for folder in FOLDERS} >= {
        "assists", "bundles", "deletions", "disclosure", "draws", "inspections", "leads", "opinions", "permits", "ratings", "school_enrolment", "supervision", "urban_management",
    }  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_line_has_the_same_files_as_every_other(folder):
    assert faults(folder) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_line_is_documented(folder):
    process = tomllib.loads((folder / "process.toml").read_text())
    assert without_words(process) == []
    readme = (folder / "README.md").read_text()
    assert process["title"]["zh"] in readme or process["title"]["en"] in readme
    assert {role["post"] for role in process.get("role", {}).values() if "post" in role} <= set(POSTS)


def test_posts_are_documented():
    words = (REPO / "docs" / "reference.md").read_text()
    assert [post for post in sorted(POSTS) if f"`{post}`" not in words] == []


def test_planted_folder_is_caught(tmp_path):
    for name in FILES - {"gaps.toml"}:
        (tmp_path / name).touch()
    (tmp_path / "extra.toml").touch()
    assert [fault.split(" ", 1)[1] for fault in faults(tmp_path)] == [
        "lacks gaps.toml",
        "has extra.toml, unknown to us",
    ]


def test_planted_action_without_words_is_caught():
    planted = {"state": {"new": {"zh": "新"}}, "action": {"close": {"zh": "结案", "en": "Close"}}}
    assert without_words(planted) == ["state new has no en", "action close has no law"]
