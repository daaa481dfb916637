"""The line of assistance with something planted on its clock, and a case of it that waits."""

from __future__ import annotations

from pathlib import Path

from bihuan.core.case.fold import Actor, step
from bihuan.core.line.parts import Line
from bihuan.core.tests.days_here import Story, cal
from bihuan.core.tests.lines_here import planted

CLOCK = "[clock.part]"


def clocked(tmp_path: Path, rows: str, note: str) -> Path:
    """The folder with `note` before the clock and `rows` in it, where it says that it rolls."""
    folder = planted(tmp_path, "assists", (CLOCK, f"{note}{CLOCK}"))
    path = folder / "process.toml"
    head, mark, tail = path.read_text(encoding="utf-8").partition(CLOCK)
    assert "roll = true" in tail
    path.write_text(head + mark + tail.replace("roll = true", rows, 1), encoding="utf-8")
    return folder


def asked(line: Line, when: str = "2026-03-02 09:00") -> Story:
    """A case whose clock runs; asked on 2026-03-02 it is due 2026-04-02 24:00, a Thursday."""
    story = Story(line)
    story.do(when, line.opens_with, Actor("r", "nk.fagai"), unit="nk.jiaotong")
    return story


def stays_as_it_is(line: Line) -> None:
    """What comes by itself moves neither state nor clock nor holder."""
    story = asked(line)
    before = story.case
    assert story.wait("2026-04-30 12:00")
    after = story.case
    assert (after.state, after.runs, after.moved, after.held) == (
        before.state, before.runs, before.moved, before.held,
    )  # fmt: skip


def refolds(line: Line) -> None:
    """The same events fold to the same case."""
    story = asked(line)
    begun = story.case
    for event in story.wait("2026-04-30 12:00"):
        begun = step(line, begun, event, cal())
    assert begun == story.case
