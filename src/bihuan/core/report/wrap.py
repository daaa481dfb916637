"""Lines that a page or a PDF has broken: which breaks are soft, and which lines are the page's, not the text's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ENDS = "。！？；：…”」）!?;:)|"
_STARTS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．](?!\d)|——|--|各位代表|同志们|第[一二三四五六七八九十]{1,2}部分|\|)"
)
_PAGE = re.compile(
    r"^(?:[—–\-·.]{1,3}\d{1,3}[—–\-·.]{1,3}|第\d{1,3}页(?:[，,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}|Page\d{1,3}(?:of\d{1,3})?|https?:\S+|www\.\S+)$",
    re.I,
)
_NUMBER = re.compile(r"^\d{1,3}$")
_FIGURE_ENDS = re.compile(r"[\d.]$")
_FIGURE_GOES_ON = re.compile(r"^(?:[\d.%‰]|[万亿]|个?百分点)")
_LONG = 15  # shorter lines may be headings, dates or names


@dataclass(frozen=True, slots=True)
class Wrap:
    """Indexes of lines to which the next line of text is joined, and of lines set aside."""

    joins: frozenset[int]
    aside: frozenset[int]


def wrap(lines: Sequence[str]) -> Wrap:
    """Judge the breaks of a text from its lines, layout already stripped, empty ones included."""
    aside = {i for i, t in enumerate(lines) if _PAGE.match(t)}
    counts = Counter(t for i, t in enumerate(lines) if t and i not in aside)
    aside |= {i for i, t in enumerate(lines) if counts[t] >= 3 and _is_mark(t)}
    kept = [i for i, t in enumerate(lines) if t and i not in aside]
    size = _broken_size([lines[i] for i in kept])
    if size:
        aside |= {i for i in kept if _NUMBER.match(lines[i])}
        kept = [i for i in kept if i not in aside]
    pairs = list(pairwise(kept))
    blanks = sum(1 for a, b in pairs if any(not lines[k] for k in range(a + 1, b)))
    parted = 0 < blanks < 0.7 * len(pairs)  # empty lines part paragraphs only where not every line has one
    joins = {
        a
        for a, b in pairs
        if _goes_on(
            lines[a], lines[b], size, parted and any(not lines[k] for k in range(a + 1, b) if k not in aside)
        )
    }
    return Wrap(frozenset(joins), frozenset(aside))


def _is_mark(t: str) -> bool:
    """Whether a line that recurs is a watermark or a running head rather than speech."""
    return 3 <= len(t) <= 40 and t[-1] not in _ENDS and "，" not in t and bool(re.search(r"\w", t))


def _broken_size(kept: Sequence[str]) -> int:
    """The least length of a line that ends because it was full; 0 when lines are paragraphs."""
    long = [t for t in kept if len(t) >= _LONG]
    open_ = sorted(len(t) for t in long if t[-1] not in _ENDS)
    if len(open_) < 8 or len(open_) < 0.4 * len(long):
        return 0
    return max(_LONG, int(0.7 * open_[int(0.8 * len(open_))]))


def _goes_on(a: str, b: str, size: int, parted: bool) -> bool:
    """Whether line b continues the sentence of line a; `parted`: an empty line stands between them."""
    if _STARTS.match(b) or a[-1] == "|":
        return False
    if a[-1] in "，、," or _FIGURE_ENDS.search(a) and _FIGURE_GOES_ON.match(b) and len(a) >= _LONG:
        return True
    if not size or parted or a[-1] in "。！？!?":
        return False
    if a[-1] in _ENDS and len(a) < 1.3 * size:
        return False
    return len(a) >= size and not (_STARTS.match(a) and "。" not in a and len(a) < 1.4 * size)
