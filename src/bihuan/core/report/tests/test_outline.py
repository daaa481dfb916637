"""The skeleton of the real report: its parts, its sections, and what is left aside."""

from pathlib import Path

import bihuan.targets
from bihuan.core.report.outline import outline

FILE = Path(bihuan.targets.__file__).parent / "seed" / "nankai-2016-report.txt"
with FILE.open(encoding="utf-8", newline="") as stream:
    TEXT = stream.read()


def test_parts_and_sections_of_the_real_report():
    found = [s for s in outline(TEXT) if s.kind == "heading"]
    parts = [(TEXT[s.start : s.end], s.part) for s in found if s.level == 1]
    assert parts[:3] == [
        ("过去五年工作回顾", "past"),
        ("今后五年发展目标和主要任务", "term"),
        ("2017年重点工作", "year"),
    ]
    assert parts[-1][1] == "glossary"
    assert ("一、经济发展迈上新台阶", 2) in [(TEXT[s.start : s.end], s.level) for s in found]


def test_the_page_around_the_report_is_furniture():
    aside = [TEXT[s.start : s.end] for s in outline(TEXT) if s.kind == "furniture"]
    assert aside[0].startswith("今天是")
