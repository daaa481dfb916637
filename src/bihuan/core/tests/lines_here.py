"""The small lines of these tests, and copies of them with something planted."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from bihuan.core.line.folder import read
from bihuan.core.line.parts import Fault, Line
from bihuan.core.line.sound import check_folder

FOLDERS = Path(__file__).parent / "lines"


@cache
def line(name: str) -> Line:
    return read(FOLDERS / name)


@cache
def lines() -> dict[str, dict[int, Line]]:
    found: dict[str, dict[int, Line]] = {}
    for folder in sorted(FOLDERS.iterdir()):
        if (folder / "process.toml").is_file():
            one = line(folder.name)
            found.setdefault(one.code, {})[one.version] = one
    return found


def planted(tmp_path: Path, name: str, *edits: tuple[str, str], file: str = "process.toml") -> Path:
    """A copy of a small line with texts of one file replaced; each text must be there."""
    folder = tmp_path / name
    if not folder.exists():
        shutil.copytree(FOLDERS / name, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[Fault]:
    return check_folder(folder, lines())


def told(folder: Path) -> str:
    """Every fault of the folder in English, one a line."""
    return "\n".join(fault.en for fault in faults_of(folder))
