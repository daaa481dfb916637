"""What stands around one number, and where its clause begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.core.report.phrases import STOP, head_of


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around one number: the phrase it measures, the words between, and how it was found."""

    indicator: str
    tail: str  # words between the indicator and the number, in reading order
    after: str  # up to twelve characters after the number
    source: str  # left | right | inherited | none
    verb: str  # action verb that governs the phrase, if any
    left: str  # the clause before the number, whole
    whole: str = ""  # of a share (民生投入占财政支出): what it is a share of itself, 民生投入


def clause_start(text: str, at: int) -> int:
    depth = 0
    i = at - 1
    while i >= 0:
        c = text[i]
        if c in STOP:
            return i + 1
        if c == "）":
            depth += 1
        elif c == "（":
            if depth == 0:
                return i + 1
            depth -= 1
        i -= 1
    return 0


def object_before(text: str, clause: int) -> str:
    """The object or subject of the clause before (`出让…等18宗地块，总建筑面积263万`)."""
    if clause < 2 or text[clause - 1] not in "，；":
        return ""
    begin = clause_start(text, clause - 1)
    _, phrase = head_of(text[begin : clause - 1])
    if m := SUBJECT.match(phrase):
        return m.group(1)
    return phrase if 2 <= len(phrase) <= 24 else ""


SUBJECT = re.compile(
    r"([\u4e00-\u9fff、]{3,20}?)(?:连续|连创|再创|首次|先后|逐年|明显|显著|保持|加快|稳步|快速|持续|不断|大幅|再次|成功|屡创|扭转|跨越|跨上|突破|逆势|跃上|迈上|实现|由|从|预计|均|增势|平稳|较快|在全[国省市区县]|位居)"
)
