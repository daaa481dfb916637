"""What the reader makes of a text, and which version of the reader it was."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import bihuan.core.report
from bihuan.cases.shapes import BadInput
from bihuan.core.report import NotAReport, as_dict, read
from bihuan.core.report.outline import outline


def findings_of(text: str) -> dict[str, Any]:
    """What the reader makes of a text, with its skeleton; BadInput where it is no report."""
    try:
        found = as_dict(read(text))
    except NotAReport as error:
        raise BadInput([("text", error.say)]) from error
    shape = [
        {"span": [s.start, s.end], "kind": s.kind, "level": s.level, "part": s.part} for s in outline(text)
    ]
    return found | {"outline": shape}


def title_of(text: str, findings: Mapping[str, Any], year: int) -> str:
    """The first line before the speech that names it, else its plain name."""
    for row in findings["outline"]:
        words = text[slice(*row["span"])]
        if row["kind"] == "front" and "政府工作报告" in words and len(words) <= 40:
            return words
    return f"{year}年政府工作报告"


@cache
def reader_digest() -> str:
    """Tells findings of one version of the reader from those of another."""
    folder = Path(bihuan.core.report.__file__).parent
    return sha256(b"".join(file.read_bytes() for file in sorted(folder.glob("*.py")))).hexdigest()
