"""The skeleton of a report for whoever lays it out: headings, front matter, glossary and page furniture."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.core.report.meta import read_meta
from bihuan.core.report.sections import blocks
from bihuan.core.report.text import prepare

SHOWN_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph that is not plain prose: [start, end) in the original, kind, heading level (0 = none), part."""

    start: int
    end: int
    kind: str  # heading | front | glossary | furniture
    level: int
    part: str


def outline(text: str) -> tuple[Stretch, ...]:
    """All paragraphs that are no prose, in the order of the text."""
    src = prepare(text)
    found = []
    for block in blocks(src, read_meta(src).plan_year):
        if block.kind == "prose":
            continue
        start, end = src.span(block.a, block.b)
        level = min(block.level, SHOWN_LEVELS) if block.kind == "heading" else 0
        found.append(Stretch(start, end, block.kind, level, block.part))
    return tuple(found)
