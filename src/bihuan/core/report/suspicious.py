"""All damaged places, best evidence first among those that overlap; damaged numbers are marked as such."""

from __future__ import annotations

import re
from dataclasses import replace

from bihuan.core.report.damage_bounds import NOWHERE, Place
from bihuan.core.report.damage_marks import damaged_marks
from bihuan.core.report.damage_numbers import damaged_numbers
from bihuan.core.report.damage_words import damaged_words
from bihuan.core.report.fused import Fused
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Quantity, Suspect

_NOUN = re.compile(r"[\u4e00-\u9fff]{2,12}?(?=[，。；、实进])")
# a lost mark or character harms the number when the suspect begins with its figures
_SEAM_KINDS = frozenset({"lost_separator", "lost_char"})
_NUMBER_KINDS = frozenset({"fused_numbers", "implausible_magnitude"})


def suspicious(
    made: tuple[Block, ...], text: str, fused: list[Fused], place: Place = NOWHERE
) -> list[Suspect]:
    """Every suspect in reading order, canonical spans; the same place is named once per kind."""
    found = damaged_numbers(made, text, place) + damaged_marks(made, text) + damaged_words(made, text, fused)
    found.sort(key=lambda s: (s.span, -s.confidence, s.kind))
    out: list[Suspect] = []
    for s in found:
        if out and out[-1].span == s.span and out[-1].kind == s.kind:
            continue
        out.append(s)
    return out


def mark(quantities: list[Quantity], suspects: list[Suspect], text: str) -> list[Quantity]:
    """Flag the quantities that stand on damaged figures; their values are shown but never used."""
    damaged = [
        s
        for s in suspects
        if s.kind in _NUMBER_KINDS
        or s.kind in _SEAM_KINDS
        and s.text[:1].isdigit()
        or s.kind == "lost_quote"
        and s.text.lstrip("“")[:1].isdigit()
    ]
    out = []
    for q in quantities:
        hit = next((s for s in damaged if s.span[0] < q.span[1] and q.span[0] < s.span[1]), None)
        if hit is None:
            out.append(q)
            continue
        q = replace(q, suspicious=True, suggestions=hit.suggestions)
        m = _NOUN.match(text, q.span[1])
        if m and hit.kind == "fused_numbers" and not q.indicator.startswith(m.group()):
            q = replace(q, indicator=m.group(), canonical=m.group())
        out.append(q)
    return out
