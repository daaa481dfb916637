"""Two texts of one report side by side: which sentences differ, where in them, and whether a figure differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bihuan.core.alike import alike
from bihuan.core.report.finding import find
from bihuan.core.report.sections import blocks
from bihuan.core.report.shapes import Span
from bihuan.core.report.text import prepare

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”）]?")
# a figure is one token: 648 against 649 is another figure, not another last digit
_TOKEN = re.compile(r"\d[\d.]*%?|.", re.S)
_ENOUGH = (
    0.4  # of their pairs of characters in common: below, two sentences are two sentences, not one reworded
)
_MOST = 4000  # pairs of sentences compared in one run of changes; longer runs are taken in their order
Run = tuple[str, bool]  # words, and whether the other text has them otherwise


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the texts differ: the runs of both sentences, empty where only one text has the sentence."""

    figure: bool  # a figure differs, not only words
    one: tuple[Run, ...]
    other: tuple[Run, ...]
    one_span: Span | None  # in the text as given
    other_span: Span | None

    @property
    def sides(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    span: Span


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, however laid out (blanks, line ends, width of signs, what a web page adds)."""
    a, b = ("".join(said.text for said in _sentences(text)) for text in (one, other))
    return a == b


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """Every sentence of the speech that the texts do not share, in the order of the text; page furniture left out."""
    a, b = _sentences(one), _sentences(other)
    matcher = SequenceMatcher(None, [s.text for s in a], [s.text for s in b], autojunk=False)
    out: list[Difference] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind != "equal":
            out += [_differ(x, y) for x, y in _paired(a[a1:a2], b[b1:b2])]
    return tuple(out)


def _sentences(text: str) -> list[_Said]:
    src = prepare(text)
    return [
        _Said(m.group(), src.span(block.a + m.start(), block.a + m.end()))
        for block in blocks(src, None) if block.kind != "furniture"
        for m in _SENTENCE.finditer(block.text)
    ]  # fmt: skip


def _paired(a: Sequence[_Said], b: Sequence[_Said]) -> list[tuple[_Said | None, _Said | None]]:
    """Sentences that are one reworded beside each other, the rest alone; both texts keep their order."""
    close = len(a) * len(b) <= _MOST
    out: list[tuple[_Said | None, _Said | None]] = []
    at = 0
    for one in a:
        among = range(at, len(b) if close else min(at + 1, len(b)))
        found = next((j for j in among if not close or alike(one.text, b[j].text) >= _ENOUGH), None)
        if found is None:
            out.append((one, None))
            continue
        out += [(None, left) for left in b[at:found]]
        out.append((one, b[found]))
        at = found + 1
    return out + [(None, left) for left in b[at:]]


def _differ(one: _Said | None, other: _Said | None) -> Difference:
    texts = [said.text if said else "" for said in (one, other)]
    figures = [[(f.norm_value, f.norm_unit) for f in find(text)] for text in texts]
    a, b = (_TOKEN.findall(text) for text in texts)
    runs: tuple[list[Run], list[Run]] = ([], [])
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for side, words in zip(runs, (a[a1:a2], b[b1:b2]), strict=True):
            if words:
                side.append(("".join(words), kind != "equal"))
    return Difference(
        figures[0] != figures[1], tuple(runs[0]), tuple(runs[1]), one.span if one else None, other.span if other else None
    )  # fmt: skip
