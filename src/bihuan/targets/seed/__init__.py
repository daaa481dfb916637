"""The packaged report: the real text of 2016, with what has to be said about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "nankai-2016-report.txt"


def nankai() -> dict[str, Any]:
    """The arguments of `add_report` for the report of Nankai District of December 2016."""
    # newline="": offsets must index the text as it is
    with FILE.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    return {
        "text": text,
        "place": "天津市南开区",
        "year": 2016,
        "source": "南开区政府网站，2017-01-09 发布（www.tjnk.gov.cn）",
    }
